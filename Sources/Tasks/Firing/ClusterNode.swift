package import Recurrence

/// This process as one of several nodes over one database.
///
/// The nodes share the shards out among themselves. Only the efficiency of the work rests on that:
/// two nodes that work one shard do no harm.
package protocol ClusterNode: Sendable {
    /// Says that the node lives, and takes its share of the shards.
    ///
    /// - Returns: The shards that it leases, and how many nodes live.
    func beat() async throws -> NodeShare

    /// The locations that any node has changed since a time.
    func changes(since time: Timestamp) async throws -> [LocationID: LocationChange]

    /// The time by the database's clock.
    func databaseTime() async throws -> Timestamp

    /// Gives up what the node leases, since it stops.
    func leave() async throws
}

/// What is new in a location.
package struct LocationChange: Hashable, Sendable {
    /// The number of its last change.
    package var number: Int64
    /// When the first of its clocks fires; none if none does.
    package var fireAt: Timestamp?

    package init(number: Int64, fireAt: Timestamp?) {
        self.number = number
        self.fireAt = fireAt
    }
}

/// What a node has of the shards.
package struct NodeShare: Hashable, Sendable {
    /// How many nodes live, this one among them.
    package var nodeCount: Int
    package var leases: [Int: ShardLease]

    package init(nodeCount: Int, leases: [Int: ShardLease]) {
        self.nodeCount = nodeCount
        self.leases = leases
    }
}

/// A node's right to work a shard.
package struct ShardLease: Hashable, Sendable {
    package var nodeID: Int64
    /// How often the shard has changed hands.
    package var epoch: Int64

    package init(nodeID: Int64, epoch: Int64) {
        self.nodeID = nodeID
        self.epoch = epoch
    }
}

/// How a node works a shard.
package enum ShardTenure: Hashable, Sendable {
    /// There are no other nodes.
    case alone
    /// The shard is the node's, unless another one has taken it over.
    case leased(ShardLease)
    /// The shard is another node's, which is late.
    case elsewhere
}
