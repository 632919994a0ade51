import Foundation
import Tasks
import TestSupport
import Testing

@testable import Storage

/// A database that is moved, removed or replaced while it is open.
@Suite
struct SQLiteMovedTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What is done to a file behind the database's back.
    enum Mishap: String, CaseIterable {
        case removed
        case moved
        case replaced

        func befall(_ path: String) throws {
            let files = FileManager.default
            switch self {
            case .removed: try files.removeItem(atPath: path)
            case .moved: try files.moveItem(atPath: path, toPath: "\(path).old")
            case .replaced:
                // Through another name, so that the new file does not get the old one's inode.
                try files.copyItem(atPath: path, toPath: "\(path).new")
                #expect(unsafe rename("\(path).new", path) == 0)
            }
        }
    }

    @Test(arguments: Mishap.allCases, ["", "-wal"])
    func `no write is acknowledged after it`(mishap: Mishap, suffix: String) async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: database)
        try mishap.befall(folder.database + suffix)
        for id in 2...3 {
            await #expect(throws: SQLError.moved(path: database.file.path)) {
                try await insert(id, into: database)
            }
        }
        #expect(database.file.condition.trouble == .moved)
        let faults = database.file.condition.takeFaults()
        #expect(faults.keys.map(\.trouble) == [.moved])
        await database.close()
    }

    @Test(arguments: Mishap.allCases, ["", "-wal"])
    func `it is noticed without a write, too`(mishap: Mishap, suffix: String) async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        database.inspect()
        #expect(database.file.condition.trouble == nil)
        try mishap.befall(folder.database + suffix)
        database.inspect()
        #expect(database.file.condition.trouble == .moved)
        await database.close()
    }

    @Test
    func `it does not pass when the file comes back`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try Mishap.moved.befall(folder.database)
        database.inspect()
        try FileManager.default.moveItem(
            atPath: "\(folder.database).old",
            toPath: folder.database
        )
        await #expect(throws: SQLError.moved(path: database.file.path)) {
            try await insert(1, into: database)
        }
        await database.close()
    }

    @Test
    func `what was acknowledged before the log was removed is kept`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: database)
        try Mishap.removed.befall("\(folder.database)-wal")
        await #expect(throws: SQLError.self) { try await insert(2, into: database) }
        await database.close()
        let next = try SQLiteDatabase(path: folder.database)
        #expect(try next.read { try $0.rows(TestStatements.ids, [:]) { try $0.int(0) } }.first == 1)
        #expect(try next.findDamage().isEmpty)
    }

    @Test
    func `what was acknowledged before the file was moved is in the moved file`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: database)
        try Mishap.moved.befall(folder.database)
        await #expect(throws: SQLError.self) { try await insert(2, into: database) }
        await database.close()
        let next = try SQLiteDatabase(path: "\(folder.database).old")
        #expect(try next.read { try $0.rows(TestStatements.ids, [:]) { try $0.int(0) } }.first == 1)
    }

    @Test
    func `what was acknowledged before the file was replaced is in the old file`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: database)
        #expect(unsafe link(folder.database, "\(folder.database).old") == 0)
        try Mishap.replaced.befall(folder.database)
        database.inspect()
        await #expect(throws: SQLError.self) { try await insert(2, into: database) }
        await database.close()
        let next = try SQLiteDatabase(path: "\(folder.database).old")
        #expect(try next.read { try $0.rows(TestStatements.ids, [:]) { try $0.int(0) } }.first == 1)
    }

    @Test
    func `a new writing connection on the same log is no mishap`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        for id in 1...3 {
            _ = try await database.write { try $0.runOnce("PRAGMA max_page_count = 1") }
            await #expect(throws: SQLError.self) {
                try await database.write { connection in
                    let title = String(repeating: "long ", count: 20_000)
                    try connection.execute(
                        TestStatements.insert,
                        TestStatements.task(100 + id, title: title)
                    )
                }
            }
            try await insert(id, into: database)
        }
        #expect(database.file.condition.trouble == nil)
    }

    /// What is written over a file behind the database's back.
    enum Overwriting: String, CaseIterable {
        case copied
        case emptied
        case cutShort

        func befall(_ path: String, from other: String) throws {
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            defer { try? file.close() }
            switch self {
            case .copied:
                let bytes = try Data(contentsOf: URL(filePath: other))
                try file.truncate(atOffset: 0)
                try file.write(contentsOf: bytes)
            case .emptied: try file.truncate(atOffset: 0)
            case .cutShort: try file.truncate(atOffset: try file.seekToEnd() - 1)
            }
        }
    }

    @Test(arguments: Overwriting.allCases, ["", "-wal"])
    func `what was overwritten takes no write and is noticed without one`(
        overwriting: Overwriting,
        suffix: String
    ) async throws {
        let otherFolder = try TemporaryFolder()
        let other = try await SQLiteDatabase.forTest(in: otherFolder)
        try await insert(7, into: other)
        for noticesByWrite in [true, false] {
            let folder = try TemporaryFolder()
            let database = try await SQLiteDatabase.forTest(in: folder)
            try await insert(1, into: database)
            database.inspect()
            #expect(database.file.condition.trouble == nil)
            try overwriting.befall(folder.database + suffix, from: otherFolder.database + suffix)
            if noticesByWrite {
                for id in 2...3 {
                    await #expect(throws: SQLError.moved(path: database.file.path)) {
                        try await insert(id, into: database)
                    }
                }
            } else {
                database.inspect()
            }
            #expect(database.file.condition.trouble == .moved)
            let found = try Data(contentsOf: URL(filePath: folder.database))
            await database.close()
            // Nothing of the log is written into what is another's, then or later.
            #expect(try Data(contentsOf: URL(filePath: folder.database)) == found)
            #expect(!FileManager.default.fileExists(atPath: "\(folder.database)-wal"))
            #expect(FileManager.default.fileExists(atPath: "\(folder.database)-wal.left"))
        }
        await other.close()
    }

    @Test(arguments: Overwriting.allCases, ["", "-wal"])
    func `what is overwritten while a transaction runs is not taken for its own`(
        overwriting: Overwriting,
        suffix: String
    ) async throws {
        let otherFolder = try TemporaryFolder()
        let other = try await SQLiteDatabase.forTest(in: otherFolder)
        try await insert(7, into: other)
        let database = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: database)
        let (path, otherPath) = (folder.database + suffix, otherFolder.database + suffix)
        await #expect(throws: SQLError.self) {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(2))
                try overwriting.befall(path, from: otherPath)
            }
        }
        #expect(database.file.condition.trouble == .moved)
        await #expect(throws: SQLError.moved(path: database.file.path)) {
            try await insert(3, into: database)
        }
        await database.close()
        await other.close()
    }

    @Test
    func `a log that was begun and not written is no mishap`() async throws {
        let former = try await SQLiteDatabase.forTest(in: folder)
        try await insert(1, into: former)
        let log = URL(filePath: "\(folder.database)-wal")
        let header = try Data(contentsOf: log).prefix(32)
        await former.close()
        // As a process leaves it that is killed between the log's header and the first frame.
        try header.write(to: log)
        let database = try SQLiteDatabase(path: folder.database)
        // What is not kept does not write to the log, or writes what is begun anew once more.
        try await database.write { _ in }
        await #expect(throws: SQLError.self) {
            try await database.write { connection in
                for id in [1, 1] {
                    try connection.execute(TestStatements.insert, TestStatements.task(id))
                }
            }
        }
        for id in 2...3 { try await insert(id, into: database) }
        #expect(database.file.condition.trouble == nil)
        await database.close()
    }

    @Test
    func `checkpoints of its own are no mishap`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        for id in 1...200 {
            try await insert(id, into: database)
            if id.isMultiple(of: 10) { database.writer.checkpoint() }
            database.inspect()
        }
        try await database.write { connection in
            for id in 201...3_000 {
                try connection.execute(
                    TestStatements.insert,
                    TestStatements.task(id, title: String(repeating: "long ", count: 400))
                )
            }
        }
        database.inspect()
        try await insert(3_001, into: database)
        #expect(database.file.condition.trouble == nil)
        await database.close()
    }

    private func insert(_ id: Int, into database: SQLiteDatabase) async throws {
        try await database.write { connection in
            try connection.execute(TestStatements.insert, TestStatements.task(id))
        }
    }
}
