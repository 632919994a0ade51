import API
import HTTPServing
import HTTPTypes
import HighLevel
import Hummingbird
import JSON
import LionDesk
import Recurrence
import ServerTestSupport
import TestSupport
import Testing

/// A server of all APIs, on which everybody of ``Estate`` has one record of each kind.
struct TestServer: Sendable {
    private(set) var own = Estate.own
    private(set) var neighbour = Estate.neighbour
    private(set) var stranger = Estate.stranger

    private let serving: Serving
    private let database: TestDatabase

    /// 2030-01-01T00:00:00Z, one second after the expired tokens have expired.
    private static let now = Timestamp(seconds: 1_893_456_000)

    /// The server of the test's suite; see ``ServerTrait``.
    static var current: TestServer {
        get throws { try #require(inScope, "the suite has the trait that makes a server") }
    }

    @TaskLocal fileprivate static var inScope: TestServer?

    init() async throws {
        database = try await TestDatabase()
        // Tokens that expire are imported while they are in force.
        let yesterday = Self.now.advanced(by: .seconds(-86_400))
        try await database.importDocument(Estate.document, at: yesterday)
        let clock = TestClock(Self.now)
        let lionDesk = LionDeskAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now }
        )
        let highLevel = HighLevelAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now }
        )
        let own = PerennialAPI(
            store: database.store,
            tokens: database.directory,
            format: database.format,
            webhooks: QuietWebhookOffice(),
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now },
            time: FollowingTime(uptime: { .zero }) { _ in await Wait.untilCancelled() }
        )
        serving = Serving([
            Serving.Mount(prefix: type(of: own).prefix, responder: own),
            Serving.Mount(prefix: type(of: lionDesk).prefix, responder: lionDesk),
            Serving.Mount(prefix: type(of: highLevel).prefix, responder: highLevel),
        ])
        database.endStreams()
        self.own = try await made(by: .own, with: self.own)
        neighbour = try await made(by: .ofAnotherUser, with: neighbour)
        stranger = try await made(by: .ofAnotherLocation, with: stranger)
        for dialect in [Operation.Dialect.lionDesk, .highLevel] {
            try await database.revokeToken(Credential.revoked.token(for: dialect), at: Self.now)
        }
    }

    /// Makes one record of each kind, and returns the names with those of the new records.
    private func made(by credential: Credential, with names: Names) async throws -> Names {
        var names = names
        let task = try await send(Operation.createTask, credential, names)
        names[.task] = task.text("id")
        names[.event] = task.text("scheduled_event_id")
        // The other user has no token of the location, so the location's own token is used.
        let holder = credential == .ofAnotherUser ? .own : credential
        let series = try await send(Operation.createRecurringTask, holder, names)
        names[.recurringTask] = series["recurringTask"]?.object?["id"]?.string
        let contactTask = try await send(Operation.createContactTask, holder, names)
        names[.contactTask] = contactTask["task"]?.object?["id"]?.string
        let office: OwnCaller = credential == .ofAnotherLocation ? .otherLocation : .location
        for (path, name) in [("/calendars", Name.calendar), ("/webhooks", .webhook)] {
            let create = OwnOperation.all.first { $0.path == path && $0.method == .post }
            let made = try await send(try #require(create), office, names, forGood: true)
            names[name] = made[name.rawValue]?.object?["id"]?.string
        }
        for name in Name.allCases {
            try #require(names[name]?.isEmpty == false, "\(name): \(task) \(series)")
        }
        return names
    }

    /// Sends a request about the records with these names.
    func send(
        _ operation: Operation,
        _ credential: Credential,
        _ names: Names
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.authorization] = credential.field(for: operation.dialect)
        headers[try #require(HTTPField.Name("Version"))] = "v3"
        let request = Request(
            operation.method,
            names.fill(operation.path),
            headers,
            Array(names.fill(operation.body).utf8)
        )
        return try await Answer(to: request, from: serving)
    }

    /// Sends a request of the own API; one that writes is only tried, unless it is for good.
    func send(
        _ operation: OwnOperation,
        _ caller: OwnCaller,
        _ names: Names,
        forGood: Bool = false
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.authorization] = caller.field
        let request = Request(
            operation.method,
            "/v1" + names.fill(forGood ? operation.path : operation.target),
            headers,
            Array(names.fill(operation.body).utf8)
        )
        return try await Answer(to: request, from: serving)
    }
}

/// Gives a server to a suite, whose tests share it, or to a single test.
struct ServerTrait: SuiteTrait, TestTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let server = try await TestServer()
        try await TestServer.$inScope.withValue(server) { try await function() }
    }
}

extension Trait where Self == ServerTrait {
    static var server: ServerTrait { ServerTrait() }
}
