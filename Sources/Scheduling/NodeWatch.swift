package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Has this process work as one of several nodes: it says that it lives, takes its share of the
/// shards, goes by the database's clock, and looks for what other nodes have changed, of which it
/// wakes the scheduler and those who follow.
package struct NodeWatch<C: Clock & Sendable>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let node: any ClusterNode
    private let agenda: FiringAgenda
    private let feedBell: FeedBell
    private let clock: C
    private let setClock: @Sendable () async throws -> Void
    private let logger: Logger
    private let pause: @Sendable (Duration) async throws -> Void

    /// The time between two looks for changes.
    private static var interval: Duration { .milliseconds(150) }

    /// How long a change may take from its time to its commit and still be found by a look.
    ///
    /// What takes longer the scheduler finds when it looks everything up.
    private static var window: Duration { .seconds(2) }

    /// How many looks there are between two signs of life.
    private static var beatTurns: Int { 3 }

    /// - Parameters:
    ///   - node: The node.
    ///   - agenda: What the scheduler goes by.
    ///   - feedBell: What wakes those who follow a location's log.
    ///   - clock: The server's clock.
    ///   - setClock: Sets the server's clock right by the database's.
    ///   - logger: Where the number of nodes is told.
    ///   - pause: Waits.
    package init(
        node: any ClusterNode,
        agenda: FiringAgenda,
        feedBell: FeedBell,
        clock: C,
        setClock: @escaping @Sendable () async throws -> Void,
        logger: Logger,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.node = node
        self.agenda = agenda
        self.feedBell = feedBell
        self.clock = clock
        self.setClock = setClock
        self.logger = logger
        self.pause = pause
        // Until the node has its share, all shards are the others'.
        agenda.setLeases([:])
    }

    package var description: String { "NodeWatch" }

    /// Works until the service is told to stop; then others have the node's shards at once.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var turn = 0
            var nodeCount = 0
            while !Task.isCancelled {
                if turn % Self.beatTurns == 0 { nodeCount = await beat(after: nodeCount) }
                await look()
                turn += 1
                try? await pause(Self.interval)
            }
        }
        try? await node.leave()
    }

    /// Says that the node lives.
    ///
    /// - Parameter count: How many nodes there were.
    /// - Returns: How many there are.
    @discardableResult
    package func beat(after count: Int = 0) async -> Int {
        do {
            let share = try await node.beat()
            agenda.setLeases(share.leases)
            if share.nodeCount != count {
                logger.info("Nodes share the work", metadata: ["nodes": "\(share.nodeCount)"])
            }
            try await setClock()
            return share.nodeCount
        } catch {
            // The store tells of what fails. Others will take the shards over.
            agenda.setLeases([:])
            return 0
        }
    }

    /// Looks for what other nodes have stored.
    package func look() async {
        let since = clock.now.advanced(by: .zero - Self.window)
        guard let changes = try? await node.changes(since: since) else { return }
        for (locationID, change) in changes { agenda.note(change.fireAt, in: locationID.shard) }
        feedBell.ring(changes.mapValues(\.number))
    }
}
