import Tasks

/// Decides which shards a node takes and gives up, so that each live node has its share.
struct ShardShares {
    let nodeID: Int64
    /// The nodes that live, this one among them, in rising order.
    let liveNodeIDs: [Int64]
    /// The leases that there are, by shard.
    let leases: [Int: ShardLease]

    /// How many shards the node should have.
    ///
    /// The shares of all nodes differ by one at most, and make up all shards.
    var share: Int {
        let count = liveNodeIDs.count
        let rank = liveNodeIDs.firstIndex(of: nodeID) ?? 0
        return LocationID.shardCount / count + (rank < LocationID.shardCount % count ? 1 : 0)
    }

    /// The shards that the node has.
    var own: [Int] { leases.filter { $0.value.nodeID == nodeID }.keys.sorted() }

    /// The shards that the node gives up.
    var surplus: [Int] { Array(own.dropFirst(share)) }

    /// The shards that the node takes.
    ///
    /// Nodes begin at different places, so that they seldom want the same.
    var wanted: [Int] {
        let live = Set(liveNodeIDs)
        let free = (0..<LocationID.shardCount).filter { shard in
            leases[shard].map { !live.contains($0.nodeID) } ?? true
        }
        let rank = liveNodeIDs.firstIndex(of: nodeID) ?? 0
        let start = rank * free.count / liveNodeIDs.count
        return Array((free[start...] + free[..<start]).prefix(max(0, share - own.count)))
    }
}
