import Dispatch
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Reads that may take long: on which threads they run, and what ends them.
@Suite
struct SQLiteScanTests {
    private let folder: TemporaryFolder

    private static let acme = LocationID("ve9EPM428h8vShlRW1KT")
    private static let other = LocationID("C2QujeCh8ZnC7al2InWR")

    /// Has no end.
    private static let endless = SQLStatement(
        """
        WITH RECURSIVE number (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM number)
        SELECT COUNT(*) FROM number
        """
    )

    init() throws {
        folder = try TemporaryFolder()
    }

    private func database(
        scans: Int = 2,
        waiting: Int = 10,
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) async throws -> SQLiteDatabase {
        var configuration = SQLiteConfiguration()
        configuration.scanCount = scans
        configuration.waitingScanLimit = waiting
        let database = try SQLiteDatabase(
            path: folder.database,
            configuration: configuration,
            uptime: uptime
        )
        try await Migrator(TestStatements.migrations).migrate(database)
        return database
    }

    @Test
    func `a read that is stopped wherever it stands leaves no transaction open`() async throws {
        try await database().close()
        let connection = try SQLiteConnection.reader(
            try SQLiteFile(path: folder.database),
            SQLiteConfiguration(),
            uptime: { .zero }
        )
        let stop = ReadStop()
        stop.set()
        var interruptedCount = 0
        for _ in 0..<3_000 {
            connection.watch?.begin(timeLimit: nil, stop: stop)
            do {
                #expect(try connection.snapshot { try $0.taskCount() } == 0)
            } catch {
                #expect(error as? SQLError == .interrupted)
                interruptedCount += 1
            }
            #expect(!connection.isInTransaction)
        }
        #expect(interruptedCount > 0)
    }

    @Test
    func `a read ends once it takes longer than it may, and its connection reads on`() async throws
    {
        let clock = SteppingUptime(.milliseconds(500))
        let database = try await database(scans: 1, uptime: clock.read)
        await #expect(throws: SQLError.timedOut(limit: .seconds(2))) {
            try await database.scan(for: Self.acme) { connection in
                try connection.execute(Self.endless, [:])
            }
        }
        #expect(try await database.scan(for: Self.acme) { try $0.taskCount() } == 0)
        #expect(throws: SQLError.timedOut(limit: .seconds(2))) {
            try database.read { try $0.execute(Self.endless, [:]) }
        }
        #expect(throws: SQLError.timedOut(limit: .seconds(2))) {
            try database.readSnapshot { try $0.execute(Self.endless, [:]) }
        }
        #expect(try database.readSnapshot { try $0.taskCount() } == 0)
    }

    @Test
    func `a scan is done at once if it is short, and given up if it is not`() async throws {
        let clock = SteppingUptime(.milliseconds(1))
        let database = try await database(uptime: clock.read)
        #expect(try database.shortScan { try $0.taskCount() } == 0)
        let count = try database.shortScan { try $0.execute(Self.endless, [:]) }
        #expect(count == nil)
        #expect(try database.shortScan { try $0.taskCount() } == 0)
        await database.close()
        #expect(throws: SQLError.closed) { try database.shortScan { try $0.taskCount() } }
    }

    @Test
    func `the server's own scan may take any time`() async throws {
        let clock = SteppingUptime(.seconds(100))
        let database = try await database(uptime: clock.read)
        let counting = SQLStatement(
            """
            WITH RECURSIVE number (value) AS (
                SELECT 1 UNION ALL SELECT value + 1 FROM number LIMIT 10000
            )
            SELECT COUNT(*) FROM number
            """
        )
        let count = try await database.scan(for: nil) { connection in
            try connection.row(counting, [:]) { row in try row.int(0) }
        }
        #expect(count == 10_000)
    }

    @Test
    func `a short read asks for no time`() async throws {
        let clock = SteppingUptime(.seconds(1))
        let database = try await database(uptime: clock.read)
        let questionCount = clock.questionCount
        #expect(try database.read { try $0.taskCount() } == 0)
        #expect(clock.questionCount == questionCount)
    }

    @Test
    func `a scan ends when its caller is cancelled`() async throws {
        let database = try await database()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let refusal = await withTaskGroup(of: SQLError?.self) { group in
            group.addTask {
                await Self.refusal {
                    try await database.scan(for: Self.acme) { connection in
                        begin.finish()
                        try connection.execute(Self.endless, [:])
                    }
                }
            }
            for await _ in begun {}
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(refusal == .interrupted)
    }

    @Test
    func `closing ends the scans that run and refuses those that wait`() async throws {
        let database = try await database(scans: 1)
        let (begun, begin) = AsyncStream<Void>.makeStream()
        async let running = Self.refusal {
            try await database.scan(for: Self.acme) { connection in
                begin.finish()
                try connection.execute(Self.endless, [:])
            }
        }
        for await _ in begun {}
        async let waiting = Self.refusal {
            _ = try await database.scan(for: Self.other) { try $0.taskCount() }
        }
        while database.scans.waitingCount == 0 { await Task.yield() }
        await database.close()
        let refusals = await [running, waiting]
        #expect(refusals == [.interrupted, .closed])
        await #expect(throws: SQLError.closed) {
            _ = try await database.scan(for: Self.other) { try $0.taskCount() }
        }
    }

    @Test
    func `scans that hang hold up no task and no read by key`() async throws {
        let database = try await database(scans: 4, waiting: 128)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingDiscardingTaskGroup { group in
            // More than there are threads for tasks, and half of them for each of two locations.
            for number in 0..<64 {
                group.addTask {
                    try await database.scan(for: number % 2 == 0 ? Self.acme : Self.other) { _ in
                        gate.wait()
                    }
                }
            }
            while database.scans.waitingCount < 60 { await Task.yield() }
            let count = try database.read { try $0.taskCount() }
            #expect(count == 0)
            for _ in 0..<64 { gate.signal() }
        }
    }

    @Test
    func `what finds no place to wait is refused, and another location is served`() async throws {
        let database = try await database(scans: 2, waiting: 2)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask { try await database.scan(for: Self.acme) { _ in gate.wait() } }
            }
            while database.scans.waitingCount < 1 { await Task.yield() }
            await #expect(throws: SQLError.busy) {
                try await database.scan(for: Self.acme) { _ in }
            }
            let count = try await database.scan(for: Self.other) { try $0.taskCount() }
            #expect(count == 0)
            for _ in 0..<2 { gate.signal() }
        }
    }

    @Test
    func `a scan that waited too long is refused when its turn comes`() async throws {
        let clock = SteppingUptime(.seconds(6))
        let database = try await database(scans: 1, uptime: clock.read)
        let gate = DispatchSemaphore(value: 0)
        let (begun, begin) = AsyncStream<Void>.makeStream()
        async let running = Self.refusal {
            try await database.scan(for: Self.acme) { _ in
                begin.finish()
                gate.wait()
            }
        }
        for await _ in begun {}
        async let waiting = Self.refusal {
            _ = try await database.scan(for: Self.other) { try $0.taskCount() }
        }
        while database.scans.waitingCount == 0 { await Task.yield() }
        clock.advance(by: .seconds(6))
        gate.signal()
        let refusals = await [running, waiting]
        #expect(refusals == [nil, .busy])
    }

    /// The error with which work ended; none if it ended well.
    private static func refusal(of work: () async throws -> Void) async -> SQLError? {
        do {
            try await work()
            return nil
        } catch {
            return error as? SQLError
        }
    }
}
