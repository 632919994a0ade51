import Dispatch
import Synchronization
import Tasks

/// The threads that read what may take long, each with a connection of its own, and the scans that
/// wait for them.
///
/// So no thread of the callers' ever waits for a scan.
final class SQLiteScans: Sendable {
    private let state: Mutex<State>
    private let threads: [ScanThread]
    private let configuration: SQLiteConfiguration
    private let uptime: @Sendable () -> Duration

    private struct State {
        var queue: ScanQueue<QueuedScan>
        var idle: [Int]
        var running: [Int: ReadStop] = [:]
        var isClosed = false
    }

    /// Opens the connections.
    ///
    /// - Parameters:
    ///   - configuration: How many threads there are, and what they may do.
    ///   - uptime: The time since any moment, by a clock that nobody sets.
    ///   - open: Opens a connection.
    /// - Throws: What the closure throws.
    /// - Precondition: There is at least one thread.
    init(
        _ configuration: SQLiteConfiguration,
        uptime: @escaping @Sendable () -> Duration,
        open: @escaping @Sendable () throws -> SQLiteConnection
    ) throws {
        self.configuration = configuration
        self.uptime = uptime
        let queue = ScanQueue<QueuedScan>(
            runLimit: configuration.scanCount,
            waitLimit: configuration.waitingScanLimit
        )
        threads = try (0..<configuration.scanCount).map { number in
            ScanThread(reader: try SQLiteReader(open: open), number: number)
        }
        state = Mutex(State(queue: queue, idle: Array(threads.indices)))
    }

    /// Reads on a thread of its own; all statements see the database at one moment.
    ///
    /// - Parameters:
    ///   - locationID: Whose scan it is; none for the server's own, which may take any time.
    ///   - body: What is read.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``: ``SQLError/busy`` where too many wait or it has waited too long,
    ///   ``SQLError/timedOut(limit:)``, ``SQLError/interrupted`` if the calling task was cancelled;
    ///   or what the closure throws.
    func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        let stop = ReadStop()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let scan = QueuedScan(
                    locationID: locationID,
                    stop: stop,
                    arrivedAt: uptime(),
                    run: { reader, timeLimit in
                        let result = Result {
                            try reader.read(timeLimit: timeLimit, stop: stop) { connection in
                                try connection.snapshot(body)
                            }
                        }
                        return { continuation.resume(with: result) }
                    },
                    fail: { error in continuation.resume(throwing: error) }
                )
                enqueue(scan)
            }
        } onCancel: {
            stop.set()
        }
    }

    /// How many scans wait for a thread.
    var waitingCount: Int { state.withLock { $0.queue.waitingCount } }

    /// Stops what runs, refuses what waits and all that comes, and closes the connections.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            for stop in state.running.values { stop.set() }
            return state.queue.removeWaiting()
        }
        for scan in waiting { scan.fail(SQLError.closed) }
        for thread in threads { thread.reader.close() }
    }

    private func enqueue(_ scan: QueuedScan) {
        let refusal: SQLError? = state.withLock { state in
            if state.isClosed { return .closed }
            switch state.queue.admit(scan, for: scan.locationID) {
            case .run:
                let number = state.idle.removeLast()
                state.running[number] = scan.stop
                threads[number].queue.async { self.work(scan, on: number) }
                return nil
            case .wait: return nil
            case .refuse: return .busy
            }
        }
        if let refusal { scan.fail(refusal) }
    }

    /// Runs a scan, and after it those that wait, until none may run.
    private func work(_ first: QueuedScan, on number: Int) {
        var next: QueuedScan? = first
        while let scan = next {
            let answer = run(scan, on: threads[number])
            next = successor(of: scan, on: number)
            // Whoever asks again at once finds the thread free.
            answer()
        }
    }

    private func run(_ scan: QueuedScan, on thread: ScanThread) -> @Sendable () -> Void {
        if scan.stop.isSet { return { scan.fail(SQLError.interrupted) } }
        // The server's own scans may take any time.
        if scan.locationID == nil { return scan.run(thread.reader, nil) }
        // Whoever asked has given up by then.
        if uptime() - scan.arrivedAt > configuration.scanWaitLimit {
            return { scan.fail(SQLError.busy) }
        }
        return scan.run(thread.reader, configuration.readTimeLimit)
    }

    private func successor(of scan: QueuedScan, on number: Int) -> QueuedScan? {
        state.withLock { state in
            guard let next = state.queue.end(scan.locationID)?.scan else {
                state.running[number] = nil
                state.idle.append(number)
                return nil
            }
            state.running[number] = next.stop
            return next
        }
    }
}

private struct ScanThread: Sendable {
    let reader: SQLiteReader
    /// Serial; its thread is the only one that uses the connection.
    let queue: DispatchQueue

    init(reader: SQLiteReader, number: Int) {
        self.reader = reader
        queue = DispatchQueue(label: "perennial.sqlite.scan.\(number)")
    }
}

private struct QueuedScan: Sendable {
    let locationID: LocationID?
    let stop: ReadStop
    /// By the uptime.
    let arrivedAt: Duration
    /// Does the work within a time; what it returns tells the caller how it went.
    let run: @Sendable (SQLiteReader, Duration?) -> @Sendable () -> Void
    /// Tells the caller that nothing was read.
    let fail: @Sendable (any Error) -> Void
}
