import Glibc

/// How many files and connections the process may have open.
struct DescriptorLimit {
    let count: Int

    /// The most connections that a server has unless it is told otherwise.
    private static let standardConnectionCount = 10_000

    /// Raises the limit as far as the process may, and returns what it then is.
    ///
    /// Where the limit cannot be raised it stays as it was.
    static func raised() -> DescriptorLimit {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorLimit(count: 1024)
        }
        var highest = limit
        highest.rlim_cur = limit.rlim_max
        if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &highest) == 0 {
            limit = highest
        }
        return DescriptorLimit(count: Int(clamping: limit.rlim_cur))
    }

    /// How many connections there may be beside the server's own files.
    ///
    /// - Parameter coreCount: How many cores the machine has: threads and readers go by it.
    /// - Returns: At least 1.
    func mostConnections(coreCount: Int) -> Int {
        // Three files for each of at most 17 SQLite connections, three for each thread that waits
        // for the network, zones, the log, and some to spare.
        let reserve = 128 + 4 * coreCount
        return max(count - reserve, count / 4, 1)
    }

    /// How many connections there are to be.
    ///
    /// - Parameters:
    ///   - asked: What the operator asked for, if anything.
    ///   - coreCount: How many cores the machine has.
    /// - Returns: At least 1.
    func connections(asked: Int?, coreCount: Int) -> Int {
        min(asked ?? Self.standardConnectionCount, mostConnections(coreCount: coreCount))
    }
}
