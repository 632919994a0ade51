import Dispatch
import Synchronization
import Tasks

/// The connections, each with a thread of its own, and the work that waits for them.
///
/// So no thread of the callers' ever waits for the server.
final class PostgreSQLPool: Sendable {
    private let state: Mutex<State>
    private let seats: [PostgreSQLSeat]
    private let terms: PostgreSQLTerms

    /// Where statements are cancelled, which takes a connection of its own.
    private let cancelQueue = DispatchQueue(label: "perennial.postgresql.cancel")

    private struct State {
        var schedule: PostgreSQLSchedule
        var idle: [Int]
        var stops: [Int: ReadStop] = [:]
        var isClosed = false
        /// Continues once the last work has ended after the closing.
        var closer: Closer?
    }

    private typealias Closer = CheckedContinuation<Void, Never>

    /// Creates the pool; connections are opened when they are first needed.
    init(_ terms: PostgreSQLTerms, first: sending PostgreSQLConnection) {
        let count = terms.configuration.workerCount
        precondition(count >= 2, "reads have a connection of their own")
        self.terms = terms
        seats =
            [PostgreSQLSeat(number: 0, first)]
            + (1..<count).map { PostgreSQLSeat(number: $0, nil) }
        state = Mutex(
            State(
                schedule: PostgreSQLSchedule(terms.configuration),
                idle: Array((0..<count).reversed())
            )
        )
    }

    /// Runs work on a connection, once there is one.
    ///
    /// - Parameters:
    ///   - kind: What it does.
    ///   - locationID: The location that it is for; none for the server's own work.
    ///   - work: The work.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``; ``SQLError/busy`` where too much waits or it has waited too long; or
    ///   what the closure throws.
    func run<Value: Sendable>(
        _ kind: PostgreSQLJobKind,
        for locationID: LocationID?,
        _ work: @escaping @Sendable (inout PostgreSQLConnection?, ReadStop) throws -> Value
    ) async throws -> Value {
        let stop = ReadStop()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(
                    PostgreSQLJob(
                        kind: kind,
                        locationID: locationID,
                        stop: stop,
                        arrivedAt: terms.uptime(),
                        work: .alone { connection in
                            let result = Result { try work(&connection, stop) }
                            return { continuation.resume(with: result) }
                        },
                        fail: { error in continuation.resume(throwing: error) }
                    )
                )
            }
        } onCancel: {
            if kind == .scan { interrupt(stop) }
        }
    }

    /// Writes in a transaction that other writes of the location may share, and returns once that is
    /// durable.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func write<Value: Sendable>(
        for locationID: LocationID,
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(
                PostgreSQLJob(
                    kind: .write,
                    locationID: locationID,
                    stop: nil,
                    arrivedAt: terms.uptime(),
                    work: .shared { connection in
                        let value = try body(connection)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { error in continuation.resume(throwing: error) }
                )
            )
        }
    }

    /// How much waits for a connection.
    var waitingCount: Int { state.withLock { $0.schedule.waitingCount } }

    /// Refuses what comes and the reads that wait, stops the scans, finishes the writes, and closes
    /// the connections.
    func close() async {
        let (refused, stops) = state.withLock { state in
            state.isClosed = true
            return (state.schedule.removeWaiting([.read, .scan]), Array(state.stops.values))
        }
        for job in refused { job.fail(SQLError.closed) }
        for stop in stops { interrupt(stop) }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.idle.count == seats.count { return true }
                state.closer = continuation
                return false
            }
            if isIdle { continuation.resume() }
        }
        for seat in seats { seat.close() }
        terms.side?.close()
    }

    /// Stops a scan that runs, or that will run.
    private func interrupt(_ stop: ReadStop) {
        stop.set()
        let number = state.withLock { state in state.stops.first { $0.value === stop }?.key }
        guard let number else { return }
        cancelQueue.async { self.seats[number].cancel(stop) }
    }

    private func enqueue(_ job: PostgreSQLJob) {
        let refusal: SQLError? = state.withLock { state in
            if state.isClosed { return .closed }
            guard state.schedule.admit(job) else { return .busy }
            guard let number = state.idle.last, let next = take(on: number, &state) else {
                return nil
            }
            state.idle.removeLast()
            seats[number].queue.async { self.work(next, on: number) }
            return nil
        }
        if let refusal { job.fail(refusal) }
    }

    private func take(on number: Int, _ state: inout State) -> PostgreSQLJob? {
        guard let job = state.schedule.next() else { return nil }
        if job.kind == .scan { state.stops[number] = job.stop }
        return job
    }

    /// Does work, and after it what waits, until nothing may run.
    private func work(_ first: PostgreSQLJob, on number: Int) {
        var next: PostgreSQLJob? = first
        while let job = next {
            let beganAt = terms.uptime()
            let answer = run(job, on: seats[number])
            next = successor(of: job, beganAt: beganAt, on: number)
            answer()
        }
    }

    private func run(_ job: PostgreSQLJob, on seat: PostgreSQLSeat) -> @Sendable () -> Void {
        if job.stop?.isSet == true { return { job.fail(SQLError.interrupted) } }
        // Whoever asked has given up by then; the server itself does not.
        let waited = terms.uptime() - job.arrivedAt
        if job.locationID != nil || job.kind == .read, waited > terms.configuration.waitLimit {
            return { job.fail(SQLError.busy) }
        }
        return seat.run(job, terms) {
            self.state.withLock { $0.schedule.nextWrite(for: job.locationID) }
        }
    }

    private func successor(
        of job: PostgreSQLJob,
        beganAt: Duration,
        on number: Int
    ) -> PostgreSQLJob? {
        let (next, closer) = state.withLock { state -> (PostgreSQLJob?, Closer?) in
            state.stops[number] = nil
            state.schedule.end(job, cost: terms.uptime() - beganAt)
            let next = take(on: number, &state)
            if next == nil { state.idle.append(number) }
            // The end of one piece of work may let several others run, for which there are threads.
            while next != nil, let idle = state.idle.last, let other = take(on: idle, &state) {
                state.idle.removeLast()
                seats[idle].queue.async { self.work(other, on: idle) }
            }
            guard state.idle.count == seats.count else { return (next, nil) }
            defer { state.closer = nil }
            return (next, state.closer)
        }
        closer?.resume()
        return next
    }
}

