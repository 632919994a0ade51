package import Recurrence
import Synchronization

/// A wall clock that a ``ClockGuard`` watches: while a jump is not believed, it goes on by the time
/// before.
///
/// So nobody who asks for the time sees a jump that is taken back soon: no task is made by it, and
/// what is due by the time before is done as ever.
package final class GuardedClock<Wall: Clock & Sendable>: Clock
where Wall.Instant == Timestamp, Wall.Duration == Duration {
    private let wall: Wall
    private let bootTime: @Sendable () -> Duration
    private let watched: Mutex<ClockGuard>
    /// The guard's ``ClockGuard/bootedAt`` in microseconds, to be read without the lock.
    private let bootedAt: Atomic<Int64>

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - wall: The clock of the day.
    ///   - bootTime: The boot clock: how long the machine has run, or any clock that goes on as
    ///     evenly, also while the machine sleeps.
    ///   - limits: Which jumps are believed.
    package init(
        _ wall: Wall,
        bootTime: @escaping @Sendable () -> Duration,
        limits: ClockGuard.Limits = ClockGuard.Limits()
    ) {
        let watched = ClockGuard(wall: wall.now, boot: bootTime(), limits: limits)
        self.wall = wall
        self.bootTime = bootTime
        self.watched = Mutex(watched)
        bootedAt = Atomic(watched.bootedAt.microseconds)
    }

    /// The time, as far as it is believed.
    ///
    /// It costs a look at each of the two clocks.
    package var now: Timestamp {
        let bootedAt = Timestamp(microseconds: bootedAt.load(ordering: .relaxed))
        let expected = bootedAt.advanced(by: bootTime())
        let now = wall.now
        return expected.duration(to: now).isWithin(ClockGuard.Limits.slew) ? now : expected
    }

    package var minimumResolution: Duration { wall.minimumResolution }

    package var state: ClockGuard.State { watched.withLock { $0.state } }

    /// Looks whether the wall clock has jumped, or is to be believed again.
    package func look() -> ClockGuard.News? {
        watched.withLock { watched in
            let news = watched.look(wall: wall.now, boot: bootTime())
            bootedAt.store(watched.bootedAt.microseconds, ordering: .relaxed)
            return news
        }
    }

    package func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        let duration = now.duration(to: deadline)
        try await wall.sleep(until: wall.now.advanced(by: duration), tolerance: tolerance)
    }
}
