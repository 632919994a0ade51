package import Recurrence
package import Tasks

extension SQLDirectoryStore: SavedFilterStore {
    package func savedFilters(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> [SavedFilter] {
        let arguments = FilterStatements.arguments(of: userID, in: locationID)
        return try await database.read {
            [unreadableRows = database.unreadableRows] connection in
            try connection.readableRows(
                FilterStatements.all,
                arguments,
                telling: unreadableRows
            ) { row in
                do throws(UnreadableValue) {
                    return try Self.filter(row)
                } catch {
                    throw UnreadableRow(error, of: "savedFilter", key: "\(userID.rawValue)")
                }
            }.values
        }
    }

    package func save(
        _ filter: SavedFilter,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> Bool {
        let owner = FilterStatements.arguments(of: userID, in: locationID)
        var arguments = owner
        arguments.append(.text(filter.name), for: "name")
        arguments.append(.text(filter.query), for: "query")
        arguments.append(.integer(now.microseconds), for: "now")
        return try await database.write { [arguments] connection in
            let others = try connection.row(
                FilterStatements.countOfOthers,
                FilterStatements.arguments(named: filter.name, of: userID, in: locationID)
            ) { try $0.int(0) }
            guard (others ?? 0) < SavedFilter.countLimit else { return false }
            try connection.execute(FilterStatements.save, arguments)
            return true
        }
    }

    package func removeFilter(
        named name: String,
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> SavedFilter? {
        let arguments = FilterStatements.arguments(named: name, of: userID, in: locationID)
        return try await database.write { connection in
            try connection.row(
                FilterStatements.remove,
                arguments,
                of: "savedFilter",
                key: "\(userID.rawValue)"
            ) { row in try Self.filter(row) }
        }
    }

    private static func filter(_ row: some SQLRow) throws(UnreadableValue) -> SavedFilter {
        SavedFilter(
            name: try row.text(0, lengths: .names),
            query: try row.text(1, lengths: .addresses)
        )
    }
}

private enum FilterStatements {
    static func arguments(
        named name: String? = nil,
        of userID: Identifier<User>,
        in locationID: LocationID
    ) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        if let name { arguments.append(.text(name), for: "name") }
        return arguments
    }

    static let all = SQLStatement(
        """
        SELECT name, query FROM savedFilter
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID ORDER BY name
        """
    )
    static let countOfOthers = SQLStatement(
        """
        SELECT COUNT(*) FROM savedFilter
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID AND name <> :name
        """
    )
    static let save = SQLStatement(
        """
        INSERT INTO savedFilter (shard, locationID, userID, name, query, savedAt)
        VALUES (:shard, :locationID, :userID, :name, :query, :now)
        ON CONFLICT (shard, locationID, userID, name)
        DO UPDATE SET query = excluded.query, savedAt = excluded.savedAt
        """
    )
    static let remove = SQLStatement(
        """
        DELETE FROM savedFilter
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID AND name = :name
        RETURNING name, query
        """
    )
}
