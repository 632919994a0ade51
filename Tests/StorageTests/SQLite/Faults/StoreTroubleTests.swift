import DirectoryDocument
import Foundation
import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What a store knows of how it fares.
@Suite
struct StoreTroubleTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `a write that failed is trouble until one succeeds`() async throws {
        let store = try await SQLStore.open(path: folder.database)
        try await fill(store)
        await #expect(throws: StoreUnavailable.self) { try await overfill(store) }
        #expect(store.trouble == .full)
        await #expect(throws: SQLError.self) {
            // A mistake of ours says nothing about the disk.
            try await store.driver.write { try $0.runOnce("SELECT missing") }
        }
        #expect(store.trouble == .full)
        #expect(
            store.takeFaults()
                == [
                    StoreFault(
                        .full,
                        while: .writing,
                        reason: "SQLite answers 13: database or disk is full"
                    ): 1
                ]
        )
        #expect(store.takeFaults().isEmpty)
        try await fill(store)
        #expect(store.trouble == nil)
    }

    @Test
    func `damage that a read meets is told of until the store is opened again`() async throws {
        let store = try await SQLStore.open(path: folder.database)
        try await fill(store)
        store.driver.file.condition.note(.corrupt(message: "why"), while: .reading)
        #expect(store.trouble == .damaged)
        try await fill(store)
        await store.probe()
        #expect(store.trouble == .damaged)
    }

    @Test
    func `a probe ends the trouble, and its write reaches the disk`() async throws {
        let store = try await SQLStore.open(path: folder.database)
        await #expect(throws: StoreUnavailable.self) { try await overfill(store) }
        #expect(store.trouble == .full)
        let log = URL(filePath: "\(folder.database)-wal")
        let before = try Data(contentsOf: log).count
        await store.probe()
        #expect(store.trouble == nil)
        #expect(store.takeFaults().count == 1)
        #expect(try Data(contentsOf: log).count >= before)
        let number = { try store.driver.read { try $0.runOnce("PRAGMA user_version") } }
        let first = try number()
        await store.probe()
        #expect(try number() != first)
    }

    @Test
    func `a store with a quarter of its pages damaged is found by a probe`() async throws {
        let store = try await SQLStore.open(path: folder.database)
        try await fill(store, count: 400)
        await store.probe()
        #expect(store.trouble == nil)
        await store.close()
        try damageEveryFourthPage()

        let damaged = try await SQLStore.open(path: folder.database)
        await damaged.probe()
        #expect(damaged.trouble == .damaged)
        #expect(damaged.takeFaults().keys.contains { $0.trouble == .damaged })
        // Writes that touch no damaged page do not hide what the probe has found.
        try await damaged.driver.write { try $0.touch() }
        #expect(damaged.trouble == .damaged)
        await damaged.close()
    }

    @Test
    func `a want of memory is told and does no harm`() async throws {
        await #expect(processExitsWith: .success) { [path = folder.database as String] in
            let store = try await SQLStore.open(path: path)
            await #expect(throws: (any Error).self) {
                try await store.driver.write { connection in
                    try connection.runOnce("PRAGMA hard_heap_limit = 1")
                    try connection.runOnce("UPDATE numberBlock SET nextNumber = nextNumber + 1")
                }
            }
            #expect(store.trouble == .failing)
        }
        let store = try await SQLStore.open(path: folder.database)
        #expect(try store.driver.findDamage().isEmpty)
        await store.close()
    }

    @Test
    func `a log that has grown is checkpointed when the store is looked at`() async throws {
        var configuration = SQLiteConfiguration()
        configuration.walByteLimit = 1 << 14
        let store = try await SQLStore.open(path: folder.database, configuration: configuration)
        // As if each checkpoint after a commit had failed.
        _ = try await store.driver.write { try $0.runOnce("PRAGMA wal_autocheckpoint = 0") }
        try await fill(store, count: 100)
        let log = URL(filePath: "\(folder.database)-wal")
        #expect(try Data(contentsOf: log).count > 1 << 16)
        store.inspect()
        // The checkpoint runs before this write, which then begins the log anew.
        try await store.driver.write { try $0.touch() }
        #expect(try Data(contentsOf: log).count <= 1 << 14)
        await store.close()
    }

    /// Stores tasks in one location.
    private func fill(_ store: SQLStore<SQLiteDatabase>, count: Int = 1) async throws {
        let now = Timestamp(seconds: 1_700_000_000)
        let locationID = LocationID("ve9EPM428h8vShlRW1KT")
        let document = """
            {"locations": [{"id": "\(locationID.rawValue)", "name": "Office"}],
             "users": [{"id": 1, "location": "\(locationID.rawValue)", "name": "Ana"}]}
            """
        let directory = SQLDirectoryStore(
            over: store,
            randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
        )
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: now)
        let commands = TaskCommands(store: store, zones: SystemZones())
        let actor = Actor(locationID: locationID, userID: Identifier(1))
        for number in 0..<count {
            var template = TaskTemplate(title: "Call \(number)", assigneeID: Identifier(1))
            template.body = String(repeating: "word ", count: 100)
            _ = try await commands.create(
                TaskDraft(
                    template: template,
                    due: WallClockTime(
                        local: Zone.utc.localDateTime(at: now),
                        zone: try SystemZones().zone(named: "UTC")
                    ),
                    rule: nil
                ),
                by: actor,
                at: now
            )
        }
    }

    /// Has SQLite find no room for a write.
    private func overfill(_ store: SQLStore<SQLiteDatabase>) async throws {
        _ = try await store.driver.write { try $0.runOnce("PRAGMA max_page_count = 1") }
        _ = try await store.write { connection in
            try connection.runOnce(
                """
                INSERT INTO change (shard, locationID, changeNumber, changedAt, kind, detail)
                VALUES (1, 'other', 1, 0, 1, hex(zeroblob(100000)))
                """
            )
        }
    }

    /// Fills pages with ones, but for those at the beginning, which have the schema.
    private func damageEveryFourthPage() throws {
        let file = try FileHandle(forUpdating: URL(filePath: folder.database))
        let pageSize = 4096
        let pageCount = Int(try file.seekToEnd()) / pageSize
        try #require(pageCount > 100)
        for page in stride(from: 72, to: pageCount, by: 4) {
            try file.seek(toOffset: UInt64(page * pageSize))
            try file.write(contentsOf: Data(repeating: 0xFF, count: pageSize))
        }
        try file.close()
    }
}
