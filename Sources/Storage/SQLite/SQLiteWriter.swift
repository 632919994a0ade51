import Dispatch
import Synchronization
import Tasks

/// The connection that writes, and the writes that wait for it.
///
/// Writes that arrive while a transaction is being made durable share the next transaction. So one
/// commit serves many writes. In the transaction each write is a savepoint of its own. Which write
/// comes next, ``WriteBacklog`` decides. A write that is likely to take long does not share the
/// transaction of those before it, because they would wait for it.
final class SQLiteWriter: Sendable {
    private let state: Mutex<State>
    private let connection: Mutex<SQLiteConnection?>
    private let file: SQLiteFile
    private let open: @Sendable () throws -> SQLiteConnection
    private let configuration: SQLiteConfiguration
    private let uptime: @Sendable () -> Duration

    /// A serial queue.
    ///
    /// Only its thread uses the connection, and it may wait for the disk.
    private let queue = DispatchQueue(label: "perennial.sqlite.writer")

    private static let begin = SQLStatement("BEGIN IMMEDIATE")
    private static let commit = SQLStatement("COMMIT")
    private static let rollBack = SQLStatement("ROLLBACK")
    private static let beginWrite = SQLStatement("SAVEPOINT write")
    private static let endWrite = SQLStatement("RELEASE write")
    private static let rollBackWrite = SQLStatement("ROLLBACK TO write")

    /// Opens the connection.
    ///
    /// - Parameters:
    ///   - file: The database.
    ///   - configuration: How many writes wait, and how many share a transaction.
    ///   - uptime: The time by which the cost of writes is measured.
    ///   - open: Opens a connection.
    /// - Throws: What the closure throws.
    init(
        of file: SQLiteFile,
        _ configuration: SQLiteConfiguration,
        uptime: @escaping @Sendable () -> Duration,
        open: @escaping @Sendable () throws -> SQLiteConnection
    ) throws {
        self.file = file
        self.configuration = configuration
        self.uptime = uptime
        self.open = {
            let connection = try open()
            file.noteContents()
            return connection
        }
        state = Mutex(State(backlog: WriteBacklog(limit: configuration.waitingWriteLimit)))
        connection = Mutex(try self.open())
    }

