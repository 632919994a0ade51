import Foundation
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Databases that earlier versions made.
///
/// Each file of `Schemas` holds one of them.
struct SchemaMigrationTests {
    private static let locationID = LocationID("ve9EPM428h8vShlRW1KT")

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: ["2026-11-27"])
    func `a database of an earlier day has the tables of a new one`(day: String) async throws {
        let other = try TemporaryFolder()
        let migrated = try await open(day)
        let fresh = try await SQLStore.open(path: other.database)
        #expect(try await schema(of: migrated) == schema(of: fresh))
    }

    @Test(arguments: ["2026-11-27"])
    func `a database of an earlier day is read`(day: String) async throws {
        let store = try await open(day)
        let (tasks, series) = try await store.read { connection in
            let transaction = LocationTransaction(
                in: Self.locationID,
                on: connection,
                telling: UnreadableRows { _ in }
            )
            let tasks = try connection.identifiers(of: "taskID", in: "task").map { id in
                try #require(try transaction.entry(of: Identifier(id)))
            }
            let series = try connection.identifiers(of: "seriesID", in: "series").map { id in
                try #require(try transaction.series(Identifier(id)))
            }
            return (tasks, series)
        }
        #expect(tasks.count == 11)
        #expect(series.map(\.id.rawValue) == [6, 112, 119, 200])
        #expect(series.map { $0.dueSchedule?.dueAfter } == [nil, nil, nil, 600])
        #expect(tasks.first?.task.template.title == "Send Stacy the signed offer")
        #expect(tasks.last?.task.template.body == "In the lobby")
        #expect(tasks.last?.task.slot?.contactID == Identifier(2))
        #expect(tasks.last?.ruleText == "FREQ=DAILY")
    }

    @Test(arguments: ["2026-11-27"])
    func `a row that cannot be read stays, and the others are read`(day: String) async throws {
        let told = Told()
        let store = try await open(
            day,
            after: "UPDATE task SET state = 99 WHERE taskID = 1",
            telling: told
        )
        let all = Query<TaskField>(limit: 100)
        let before = try await store.tasks(all, seenBy: .wholeLocation, in: Self.locationID)
        #expect(before.records.count == 10)
        #expect(before.total == 11)
        #expect(
            told.rows.map { "\($0)" } == ["task ve9EPM428h8vShlRW1KT/1, state: 99 is no TaskState"]
        )
        await store.close()
    }

    /// Opens the database that was made on a day, after something was done with it.
    private func open(
        _ day: String,
        after statement: String = "SELECT 1",
        telling told: Told = Told()
    ) async throws -> SQLStore<SQLiteDatabase> {
        let path = try #require(
            Bundle.module.path(forResource: day, ofType: "sql", inDirectory: "Schemas")
        )
        let dump = try String(contentsOfFile: path, encoding: .utf8)
        let database = try SQLiteDatabase(path: folder.database)
        try await database.write { connection in
            for text in dump.split(separator: ";\n") {
                try connection.execute(SQLStatement(dynamic: String(text)), [:])
            }
            try connection.execute(SQLStatement(dynamic: statement), [:])
        }
        await database.close()
        return try await SQLStore.open(path: folder.database, telling: told.reporter)
    }

    /// Everything that the database records about its tables.
    private func schema(of store: SQLStore<SQLiteDatabase>) async throws -> [String] {
        let schema = SQLStatement(
            """
            SELECT name || ': ' || COALESCE(sql, '') FROM sqlite_schema
            UNION ALL SELECT 'statistics of ' || idx || ': ' || stat FROM sqlite_stat1
            UNION ALL SELECT 'migration ' || name FROM migration
            ORDER BY 1
            """
        )
        return try await store.read { connection in
            try connection.rows(schema, [:]) { row in try row.text(0) }
        }
    }
}

extension SQLConnection {
    fileprivate func identifiers(of column: String, in table: String) throws -> [Int64] {
        let statement = SQLStatement(dynamic: "SELECT \(column) FROM \(table) ORDER BY \(column)")
        return try rows(statement, [:]) { row in try row.int64(0) }
    }
}
