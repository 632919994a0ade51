import Tasks

/// What a piece of work does, which decides with what else it shares the connections.
enum PostgreSQLJobKind: Hashable, CaseIterable {
    case read
    case scan
    case write

    /// How many parts of the connections such work has while there is work of all kinds.
    var share: Int {
        switch self {
        case .read, .write: 3
        case .scan: 2
        }
    }
}

/// A piece of work that needs a connection.
struct PostgreSQLJob: Sendable {
    let kind: PostgreSQLJobKind
    /// The location that it is for; none for the server itself.
    let locationID: LocationID?
    let stop: ReadStop?
    /// By the uptime.
    let arrivedAt: Duration
    let work: Work
    /// Tells the caller that nothing was done.
    let fail: @Sendable (any Error) -> Void

    /// Tells a caller how its work went.
    typealias Answer = @Sendable () -> Void

    enum Work: Sendable {
        /// Does the work on a connection that nothing else uses meanwhile.
        case alone(@Sendable (inout PostgreSQLConnection?) -> Answer)
        /// Writes in a transaction that the location's other writes may share; the answer is for
        /// when that is durable.
        case shared(@Sendable (PostgreSQLConnection) throws -> Answer)
    }
}

/// Decides which work has a connection next.
///
/// While there is work of all kinds, each kind has its share of the connections. What one kind does
/// not use the others may, except that one connection is always left for reads by key. Locations take
/// turns, as ``ScanQueue`` and ``WriteBacklog`` decide, and one location has one write at a time.
struct PostgreSQLSchedule {
    private let workerCount: Int
    private let readLimit: Int
    private var reads: [PostgreSQLJob] = []
    /// Where the reads that wait begin; those before it have run.
    private var firstRead = 0
    private var scans: ScanQueue<PostgreSQLJob>
    /// Scans whose turn has come.
    private var readyScans: [PostgreSQLJob] = []
    private var writes: WriteBacklog<PostgreSQLJob>
    private var writers: Set<LocationID?> = []
    private(set) var running: [PostgreSQLJobKind: Int] = [:]

    init(_ configuration: PostgreSQLConfiguration) {
        workerCount = configuration.workerCount
        readLimit = configuration.waitingReadLimit
        scans = ScanQueue(
            runLimit: configuration.scanCount,
            waitLimit: configuration.waitingScanLimit
        )
        writes = WriteBacklog(limit: configuration.waitingWriteLimit)
    }

    /// How many reads, scans and writes wait.
    var waitingCount: Int {
        reads.count - firstRead + readyScans.count + scans.waitingCount + writes.waitingCount
    }

    /// Takes work in.
    ///
    /// - Returns: False if too much of its kind waits already.
    mutating func admit(_ job: PostgreSQLJob) -> Bool {
        switch job.kind {
        case .read:
            if reads.count - firstRead >= readLimit { return false }
            reads.append(job)
        case .scan:
            switch scans.admit(job, for: job.locationID) {
            case .run: readyScans.append(job)
            case .wait: break
            case .refuse: return false
            }
        case .write: return writes.admit(job, for: job.locationID)
        }
        return true
    }

    /// Takes out the work that is next for a free connection, if any may run.
    mutating func next() -> PostgreSQLJob? {
        let kinds = PostgreSQLJobKind.allCases.sorted { use(of: $0) < use(of: $1) }
        for kind in kinds {
            guard let job = next(of: kind) else { continue }
            running[kind, default: 0] += 1
            return job
        }
        return nil
    }

    /// Takes out a further write of a location, which writes already.
    mutating func nextWrite(for locationID: LocationID?) -> PostgreSQLJob? {
        writes.next(for: locationID)
    }

    /// Notes that work has ended, and what it cost.
    mutating func end(_ job: PostgreSQLJob, cost: Duration) {
        running[job.kind, default: 1] -= 1
        switch job.kind {
        case .read: break
        case .scan:
            if let next = scans.end(job.locationID) { readyScans.append(next.scan) }
        case .write:
            writers.remove(job.locationID)
            writes.charge(cost, to: job.locationID)
        }
    }

    /// Takes out all that waits.
    ///
    /// - Parameter kinds: The kinds of work that are taken out.
    /// - Returns: The work.
    mutating func removeWaiting(_ kinds: Set<PostgreSQLJobKind>) -> [PostgreSQLJob] {
        var jobs: [PostgreSQLJob] = []
        if kinds.contains(.read) {
            jobs += reads[firstRead...]
            reads = []
            firstRead = 0
        }
        if kinds.contains(.scan) {
            jobs += readyScans + scans.removeWaiting()
            readyScans = []
        }
        if kinds.contains(.write) { jobs += writes.removeWaiting() }
        return jobs
    }

    /// How much of its share a kind would use with one more.
    private func use(of kind: PostgreSQLJobKind) -> Double {
        Double(running[kind, default: 0] + 1) / Double(kind.share)
    }

    private mutating func next(of kind: PostgreSQLJobKind) -> PostgreSQLJob? {
        switch kind {
        case .read:
            guard firstRead < reads.count else { return nil }
            defer { firstRead += 1 }
            if firstRead > 1000, firstRead > reads.count / 2 {
                reads.removeFirst(firstRead)
                firstRead = 0
            }
            return reads[firstRead]
        case .scan:
            return leavesRoom && !readyScans.isEmpty ? readyScans.removeFirst() : nil
        case .write:
            guard leavesRoom, let job = writes.next(besides: writers) else { return nil }
            writers.insert(job.locationID)
            return job
        }
    }

    /// Whether a connection is left for reads if one more scan or write runs.
    private var leavesRoom: Bool {
        running[.scan, default: 0] + running[.write, default: 0] < workerCount - 1
    }
}
