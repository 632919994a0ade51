import Synchronization
import Tasks

/// What is wrong with a database, as its connections find out.
final class DatabaseCondition: Sendable {
    private let state = Mutex(State())

    /// The fault that an error tells of, if it does.
    private let fault: @Sendable (SQLError, StoreFault.Activity) -> StoreFault?

    /// Whether a write has failed and none has succeeded since: a write that is one of many good
    /// ones takes no lock.
    private let hasWriteTrouble = Atomic(false)

    /// Whether the database is not any more where it was opened.
    private let moved = Atomic(false)

    /// How many kinds of faults are kept until they are taken; there are a few dozen.
    private static let faultLimit = 100

    private struct State {
        var writeTrouble: StoreTrouble?
        var probeTrouble: StoreTrouble?
        var faults: [StoreFault: Int] = [:]
    }

    /// Creates the condition of a database of which nothing bad is known.
    ///
    /// - Parameter fault: Returns the fault that an error of the engine tells of, if it does.
    init(_ fault: @escaping @Sendable (SQLError, StoreFault.Activity) -> StoreFault?) {
        self.fault = fault
    }

    /// Why the database cannot be relied on, if so.
    var trouble: StoreTrouble? {
        isMoved ? .moved : state.withLock { $0.writeTrouble ?? $0.probeTrouble }
    }

    /// Whether the database was once found to be elsewhere than where it was opened.
    var isMoved: Bool { moved.load(ordering: .relaxed) }

    /// Notes an error, if it tells of a fault and not of a mistake or of haste.
    func note(_ error: SQLError, while activity: StoreFault.Activity) {
        guard let fault = fault(error, activity) else { return }
        state.withLock { state in
            if state.faults[fault] != nil || state.faults.count < Self.faultLimit {
                state.faults[fault, default: 0] += 1
            }
            if fault.trouble == .moved {
                moved.store(true, ordering: .relaxed)
            } else if activity == .writing {
                state.writeTrouble = fault.trouble
                hasWriteTrouble.store(true, ordering: .relaxed)
            }
        }
    }

    /// Notes that a write is durable.
    func noteWrite() {
        guard hasWriteTrouble.load(ordering: .relaxed) else { return }
        state.withLock { state in
            state.writeTrouble = nil
            hasWriteTrouble.store(false, ordering: .relaxed)
        }
    }

    /// Notes how an attempt to read here and there ended.
    func noteProbe(_ error: SQLError?) {
        let trouble = error.flatMap { fault($0, .reading)?.trouble }
        // One that found no time to read says nothing.
        guard error == nil || trouble != nil else { return }
        state.withLock { $0.probeTrouble = trouble }
    }

    /// Returns the faults that were noted since, and how often each.
    func takeFaults() -> [StoreFault: Int] {
        state.withLock { state in
            defer { state.faults = [:] }
            return state.faults
        }
    }
}
