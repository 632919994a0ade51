package import Recurrence
package import Tasks

extension SQLStore: SeriesClockStore {
    package func nextFires() async throws -> [Int: Timestamp] {
        try await read { [agenda] connection in
            let shards = try connection.rows(ClockStatements.shards, [:]) { row in row.int(0) }
            return try shards.reduce(into: [:]) { fires, shard in
                do {
                    let first = try connection.firstFires(inShard: shard)
                    fires[shard] = agenda.firstFire(among: first)
                } catch let error as SQLError where error.isOfDatabase {
                    throw error
                } catch {
                    fires[shard] = Timestamp(microseconds: .min)
                }
            }
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping FiringDecision
    ) async throws -> FiringTurn {
        let work = try await write { [agenda, numbers] connection in
            let firstFires = try connection.firstFires(inShard: shard)
            let waiting = firstFires.lazy.prefix { $0.fireAt <= now }.map(\.locationID)
                .filter { !agenda.isHeldBack($0, at: now) }.prefix(limit)
            var work = ShardWork(locationIDs: Array(waiting), firstFires: firstFires)
            guard !work.locationIDs.isEmpty else { return work }
            var source = numbers.source(on: connection)
            for locationID in work.locationIDs {
                do {
                    work.turn += try LocationTransaction(in: locationID, on: connection)
                        .takeUpFired(
                            limit: limit / work.locationIDs.count,
                            at: now,
                            numbers: &source,
                            failure: &work.failures[locationID],
                            deciding: decide
                        )
                } catch let error as SQLError where error.isOfDatabase {
                    throw error
                } catch {
                    work.failures[locationID] = "\(error)"
                }
            }
            numbers.putBack(source)
            work.firstFires = try connection.firstFires(inShard: shard)
            return work
        }
        return settle(work, inShard: shard, at: now)
    }

    /// Holds back the locations in which nothing could be done, and notes when the next clock fires.
    private func settle(_ work: ShardWork, inShard shard: Int, at now: Timestamp) -> FiringTurn {
        var turn = work.turn
        for locationID in work.locationIDs {
            if let reason = work.failures[locationID] {
                let end = agenda.hold(locationID, at: now)
                turn.troubles.append(.locationHeldBack(locationID, until: end, reason: reason))
            } else {
                agenda.release(locationID)
            }
        }
        agenda.note(agenda.firstFire(among: work.firstFires), in: shard)
        return turn
    }

    package func setAsideSeries() async throws -> [SeriesSetAside] {
        try await read { connection in
            try connection.rows(ClockStatements.setAsideSeries, [:]) { row in
                SeriesSetAside(
                    address: SeriesAddress(
                        locationID: LocationID(row.text(0)),
                        seriesID: Identifier(row.int64(1))
                    ),
                    setAsideAt: row.timestamp(2),
                    reason: row.optionalText(3) ?? ""
                )
            }
        }
    }

    package func setAsideCount() async throws -> Int {
        try await read { connection in
            try connection.row(ClockStatements.setAsideCount, [:]) { row in row.int(0) } ?? 0
        }
    }
}

/// What a turn did in the locations of a shard, before anybody else knows of it.
private struct ShardWork: Sendable {
    /// The locations that had fired clocks and were not held back.
    let locationIDs: [LocationID]
    var turn = FiringTurn()
    /// Why the clocks of a location could not all be moved.
    var failures: [LocationID: String] = [:]
    /// When the first clock of each location fires after the turn.
    var firstFires: [(locationID: LocationID, fireAt: Timestamp)]

    init(
        locationIDs: [LocationID],
        firstFires: [(locationID: LocationID, fireAt: Timestamp)]
    ) {
        self.locationIDs = locationIDs
        self.firstFires = firstFires
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
}
