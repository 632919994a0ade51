/// Why an update was refused, of which nothing was done.
package struct DirectoryRefusal: Error, Hashable {
    /// What is wrong with the field.
    package enum Reason: Hashable, Sendable {
        /// A new record cannot do without it.
        case missing
        /// No record has this number or name.
        case unknown
        /// It is, and stays, in the location that is named.
        case inLocation(LocationID)
        /// The public ID is that of another record, the one with this number.
        case takenBy(Int64)
        /// The update has said what becomes of the record already, at this place in the list.
        case repeats(position: Int)
        /// The token is, and stays, somebody else's.
        case otherHolder
        /// The token was revoked, which is for good.
        case revoked
        /// The category is one of ``TaskCategory/defaults``.
        case defaultCategory
    }

    package var kind: DirectoryKind
    /// The record's place in the update's list of its kind, from 0.
    package var position: Int
    /// None where the record as a whole is meant.
    package var field: DirectoryField?
    package var reason: Reason

    package init(
        kind: DirectoryKind,
        position: Int,
        field: DirectoryField?,
        reason: Reason
    ) {
        self.kind = kind
        self.position = position
        self.field = field
        self.reason = reason
    }
}

/// What of a record can be refused for what is stored.
package enum DirectoryField: Hashable, Sendable {
    case id
    case publicID
    case location
    case name
    case user
    case owner
    case assignee
    /// A member, by its place in the list, from 0.
    case member(Int)
    /// Somebody whom a contact is shared with, by the place in the list, from 0.
    case share(Int)
    /// Whether it is out of use.
    case deletion
}
