import DatabaseTestSupport
import HTTPServing
import HTTPTypes
import HighLevel
import Hummingbird
import JSON
import Recurrence
import ServerTestSupport
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// The server without a socket: HighLevel's API over a database in a file of its own.
struct TestServer: Sendable {
    /// The clock for tasks and series.
    let clock = TestClock(Self.start)
    /// The clock by which requests are counted.
    let wallClock = TestClock(Self.start)
    var store: TestStore { database.store }

    private let serving: Serving
    private let database: TestDatabase
    private let due: FiringCommands<TestStore, SystemZones>
    private let contactCount = Counter()

    /// 2025-07-20T08:00:00Z, three days before the series of HighLevel's page begins.
    static let start = Timestamp(seconds: 1_752_998_400)

    /// The server of the test's suite; see ``ServerTrait``.
    static var current: TestServer {
        get throws { try #require(inScope, "the suite has the trait that makes a server") }
    }

    @TaskLocal fileprivate static var inScope: TestServer?

    init(
        options: HighLevelOptions = HighLevelOptions(),
        limits: RateLimits = RateLimits(perInterval: 0, perDay: 0),
        uptime: @escaping @Sendable () -> Duration = { .zero },
        quotas: LocationQuotas = LocationQuotas()
    ) async throws {
        database = try await TestDatabase(uptime: uptime, quotas: quotas)
        let wallClock = wallClock
        let api = HighLevelAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            options: options,
            limiter: RateLimiter(limits: limits),
            wallClock: { wallClock.now }
        )
        serving = Serving([Serving.Mount(prefix: type(of: api).prefix, responder: api)])
        due = FiringCommands(store: database.store, zones: database.zones)
        try await importDocument(TestOffice.document)
    }

    /// Adds contacts of the office who have no tasks yet.
    func newContacts(_ count: Int) async throws -> [String] {
        var names: [String] = []
        for _ in 0..<count {
            let number = contactCount.next() + 1000
            let name = "contactOfTheTests" + String(number).suffix(3)
            try await importDocument(TestOffice.document(addingContact: number, named: name))
            names.append(name)
        }
        return names
    }

    func newContact() async throws -> String {
        try await newContacts(1)[0]
    }

    /// Moves the clock to a time, and carries out what is due then.
    func settle(at time: String) async throws {
        clock.advance(by: clock.now.duration(to: try date(time).timestamp))
        try await due.refreshAgenda(at: clock.now)
        while try await due.takeTurn(at: clock.now) != nil {}
    }

    /// Imports a directory document.
    func importDocument(_ document: String) async throws {
        try await database.importDocument(document, at: clock.now)
    }

    // MARK: Requests

    func get(_ path: String, _ token: String = TestToken.full) async throws -> Answer {
        try await send(.get, path, token)
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        try await send(.post, path, body: body)
    }

    func put(_ path: String, _ body: String) async throws -> Answer {
        try await send(.put, path, body: body)
    }

    func delete(_ path: String) async throws -> Answer {
        try await send(.delete, path)
    }

    /// Sends a request with the header fields that HighLevel's own client sends, whatever the
    /// method.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ token: String = TestToken.full,
        version: String = "2021-07-28",
        body: String = ""
    ) async throws -> Answer {
        let headers: HTTPFields = [
            .authorization: "Bearer \(token)", .contentType: "application/json",
            try #require(HTTPField.Name("Version")): version,
        ]
        return try await send(method, path, headers: headers, Array(body.utf8))
    }

    /// Sends any request.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields,
        _ body: [UInt8] = []
    ) async throws -> Answer {
        try await Answer(to: Request(method, path, headers, body), from: serving)
    }
}

/// The paths of the API.
enum Path {
    static let recurringTasks = "/locations/\(TestOffice.location)/recurring-tasks"
    static let search = "/locations/\(TestOffice.location)/tasks/search"

    static func recurringTask(_ id: String) -> String { "\(recurringTasks)/\(id)" }

    static func tasks(of contact: String = TestOffice.carla) -> String {
        "/contacts/\(contact)/tasks"
    }

    static func task(_ id: String, of contact: String = TestOffice.carla) -> String {
        "\(tasks(of: contact))/\(id)"
    }
}

/// Gives a server to a suite, whose tests share it, or to a single test.
struct ServerTrait: SuiteTrait, TestTrait, TestScoping {
    var options = HighLevelOptions()
    var limits = RateLimits(perInterval: 0, perDay: 0)
    var prepare: @Sendable (TestServer) async throws -> Void = { _ in }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let server = try await TestServer(options: options, limits: limits)
        try await prepare(server)
        try await TestServer.$inScope.withValue(server) { try await function() }
    }
}

extension Trait where Self == ServerTrait {
    /// A server with the dialect's default options that counts no requests.
    static var server: ServerTrait { ServerTrait() }

    /// A server with other options.
    static func server(_ options: HighLevelOptions) -> ServerTrait {
        ServerTrait(options: options)
    }

    /// A server that counts requests.
    static func server(limits: RateLimits) -> ServerTrait { ServerTrait(limits: limits) }

    /// A server on which something happens before the tests.
    static func server(
        after prepare: @escaping @Sendable (TestServer) async throws -> Void
    ) -> ServerTrait {
        ServerTrait(prepare: prepare)
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
