import Foundation
import TestSupport
import Testing

@testable import Storage

/// Who may open a database, and which files are databases of ours.
@Suite
struct SQLiteFileTests {
    private let folder: TemporaryFolder
    private let files = FileManager.default

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `an open database is not opened again through a hard link`() async throws {
        let database = try SQLiteDatabase(path: folder.database)
        let link = "\(folder.path)/link.sqlite"
        try files.linkItem(atPath: folder.database, toPath: link)
        #expect(throws: SQLiteOpenError.inUse(path: link, processID: getpid())) {
            try SQLiteDatabase(path: link)
        }
        await #expect(processExitsWith: .success) { [link = link as String] in
            #expect(throws: SQLiteOpenError.inUse(path: link, processID: nil)) {
                try SQLiteDatabase(path: link)
            }
        }
        await database.close()
    }

    @Test
    func `an open database is not opened again after its lock file was deleted`() async throws {
        let database = try SQLiteDatabase(path: folder.database)
        try files.removeItem(atPath: "\(folder.database).lock")
        #expect(throws: SQLiteOpenError.inUse(path: folder.database, processID: getpid())) {
            try SQLiteDatabase(path: folder.database)
        }
        await #expect(processExitsWith: .success) { [path = folder.database as String] in
            #expect(throws: SQLiteOpenError.inUse(path: path, processID: nil)) {
                try SQLiteDatabase(path: path)
            }
        }
        await database.close()
    }

    @Test
    func `a refused opening leaves SQLite's own locks in place`() async throws {
        let database = try await SQLiteDatabase.forTest(in: folder)
        #expect(throws: SQLiteOpenError.self) { try SQLiteDatabase(path: folder.database) }
        // A program that knows of no lock but SQLite's does not get the file for itself.
        await #expect(processExitsWith: .success) { [path = folder.database as String] in
            let descriptor = unsafe open(path, O_RDWR)
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            lock.l_whence = Int16(SEEK_SET)
            lock.l_start = 0x4000_0002
            lock.l_len = 510
            #expect(unsafe fcntl(descriptor, F_SETLK, &lock) == -1)
        }
        await database.close()
    }

    @Test
    func `a database that others may read becomes its owner's alone`() async throws {
        let first = try await SQLiteDatabase.forTest(in: folder)
        #expect(first.exposureWarning == nil)
        await first.close()
        try setPermissions(0o644, of: folder.database)
        try Data().write(to: URL(filePath: "\(folder.database)-wal"))
        try setPermissions(0o664, of: "\(folder.database)-wal")

        let second = try SQLiteDatabase(path: folder.database)
        let warning = try #require(second.exposureWarning)
        #expect(warning.contains(folder.database))
        for suffix in ["", "-wal", "-shm", ".lock"] {
            let attributes = try files.attributesOfItem(atPath: folder.database + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
        await second.close()
        #expect(try SQLiteDatabase(path: folder.database).exposureWarning == nil)
    }

    @Test
    func `our databases name their program in their header`() async throws {
        let store = try await SQLStore.open(path: folder.database)
        await store.close()
        let bytes = try Data(contentsOf: URL(filePath: folder.database))
        #expect(String(decoding: bytes[68..<72], as: UTF8.self) == "Pern")
        await (try await SQLStore.open(path: folder.database)).close()
    }

    @Test(arguments: [
        "CREATE TABLE invoice (id integer PRIMARY KEY)",
        "CREATE TABLE migration (version text PRIMARY KEY)",
        "PRAGMA application_id = 7",
    ])
    func `another program's database is refused and left alone`(statement: String) async throws {
        let other = try SQLiteDatabase(path: folder.database)
        try await other.write { connection in try connection.runOnce(statement) }
        await other.close()
        try setPermissions(0o644, of: folder.database)
        try Data("its own".utf8).write(to: URL(filePath: "\(folder.database).lock"))
        let before = try contents()
        await #expect(throws: SQLiteOpenError.foreign(path: folder.database)) {
            try await SQLStore.open(path: folder.database)
        }
        #expect(try contents() == before)
        let attributes = try files.attributesOfItem(atPath: folder.database)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
    }

    @Test
    func `another program's database that was left open keeps what is in its log`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.database as String] in
            let other = try SQLiteDatabase(path: path)
            try await other.write { try $0.runOnce("CREATE TABLE invoice (id integer)") }
            kill(getpid(), SIGKILL)
            await other.close()
        }
        let before = try contents()
        #expect(before["tasks.sqlite-wal"]?.isEmpty == false)
        await #expect(throws: SQLiteOpenError.foreign(path: folder.database)) {
            try await SQLStore.open(path: folder.database)
        }
        let after = try contents()
        for name in ["tasks.sqlite", "tasks.sqlite-wal"] { #expect(after[name] == before[name]) }
    }

    @Test
    func `a database of ours whose tables are only in its log is opened`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.database as String] in
            let store = try await SQLStore.open(path: path)
            kill(getpid(), SIGKILL)
            await store.close()
        }
        #expect(try Data(contentsOf: URL(filePath: folder.database)).count < 1 << 14)
        await (try await SQLStore.open(path: folder.database)).close()
    }

    private func setPermissions(_ permissions: Int, of path: String) throws {
        try files.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    /// The bytes of each file in the folder.
    private func contents() throws -> [String: Data] {
        let names = try files.contentsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: try names.map { name in
                (name, try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
            }
        )
    }
}
