package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Does the work that comes due, for as long as the server runs.
///
/// It makes the tasks of occurrences when they come, and moves horizons.
///
/// It sleeps until the next clock fires. It is woken when a clock is stored that fires earlier.
/// When it is told to stop, it finishes the current turn and returns.
package struct Scheduler<
    Store: SeriesClockStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let commands: FiringCommands<Store, Zones>
    private let clock: C
    private let troubles: TroubleLog

    /// How often the scheduler looks up in the store when the next clocks fire.
    ///
    /// So it also learns of clocks that other processes stored.
    private static var refreshInterval: Duration { .seconds(60) }
    /// The longest time of one sleep.
    ///
    /// So the scheduler notices soon when the time of its clock was changed.
    private static var sleepLimit: Duration { .seconds(1) }

    package init(
        store: Store,
        zones: Zones,
        horizon: Horizon = Horizon(),
        clock: C,
        logger: Logger
    ) {
        commands = FiringCommands(store: store, zones: zones, horizon: horizon)
        self.clock = clock
        troubles = TroubleLog(logger: logger)
    }

    package var description: String { "Scheduler" }

    /// Works until the service is told to stop.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Without a look at the store there is still what this process knows of.
                let isRefreshed = await succeeds { try await commands.refreshAgenda(at: clock.now) }
                let length = isRefreshed ? Self.refreshInterval : Self.sleepLimit
                let end = clock.now.advanced(by: length)
                if await succeeds({ try await work(until: end) }) { continue }
                try? await clock.sleep(for: Self.sleepLimit)
            }
        }
    }

    /// Runs a part of the work; an error of it is logged.
    private func succeeds(_ work: () async throws -> Void) async -> Bool {
        do {
            try await work()
            return true
        } catch is CancellationError {
            return false
        } catch {
            troubles.add(error, at: clock.now)
            return false
        }
    }

    /// Does what is due by now, shard by shard, and returns how many tasks were made.
    @discardableResult
    package func doDueWork() async throws -> Int {
        try await workOff {
            try await commands.gate.turn { try await commands.takeTurn(at: clock.now) }
        }
    }

    /// Takes turns until nothing is left, and returns how many tasks were made.
    @discardableResult
    private func workOff(_ nextTurn: () async throws -> FiringTurn?) async throws -> Int {
        var count = 0
        while let turn = try await nextTurn() {
            count += turn.taskCount
            for trouble in turn.troubles { troubles.add(trouble, at: clock.now) }
            try Task.checkCancellation()
        }
        return count
    }

    /// Moves time forward, and does in order what comes due on the way.
    ///
    /// The service takes no turns while this runs. So whatever fires is done at its own instant.
    ///
    /// - Parameters:
    ///   - end: The time to arrive at.
    ///   - other: What else comes due on the way.
    ///   - move: Sets the clock.
    /// - Throws: What the store throws, or `CancellationError`.
    package func settle(
        upTo end: Timestamp,
        alongside other: TimedWork = TimedWork(),
        moving move: (Timestamp) -> Void
    ) async throws {
        try await commands.gate.movingTime {
            try await commands.refreshAgenda(at: clock.now)
            await other.settle()
            while true {
                let next = min(commands.nextFireAt ?? end, other.nextAt() ?? end)
                move(min(max(next, clock.now), end))
                try await workOff { try await commands.takeTurn(at: clock.now) }
                await other.settle()
                // Other processes may have stored clocks meanwhile.
                try await commands.refreshAgenda(at: clock.now)
                let upcoming = min(
                    commands.nextFireAt ?? .distantFuture,
                    other.nextAt() ?? .distantFuture
                )
                if clock.now >= end, upcoming > end { return }
                try Task.checkCancellation()
            }
        }
    }

    /// Works until a time, or until the clock is set back, so that clocks are looked up again.
    private func work(until end: Timestamp) async throws {
        var last = clock.now
        while clock.now < end {
            try await doDueWork()
            let now = clock.now
            if now < last { return }
            last = now
            let next = min(commands.nextFireAt ?? end, now.advanced(by: Self.sleepLimit))
            if next > now { await sleep(until: next) }
            try Task.checkCancellation()
        }
    }

    /// Sleeps until a time, or until a clock is known that fires before that time.
    private func sleep(until time: Timestamp) async {
        await withTaskGroup(of: Void.self) { [clock, commands] group in
            group.addTask { try? await clock.sleep(until: time, tolerance: nil) }
            group.addTask { await commands.waitForEarlierFire(than: time) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Work of others that comes due while a test moves the time.
package struct TimedWork: Sendable {
    /// When the next of it comes due.
    let nextAt: @Sendable () -> Timestamp?
    /// Does what has come due.
    let settle: @Sendable () async -> Void

    package init(
        nextAt: @escaping @Sendable () -> Timestamp? = { nil },
        settle: @escaping @Sendable () async -> Void = {}
    ) {
        self.nextAt = nextAt
        self.settle = settle
    }
}
