extension SQLStore {
    /// The names of the time zones that series, locations and members have, without order.
    ///
    /// What is no zone's name is left out. It costs a look at every series.
    package func timeZones() async throws -> [String] {
        try await scan(for: nil) { connection in
            try connection.rows(TimeZoneStatements.all, [:]) { row in try? row.zoneName(0) }
                .compactMap { $0 }
        }
    }
}

private enum TimeZoneStatements {
    /// The tasks of a series are due in the zone that its rule is expanded in, or in that of its
    /// location.
    static let all = SQLStatement(
        """
        SELECT timeZone FROM location WHERE deletedAt IS NULL
        UNION SELECT timeZone FROM member WHERE deletedAt IS NULL AND timeZone IS NOT NULL
        UNION SELECT timeZone FROM series WHERE isDeleted = 0
        """
    )
}
