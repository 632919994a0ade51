/// Whose tasks are seen.
package enum Viewer: Hashable, Sendable {
    /// Those that a user made.
    case creator(Identifier<User>)
    /// All of the location's.
    case wholeLocation
}
