import Storage
import Synchronization
import Tasks

/// A driver that fails as it is told, before or after the driver that it wraps did its work.
struct FaultyDriver<Inner: SQLDriver>: SQLDriver {
    typealias Connection = Inner.Connection

    let inner: Inner
    let faults: FaultPlan

    static var dialect: SQLDialect { Inner.dialect }

    static func statements(adding checks: [TableChecks]) -> [String] {
        Inner.statements(adding: checks)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Inner.Connection) throws -> Value
    ) async throws -> Value {
        try faults.beginRead()
        return try await inner.read(body)
    }

    func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Inner.Connection) throws -> Value
    ) async throws -> Value {
        try faults.beginRead()
        return try await inner.readSnapshot(body)
    }

    func shortScan<Value: Sendable>(
        _ body: @escaping @Sendable (Inner.Connection) throws -> Value
    ) throws -> Value? {
        try faults.beginRead()
        return try inner.shortScan(body)
    }

    func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Inner.Connection) throws -> Value
    ) async throws -> Value {
        try faults.beginRead()
        return try await inner.scan(for: locationID, body)
    }

    @discardableResult
    func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Inner.Connection) throws -> Value
    ) async throws -> Value {
        switch try faults.beginWrite() {
        case nil, .readFailed: return try await inner.write(for: locationID, body)
        case .refused: throw SQLError.busy
        case .failedBeforeCommit:
            return try await inner.write(for: locationID) { connection in
                _ = try body(connection)
                throw FaultPlan.diskFailed
            }
        case .answerLost:
            _ = try await inner.write(for: locationID, body)
            faults.noteCommit()
            throw FaultPlan.diskFailed
        case .diedBeforeCommit:
            faults.die()
            throw SQLError.closed
        case .diedAfterCommit:
            defer { faults.die() }
            _ = try await inner.write(for: locationID, body)
            faults.noteCommit()
            throw SQLError.closed
        }
    }

    func close() async {
        await inner.close()
    }
}

/// Which of the coming transactions fails, and whether the process has died.
final class FaultPlan: Sendable {
    private struct State {
        var fault: Fault?
        var writeCount = 0
        var hasStruck = false
        var hasCommitted = false
        var isDead = false
    }

    private let state = Mutex(State())

    static let diskFailed = SQLError.unavailable(code: 10, message: "disk I/O error")
    /// No step needs as many transactions; a scheduler that goes round in circles does.
    static let writeLimit = 3_000

    /// Forgets the step before, and plans what fails in this one.
    func begin(_ fault: Fault?) {
        state.withLock { state in
            state = State(fault: fault, isDead: state.isDead)
        }
    }

    /// Whether the planned fault came.
    var hasStruck: Bool { state.withLock { $0.hasStruck } }

    /// Whether the transaction that the fault befell was committed all the same.
    var hasCommitted: Bool { state.withLock { $0.hasCommitted } }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// Whether the step made more transactions than any step needs.
    var isEndless: Bool { state.withLock { $0.writeCount > Self.writeLimit } }

    fileprivate func beginRead() throws {
        try state.withLock { state in
            if state.isDead { throw SQLError.closed }
            guard let fault = state.fault, fault.kind == .readFailed else { return }
            if fault.transaction > 0 {
                state.fault?.transaction -= 1
                return
            }
            state.fault = nil
            state.hasStruck = true
            throw Self.diskFailed
        }
    }

    fileprivate func beginWrite() throws -> Fault.Kind? {
        try state.withLock { state in
            if state.isDead { throw SQLError.closed }
            state.writeCount += 1
            if state.writeCount > Self.writeLimit { throw Self.diskFailed }
            guard let fault = state.fault, fault.kind != .readFailed else { return nil }
            if fault.transaction > 0 {
                state.fault?.transaction -= 1
                return nil
            }
            state.fault = nil
            state.hasStruck = true
            return fault.kind
        }
    }

    fileprivate func noteCommit() {
        state.withLock { $0.hasCommitted = true }
    }

    fileprivate func die() {
        state.withLock { $0.isDead = true }
    }
}
