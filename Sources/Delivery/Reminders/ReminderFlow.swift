import Recurrence
import Synchronization
import Tasks

/// How much is being sent by each way, and which locations are left alone because they failed.
final class ReminderFlow: Sendable {
    private struct State {
        var counts: [ReminderWay: Int] = [:]
        var busy: Set<ReminderAgenda.Lane> = []
        var held: [LocationID: (until: Timestamp, length: Duration)] = [:]
        /// Who waits until nothing is being sent.
        var waiters: [CheckedContinuation<Void, Never>] = []

        var isQuiet: Bool { busy.isEmpty && counts.values.allSatisfy { $0 == 0 } }

        mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
            guard isQuiet else { return [] }
            defer { waiters = [] }
            return waiters
        }
    }

    private let state = Mutex(State())

    /// How many are taken at most by each way and not yet sent, so that a way that is slow holds no
    /// other.
    private static var countLimit: Int { 1_000 }
    /// How many lanes are worked on at a time.
    private static var laneLimit: Int { 8 }

    // MARK: - Lanes

    /// Takes lanes in which something is to be sent, as long as their ways are free.
    func take(from agenda: ReminderAgenda, at now: Timestamp) -> [ReminderAgenda.Lane] {
        state.withLock { state in
            let lanes = agenda.take(at: now, limit: Self.laneLimit - state.busy.count) { lane in
                state.counts[lane.way] ?? 0 < Self.countLimit && !state.busy.contains(lane)
            }
            state.busy.formUnion(lanes)
            return lanes
        }
    }

    /// When there is something to take again, but for what is waited for anyway.
    func wakeAt(by agenda: ReminderAgenda, at now: Timestamp) -> Timestamp {
        state.withLock { state in
            let isFull = state.busy.count >= Self.laneLimit
            return agenda.firstAt { lane in
                !isFull && state.counts[lane.way] ?? 0 < Self.countLimit
                    && !state.busy.contains(lane)
            } ?? .distantFuture
        }
    }

    /// Notes that a lane is not worked on any more.
    func end(_ lane: ReminderAgenda.Lane) {
        let waiters = state.withLock { state in
            state.busy.remove(lane)
            return state.takeWaiters()
        }
        for waiter in waiters { waiter.resume() }
    }

    func begin(_ count: Int, by way: ReminderWay) {
        state.withLock { $0.counts[way, default: 0] += count }
    }

    func finish(_ count: Int, by way: ReminderWay) {
        let waiters = state.withLock { state in
            state.counts[way, default: 0] -= count
            return state.takeWaiters()
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns once nothing is being sent.
    func untilQuiet() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                if !state.isQuiet { state.waiters.append(continuation) }
                return state.isQuiet
            }
            if isQuiet { continuation.resume() }
        }
    }

    // MARK: - Locations

    func mayPlan(_ locationID: LocationID, at now: Timestamp) -> Bool {
        state.withLock { state in state.held[locationID].map { $0.until <= now } ?? true }
    }

    /// When the first location that failed is tried again, of those that are not to be yet.
    func nextPlanAt(after now: Timestamp) -> Timestamp? {
        state.withLock { state in state.held.values.map(\.until).filter { $0 > now }.min() }
    }

    func succeed(_ locationID: LocationID) {
        state.withLock { if !$0.held.isEmpty { $0.held[locationID] = nil } }
    }

    /// Leaves a location alone for a while, from a second to five minutes.
    ///
    /// - Returns: Whether it is its first failure since it last succeeded.
    func fail(_ locationID: LocationID, at now: Timestamp) -> Bool {
        state.withLock { state in
            let former = state.held[locationID]?.length
            let length = former.map { min($0 * 2, BackOffTime.longest) } ?? BackOffTime.shortest
            state.held[locationID] = (now.advanced(by: length), length)
            return former == nil
        }
    }
}
