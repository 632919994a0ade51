import Dispatch
package import Recurrence
package import Tasks

/// A node over a PostgreSQL database, with a connection of its own, so that it never waits for other
/// work.
package final class PostgreSQLNode: Sendable {
    private let nodeID: Int64
    private let side: PostgreSQLSide
    private let queue = DispatchQueue(label: "perennial.postgresql.node")

    /// How long the node lives if it does not say so again.
    private let lifetime: Duration

    /// After how long a dead node is forgotten.
    private static var deadAge: Duration { .seconds(3600) }

    init(_ side: PostgreSQLSide, lifetime: Duration = .seconds(2)) {
        self.lifetime = lifetime
        nodeID = Int64.random(in: 1...(1 << 53))
        self.side = side
    }

    /// Runs work on the node's connection, in a transaction.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [side] in
                continuation.resume(with: Result { try side.run(body) })
            }
        }
    }
}

extension PostgreSQLNode: ClusterNode {
    package func beat() async throws -> NodeShare {
        let shares = try await run { [nodeID, lifetime] connection in
            try connection.executeLater(
                NodeStatements.beat,
                ["nodeID": .integer(nodeID), "lifetime": .integer(lifetime.microseconds)]
            )
            let live = try connection.rows(NodeStatements.live, [:]) { row in try row.int64(0) }
            let leases = try connection.rows(NodeStatements.leases, [:]) { row in
                (
                    Int(try row.int64(0)),
                    ShardLease(nodeID: try row.int64(1), epoch: try row.int64(2))
                )
            }
            return ShardShares(
                nodeID: nodeID,
                liveNodeIDs: live.contains(nodeID) ? live : (live + [nodeID]).sorted(),
                leases: Dictionary(leases) { first, _ in first }
            )
        }
        var leases = shares.leases.filter { $0.value.nodeID == nodeID }
        let surplus = shares.surplus
        if !surplus.isEmpty {
            let given = surplus.compactMap { shard in leases[shard]?.arguments(of: shard) }
            for shard in surplus { leases[shard] = nil }
            _ = try await run { try $0.executeEach(NodeStatements.release, given) }
        }
        let wanted = shares.wanted
        if wanted.isEmpty { return NodeShare(nodeCount: shares.liveNodeIDs.count, leases: leases) }
        let arguments = wanted.map { shard in
            let former = shares.leases[shard] ?? ShardLease(nodeID: 0, epoch: 0)
            var arguments = former.arguments(of: shard)
            arguments.append(.integer(nodeID), for: "newNodeID")
            return arguments
        }
        let counts = try await run { try $0.executeEach(NodeStatements.take, arguments) }
        for (shard, count) in zip(wanted, counts) where count == 1 {
            let epoch = (shares.leases[shard]?.epoch ?? 0) + 1
            leases[shard] = ShardLease(nodeID: nodeID, epoch: epoch)
        }
        return NodeShare(nodeCount: shares.liveNodeIDs.count, leases: leases)
    }

    package func changes(since time: Timestamp) async throws -> [LocationID: LocationChange] {
        try await run { connection in
            let changes = try connection.rows(
                NodeStatements.changes,
                ["since": .integer(time.microseconds)]
            ) { row in
                let change = LocationChange(
                    number: try row.int64(1),
                    fireAt: try row.optionalInt64(2).map { Timestamp(microseconds: $0) }
                )
                return (LocationID(try row.text(0)), change)
            }
            return Dictionary(changes) { first, _ in first }
        }
    }

    package func databaseTime() async throws -> Timestamp {
        try await run { connection in
            let time = try connection.row(NodeStatements.time, [:]) { row in try row.int64(0) }
            guard let time else { preconditionFailure("a time is selected") }
            return Timestamp(microseconds: time)
        }
    }

    /// Others take the shards over at once, because the node is not there any more.
    package func leave() async throws {
        _ = try await run { [nodeID] connection in
            try connection.execute(NodeStatements.leave, ["nodeID": .integer(nodeID)])
            try connection.execute(
                NodeStatements.forgetDead,
                ["age": .integer(Self.deadAge.microseconds)]
            )
        }
    }
}

extension ShardLease {
    fileprivate func arguments(of shard: Int) -> SQLArguments {
        [
            "shard": .integer(shard), "nodeID": .integer(nodeID), "epoch": .integer(epoch),
        ]
    }
}

extension Duration {
    fileprivate var microseconds: Int64 { Int64(self / .microseconds(1)) }
}
