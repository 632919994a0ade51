package import Recurrence
package import Tasks

extension Store: SeriesClockStore {
    package func dueSeries(at now: Timestamp, limit: Int) async throws -> [SeriesAddress] {
        let due = try await read { connection in
            let shards = try connection.rows(
                SeriesStatements.dueShards,
                ["now": .integer(now.microseconds)]
            ) { row in row.int64(0) }
            return try shards.flatMap { shard in
                try connection.rows(
                    SeriesStatements.due,
                    [
                        "shard": .integer(shard), "now": .integer(now.microseconds),
                        "limit": .integer(limit),
                    ]
                ) { row in
                    let address = SeriesAddress(
                        locationID: LocationID(row.text(0)),
                        seriesID: Identifier(row.int64(1))
                    )
                    return (address, fireAt: row.int64(2))
                }
            }
        }
        return due.sorted { $0.fireAt < $1.fireAt }.prefix(limit).map(\.0)
    }

    package func setAside(
        _ address: SeriesAddress,
        because reason: String,
        at now: Timestamp
    ) async throws {
        try await write { connection in
            let transaction = LocationTransaction(in: address.locationID, on: connection)
            guard let clock = try transaction.clock(of: address.seriesID) else { return }
            try transaction.removeClock(of: address.seriesID)
            let removal = ClockReplacement(seriesID: address.seriesID, before: clock, after: nil)
            try transaction.append(
                LoggedChange(
                    kind: .updated,
                    actorID: nil,
                    changedAt: now,
                    detail: ChangeDetail.clock(removal, because: reason)
                )
            )
        }
    }
}
