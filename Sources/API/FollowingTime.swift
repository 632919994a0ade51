/// The time that clients take who follow what changes, which nobody sets.
package struct FollowingTime: Sendable {
    /// How long something has been going on by now.
    let uptime: @Sendable () -> Duration
    /// Waits for a time.
    let pause: @Sendable (Duration) async throws -> Void

    package init(
        uptime: @escaping @Sendable () -> Duration,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.uptime = uptime
        self.pause = pause
    }
}