    /// Runs a closure in a transaction and returns once it is durable.
    ///
    /// - Parameters:
    ///   - locationID: The location that writes; none for the server itself.
    ///   - body: What is written.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, what the closure throws, or `CancellationError`.
    func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            enqueue(
                QueuedWrite(
                    locationID: locationID,
                    run: { connection in
                        let value = try body(connection)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { error in continuation.resume(throwing: error) }
                )
            )
        }
    }

    /// How many writes wait until the transaction before them ends.
    var waitingCount: Int { state.withLock { $0.backlog.waitingCount } }

    /// Refuses further writes, finishes the waiting ones, empties the log and closes the
    /// connection.
    func close() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.isClosed = true
                queue.async {
                    self.connection.withLock { connection in
                        do throws(SQLError) { try self.file.beginWriting() } catch {
                            // The log is of another file.
                            connection?.leaveLog()
                            connection = nil
                            return
                        }
                        // If the log cannot be emptied now, it is read when the file is next
                        // opened.
                        _ = try? connection?.runOnce("PRAGMA wal_checkpoint(TRUNCATE)")
                        connection = nil
                    }
                    continuation.resume()
                }
            }
        }
    }

    /// Starts a checkpoint, which runs after the current writes and before those that come later.
    ///
    /// It does not wait for readers. What has been committed stays durable if it fails.
    func checkpoint() {
        state.withLock { state in
            if state.isClosed { return }
            state.wantsCheckpoint = true
            beginDraining(&state)
        }
    }

    private func enqueue(_ write: QueuedWrite) {
        let refusal: SQLError? = state.withLock { state in
            if state.isClosed { return .closed }
            guard state.backlog.admit(write, for: write.locationID) else { return .busy }
            beginDraining(&state)
            return nil
        }
        if let refusal { write.fail(refusal) }
    }

    /// Has the backlog drained, unless that is under way.
    ///
    /// This is within the lock, so that the block that closes the connection comes later in the
    /// queue.
    private func beginDraining(_ state: inout State) {
        if state.isBeingDrained { return }
        state.isBeingDrained = true
        queue.async { self.drain() }
    }

    /// Does what waits until nothing waits.
    private func drain() {
        connection.withLock { connection in
            var writes: [QueuedWrite] = []
            while true {
                let wantsCheckpoint = state.withLock { state -> Bool? in
                    let isIdle = state.backlog.waitingCount == 0 && writes.isEmpty
                    defer { state.wantsCheckpoint = false }
                    state.isBeingDrained = !isIdle || state.wantsCheckpoint
                    return state.isBeingDrained ? state.wantsCheckpoint : nil
                }
                guard let wantsCheckpoint else { return }
                if wantsCheckpoint { makeCheckpoint(on: &connection) }
                runBatch(&writes, on: &connection)
            }
        }
    }

    private func makeCheckpoint(on connection: inout SQLiteConnection?) {
        guard let current = connection else { return }
        do throws(SQLError) { try file.beginWriting() } catch { return }
        defer { file.endWriting(.copied) }
        // The connection notes a failure.
        _ = try? current.runOnce("PRAGMA wal_checkpoint(PASSIVE)", noting: .checkpointing)
        if current.failure != nil { connection = nil }
    }

    /// Runs writes in one transaction, and answers their callers when it has ended.
    ///
    /// - Parameters:
    ///   - writes: The writes to run again; if there are none, those that wait are run. Afterwards,
    ///     the writes that are to be run again.
    ///   - connection: The connection; none if the last one failed.
    private func runBatch(
        _ writes: inout [QueuedWrite],
        on connection: inout SQLiteConnection?
    ) {
        var answers: [Answer] = []
        do {
            try file.beginWriting()
            defer { file.endWriting(.abandoned) }
            let current = try connection ?? open()
            connection = current
            try run(&writes, on: current, answers: &answers)
            for answer in answers { answer() }
            writes = []
        } catch let end as EndOfSharedTransaction {
            abandonTransaction(on: &connection)
            // The write fails alone. Those before it were undone with it, and are run again.
            writes.remove(at: answers.count).fail(end.reason)
        } catch {
            abandonTransaction(on: &connection)
            if writes.isEmpty { writes = state.withLock { $0.backlog.removeWaiting() } }
            for write in writes { write.fail(error) }
            writes = []
        }
    }

    /// Runs writes, and commits them.
    private func run(
        _ writes: inout [QueuedWrite],
        on connection: SQLiteConnection,
        answers: inout [Answer]
    ) throws {
        try connection.execute(Self.begin, [:])
        let rowCount = connection.changedRowCount
        if writes.isEmpty {
            var turn = Turn(beganAt: uptime())
            while let write = next(after: &turn, count: writes.count) {
                writes.append(write)
                answers.append(try run(write, on: connection))
                if let failure = connection.failure { throw failure }
            }
        } else {
            for write in writes {
                answers.append(try run(write, on: connection))
                if let failure = connection.failure { throw failure }
            }
        }
        try file.beginCommit()
        try connection.execute(Self.commit, [:])
        // The commit is on the disk, but it may be in a file that nobody will find.
        file.endWriting(.committed)
        try file.checkPlace()
        // A commit that has nothing to write succeeds on a broken disk too.
        if connection.changedRowCount > rowCount { file.condition.noteWrite() }
    }

    /// The next write of a transaction, after what the last one cost was noted.
    ///
    /// None if the transaction has enough writes, or if nothing waits that should be part of it.
    private func next(after turn: inout Turn, count: Int) -> QueuedWrite? {
        let now = uptime()
        return state.withLock { state in
            state.backlog.charge(now - turn.writeBeganAt, to: turn.locationID)
            let left = turn.beganAt + configuration.batchTimeLimit - now
            guard count == 0 || (count < configuration.batchWriteLimit && left > .zero) else {
                return nil
            }
            let write = state.backlog.next(costing: count == 0 ? nil : left)
            turn.writeBeganAt = now
            turn.locationID = write?.locationID
            return write
        }
    }

    /// Runs one write.
    ///
    /// If it throws, undoes only this write.
    ///
    /// An answer that is an error waits for the commit too. The error may be about rows of other
    /// writes, and these may not be kept in the end.
    private func run(_ write: QueuedWrite, on connection: SQLiteConnection) throws -> Answer {
        try connection.execute(Self.beginWrite, [:])
        let answer: Answer
        do {
            answer = try write.run(connection)
        } catch {
            answer = { write.fail(error) }
            // SQLite ends the transaction if the disk failed, or if a trigger wants that.
            if connection.failure != nil { return answer }
            guard connection.isInTransaction else { throw EndOfSharedTransaction(reason: error) }
            try connection.execute(Self.rollBackWrite, [:])
        }
        if connection.failure != nil { return answer }
        guard connection.isInTransaction else {
            throw EndOfSharedTransaction(reason: SQLError.transactionEnded)
        }
        try connection.execute(Self.endWrite, [:])
        return answer
    }

    private func abandonTransaction(on connection: inout SQLiteConnection?) {
        guard let current = connection else { return }
        do {
            if current.isInTransaction { try current.execute(Self.rollBack, [:]) }
            if current.failure != nil { connection = nil }
        } catch {
            // Closing the handle rolls back too.
            connection = nil
        }
    }
}

/// Tells a caller the result of its write.
private typealias Answer = @Sendable () -> Void

/// A write ended the transaction that it shares with others.
private struct EndOfSharedTransaction: Error {
    let reason: any Error
}

private struct State {
    var backlog: WriteBacklog<QueuedWrite>
    var wantsCheckpoint = false
    var isBeingDrained = false
    var isClosed = false
}

/// A transaction that takes writes, and the write that it took last.
private struct Turn {
    let beganAt: Duration
    var writeBeganAt: Duration
    var locationID: LocationID?

    init(beganAt: Duration) {
        self.beganAt = beganAt
        writeBeganAt = beganAt
    }
}

private struct QueuedWrite: Sendable {
    /// The location that writes; none for the server itself.
    let locationID: LocationID?

    /// Does the work.
    ///
    /// The returned closure is called as soon as the work is durable.
    let run: @Sendable (SQLiteConnection) throws -> Answer

    /// Tells the caller that nothing of the work is kept.
    let fail: @Sendable (any Error) -> Void
}
