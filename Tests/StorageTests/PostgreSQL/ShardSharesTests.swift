import Tasks
import Testing

@testable import Storage

struct ShardSharesTests {
    /// The leases after each node of some has looked and taken a number of times.
    private func settle(
        _ nodes: [Int64],
        from leases: [Int: ShardLease] = [:],
        rounds: Int = 3
    ) -> [Int: ShardLease] {
        var leases = leases
        for _ in 0..<rounds {
            for node in nodes {
                let shares = ShardShares(nodeID: node, liveNodeIDs: nodes, leases: leases)
                for shard in shares.surplus {
                    leases[shard] = ShardLease(nodeID: 0, epoch: (leases[shard]?.epoch ?? 0) + 1)
                }
                for shard in shares.wanted {
                    let epoch = (leases[shard]?.epoch ?? 0) + 1
                    leases[shard] = ShardLease(nodeID: node, epoch: epoch)
                }
            }
        }
        return leases
    }

    private func counts(_ leases: [Int: ShardLease]) -> [Int64: Int] {
        leases.values.reduce(into: [:]) { $0[$1.nodeID, default: 0] += 1 }
    }

    @Test(arguments: 1...9)
    func `all shards are shared evenly among the nodes that live`(count: Int) {
        let nodes = (1...count).map { Int64($0 * 7) }
        let counts = counts(settle(nodes))
        #expect(counts.values.reduce(0, +) == LocationID.shardCount)
        #expect(counts.count == count)
        #expect((counts.values.max() ?? 0) - (counts.values.min() ?? 0) <= 1)
    }

    @Test func `what a dead node had is taken over, and the rest stays where it is`() {
        let before = settle([1, 2, 3])
        let after = settle([1, 3], from: before)
        #expect(counts(after) == [1: 128, 3: 128])
        for (shard, lease) in before where lease.nodeID != 2 {
            #expect(after[shard] == lease)
        }
        for (shard, lease) in before where lease.nodeID == 2 {
            #expect(after[shard]?.epoch == lease.epoch + 1)
        }
    }

    @Test func `a new node is given its share`() {
        #expect(counts(settle([1, 2, 3], from: settle([1, 2]))) == [1: 86, 2: 85, 3: 85])
    }

    @Test func `nodes that look at the same moment seldom want the same`() {
        let wanted = [1, 2, 3].map { node in
            Set(ShardShares(nodeID: node, liveNodeIDs: [1, 2, 3], leases: [:]).wanted)
        }
        #expect(wanted[0].union(wanted[1]).union(wanted[2]).count >= LocationID.shardCount - 2)
    }
}
