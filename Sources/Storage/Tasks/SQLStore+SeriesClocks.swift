package import Recurrence
package import Tasks

extension SQLStore: SeriesClockStore {
    package func nextFires() async throws -> [Int: Timestamp] {
        try await scan(for: nil) { connection in
            let shards = try connection.rows(ClockStatements.shards, [:]) { row in row.int(0) }
            return try shards.reduce(into: [:]) { fires, shard in
                fires[shard] = try connection.firstFires(inShard: shard).first?.fireAt
            }
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> FiringTurn {
        let (turn, next) = try await write { [numbers] connection in
            let claimed = try connection.firedClocks(inShard: shard, at: now, limit: limit)
            var source = numbers.source(on: connection)
            var turn = FiringTurn()
            for (locationID, fired) in claimed {
                turn += try LocationTransaction(in: locationID, on: connection).takeUp(
                    fired,
                    at: now,
                    numbers: &source,
                    deciding: decide
                )
            }
            numbers.putBack(source)
            return (turn, try connection.firstFires(inShard: shard).first?.fireAt)
        }
        agenda.note(next, in: shard)
        return turn
    }
}

extension SQLConnection {
    /// When the first clock of each location of a shard fires.
    ///
    /// The location that waits longest comes first.
    fileprivate func firstFires(
        inShard shard: Int
    ) throws -> [(locationID: LocationID, fireAt: Timestamp)] {
        try rows(ClockStatements.firstFires, ["shard": .integer(shard)]) { row in
            (LocationID(row.text(0)), row.timestamp(1))
        }
    }

    /// The clocks of a shard that have fired.
    ///
    /// Each waiting location has an equal share.
    fileprivate func firedClocks(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int
    ) throws -> [(locationID: LocationID, fired: [FiredClock])] {
        let waiting = try firstFires(inShard: shard).prefix { $0.fireAt <= now }.prefix(limit)
        guard !waiting.isEmpty else { return [] }
        let share = limit / waiting.count
        return try waiting.map { locationID, _ in
            let transaction = LocationTransaction(in: locationID, on: self)
            return (locationID, try transaction.firedClocks(at: now, limit: share))
        }
    }
}

extension FiringTurn {
    fileprivate static func += (total: inout FiringTurn, turn: FiringTurn) {
        total.seriesCount += turn.seriesCount
        total.taskCount += turn.taskCount
        total.setAside += turn.setAside
    }
}
