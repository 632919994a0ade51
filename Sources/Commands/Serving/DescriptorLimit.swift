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
    /// - Parameters:
    ///   - coreCount: How many cores the machine has, and so how many threads wait for the network.
    ///   - databaseCount: How many connections to the database are open together.
    /// - Returns: At least 1.
    func mostConnections(coreCount: Int, databaseCount: Int) -> Int {
        // Three files for each connection to the database, four for each thread that waits for the
        // network, zones, the log, and some to spare.
        let reserve = 64 + 4 * coreCount + 3 * databaseCount
        return max(count - reserve, count / 4, 1)
    }

    /// How many connections there are to be.
    ///
    /// - Parameters:
    ///   - asked: What the operator asked for, if anything.
    ///   - coreCount: How many cores the machine has.
    ///   - databaseCount: How many connections to the database are open together.
    /// - Returns: At least 1.
    func connections(asked: Int?, coreCount: Int, databaseCount: Int) -> Int {
        min(
            asked ?? Self.standardConnectionCount,
            mostConnections(coreCount: coreCount, databaseCount: databaseCount)
        )
    }
}
