package import Recurrence
package import Tasks

extension SQLStore: RetimingStore {
    package func zoneDigests() async throws -> [String: Int64] {
        try await read { connection in
            let digests = try connection.rows(RetimingStatements.digests, [:]) { row in
                (row.text(0), row.int64(1))
            }
            return Dictionary(uniqueKeysWithValues: digests)
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
        try await read { connection in
            try connection.rows(RetimingStatements.locations, [:]) { row in LocationID(row.text(0))
            }
        }
    }

    package func openTasks(
        after place: DuePlace,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DuePlace] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(place.due.timestamp.microseconds), for: "dueAt")
        arguments.append(.integer(place.id.rawValue), for: "taskID")
        arguments.append(.integer(limit), for: "limit")
        return try await read { [arguments] connection in
            try connection.rows(RetimingStatements.openTasks, arguments) { row in
                DuePlace(
                    id: Identifier(row.int64(0)),
                    due: DueTime(
                        local: LocalDateTime(secondsSince1970: row.int64(1)),
                        timeZone: row.text(2),
                        timestamp: row.timestamp(3)
                    )
                )
            }
        }
    }

    package func runningSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [SeriesZone] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        arguments.append(.integer(limit), for: "limit")
        return try await read { [arguments] connection in
            try connection.rows(RetimingStatements.runningSeries, arguments) { row in
                SeriesZone(id: Identifier(row.int64(0)), timeZone: row.text(1))
            }
        }
    }

    package func retime(
        _ ids: [Identifier<TaskInstance>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide: @escaping @Sendable ([TaskInstance]) throws -> ChangePlan
    ) async throws -> Int {
        try await change(in: locationID) { transaction, _ in
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
        try await change(in: locationID) { transaction, source in
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
                case .materialized:
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
