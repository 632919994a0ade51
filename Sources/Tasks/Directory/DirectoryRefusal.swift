/// Why an update was refused.
///
/// Nothing of it was done.
package struct DirectoryRefusal: Error, Hashable {
    /// What is wrong with the field.
    package enum Reason: Hashable, Sendable {
        /// A new record needs this field.
        case missing
        /// No record has this number or name.
        case unknown
        /// The record, or the user that the field refers to, is in this location, and cannot move.
        case inLocation(LocationID)
        /// Another record has this public ID: the one with this number.
        case takenBy(Int64)
        /// The update names the same record twice: here, and at this position in the list.
        case repeats(position: Int)
        /// The token belongs to another holder, and this cannot be changed.
        case otherHolder
        /// The token was revoked. It cannot be put in force again.
        case revoked
        /// The category is one of ``TaskCategory/defaults``.
        case defaultCategory
        /// The record is one that the caller may not see.
        case outOfReach
        /// Another record has this number or public ID.
        case taken
    }

    package var kind: DirectoryKind
    /// The record's place in the update's list of its kind, from 0.
    package var position: Int
    /// None if the reason concerns the record as a whole.
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

/// The fields of a record for which an update can be refused because of what is stored.
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
    /// A user with whom a contact is shared, by its place in the list, from 0.
    case share(Int)
    /// Whether the record is deleted; of a token, whether it is revoked.
    case deletion
}
