/// Whose tasks are seen.
package enum Viewer: Hashable, Sendable {
    /// The tasks that a user made.
    case creator(Identifier<User>)
    /// The tasks that a user made or is assigned to, and those whose assignee shares work with the
    /// user.
    case colleague(Identifier<User>)
    /// All tasks of the location.
    case wholeLocation
}
