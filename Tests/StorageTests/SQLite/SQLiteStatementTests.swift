import TestSupport
import Testing

@testable import Storage

@Suite
struct SQLiteStatementTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase

    private static let echoInteger = SQLStatement("SELECT :value + 0, NULL")
    private static let echo = SQLStatement("SELECT :value")
    private static let difference = SQLStatement("SELECT :a - :b, :b - :a")
    private static let numbers = SQLStatement(
        """
        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :last)
        SELECT n FROM number
        """
    )

    init() throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.database)
    }

    @Test(arguments: [0, 1, -1, Int64.max, Int64.min])
    func `an integer comes back as it was given`(value: Int64) throws {
        let read = try database.read { connection in
            try connection.row(Self.echoInteger, ["value": .integer(value)]) { row in
                #expect(try row.optionalInt64(1) == nil)
                #expect(try row.int(0) == Int(value))
                #expect(try row.optionalInt64(0) == value)
                return try row.int64(0)
            }
        }
        #expect(read == value)
    }

    @Test(arguments: ["", "Call", "fifteen letters", "sixteen letters!", "Grüße 👋 an Zoë", "a\0b"])
    func `a text comes back as it was given`(value: String) throws {
        let read = try database.read { connection in
            try connection.row(Self.echo, ["value": .text(value)]) { row in
                #expect(try row.optionalText(0) == value)
                let length = value.utf8.count
                #expect(try row.text(0, lengths: length...length) == value)
                #expect(throws: UnreadableValue.self) {
                    try row.text(0, lengths: length + 1...length + 9)
                }
                return try row.text(0)
            }
        }
        #expect(read == value)
    }

    @Test(arguments: [0, 1, 3, 100_000])
    func `bytes come back as they were given`(count: Int) throws {
        let value = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let read = try database.read { connection in
            try connection.row(Self.echo, ["value": .blob(value)]) { row in
                #expect(try row.blob(0) == value)
                return try row.blob(0)
            }
        }
        #expect(read == value)
    }

    @Test(arguments: [
        SQLValue.null, .integer(orNull: nil), .text(orNull: nil), .blob(orNull: nil),
    ])
    func `nothing comes back as nothing`(value: SQLValue) throws {
        let isNull = try database.read { connection in
            try connection.row(Self.echo, ["value": value]) { row in
                try row.isNull(0) && row.optionalText(0) == nil
            }
        }
        #expect(isNull == true)
    }

    @Test(arguments: [
        ["a": .integer(5), "b": .integer(3)] as SQLArguments,
        ["b": .integer(3), "a": .integer(5)],
    ])
    func `arguments are matched by name`(arguments: SQLArguments) throws {
        let differences = try database.read { connection in
            try connection.row(Self.difference, arguments) { row in
                [try row.int(0), try row.int(1)]
            }
        }
        #expect(differences == [2, -2])
    }

    @Test
    func `rows come in order, and none makes an empty list`() throws {
        let lists = try database.read { connection in
            try [3, 1].map { last in
                try connection.rows(Self.numbers, ["last": .integer(last)]) { row in try row.int(0)
                }
            }
        }
        #expect(lists == [[1, 2, 3], [1]])
        let none = try database.read { connection in
            try connection.row(SQLStatement(dynamic: "SELECT 1 WHERE 1 = 0"), [:]) { try $0.int(0) }
        }
        #expect(none == nil)
    }

    @Test
    func `a closure that throws ends its statement, which can be run again`() throws {
        struct Enough: Error {}
        try database.read { connection in
            #expect(throws: Enough.self) {
                try connection.query(Self.numbers, ["last": .integer(9)]) { row in
                    if try row.int(0) == 2 { throw Enough() }
                }
            }
            let all = try connection.rows(Self.numbers, ["last": .integer(9)]) { try $0.int(0) }
            #expect(all == Array(1...9))
        }
    }

    @Test
    func `a statement can be run within the rows of another`() throws {
        let sums = try database.read { connection in
            try connection.rows(Self.numbers, ["last": .integer(3)]) { row in
                try connection.row(Self.echoInteger, ["value": .integer(try row.int(0))]) {
                    try $0.int(0)
                }
            }
        }
        #expect(sums == [1, 2, 3])
    }

    @Test
    func `more dynamic statements than are kept give their own results`() throws {
        try database.read { connection in
            for number in Array(0..<250) + Array(140..<250) + Array(0..<20) {
                let statement = SQLStatement(dynamic: "SELECT \(number) + :value")
                let answer = try connection.row(statement, ["value": .integer(1)]) { try $0.int(0) }
                #expect(answer == number + 1)
            }
        }
    }

    @Test
    func `parameters are numbered in the order in which their names first come`() {
        let parameters = SQLParameters(
            numbering: """
                SELECT ':no', "a:b", 'it''s :no' FROM t WHERE a = :one AND b IN (:two_2, :one)
                """,
            after: "?"
        )
        #expect(parameters.names == ["one", "two_2"])
        #expect(
            String(decoding: parameters.text, as: UTF8.self) == """
                SELECT ':no', "a:b", 'it''s :no' FROM t WHERE a = ?1 AND b IN (?2, ?1)
                """
        )
    }

    @Test
    func `very many parameters are bound by their places, in any order`() throws {
        let numbers = Array(0..<30_000)
        let list = numbers.map { ":value\($0)" }.joined(separator: ", ")
        let statement = SQLStatement(dynamic: "SELECT 7 IN (\(list)), :value9")
        for order in [numbers, numbers.reversed()] {
            var arguments = SQLArguments(capacity: numbers.count)
            for number in order { arguments.append(.integer(number), for: "value\(number)") }
            let answer = try database.read { [arguments] connection in
                try connection.row(statement, arguments) { try [$0.int(0), $0.int(1)] }
            }
            #expect(answer == [1, 9])
        }
    }

    @Test
    func `a kept statement follows a changed schema`() async throws {
        let all = SQLStatement("SELECT * FROM note")
        try await database.write { try $0.execute(SQLStatement("CREATE TABLE note (a)"), [:]) }
        #expect(try await database.write { try $0.rows(all, [:]) { $0.isNull(0) } }.isEmpty)
        try await database.write { connection in
            try connection.execute(SQLStatement("ALTER TABLE note ADD COLUMN b DEFAULT 4"), [:])
            try connection.execute(SQLStatement("INSERT INTO note (a) VALUES (1)"), [:])
        }
        #expect(try database.read { try $0.rows(all, [:]) { row in try row.int(1) } } == [4])
    }

    @Test
    func `a text or arguments that do not fit stop the process`() async {
        let path = folder.path
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "SELECT :a", ["b": .null])
        }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "SELECT :a, :b", ["a": .null])
        }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "SELECT :a, :b", ["a": .null, "a": .null])
        }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "SELECT ?", ["a": .null])
        }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "SELECT 1; SELECT 2", [:])
        }
        await #expect(processExitsWith: .failure) { [path = path as String] in
            try run(in: path, "", [:])
        }
    }

    @Test
    func `a column that is not what it is read as is refused`() throws {
        let refusals = try database.read { connection in
            try connection.row(SQLStatement("SELECT 'a' AS name, 1 AS number, NULL"), [:]) { row in
                [
                    #expect(throws: UnreadableValue.self) { try row.int64(0) },
                    #expect(throws: UnreadableValue.self) { try row.optionalInt64(0) },
                    #expect(throws: UnreadableValue.self) { try row.blob(0) },
                    #expect(throws: UnreadableValue.self) { try row.text(1) },
                    #expect(throws: UnreadableValue.self) { try row.text(0, lengths: 2...3) },
                    #expect(throws: UnreadableValue.self) { try row.text(2) },
                ].compactMap { $0.map { "\($0.column) \($0.reason)" } }
            }
        }
        #expect(
            refusals == [
                "name is not an integer", "name is not an integer", "name is not a blob",
                "number is not a text", "name is not of 2 to 3 bytes but 1", "NULL is not a text",
            ]
        )
    }

    @Test
    func `a statement that is run within its own rows stops the process`() async {
        let path = folder.path
        await #expect(processExitsWith: .failure) { [path = path as String] in
            let statement = SQLStatement("SELECT 1")
            try SQLiteDatabase(path: "\(path)/run.sqlite").read { connection in
                try connection.query(statement, [:]) { _ in
                    try connection.execute(statement, [:])
                }
            }
        }
    }
}

/// Runs a statement on a database of its own.
///
/// Its folder stays after the process has ended.
private func run(
    in path: String,
    _ text: String,
    _ arguments: SQLArguments,
    _ body: @Sendable (SQLiteRow) -> Void = { _ in }
) throws {
    let database = try SQLiteDatabase(path: "\(path)/run.sqlite")
    try database.read { connection in
        try connection.query(SQLStatement(text), arguments) { row in body(row) }
    }
}
