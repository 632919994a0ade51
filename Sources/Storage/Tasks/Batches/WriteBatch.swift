import Recurrence
import Synchronization
import Tasks

/// The changes of several operations, which are made in one transaction.
///
/// An operation that comes to its change waits here until all others have come to theirs, or have
/// ended without one.
final class WriteBatch: Sendable {
    /// An operation of a batch.
    struct Member: Sendable {
        let batch: WriteBatch
        let place: Int
    }

    /// The operation that the current task carries out.
    @TaskLocal static var current: Member?

    /// A change, of which the transaction at hand is given as `Any`.
    typealias Change =
        @Sendable (Any, inout IdentifierSource) throws -> (
            value: any Sendable, plan: ChangePlan?
        )

    private enum Place {
        case running
        case waiting(Change, CheckedContinuation<any Sendable, any Error>)
        case ended
    }

    private struct State {
        var places: [Place]
        var hasFailed = false
        var isOver = false
        /// Who waits until no operation runs any more.
        var ready: CheckedContinuation<Void, Never>?

        var isReady: Bool {
            places.allSatisfy { if case .running = $0 { false } else { true } }
        }

        /// Notes what became of an operation.
        ///
        /// - Returns: Who is to go on then.
        mutating func set(_ place: Int, to value: Place) -> CheckedContinuation<Void, Never>? {
            places[place] = value
            guard isReady else { return nil }
            defer { ready = nil }
            return ready
        }
    }

    /// Whether its changes are only tried.
    let isTrial: Bool
    private let state: Mutex<State>
    /// Makes the changes in one transaction, and returns what each of them gives.
    private let carryOut: @Sendable ([Change]) async throws -> [any Sendable]

    init(
        count: Int,
        isTrial: Bool,
        carryOut: @escaping @Sendable ([Change]) async throws -> [any Sendable]
    ) {
        self.isTrial = isTrial
        state = Mutex(State(places: Array(repeating: .running, count: count)))
        self.carryOut = carryOut
    }

    /// Whether an operation has still to make its change together with the others.
    func isOpen(at place: Int) -> Bool {
        state.withLock { state in
            if case .running = state.places[place] { !state.isOver } else { false }
        }
    }

    /// Makes the change of an operation together with those of the others.
    func join(at place: Int, _ change: @escaping Change) async throws -> any Sendable {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.set(place, to: .waiting(change, continuation)) }?.resume()
        }
    }

    /// Notes that an operation has ended.
    func end(at place: Int, successfully isSuccess: Bool) {
        let ready = state.withLock { state in
            if !isSuccess { state.hasFailed = true }
            return state.set(place, to: .ended)
        }
        ready?.resume()
    }

    /// Waits until no operation runs any more, and makes the changes.
    func settle() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.isReady { state.ready = continuation }
                return state.isReady
            }
            if isReady { continuation.resume() }
        }
        let (waiting, hasFailed) = state.withLock { state in
            state.isOver = true
            var waiting: [(Change, CheckedContinuation<any Sendable, any Error>)] = []
            for place in state.places.indices {
                guard case .waiting(let change, let continuation) = state.places[place] else {
                    continue
                }
                waiting.append((change, continuation))
                state.places[place] = .ended
            }
            return (waiting, state.hasFailed)
        }
        if hasFailed {
            for (_, continuation) in waiting { continuation.resume(throwing: BatchAborted()) }
            return
        }
        do {
            let values = try await carryOut(waiting.map(\.0))
            for (one, value) in zip(waiting, values) { one.1.resume(returning: value) }
        } catch let failure as FailedChange {
            for (place, one) in waiting.enumerated() {
                one.1.resume(throwing: place == failure.place ? failure.reason : BatchAborted())
            }
        } catch {
            for one in waiting { one.1.resume(throwing: error) }
        }
    }
}

/// One of the changes of a batch failed.
struct FailedChange: Error {
    let place: Int
    let reason: any Error
}
