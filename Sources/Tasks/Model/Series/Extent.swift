/// How much of a task's series a command concerns.
package enum Extent: Hashable, Sendable {
    case thisOne
    case thisAndFollowing
    /// The tasks before it too.
    case all
}
