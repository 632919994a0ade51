import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport

@testable import Storage

extension SQLStore<TestDriver> {
    /// All steps of a database's history on the engine of the tests.
    static var migrations: [Migration] {
        TestEngine.isSQLite
            ? SQLStore<SQLiteDatabase>.migrations : SQLStore<PostgreSQLDatabase>.migrations
    }
}

/// The store of the task tests.
///
/// It has two locations, in which the same numbers mean different records.
///
/// Each location has members 1 to 4. Members 1 and 2 are in a team that shares its work. Members 1
/// and 3 are in a team that does not. Member 4 was deleted. The contacts and categories are those
/// that ``TaskReferenceTests`` describes.
struct TaskWorld {
    let store: TestStore

    static let acme = LocationID("ve9EPM428h8vShlRW1KT")
    static let other = LocationID("C2QujeCh8ZnC7al2InWR")
    static let now = Timestamp(seconds: 1_700_000_000)
    static let ana = Actor(locationID: acme, userID: Identifier(1))

    init(
        in folder: TemporaryFolder,
        telling told: Told = Told(),
        quotas: LocationQuotas = LocationQuotas()
    ) async throws {
        store = try await TestStore.forTest(in: folder, telling: told.reporter)
            .holdingLocations(to: quotas)
        for location in [Self.acme, Self.other] { try await add(location) }
    }

    /// Opens the store of a world that was closed.
    init(reopening folder: TemporaryFolder, telling told: Told = Told()) async throws {
        store = try await TestStore.forTest(in: folder, telling: told.reporter)
    }

    /// Adds a location with the same directory as the others.
    func add(_ location: LocationID) async throws {
        _ = try await store.write { connection in
            for text in Self.directory {
                try connection.execute(
                    SQLStatement(dynamic: text),
                    SQLArguments(in: location)
                )
            }
        }
    }

    /// Takes up nothing before a change.
    static let nothing: FiringDecision = { _, _ in ChangePlan(.materialized) }

    /// Stores single tasks without changing them.
    func add(_ tasks: [TaskInstance], in location: LocationID = acme) async throws {
        let actor = Actor(locationID: location, userID: nil)
        _ = try await store.create(References(), by: actor, at: Self.now) { _, _ in
            ChangePlan(.created, tasks: tasks.map { Replacement(after: $0) })
        }
    }

    /// Stores a series with its tasks and its clock without changing them.
    func add(_ series: RecurringTask, _ tasks: [TaskInstance], clock: SeriesClock?) async throws {
        let plan = ChangePlan(
            .created,
            series: [Replacement(after: series)],
            tasks: tasks.map { Replacement(after: $0) },
            clocks: [ClockSetting(seriesID: series.id, clock: clock)]
        )
        _ = try await store.write { connection in
            try LocationTransaction(
                in: Self.acme,
                on: connection,
                telling: UnreadableRows { _ in }
            )
            .carryOut(plan, by: Self.ana, at: Self.now)
        }
    }

    /// The task as it is read with access to the whole location.
    func task(_ id: Int64) async throws -> TaskEntry? {
        try await store.task(
            Identifier(id),
            where: .all([]),
            seenBy: .wholeLocation,
            in: Self.acme
        )
    }

    /// Runs a statement that changes rows.
    func execute(_ text: String) async throws {
        _ = try await store.write { connection in
            try connection.execute(SQLStatement(dynamic: text), [:])
        }
    }

    /// The rows of a query.
    ///
    /// Each is its columns joined by `|`; null is written as nothing.
    func rows(_ text: String, columnCount: Int) async throws -> [String] {
        try await store.read { connection in
            try connection.rows(SQLStatement(dynamic: text), [:]) { row in
                try (0..<columnCount).map { column in
                    try row.optionalText(column) ?? ""
                }.joined(separator: "|")
            }
        }
    }