/// A place for a connection, with the thread that uses it.
final class PostgreSQLSeat: Sendable {
    /// Serial; its thread is the only one that uses the connection.
    let queue: DispatchQueue
    private let connection: Mutex<PostgreSQLConnection?>
    private let target = Mutex(Target())

    /// What is stopped by ``cancel(_:)``.
    private struct Target {
        var key: PostgreSQLCancelKey?
        var stop: ReadStop?
    }

    init(number: Int, _ connection: sending PostgreSQLConnection?) {
        queue = DispatchQueue(label: "perennial.postgresql.\(number)")
        self.connection = Mutex(connection)
    }

    /// Runs work.
    ///
    /// - Parameters:
    ///   - job: The work.
    ///   - terms: The terms of the connections.
    ///   - next: Takes out a further write that may share a write's transaction.
    /// - Returns: What tells the callers how it went.
    func run(
        _ job: PostgreSQLJob,
        _ terms: PostgreSQLTerms,
        next: @Sendable () -> PostgreSQLJob?
    ) -> PostgreSQLJob.Answer {
        connection.withLock { connection in
            switch job.work {
            case .shared:
                var batch = PostgreSQLBatch(job, terms)
                return batch.run(on: &connection, next: next)
            case .alone(let work):
                guard job.kind == .scan else { return work(&connection) }
                let key = connection?.makeCancelKey()
                target.withLock { target in
                    target.key = key
                    target.stop = job.stop
                }
                defer { target.withLock { $0.stop = nil } }
                return work(&connection)
            }
        }
    }

    /// Has the server stop the statement of a scan, if that scan still runs.
    func cancel(_ stop: ReadStop) {
        // The lock is held meanwhile, so that nothing else begins which would be stopped instead.
        target.withLock { target in
            if target.stop === stop { target.key?.cancel() }
        }
    }

    /// Closes the connection once it is free.
    func close() {
        connection.withLock { $0 = nil }
    }
}
