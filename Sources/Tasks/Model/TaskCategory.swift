package import Recurrence

/// A kind of work that tasks are sorted by: everybody's in the location, or one user's own.
package struct TaskCategory: Hashable, Sendable {
    package let id: Identifier<Category>
    package var name: String
    /// Whose own it is; none for one that the whole location shares.
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
