package import Recurrence
package import Tasks

extension SQLStore: RetimingStore {
    package func zoneDigests() async throws -> [String: Int64] {
        try await read { connection in
            let (digests, _) = try connection.readableRows(
                RetimingStatements.digests,
                [:],
                telling: unreadableRows
            ) { row in try row.zoneDigest() }
            return Dictionary(digests) { first, _ in first }
        }
    }

    package func note(zoneDigests digests: [String: Int64]) async throws {
        try await write { connection in
            for (name, digest) in digests {
                try connection.execute(
                    RetimingStatements.noteDigest,
                    ["name": .text(name), "digest": .integer(digest)]
                )
            }
        }
    }

    package func locationIDs() async throws -> [LocationID] {
        try await scan(for: nil) { connection in
            try connection.readableRows(
                RetimingStatements.locations,
                [:],
                telling: unreadableRows
            ) { row in try row.locationID() }.values
        }
    }

    package func openTasks(
        after place: DuePlace,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DuePlace] {
        try await scan(for: nil) { connection in
            var last = (dueAt: place.due.timestamp.microseconds, taskID: place.id.rawValue)
            while true {
                var arguments = SQLArguments(in: locationID)
                arguments.append(.integer(last.dueAt), for: "dueAt")
                arguments.append(.integer(last.taskID), for: "taskID")
                arguments.append(.integer(limit), for: "limit")
                let (places, rowCount) = try connection.readableRows(
                    RetimingStatements.openTasks,
                    arguments,
                    telling: unreadableRows
                ) { row in
                    last = (try row.int64(3), try row.int64(0))
                    return try DuePlace(row, in: locationID)
                }
                // Where none can be read, there may be others behind them.
                if !places.isEmpty || rowCount < limit { return places }
            }
        }
    }

    package func runningSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [SeriesZone] {
        try await scan(for: nil) { connection in
            var last = id.rawValue
            while true {
                var arguments = SQLArguments(in: locationID)
                arguments.append(.integer(last), for: "seriesID")
                arguments.append(.integer(limit), for: "limit")
                let (series, rowCount) = try connection.readableRows(
                    RetimingStatements.runningSeries,
                    arguments,
                    telling: unreadableRows
                ) { row in
                    last = try row.int64(0)
                    return try SeriesZone(row, in: locationID)
                }
                if !series.isEmpty || rowCount < limit { return series }
            }
        }
    }

    package func retime(
        _ ids: [Identifier<TaskInstance>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide: @escaping @Sendable ([TaskInstance]) throws -> ChangePlan
    ) async throws -> Int {
        try await change(in: locationID, at: now) { transaction, _ in
            let plan = try decide(ids.compactMap { id in try transaction.entry(of: id)?.task })
            try transaction.carryOut(plan, by: nil, at: now)
            return (plan.tasks.count, plan)
        }
    }

    package func retime(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> RetimingCount {
        try await change(in: locationID, at: now) { transaction, source in
            var count = RetimingCount()
            var moves = ChangePlan(.updated)
            var settings: [ClockSetting] = []
            for id in ids {
                guard let series = try transaction.series(id),
                    let clock = try transaction.clock(of: id)
                else { continue }
                let snapshot = try transaction.firingSnapshot(of: series, after: clock)
                let plan = try decide(snapshot, &source)
                count.series += plan.clocks.count
                settings += plan.clocks
                switch plan.kind {
                case .created, .updated, .deleted: moves.clocks += plan.clocks
                case .materialized, .reminded:
                    count.made += try transaction.carryOut(plan, by: nil, at: now)
                }
            }
            try transaction.carryOut(moves, by: nil, at: now)
            return (count, ChangePlan(.updated, clocks: settings))
        }
    }
}

extension SQLDriver {
    /// Notes that it is not known by which tables the stored instants were computed.
    func forgetZoneDigests() async throws {
        _ = try await write { connection in
            try connection.execute(RetimingStatements.forgetDigests, [:])
        }
    }
}

extension DuePlace {
    /// Creates a place from the columns of ``RetimingStatements/openTasks``.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.identifier(0),
                due: DueTime(
                    local: try row.localDateTime(1),
                    isInSecondPass: try row.optionalFlag(4),
                    timeZone: try row.zoneName(2),
                    timestamp: try row.timestamp(3)
                )
            )
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row)
        }
    }
}

extension SeriesZone {
    /// Creates a series' zone from the columns of ``RetimingStatements/runningSeries``.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(id: try row.identifier(0), timeZone: try row.zoneName(1))
        } catch {
            throw UnreadableRow(error, of: "series", in: locationID, row)
        }
    }
}

extension SQLRow {
    /// The columns of ``RetimingStatements/digests``.
    fileprivate func zoneDigest() throws(UnreadableRow) -> (String, Int64) {
        do throws(UnreadableValue) {
            return (try zoneName(0), try int64(1))
        } catch {
            throw UnreadableRow(error, of: "zoneTable", key: (try? zoneName(0)) ?? "?")
        }
    }

    /// The column of ``RetimingStatements/locations``.
    fileprivate func locationID() throws(UnreadableRow) -> LocationID {
        do throws(UnreadableValue) {
            return LocationID(try text(0, lengths: .names))
        } catch {
            throw UnreadableRow(error, of: "location", key: "?")
        }
    }
}
