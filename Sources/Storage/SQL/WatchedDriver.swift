package import Tasks

/// A driver that knows how its database fares.
package protocol WatchedDriver: SQLDriver {
    /// What the operator should know about how the database was found.
    var warnings: [String] { get }

    /// How many connections are open together at most.
    var connectionCount: Int { get }

    /// Forgets what a server may have left half done that was killed, before another one serves.
    func beginServing() async throws

    /// Why the database cannot be relied on, as far as has been noticed; no cost worth mention.
    var trouble: StoreTrouble? { get }

    /// Returns what has failed since it was last asked, and how often each.
    func takeFaults() -> [StoreFault: Int]

    /// Looks at the database from outside, without waiting for anything.
    func inspect()

    /// Reads here and there, and makes a small write durable; returns once both have ended.
    func probe() async

    /// Makes this process a node among others; none if no other process can use the database.
    func makeNode() -> (any ClusterNode)?
}

extension WatchedDriver {
    package func makeNode() -> (any ClusterNode)? { nil }
}

extension SQLStore: WatchedStore where Driver: WatchedDriver {
    package var trouble: StoreTrouble? { driver.trouble }

    package func takeFaults() -> [StoreFault: Int] { driver.takeFaults() }

    package func inspect() { driver.inspect() }

    package func probe() async { await driver.probe() }
}
