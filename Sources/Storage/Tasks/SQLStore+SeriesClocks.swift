package import Recurrence
package import Tasks

extension SQLStore: SeriesClockStore {
    package func nextFires() async throws -> [Int: Timestamp] {
        try await scan(for: nil) { [agenda, unreadableRows] connection in
            let (shards, _) = try connection.readableRows(
                ClockStatements.shards,
                [:],
                telling: unreadableRows
            ) { row in try row.shard(of: "seriesClock") }
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
        let tenure = agenda.tenure(of: shard)
        let work = try await write { [agenda, numbers] connection in
            let firstFires = try connection.firstFires(inShard: shard)
            let waiting = firstFires.lazy.prefix { $0.fireAt <= now }.map(\.locationID)
                .filter { !agenda.isHeldBack($0, at: now) }.prefix(limit)
            var work = ShardWork(locationIDs: Array(waiting), firstFires: firstFires)
            guard !work.locationIDs.isEmpty else { return work }
            switch tenure {
            case .alone: try connection.lock(work.locationIDs)
            case .leased(let lease):
                work.isFenced = try !connection.holds(lease, of: shard)
                if work.isFenced { return work }
                try connection.lock(work.locationIDs)
            case .elsewhere: work.locationIDs = try connection.lockFree(work.locationIDs)
            }
            guard !work.locationIDs.isEmpty else { return work }
            var firing = ShardFiring(
                on: connection,
                at: now,
                limit: limit / work.locationIDs.count,
                numbers: numbers.source(on: connection)
            ) { locationID, snapshot, numbers in
                var snapshot = snapshot
                snapshot.heldBackSince = agenda.heldBackSince(locationID)
                return try decide(snapshot, &numbers)
            }
            try firing.takeUp(
                in: work.locationIDs.map { self.transaction(in: $0, on: connection) }
            )
            numbers.putBack(firing.numbers)
            work.done = firing.done
            work.firstFires = try connection.firstFires(inShard: shard)
            return work
        }
        return settle(work, inShard: shard, at: now)
    }

    /// Holds back the locations in which nothing could be done, and notes when the next clock fires.
    private func settle(_ work: ShardWork, inShard shard: Int, at now: Timestamp) -> FiringTurn {
        var turn = work.done.turn
        if work.isFenced { agenda.lose(shard) }
        if agenda.tenure(of: shard) == .elsewhere {
            agenda.rest(shard, until: now.advanced(by: ShardWork.rest))
        }
        for locationID in work.locationIDs {
            feedBell.ring(locationID)
            quotas.note(
                work.done.madeCounts[locationID] ?? 0,
                madeIn: locationID,
                on: .comingDue,
                at: now
            )
            if let reason = work.done.failures[locationID] {
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
            try connection.readableRows(
                ClockStatements.setAsideSeries,
                [:],
                telling: unreadableRows
            ) { row in try SeriesSetAside(row) }.values
        }
    }

    package func setAsideCount() async throws -> Int {
        try await read { connection in
            try connection.row(ClockStatements.setAsideCount, [:]) { row in try row.int(0) } ?? 0
        }
    }
}

extension SQLStore {
    package func heldSeries() async throws -> [HeldSeries] {
        try await read { connection in
            var counts: [String: Int] = [:]
            try connection.query(ClockStatements.held, [:]) { row in
                let stored = (try? row.optionalText(0, lengths: .texts)) ?? ""
                counts[HeldReason.publicText(of: stored), default: 0] += try row.int(1)
            }
            return counts.map { HeldSeries(reason: $0.key, count: $0.value) }
                .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
        }
    }
}

/// Why a series is held.
enum HeldReason {
    private static let ofZone = "The time zone cannot be read: "

    /// The reason of an error, as it is stored and logged.
    static func text(of error: any Error) -> String {
        (error as? UnknownZone).map { "\(ofZone)\($0.identifier)" } ?? "\(error)"
    }

    /// What everybody may know of a stored reason.
    static func publicText(of stored: String) -> String {
        stored.hasPrefix(ofZone) ? stored : "The server's log has the reason"
    }
}

/// What a turn did in the locations of a shard, before anybody else knows of it.
private struct ShardWork: Sendable {
    /// For how long a shard of another node's is left alone after a turn there.
    static var rest: Duration { .milliseconds(100) }

    /// The locations that had fired clocks and were not held back.
    var locationIDs: [LocationID]
    /// Whether another node has taken the shard over.
    var isFenced = false
    var done = FiringWork()
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
    /// Whether a lease still holds.
    fileprivate func holds(_ lease: ShardLease, of shard: Int) throws -> Bool {
        try row(
            ClockStatements.lease,
            [
                "shard": .integer(shard), "nodeID": .integer(lease.nodeID),
                "epoch": .integer(lease.epoch),
            ]
        ) { _ in true } ?? false
    }

    /// When the first clock of each location of a shard fires.
    ///
    /// The location that waits longest comes first.
    fileprivate func firstFires(
        inShard shard: Int
    ) throws -> [(locationID: LocationID, fireAt: Timestamp)] {
        try rows(ClockStatements.firstFires, ["shard": .integer(shard)]) { row in
            (LocationID(try row.text(0)), try row.fireAt(1))
        }
    }
}

extension SQLRow {
    /// When a clock fires; one that cannot be read fires at the nearest point in time that can.
    fileprivate func fireAt(_ column: Int) throws(UnreadableValue) -> Timestamp {
        let range = ClosedRange<Int64>.instants
        let fireAt = try int64(column)
        return Timestamp(
            microseconds: min(max(fireAt, range.lowerBound), range.upperBound)
        )
    }

    /// The shard that is the row's only column.
    fileprivate func shard(of table: String) throws(UnreadableRow) -> Int {
        do throws(UnreadableValue) {
            return Int(try int64(0, in: .shards))
        } catch {
            throw UnreadableRow(error, of: table, key: "shard \((try? int64(0)) ?? 0)")
        }
    }
}

extension SeriesSetAside {
    /// Creates what is told of a series from the columns of ``ClockStatements/setAsideSeries``.
    fileprivate init(_ row: some SQLRow) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                address: SeriesAddress(
                    locationID: LocationID(try row.text(0, lengths: .names)),
                    seriesID: try row.identifier(1)
                ),
                setAsideAt: try row.timestamp(2),
                triedAgainAt: try row.optionalTimestamp(4),
                reason: try row.optionalText(3, lengths: .texts) ?? ""
            )
        } catch {
            let location = (try? row.text(0, lengths: .names)) ?? "?"
            throw UnreadableRow(
                error,
                of: "seriesClock",
                in: LocationID(location),
                row,
                numberAt: 1
            )
        }
    }
}
