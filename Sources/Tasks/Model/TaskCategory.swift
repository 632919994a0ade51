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

/// Where categories are kept.
///
/// A user sees the location's categories and the user's own, and changes the own ones alone.
package protocol CategoryStore: Sendable {
    /// The categories that a user sees and a query asks for.
    func categories(
        _ query: Query<CategoryField>,
        seenBy userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> Page<TaskCategory>

    /// Makes a category of a user's own.
    func createCategory(
        named name: String,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory

    /// Renames one of a user's own categories.
    ///
    /// - Throws: ``CategoryRefusal``.
    func renameCategory(
        _ id: Identifier<Category>,
        to name: String,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory

    /// Removes one of a user's own categories; the tasks that had it have none afterwards.
    ///
    /// - Throws: ``CategoryRefusal``.
    func deleteCategory(
        _ id: Identifier<Category>,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory
}

/// Why a category was not changed.
package enum CategoryRefusal: Error, Hashable {
    /// The user sees no such category.
    case notFound
    /// The category is the whole location's.
    case notTheOwner
}
