import DirectoryDocument
import Foundation
import HTTPServing
import HTTPTypes
import HighLevel
import Hummingbird
import JSON
import LionDesk
import Logging
import Recurrence
import Scheduling
import ServerTestSupport
import Storage
import SystemZones
import Tasks
import TestSupport

/// A whole server in this process, over a database whose faults are planned.
struct SimulatedServer: Sendable {
    typealias Driver = FaultyDriver<SQLiteDatabase>
    typealias Store = SQLStore<Driver>

    let faults = FaultPlan()
    let driver: Driver
    private let clock: SimulatedClock
    private let folder: TemporaryFolder
    /// Which life of the server this is; each has a file of its own.
    private let life: Int
    private let directory: SQLDirectoryStore<Driver>
    private let serving: Serving
    private let schedulers: [Scheduler<Store, SystemZones, SimulatedClock>]

    /// Short, so that series have few tasks and the horizon moves often.
    static let horizon = Horizon(length: .days(10))

    /// Starts the server for the first time, with its directory.
    init(clock: SimulatedClock, catchUp: CatchUp) async throws {
        let memory = "/dev/shm"
        let folder =
            try FileManager.default.isWritableFile(atPath: memory)
            ? TemporaryFolder(in: memory) : TemporaryFolder()
        try await self.init(folder, life: 1, clock: clock, catchUp: catchUp)
        let importer = DirectoryImporter(store: directory, zones: SimulatedOffice.zones) { bytes in
            TokenDigest.bytes(of: String(decoding: bytes, as: UTF8.self))
        }
        let document = Array(SimulatedOffice.document.utf8)
        _ = try await importer.importDocument(document, at: clock.now)
    }

    private init(
        _ folder: TemporaryFolder,
        life: Int,
        clock: SimulatedClock,
        catchUp: CatchUp
    ) async throws {
        self.folder = folder
        self.life = life
        self.clock = clock
        let opened = try await SQLStore.open(
            path: Self.path(in: folder, life: life),
            configuration: Self.configuration
        )
        driver = FaultyDriver(inner: opened.driver, faults: faults)
        // Every row can be read; one that could not would differ from the model's.
        let unreadable = UnreadableRows { _ in }
        let stores = [
            SQLStore(over: driver, telling: unreadable),
            SQLStore(over: driver, telling: unreadable),
        ]
        directory = SQLDirectoryStore(over: stores[0]) { count in
            (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        }
        let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        schedulers = stores.map { store in
            Scheduler(
                store: store,
                zones: SimulatedOffice.zones,
                horizon: Self.horizon,
                clock: clock,
                logger: logger
            )
        }
        let unlimited = RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0))
        let lionDesk = LionDeskAPI(
            store: stores[0],
            tokens: directory,
            zones: SimulatedOffice.zones,
            clock: clock,
            horizon: Self.horizon,
            limiter: unlimited,
            wallClock: { clock.now }
        )
        let highLevel = HighLevelAPI(
            store: stores[0],
            tokens: directory,
            zones: SimulatedOffice.zones,
            clock: clock,
            horizon: Self.horizon,
            options: HighLevelOptions(catchUp: catchUp),
            limiter: unlimited,
            wallClock: { clock.now }
        )
        serving = Serving([
            Serving.Mount(prefix: type(of: lionDesk).prefix, responder: lionDesk),
            Serving.Mount(prefix: type(of: highLevel).prefix, responder: highLevel),
        ])
    }

    private static var configuration: SQLiteConfiguration {
        var configuration = SQLiteConfiguration()
        configuration.readerCount = 1
        return configuration
    }

    private static func path(in folder: TemporaryFolder, life: Int) -> String {
        "\(folder.path)/\(life).sqlite"
    }

    /// The server after the process died: what was committed is there, and nothing else.
    ///
    /// The files are copied as they are, so nothing is written by an orderly end.
    func restartedAfterDeath(catchUp: CatchUp) async throws -> SimulatedServer {
        let old = Self.path(in: folder, life: life)
        let new = Self.path(in: folder, life: life + 1)
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: old + suffix) {
            try FileManager.default.copyItem(atPath: old + suffix, toPath: new + suffix)
        }
        await driver.inner.close()
        for suffix in ["", "-wal", "-shm", ".lock"] {
            try? FileManager.default.removeItem(atPath: old + suffix)
        }
        return try await SimulatedServer(folder, life: life + 1, clock: clock, catchUp: catchUp)
    }

    /// The server after it was stopped in order and started again.
    func restarted(catchUp: CatchUp) async throws -> SimulatedServer {
        await driver.inner.close()
        return try await SimulatedServer(folder, life: life, clock: clock, catchUp: catchUp)
    }

    func close() async {
        await driver.inner.close()
    }

    // MARK: What happens to it

    /// Sends a request and returns the answer.
    func answer(_ request: SimulatedRequest) async throws -> Answer {
        let version = HTTPField.Name("Version")
        var headers: HTTPFields = [
            .authorization: "Bearer \(request.token)", .contentType: "application/json",
        ]
        if let version { headers[version] = "2021-07-28" }
        return try await Answer(
            to: Request(request.method, request.path, headers, Array(request.body.utf8)),
            from: serving
        )
    }

    /// Has a scheduler do what is due, while time passes up to an instant.
    func work(scheduler: Int, upTo end: Timestamp) async throws {
        try await schedulers[scheduler].settle(upTo: end) { clock.now = $0 }
    }

    func revokeToken(_ text: String) async throws {
        _ = try await directory.revokeToken(
            withDigest: TokenDigest.bytes(of: text),
            orHint: text,
            at: clock.now
        )
    }
}

/// A request of a client's.
struct SimulatedRequest: CustomStringConvertible {
    var method: HTTPRequest.Method
    var path: String
    var token: String
    var body = ""

    var description: String { "\(method.rawValue) \(path) \(body)" }
}
