import Dispatch
import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite
struct SQLiteReadTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase

    init() async throws {
        folder = try TemporaryFolder()
        database = try await SQLiteDatabase.forTest(in: folder)
    }

    /// Counts, waits until a write was answered, and counts again.
    private func countTwice(
        _ read: @escaping @Sendable (@Sendable (SQLiteConnection) throws -> [Int]) throws -> [Int]
    ) async throws -> [Int] {
        let (counted, count) = AsyncStream<Void>.makeStream()
        let hasWritten = DispatchSemaphore(value: 0)
        async let counts = onThreadOfItsOwn {
            try read { connection in
                let first = try connection.taskCount()
                count.finish()
                hasWritten.wait()
                return [first, try connection.taskCount()]
            }
        }
        for await _ in counted {}
        try await database.write {
            try $0.execute(TestStatements.insert, TestStatements.task(1))
        }
        hasWritten.signal()
        return try await counts
    }

    /// Runs work that waits on a thread of its own, so that it does not block a thread of the pool.
    private func onThreadOfItsOwn(
        _ work: @escaping @Sendable () throws -> [Int]
    ) async throws -> [Int] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }

    @Test
    func `the statements of a snapshot see the database at one moment`() async throws {
        let counts = try await countTwice { [database] body in try database.readSnapshot(body) }
        #expect(counts == [0, 0])
        #expect(try database.readSnapshot { try $0.taskCount() } == 1)
    }

    @Test
    func `the statements of a plain read each see what is committed`() async throws {
        let counts = try await countTwice { [database] body in try database.read(body) }
        #expect(counts == [0, 1])
    }

    @Test
    func `a snapshot that throws leaves its connection as it was`() async throws {
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try database.readSnapshot { connection in
                #expect(try connection.taskCount() == 0)
                throw Refused()
            }
        }
        try await database.write {
            try $0.execute(TestStatements.insert, TestStatements.task(1))
        }
        #expect(try database.readSnapshot { try $0.taskCount() } == 1)
    }

    @Test
    func `more readers at once than there are connections all read`() async throws {
        var configuration = SQLiteConfiguration()
        configuration.readerCount = 1
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase.forTest(in: folder, configuration)
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<100 {
                        let count = try database.read { try $0.taskCount() }
                        #expect(count == 0)
                    }
                }
            }
        }
    }

    @Test
    func `a database has at least one reader`() async {
        let path = "\(folder.path)/other.sqlite"
        await #expect(processExitsWith: .failure) { [path = path as String] in
            var configuration = SQLiteConfiguration()
            configuration.readerCount = 0
            _ = try SQLiteDatabase(path: path, configuration: configuration)
        }
    }
}
