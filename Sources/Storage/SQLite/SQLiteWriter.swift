import Dispatch
import Synchronization
import Tasks

/// The connection that writes, and the writes that wait for it.
///
/// Writes that arrive while a transaction is being made durable share the next transaction. So one
/// commit serves many writes. In the transaction each write is a savepoint of its own.
final class SQLiteWriter: Sendable {
    private let backlog = Mutex(Backlog())
    private let connection: Mutex<SQLiteConnection?>
    private let file: SQLiteFile
    private let open: @Sendable () throws -> SQLiteConnection
    private let configuration: SQLiteConfiguration

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
    /// - Throws: What the closure throws.
    init(
        of file: SQLiteFile,
        _ configuration: SQLiteConfiguration,
        open: @escaping @Sendable () throws -> SQLiteConnection
    ) throws {
        self.file = file
        self.configuration = configuration
        self.open = open
        connection = Mutex(try open())
    }

    /// Runs a closure in a transaction and returns once it is durable.
    ///
    /// - Throws: ``SQLError``, what the closure throws, or `CancellationError`.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            enqueue(
                QueuedWrite(
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
    var waitingCount: Int { backlog.withLock { $0.waiting.count } }

    /// Refuses further writes, finishes the waiting ones, empties the log and closes the
    /// connection.
    func close() async {
        await withCheckedContinuation { continuation in
            backlog.withLock { backlog in
                backlog.isClosed = true
                queue.async {
                    self.connection.withLock { connection in
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
        backlog.withLock { backlog in
            if backlog.isClosed { return }
            backlog.wantsCheckpoint = true
            beginDraining(&backlog)
        }
    }

    private func enqueue(_ write: QueuedWrite) {
        let refusal: SQLError? = backlog.withLock { backlog in
            if backlog.isClosed { return .closed }
            if backlog.waiting.count >= configuration.waitingWriteLimit { return .busy }
            backlog.waiting.append(write)
            beginDraining(&backlog)
            return nil
        }
        if let refusal { write.fail(refusal) }
    }

    /// Has the backlog drained, unless that is under way.
    ///
    /// This is within the backlog's lock, so that the block that closes the connection comes later
    /// in the queue.
    private func beginDraining(_ backlog: inout Backlog) {
        if backlog.isBeingDrained { return }
        backlog.isBeingDrained = true
        queue.async { self.drain() }
    }

    /// Does what waits until nothing waits.
    private func drain() {
        connection.withLock { connection in
            while true {
                var (writes, wantsCheckpoint) = takeWaiting()
                if writes.isEmpty, !wantsCheckpoint { return }
                if wantsCheckpoint { makeCheckpoint(on: &connection) }
                while !writes.isEmpty { writes = runBatch(writes, on: &connection) }
            }
        }
    }

    private func takeWaiting() -> (writes: ArraySlice<QueuedWrite>, wantsCheckpoint: Bool) {
        backlog.withLock { backlog in
            defer {
                backlog.waiting = []
                backlog.wantsCheckpoint = false
            }
            backlog.isBeingDrained = !backlog.waiting.isEmpty || backlog.wantsCheckpoint
            return (backlog.waiting[...], backlog.wantsCheckpoint)
        }
    }

    private func makeCheckpoint(on connection: inout SQLiteConnection?) {
        guard let current = connection else { return }
        // The connection notes a failure.
        _ = try? current.runOnce("PRAGMA wal_checkpoint(PASSIVE)", noting: .checkpointing)
        if current.failure != nil { connection = nil }
    }

    /// Runs writes in one transaction, and answers their callers when it has ended.
    ///
    /// - Returns: The writes that are still to be run: fewer than were given.
    private func runBatch(
        _ writes: ArraySlice<QueuedWrite>,
        on connection: inout SQLiteConnection?
    ) -> ArraySlice<QueuedWrite> {
        var answers: [Answer] = []
        do {
            let current = try connection ?? open()
            connection = current
            try run(writes, on: current, answers: &answers)
            for answer in answers { answer() }
            return writes.dropFirst(answers.count)
        } catch let end as EndOfSharedTransaction {
            abandonTransaction(on: &connection)
            // The write fails alone. Those before it were undone with it, and are run again.
            let place = writes.startIndex + answers.count
            writes[place].fail(end.reason)
            return writes[..<place] + writes[(place + 1)...]
        } catch {
            abandonTransaction(on: &connection)
            let failed = answers.isEmpty ? writes : writes.prefix(answers.count)
            for write in failed { write.fail(error) }
            return writes.dropFirst(failed.count)
        }
    }

    private func run(
        _ writes: ArraySlice<QueuedWrite>,
        on connection: SQLiteConnection,
        answers: inout [Answer]
    ) throws {
        try connection.execute(Self.begin, [:])
        let rowCount = connection.changedRowCount
        let rowLimit = rowCount + configuration.batchRowLimit
        for write in writes.prefix(configuration.batchWriteLimit) {
            answers.append(try run(write, on: connection))
            if let failure = connection.failure { throw failure }
            if connection.changedRowCount >= rowLimit { break }
        }
        try connection.execute(Self.commit, [:])
        // The commit is on the disk, but it may be in a file that nobody will find.
        try file.checkPlace()
        // A commit that has nothing to write succeeds on a broken disk too.
        if connection.changedRowCount > rowCount { file.condition.noteWrite() }
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

private struct Backlog {
    var waiting: [QueuedWrite] = []
    var wantsCheckpoint = false
    var isBeingDrained = false
    var isClosed = false
}

private struct QueuedWrite: Sendable {
    /// Does the work.
    ///
    /// The returned closure is called as soon as the work is durable.
    let run: @Sendable (SQLiteConnection) throws -> Answer

    /// Tells the caller that nothing of the work is kept.
    let fail: @Sendable (any Error) -> Void
}
