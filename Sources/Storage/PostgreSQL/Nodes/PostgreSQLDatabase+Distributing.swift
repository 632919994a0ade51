extension PostgreSQLDatabase {
    /// The tables that are whole on every machine of a Citus cluster, because they are asked before
    /// the shard is known, or are of the whole database.
    static let referenceTables = [
        "numberBlock", "directoryName", "token", "zoneTable", "migration", "node",
    ]

    /// Distributes the tables over the machines of a Citus cluster: what grows by shard, together.
    ///
    /// What is distributed already stays as it is.
    ///
    /// - Returns: The tables that were distributed; none at all if the database has no Citus.
    package func distribute() async throws -> [String]? {
        let tables = try await read { connection -> [String]? in
            let hasCitus = try connection.row(DistributionStatements.extensions, [:]) { _ in true }
            guard hasCitus == true else { return nil }
            return try connection.rows(DistributionStatements.local, [:]) { row in try row.text(0) }
        }
        guard let tables else { return nil }
        let references = Set(Self.referenceTables.map { $0.lowercased() })
        // The first is the one that the others are placed with.
        let distributed = tables.filter { !references.contains($0) }
            .sorted { $0 == "location" ? true : $1 == "location" ? false : $0 < $1 }
        for table in tables where references.contains(table) {
            try await run("SELECT create_reference_table('\(table)')")
        }
        for table in distributed {
            let place = table == "location" ? "" : ", colocate_with => 'location'"
            try await run("SELECT create_distributed_table('\(table)', 'shard'\(place))")
        }
        return tables
    }

    private func run(_ text: String) async throws {
        try await write { connection in
            _ = try connection.row(SQLStatement(dynamic: text), [:]) { _ in true }
        }
    }
}

private enum DistributionStatements {
    static let extensions = SQLStatement("SELECT 1 FROM pg_extension WHERE extname = 'citus'")

    /// The tables of the current schema that Citus does not know yet.
    static let local = SQLStatement(
        """
        SELECT CAST(relname AS text) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)
            AND oid NOT IN (SELECT CAST(logicalrelid AS oid) FROM pg_dist_partition)
        ORDER BY relname
        """
    )
}
