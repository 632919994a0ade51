import Foundation
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct SQLiteWriteTests {
    private let folder: TemporaryFolder

    private static let acme = LocationID("ve9EPM428h8vShlRW1KT")
    private static let other = LocationID("C2QujeCh8ZnC7al2InWR")

    private struct Refused: Error {}

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `a write that throws is undone alone among those that share its transaction`()
        async throws
    {
        let database = try await SQLiteDatabase.forTest(in: folder)
        let results = await database.writeTogether(10) { number in
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(number))
                if number == 4 { throw Refused() }
                if number == 5 {
                    try connection.execute(TestStatements.insert, TestStatements.task(number))
                }
                // Other connections see the rows only after the transaction has ended.
                return try database.read { try $0.taskCount() }
            }
        }
        for (number, result) in results.enumerated() {
            switch number {
            case 4: #expect(throws: Refused.self) { try result.get() }
            case 5:
                #expect(
                    throws: SQLError.uniquenessViolated(table: "task", columns: ["shard", "id"])
                ) { try result.get() }
            default: #expect(try result.get() == 0)
            }
        }
        let ids = try database.read {
            try $0.rows(TestStatements.ids, [:]) { row in try row.int(0) }
        }
        #expect(ids == [0, 1, 2, 3, 6, 7, 8, 9])
    }

    @Test
    func `a write of thousands of stored rows is kept or undone as a whole`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        let numbers = 0..<6000
        _ = try await database.write { connection in
            for number in numbers {
                try connection.execute(TestStatements.insert, TestStatements.task(number))
            }
        }
        let fill = SQLStatement(
            "UPDATE task SET data = zeroblob(:length) WHERE shard = 7 AND id = :id"
        )
        let sum = SQLStatement("SELECT COALESCE(SUM(LENGTH(data)), 0) FROM task")
        for (length, isKept, wanted) in [(900, true, 900), (700, false, 900), (5, true, 5)] {
            do {
                _ = try await database.write { connection in
                    for number in numbers {
                        let values: SQLArguments = [
                            "length": .integer(length), "id": .integer(number),
                        ]
                        try connection.execute(fill, values)
                    }
                    if !isKept { throw Refused() }
                }
            } catch is Refused {}
            let found = try database.read { connection in
                try connection.row(sum, [:]) { row in try row.int(0) }
            }
            #expect(found == wanted * numbers.count)
        }
    }

    @Test
    func `a write that ends the transaction fails alone among those that share it`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        _ = try await database.write { connection in
            try connection.runOnce(
                """
                CREATE TRIGGER spoilt BEFORE INSERT ON task WHEN NEW.id = 4
                BEGIN SELECT RAISE(ROLLBACK, 'spoilt'); END
                """
            )
        }
        let results = await database.writeTogether(10) { number in
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(number))
            }
        }
        for (number, result) in results.enumerated() {
            guard number == 4 else {
                #expect(try result.get() == 1)
                continue
            }
            #expect(throws: SQLError.constraintViolated(message: "spoilt")) { try result.get() }
        }
        let ids = try database.read {
            try $0.rows(TestStatements.ids, [:]) { row in try row.int(0) }
        }
        #expect(ids == [0, 1, 2, 3, 5, 6, 7, 8, 9])
    }

    @Test
    func `a batch ends at its limit of writes and at its limit of time`() async throws {
        var configuration = SQLiteConfiguration()
        configuration.batchWriteLimit = 4
        let clock = SteppingUptime(.zero)
        let database = try await SQLiteDatabase.forTest(
            in: folder,
            configuration,
            uptime: clock.read
        )
        let insert = { @Sendable (id: Int, cost: Duration) async throws in
            try await database.write { connection in
                let visible = try database.read { try $0.taskCount() }
                try connection.execute(TestStatements.insert, TestStatements.task(id))
                clock.advance(by: cost)
                return visible
            }
        }
        // The write that holds the writer is the first of its batch.
        let visible = await database.writeTogether(9) { try await insert($0, .zero) }
        #expect(try visible.map { try $0.get() }.sorted() == [0, 0, 0, 3, 3, 3, 3, 7, 7])
        let slow = await database.writeTogether(5) {
            try await insert(100 + $0, .milliseconds(5))
        }
        #expect(try slow.map { try $0.get() }.sorted() == [9, 9, 11, 11, 13])
    }

    @Test
    func `locations take turns, and nobody waits for the commit of a long write`() async throws {
        let clock = SteppingUptime(.zero)
        let database = try await SQLiteDatabase.forTest(in: folder, uptime: clock.read)
        let results = await database.writeTogether(40) { number in
            let isLong = number < 39
            return try await database.write(for: isLong ? Self.acme : Self.other) { connection in
                let visible = try database.read { try $0.taskCount() }
                try connection.execute(TestStatements.insert, TestStatements.task(number))
                if isLong { clock.advance(by: .milliseconds(100)) }
                return visible
            }
        }
        let visible = try results.map { try $0.get() }
        #expect(visible[39] <= 1)
        // The others each have a transaction of their own.
        #expect(Set(visible[..<39]).count == 39)
    }

    @Test
    func `many writers at once each write once, and each sees its own row at once`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await withThrowingDiscardingTaskGroup { group in
            for writer in 0..<32 {
                group.addTask {
                    for turn in 0..<25 {
                        let id = writer * 25 + turn
                        try await database.write {
                            try $0.execute(TestStatements.insert, TestStatements.task(id))
                        }
                        let ids = try database.read {
                            try $0.rows(TestStatements.ids, [:]) { row in try row.int(0) }
                        }
                        #expect(ids.contains(id))
                    }
                }
            }
        }
        await database.close()
        let reopened = try SQLiteDatabase(path: folder.database)
        let ids = try reopened.read {
            try $0.rows(TestStatements.ids, [:]) { row in try row.int(0) }
        }
        #expect(ids == Array(0..<800))
    }

    @Test
    func `execute tells how many rows it changed, and a row can be returned`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        let rename = SQLStatement("UPDATE task SET title = :title WHERE id > :id RETURNING id")
        try await database.write { connection in
            for id in 1...5 {
                let count = try connection.execute(TestStatements.insert, TestStatements.task(id))
                #expect(count == 1)
            }
            let arguments: SQLArguments = ["title": .text("Visit"), "id": .integer(2)]
            #expect(try connection.execute(rename, arguments) == 3)
            #expect(try connection.rows(rename, arguments) { row in try row.int(0) } == [3, 4, 5])
            #expect(try connection.row(rename, arguments) { row in try row.int(0) } == 3)
        }
        let visits = SQLStatement("SELECT count(*) FROM task WHERE title = 'Visit'")
        #expect(try database.read { try $0.row(visits, [:]) { row in try row.int(0) } } == 3)
    }

    @Test
    func `a location that fills its places to wait is refused alone`() async throws {
        var configuration = SQLiteConfiguration()
        configuration.waitingWriteLimit = 6
        let database = try await SQLiteDatabase.forTest(in: folder, configuration)
        let results = await database.writeTogether(7) { number in
            let location = number < 5 ? Self.acme : number < 6 ? Self.other : nil
            return try await database.write(for: location) { _ in }
        }
        let refused = results.indices.filter { number in
            guard case .failure(SQLError.busy) = results[number] else { return false }
            return true
        }
        #expect(refused.count == 2)
        #expect(refused.allSatisfy { $0 < 5 })
    }

    @Test
    func `a write of a task that was cancelled before is not done`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        await withDiscardingTaskGroup { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) {
                    try await database.write {
                        try $0.execute(TestStatements.insert, TestStatements.task(1))
                    }
                }
            }
        }
        #expect(try database.read { try $0.taskCount() } == 0)
    }

    @Test
    func `a full disk fails the whole batch, and the next write has a new handle`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await database.write { connection in
            try connection.execute(TestStatements.insert, TestStatements.task(1000))
        }
        _ = try await database.write { try $0.runOnce("PRAGMA max_page_count = 8") }
        let long = String(repeating: "long ", count: 20_000)
        let results = await database.writeTogether(6) { number in
            try await database.write { connection in
                let title = number == 3 ? long : "short"
                // The connection notices the error, even if the write ignores it.
                _ = try? connection.execute(
                    TestStatements.insert,
                    TestStatements.task(number, title: title)
                )
            }
        }
        let failed = results.filter { result in
            guard case .failure(SQLError.unavailable(code: 13, _)) = result else { return false }
            return true
        }
        let kept = try database.read {
            try $0.rows(TestStatements.ids, [:]) { row in try row.int(0) }
        }
        #expect(!failed.isEmpty)
        #expect(kept.contains(1000) && !kept.contains(3))
        #expect(kept.count == 1 + results.count - failed.count)
        try await database.write { connection in
            try connection.execute(TestStatements.insert, TestStatements.task(3, title: long))
        }
        #expect(try database.read { try $0.taskCount() } == kept.count + 1)
        #expect(try database.findDamage().isEmpty)
    }

    @Test
    func `a log that has grown is cut back`() async throws {
        var configuration = SQLiteConfiguration()
        configuration.walByteLimit = 1 << 20
        let database = try await SQLiteDatabase.forTest(in: folder, configuration)
        let long = String(repeating: "long ", count: 2000)
        try await database.write { connection in
            for id in 0..<800 {
                try connection.execute(TestStatements.insert, TestStatements.task(id, title: long))
            }
        }
        let attributes = {
            try FileManager.default.attributesOfItem(atPath: "\(folder.database)-wal")
        }
        #expect(try attributes()[.size] as? Int ?? 0 > 4 << 20)
        for id in 1000...1002 {
            try await database.write {
                try $0.execute(TestStatements.insert, TestStatements.task(id))
            }
        }
        #expect(try attributes()[.size] as? Int ?? 0 <= 1 << 20)
    }

    @Test
    func `closing finishes what waits and refuses the rest`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        let results = await database.writeTogether(5) { number in
            try await database.write {
                try $0.execute(TestStatements.insert, TestStatements.task(number))
            }
        }
        await database.close()
        await database.close()
        #expect(try results.map { try $0.get() } == [1, 1, 1, 1, 1])
        await #expect(throws: SQLError.closed) { try await database.write { _ in } }
        #expect(throws: SQLError.closed) { try database.read { _ in } }
        let reopened = try SQLiteDatabase(path: folder.database)
        #expect(try reopened.read { try $0.taskCount() } == 5)
    }
}
