import DatabaseTestSupport
import Recurrence
import Storage
import Synchronization
import Tasks

/// Holds the first turn until the test releases it, as a slow disk would.
struct HoldingStore: SeriesClockStore {
    let base: TestStore
    let hold: Hold

    var agenda: FiringAgenda { base.agenda }

    func nextFires() async throws -> [Int: Timestamp] {
        try await base.nextFires()
    }

    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping FiringDecision
    ) async throws -> FiringTurn {
        await hold.holdFirst()
        return try await base.claimFired(inShard: shard, at: now, limit: limit, deciding: decide)
    }

    func setAsideSeries() async throws -> [SeriesSetAside] {
        try await base.setAsideSeries()
    }

    func setAsideCount() async throws -> Int {
        try await base.setAsideCount()
    }

    func heldSeries() async throws -> [HeldSeries] {
        try await base.heldSeries()
    }
}

/// The first caller waits here until the test releases it.
///
/// Later callers do not wait.
final class Hold: Sendable {
    private let isTaken = Mutex(false)
    private let held = AsyncStream<Void>.makeStream()
    private let released = AsyncStream<Void>.makeStream()

    func holdFirst() async {
        let isFirst = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
        guard isFirst else { return }
        held.continuation.yield()
        for await _ in released.stream { return }
    }

    func untilSomebodyIsHeld() async {
        for await _ in held.stream { return }
    }

    func release() {
        released.continuation.yield()
    }
}
