import DatabaseTestSupport
import JSON
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

struct TaskColumnsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [
        (TaskColumns.table.name, [TaskColumns.table.key] + TaskColumns.all.map(\.name)),
        (SeriesColumns.table.name, [SeriesColumns.table.key] + SeriesColumns.all.map(\.name)),
    ])
    func `the list has the columns of the table`(table: String, listed: [String]) async throws {
        let world = try await TaskWorld(in: folder)
        // PostgreSQL writes all names in small letters, and knows them by the type `name`.
        let columns = try await world.rows(
            TestEngine.isSQLite
                ? "SELECT LOWER(name) FROM pragma_table_info('\(table)')"
                : """
                SELECT CAST(column_name AS text) FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = '\(table)'
                """,
            columnCount: 1
        )
        #expect(Set(columns) == Set((listed + ["shard", "locationID"]).map { $0.lowercased() }))
        #expect(columns.count == listed.count + 2)
    }

    @Test
    func `a column is added by a line and a migration`() async throws {
        let column = Column<TaskInstance>(
            "titleLength",
            .integer { Int64($0.template.title.count) }
        )
        let table = RecordTable(
            name: TaskColumns.table.name,
            key: TaskColumns.table.key,
            columns: TaskColumns.all + [column]
        )
        let migration = Migration("column", "ALTER TABLE task ADD COLUMN titleLength @I8")
        let world = try await TaskWorld(in: folder)
        let steps = TestStore.migrations + [migration]
        try await Migrator(steps).migrate(world.store.driver)

        var task = TaskInstance.single(5)
        task.template.title = "Call"
        #expect(try await write(task, by: table.insertion, of: table, in: world) == 4)
        let before = task
        task.template.title = "Call Greg"
        #expect(try await write(task, by: table.update, of: table, in: world) == 9)

        var detail = DetailWriter()
        detail.json.beginObject()
        table.log(task, unlike: before, to: &detail)
        detail.json.endObject()
        let text = String(decoding: detail.json.bytes, as: UTF8.self)
        #expect(text == #"{"title":"Call Greg","titleLength":9}"#)
    }

    /// Writes a task and returns the value of its last column.
    private func write(
        _ task: TaskInstance,
        by text: String,
        of table: RecordTable<TaskInstance>,
        in world: TaskWorld
    ) async throws -> Int64? {
        let selection = """
            SELECT \(table.selection) FROM task \(TaskStatements.joinedSeries)
            WHERE task.taskID = :taskID
            """
        return try await world.store.write { connection in
            try connection.execute(
                SQLStatement(dynamic: text),
                table.arguments(task, number: task.id.rawValue, in: TaskWorld.acme)
            )
            return try connection.row(
                SQLStatement(dynamic: selection),
                ["taskID": .integer(task.id.rawValue)]
            ) { row in try row.int64(table.place(of: "titleLength")) }
        }
    }
}
