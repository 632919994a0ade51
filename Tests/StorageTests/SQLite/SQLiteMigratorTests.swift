import TestSupport
import Testing

@testable import Storage

@Suite
struct SQLiteMigratorTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase

    private static let recorded = SQLStatement("SELECT name FROM migration ORDER BY name")

    init() throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.database)
    }

    private func recordedNames() throws -> [String] {
        try database.read { try $0.rows(Self.recorded, [:]) { row in try row.text(0) } }
    }

    @Test
    func `steps are run once, and new ones when they come`() async throws {
        try await Migrator(Array(TestStatements.migrations.prefix(1))).migrate(database)
        #expect(try recordedNames() == ["task"])
        for _ in 1...2 {
            try await Migrator(TestStatements.migrations).migrate(database)
            #expect(try recordedNames() == ["task", "taskNote"])
        }
    }

    @Test
    func `a step that fails leaves nothing, and the steps before it stay`() async throws {
        let broken = Migration("broken", "CREATE TABLE task (id @I8 NOT NULL PRIMARY KEY) @TAIL")
        await #expect(throws: SQLError.other(code: 1, message: "table task already exists")) {
            try await Migrator(TestStatements.migrations + [broken]).migrate(database)
        }
        #expect(try recordedNames() == ["task", "taskNote"])
    }

    @Test
    func `a database that a later version wrote is refused and left alone`() async throws {
        let later = Migration("later", "CREATE TABLE later (id @I8 NOT NULL PRIMARY KEY) @TAIL")
        try await Migrator([TestStatements.migrations[0], later]).migrate(database)
        await #expect(throws: SQLError.newerSchema(migration: "later")) {
            try await Migrator(TestStatements.migrations).migrate(database)
        }
        #expect(try recordedNames() == ["later", "task"])
    }

    @Test
    func `checks that come later leave the rows that are there, and keep others out`()
        async throws
    {
        try await Migrator(TestStatements.migrations).migrate(database)
        try await database.write {
            try $0.execute(TestStatements.insert, TestStatements.task(1, title: "It's done"))
        }
        let conditions = ["title <> 'It''s done'", "id BETWEEN 1 AND 9"]
        let checks = TableChecks(table: "task", conditions: conditions)
        let step = Migration("checks", adding: [checks])
        try await Migrator(TestStatements.migrations + [step]).migrate(database)
        await database.close()

        let reopened = try SQLiteDatabase(path: folder.database)
        #expect(try reopened.read { try $0.taskCount() } == 1)
        for (id, title) in [(2, "It's done"), (10, "Call")] {
            await #expect(throws: SQLError.self) {
                try await reopened.write {
                    try $0.execute(TestStatements.insert, TestStatements.task(id, title: title))
                }
            }
        }
        let note = SQLStatement("UPDATE task SET note = 'old'")
        #expect(try await reopened.write { try $0.execute(note, [:]) } == 1)
        await reopened.close()
    }

    @Test
    func `a definition is spelled as the engine asks`() {
        let text = "CREATE TABLE t (a @I2, b @I8, c @BLOB, d text @C NOT NULL) @TAIL"
        #expect(
            SQLiteDatabase.dialect.definition(text)
                == """
                CREATE TABLE t (a integer, b integer, c blob, d text  NOT NULL) \
                STRICT, WITHOUT ROWID
                """
        )
    }

    @Test
    func `an unknown substitution and a name given twice stop the process`() async {
        await #expect(processExitsWith: .failure) { _ = SQLiteDatabase.dialect.definition("@I4") }
        await #expect(processExitsWith: .failure) {
            _ = Migrator([Migration("a", "SELECT 1"), Migration("a", "SELECT 2")])
        }
    }
}
