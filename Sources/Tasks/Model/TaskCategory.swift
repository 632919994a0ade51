package import Recurrence

/// A kind of work by which tasks are sorted.
///
/// It is shared by the whole location, or one user's own.
package struct TaskCategory: Hashable, Identifiable, Sendable {
    package let id: Identifier<Category>
    package var name: String
    /// The user whose own category it is; none if the whole location shares it.
    package var ownerID: Identifier<User>?
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp

    package init(
        id: Identifier<Category>,
        name: String,
        ownerID: Identifier<User>?,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// The categories that every location has from the start, by their numbers.
    package static let defaults: [(id: Identifier<Category>, name: String)] = [
        (Identifier(1), "Call"),
        (Identifier(2), "Email"),
        (Identifier(3), "Text"),
        (Identifier(4), "Meeting"),
        (Identifier(5), "Other"),
    ]
}
