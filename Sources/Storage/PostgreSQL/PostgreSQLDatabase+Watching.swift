package import Tasks

extension PostgreSQLDatabase: WatchedDriver {
    package var connectionCount: Int { configuration.connectionCount }

    package func makeNode() -> (any ClusterNode)? { PostgreSQLNode(makeSide()) }

    /// Nobody can tell whether the last server noted its last zones.
    package func beginServing() async throws { try await forgetZoneDigests() }

    package var trouble: StoreTrouble? { condition.trouble }

    package func takeFaults() -> [StoreFault: Int] { condition.takeFaults() }

    /// The server keeps its files in order by itself.
    package func inspect() {}

    /// Writes to a row that has no meaning, and reads a row.
    ///
    /// Whether pages are damaged the server finds out by its own checksums.
    package func probe() async {
        do {
            try await write { connection in try connection.execute(ProbeStatements.touch, [:]) }
        } catch {
            // The connection has noted a fault.
        }
        do {
            _ = try await read { connection in
                try connection.row(ProbeStatements.sample, [:]) { _ in true }
            }
            condition.noteProbe(nil)
        } catch let error as SQLError {
            condition.noteProbe(error)
        } catch {
            // The caller is no longer interested.
        }
    }
}

private enum ProbeStatements {
    static let touch = SQLStatement(
        """
        INSERT INTO numberBlock (name, nextNumber) VALUES ('probe', 1)
        ON CONFLICT (name) DO UPDATE SET nextNumber = 3 - numberBlock.nextNumber
        """
    )
    static let sample = SQLStatement("SELECT 1 FROM location LIMIT 1")
}
