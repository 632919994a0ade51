/// How much of a task's series a command concerns.
package enum Extent: Hashable, Sendable {
    case thisOne
    case thisAndFollowing
    /// The task, those that follow it, and those before it.
    case all
}
