/// Whose tasks are seen.
package enum Viewer: Hashable, Sendable {
    /// The tasks that a user made.
    case creator(Identifier<User>)
    /// All tasks of the location.
    case wholeLocation
}
