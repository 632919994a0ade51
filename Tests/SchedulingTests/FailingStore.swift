import DatabaseTestSupport
import Recurrence
import Storage
import Synchronization
import Tasks

/// A store that answers with errors.
struct FailingStore: SeriesClockStore {
    let base: TestStore
    /// The error of turns in a shard.
    var errors: [Int: any Error] = [:]
    /// The error of looking up when clocks fire.
    var lookupError: (any Error)?

    var agenda: FiringAgenda { base.agenda }

    func nextFires() async throws -> [Int: Timestamp] {
        if let lookupError { throw lookupError }
        return try await base.nextFires()
    }

    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping FiringDecision
    ) async throws -> FiringTurn {
        if let error = errors[shard] { throw error }
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

/// Zones that cannot be read for a while, except UTC.
final class FailingZones: ZoneSource {
    private struct State {
        var isFailing = false
        var failureCount = 0
    }

    private let state = Mutex(State())
    private let base: any ZoneSource

    init(over base: any ZoneSource) {
        self.base = base
    }

    /// How often a zone was asked for in vain.
    var failureCount: Int { state.withLock { $0.failureCount } }

    func fail(_ isFailing: Bool) {
        state.withLock { $0.isFailing = isFailing }
    }

    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        let fails = state.withLock { state in
            let fails = state.isFailing && identifier != "UTC"
            if fails { state.failureCount += 1 }
            return fails
        }
        if fails { throw UnknownZone(identifier: identifier) }
        return try base.zone(named: identifier)
    }
}
