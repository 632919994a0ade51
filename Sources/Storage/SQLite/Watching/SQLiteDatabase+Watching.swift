package import Tasks

extension SQLiteDatabase: WatchedDriver {
    package var warnings: [String] { exposureWarning.map { [$0] } ?? [] }

    /// What is to be forgotten is, when the file is opened.
    package func beginServing() {}

    package var trouble: StoreTrouble? { file.condition.trouble }

    package func takeFaults() -> [StoreFault: Int] { file.condition.takeFaults() }

    /// Checks that the files are in their places and are what was written, and that the log does not
    /// grow without end.
    ///
    /// Does not wait for a write. What is wrong is noted in the file's condition.
    package func inspect() {
        try? file.checkPlace()
        file.checkContents()
        // SQLite does not report that the checkpoint after a commit has failed.
        if file.logByteCount > logByteLimit { writer.checkpoint() }
    }

    package func probe() async {
        do {
            try await write { connection in try connection.touch() }
            file.condition.noteWrite()
        } catch {
            // The connection has noted a fault.
        }
        do {
            try read { connection in try Self.sample(connection) }
            file.condition.noteProbe(nil)
        } catch let error as SQLError {
            file.condition.noteProbe(error)
        } catch {
            // The caller is no longer interested.
        }
    }

    /// Reads rows at random from the tables and the index that grow, some hundred pages at most.
    ///
    /// A page that is damaged is noticed when it is one of them, so that damage in many pages is
    /// found at once and damage in few of them after a while.
    private static func sample(_ connection: SQLiteConnection) throws {
        for _ in 0..<SampleStatements.roundCount {
            let from: SQLArguments = ["shard": .integer(Int.random(in: 0..<LocationID.shardCount))]
            let place =
                try connection.row(SampleStatements.locationAfter, from) { try $0.arguments }
                ?? connection.row(SampleStatements.firstLocation, [:]) { try $0.arguments }
            guard let place else { return }
            for statements in SampleStatements.all {
                let bounds = try connection.row(statements.bounds, place) { row in
                    try row.isNull(0) ? nil : row.int64(0)...max(row.int64(0), row.int64(1))
                }
                guard case .some(.some(let bounds)) = bounds else { continue }
                var arguments = place
                arguments.append(.integer(Int64.random(in: bounds)), for: "first")
                _ = try connection.row(statements.sample, arguments) { _ in }
            }
        }
    }
}

extension SQLiteRow {
    /// The arguments that name a row's location.
    fileprivate var arguments: SQLArguments {
        get throws(UnreadableValue) {
            ["shard": .integer(try int64(0)), "locationID": .text(try text(1))]
        }
    }
}

/// What reads a location's rows from a random place on.
private struct SampleStatements {
    /// Asks for the least and the greatest number.
    let bounds: SQLStatement
    /// Reads the rows whose numbers follow, their text included.
    let sample: SQLStatement

    static let roundCount = 8

    static let all = [
        Self(of: "task", by: "taskID", reading: "body"),
        Self(of: "task INDEXED BY taskOfLocationByDue", by: "dueAt", reading: "state"),
        Self(of: "series", by: "seriesID", reading: "body"),
        Self(of: "change", by: "changeNumber", reading: "detail"),
        Self(of: "contact", by: "contactID", reading: "publicID"),
    ]

    static let locationAfter = SQLStatement(
        """
        SELECT shard, locationID FROM location WHERE shard >= :shard
        ORDER BY shard, locationID LIMIT 1
        """
    )
    static let firstLocation = SQLStatement(
        "SELECT shard, locationID FROM location ORDER BY shard, locationID LIMIT 1"
    )

    private init(of table: String, by number: String, reading text: String) {
        let place = "FROM \(table) WHERE shard = :shard AND locationID = :locationID"
        bounds = SQLStatement(
            """
            SELECT (SELECT \(number) \(place) ORDER BY \(number) LIMIT 1),
                (SELECT \(number) \(place) ORDER BY \(number) DESC LIMIT 1)
            """
        )
        sample = SQLStatement(
            """
            SELECT sum(length(\(text))) FROM (
                SELECT \(text) \(place) AND \(number) >= :first ORDER BY \(number) LIMIT 16
            )
            """
        )
    }
}
