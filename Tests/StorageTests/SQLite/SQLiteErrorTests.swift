import TestSupport
import Testing

@testable import Storage

@Suite
struct SQLiteErrorTests {
    @Test(arguments: [
        (
            "UPDATE task SET id = 1 WHERE id = 2",
            SQLError.uniquenessViolated(table: "task", columns: ["shard", "id"])
        ),
        (
            "UPDATE task SET note = 'first' WHERE id = 2",
            .uniquenessViolated(table: "task", columns: ["note"])
        ),
        (
            "UPDATE task SET title = 'one' WHERE id = 2",
            .uniquenessViolated(table: "", columns: [])
        ),
        (
            "UPDATE task SET title = ''",
            .constraintViolated(message: "CHECK constraint failed: title <> ''")
        ),
        (
            "UPDATE task SET title = NULL",
            .constraintViolated(message: "NOT NULL constraint failed: task.title")
        ),
        (
            "UPDATE task SET id = 'a'",
            .constraintViolated(message: "cannot store TEXT value in INTEGER column task.id")
        ),
        (
            "INSERT INTO child (id) VALUES (3)",
            .constraintViolated(message: "FOREIGN KEY constraint failed")
        ),
        ("SELECT missing FROM task", .other(code: 1, message: "no such column: missing")),
        ("SELEC 1", .other(code: 1, message: "near \"SELEC\": syntax error")),
    ])
    func `errors are told apart`(text: String, expected: SQLError) async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await database.write { connection in
            try connection.runOnce("CREATE UNIQUE INDEX lowerTitle ON task (lower(title))")
            try connection.runOnce("CREATE TABLE parent (id integer PRIMARY KEY)")
            try connection.runOnce("CREATE TABLE child (id integer REFERENCES parent (id))")
            try connection.runOnce(
                "INSERT INTO task (shard, id, title, note) VALUES (1, 1, 'ONE', 'first')"
            )
            try connection.runOnce("INSERT INTO task (shard, id, title) VALUES (1, 2, 'TWO')")
        }
        await #expect(throws: expected) {
            try await database.write { try $0.execute(SQLStatement(text), [:]) }
        }
        #expect(try database.read { try $0.taskCount() } == 2)
    }

    @Test(arguments: [
        ("SQLITE_BUSY", 5 as Int32, SQLError.busy),
        ("SQLITE_BUSY_SNAPSHOT", 517, .busy),
        ("SQLITE_FULL", 13, .unavailable(code: 13, message: "why")),
        ("SQLITE_IOERR_FSYNC", 1034, .unavailable(code: 1034, message: "why")),
        ("SQLITE_CANTOPEN", 14, .unavailable(code: 14, message: "why")),
        ("SQLITE_NOMEM", 7, .unavailable(code: 7, message: "why")),
        ("SQLITE_CORRUPT", 11, .corrupt(message: "why")),
        ("SQLITE_CORRUPT_INDEX", 779, .corrupt(message: "why")),
        ("SQLITE_NOTADB", 26, .corrupt(message: "why")),
        ("SQLITE_INTERRUPT", 9, .interrupted),
        ("SQLITE_CONSTRAINT_TRIGGER", 1811, .constraintViolated(message: "why")),
        ("SQLITE_TOOBIG", 18, .other(code: 18, message: "why")),
    ])
    func `result codes are told apart`(name: String, code: Int32, expected: SQLError) {
        #expect(SQLiteResultCode(rawValue: code).error(message: "why") == expected)
    }
}
