import Tasks

/// Decides which scan runs next, so that no location keeps the others waiting.
///
/// A location runs at most half of the scans that run at once, and has at most half of the places to
/// wait that others leave; locations that wait take turns. The server's own scans have no location.
/// They are few, and none is refused.
struct ScanQueue<Scan> {
    /// How many scans run at once.
    let runLimit: Int
    /// How many scans wait.
    let waitLimit: Int

    private var running: [LocationID?: Int] = [:]
    private var waiting: [LocationID?: [Scan]] = [:]
    /// The locations with scans that wait, the one that is next to have a turn first.
    private var turns: [LocationID?] = []
    private(set) var waitingCount = 0
    private(set) var runningCount = 0

    /// Creates an empty queue.
    ///
    /// - Precondition: At least one scan runs at once.
    init(runLimit: Int, waitLimit: Int) {
        precondition(runLimit >= 1, "a scan runs at some time")
        self.runLimit = runLimit
        self.waitLimit = waitLimit
    }

    /// What is to be done with a scan that arrives.
    enum Admission: Hashable {
        case run
        case wait
        case refuse
    }

    /// Takes a scan in.
    mutating func admit(_ scan: Scan, for location: LocationID?) -> Admission {
        if runningCount < runLimit, mayRun(location) {
            start(location)
            return .run
        }
        let own = waiting[location]?.count ?? 0
        let left = max(waitLimit - (waitingCount - own), 0)
        guard location == nil || own < (left + 1) / 2 else { return .refuse }
        if own == 0 { turns.append(location) }
        waiting[location, default: []].append(scan)
        waitingCount += 1
        return .wait
    }

    /// Notes that a scan has ended, and returns the one that runs in its place, if any may.
    mutating func end(_ location: LocationID?) -> (scan: Scan, location: LocationID?)? {
        runningCount -= 1
        let left = (running[location] ?? 1) - 1
        running[location] = left == 0 ? nil : left
        guard let turn = turns.firstIndex(where: { mayRun($0) }) else { return nil }
        let next = turns.remove(at: turn)
        guard let scan = waiting[next]?.removeFirst() else { return nil }
        if waiting[next]?.isEmpty == true { waiting[next] = nil } else { turns.append(next) }
        waitingCount -= 1
        start(next)
        return (scan, next)
    }

    /// Takes out all that wait.
    mutating func removeWaiting() -> [Scan] {
        defer {
            waiting = [:]
            turns = []
            waitingCount = 0
        }
        return waiting.values.flatMap { $0 }
    }

    private func mayRun(_ location: LocationID?) -> Bool {
        let share = location == nil ? runLimit : max(1, runLimit / 2)
        return running[location, default: 0] < share
    }

    private mutating func start(_ location: LocationID?) {
        runningCount += 1
        running[location, default: 0] += 1
    }
}
