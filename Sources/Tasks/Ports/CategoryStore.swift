package import Recurrence

/// Where categories are kept.
///
/// A user sees the location's categories and the user's own, and can change only the user's own.
package protocol CategoryStore: Sendable {
    /// The categories that a user sees and a query asks for; without a user, those of all the
    /// location.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func categories(
        _ query: Query<CategoryField>,
        seenBy userID: Identifier<User>?,
        in locationID: LocationID
    ) async throws -> Page<TaskCategory>

    /// Creates a category of a user's own.
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

    /// Deletes one of a user's own categories. It is removed from the tasks and series that the
    /// user made.
    ///
    /// - Throws: ``CategoryRefusal``.
    func deleteCategory(
        _ id: Identifier<Category>,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory
}