    private static let directory: [String] = [
        "INSERT INTO location VALUES (:shard, :locationID, 'Acme', 'UTC', 0, NULL)",
        """
        INSERT INTO member (
            shard, locationID, userID, publicID, name, email, phone, timeZone, deletedAt
        ) VALUES
            (:shard, :locationID, 1, 'm1', 'Ana', NULL, NULL, NULL, NULL),
            (:shard, :locationID, 2, 'm2', 'Ben', NULL, NULL, NULL, NULL),
            (:shard, :locationID, 3, 'm3', 'Cleo', NULL, NULL, NULL, NULL),
            (:shard, :locationID, 4, 'm4', 'Dan', NULL, NULL, NULL, 9)
        """,
        """
        INSERT INTO team VALUES
            (:shard, :locationID, 1, 'Sharing', 1, NULL),
            (:shard, :locationID, 2, 'Not sharing', 0, NULL),
            (:shard, :locationID, 3, 'Deleted', 1, 9)
        """,
        """
        INSERT INTO teamMember VALUES
            (:shard, :locationID, 1, 1),
            (:shard, :locationID, 2, 1),
            (:shard, :locationID, 4, 1),
            (:shard, :locationID, 1, 2),
            (:shard, :locationID, 3, 2),
            (:shard, :locationID, 1, 3),
            (:shard, :locationID, 3, 3)
        """,
        """
        INSERT INTO contact (
            shard, locationID, contactID, publicID, ownerID, assigneeID, deletedAt
        ) VALUES
            (:shard, :locationID, 1, 'c1', 1, NULL, NULL),
            (:shard, :locationID, 2, 'c2', NULL, 1, NULL),
            (:shard, :locationID, 3, 'c3', 3, NULL, NULL),
            (:shard, :locationID, 4, 'c4', 2, NULL, NULL),
            (:shard, :locationID, 5, 'c5', 3, 3, NULL),
            (:shard, :locationID, 6, 'c6', 1, 1, 9)
        """,
        "INSERT INTO contactShare VALUES (:shard, :locationID, 3, 1)",
        """
        INSERT INTO category VALUES
            (:shard, :locationID, 1, 'Call', NULL, 1, 1, NULL),
            (:shard, :locationID, 2, 'Mine', 1, 1, 1, NULL),
            (:shard, :locationID, 3, 'Yours', 2, 1, 1, NULL),
            (:shard, :locationID, 4, 'Gone', NULL, 1, 1, 9)
        """,
    ]
}

extension TaskInstance {
    /// An open task of Ana's.
    ///
    /// It is due this many hours after the beginning of 2024.
    static func single(_ id: Int64, dueAfterHours hours: Int64 = 0) -> TaskInstance {
        let local = LocalDateTime(secondsSince1970: 1_704_067_200 + hours * 3600)
        return TaskInstance(
            id: Identifier(id),
            slot: nil,
            creatorID: Identifier(1),
            template: TaskTemplate(title: "Task \(id)", body: "Body \(id)"),
            inheritsWording: false,
            due: DueTime(at: Zone.utc.timestamp(of: local), in: .utc),
            state: .open,
            createdAt: TaskWorld.now,
            modifiedAt: TaskWorld.now
        )
    }

    /// The task of a series on a day of January 2024.
    static func ofSeries(_ series: RecurringTask, id: Int64, day: Int64) -> TaskInstance {
        var task = single(id, dueAfterHours: (day - 1) * 24 + 9)
        task.slot = Slot(seriesID: series.id, recurrenceID: task.due.local)
        task.template = series.template
        task.inheritsWording = true
        return task
    }
}

extension RecurringTask {
    /// A daily series of Ana's.
    ///
    /// It begins on the first of January 2024 at nine.
    static func daily(_ id: Int64, title: String = "Water the plants") throws -> RecurringTask {
        RecurringTask(
            id: Identifier(id),
            creatorID: Identifier(1),
            template: TaskTemplate(title: title, body: "All of them"),
            start: LocalDateTime(secondsSince1970: 1_704_067_200 + 9 * 3600),
            timeZone: "UTC",
            rule: try SeriesRule(parsing: "FREQ=DAILY"),
            createdAt: TaskWorld.now,
            modifiedAt: TaskWorld.now
        )
    }
}

extension SeriesClock {
    /// The clock of a series that is stored through a day of January 2024.
    ///
    /// It fires at an hour of the year.
    static func through(day: Int64, firingAfterHours hours: Int64) -> SeriesClock {
        let last = LocalDateTime(secondsSince1970: 1_704_067_200 + (day - 1) * 86_400 + 9 * 3600)
        return SeriesClock(
            materializedThrough: last,
            nextAt: Zone.utc.timestamp(of: last.advanced(bySeconds: 86_400)),
            fireAt: Timestamp(seconds: 1_704_067_200 + hours * 3600)
        )
    }
}
