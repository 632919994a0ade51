import API
import DatabaseTestSupport
import HTTPServing
import HTTPTypes
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

/// The server without a socket: the API over a database in a file of its own.
///
/// Paths are written without `/v1`.
struct TestServer: Sendable {
    let clock = TestClock(Self.start)
    var store: TestStore { database.store }
    var directory: SQLDirectoryStore<TestDriver> { database.directory }
    var zones: SystemZones { database.zones }

    private let serving: Serving
    private let database: TestDatabase

    /// 2026-11-30T08:00:00Z, a Monday.
    static let start = Timestamp(seconds: 1_796_025_600)

    /// The server of the test's suite; see ``ServerTrait``.
    static var current: TestServer {
        get throws { try #require(inScope, "the suite has the trait that makes a server") }
    }

    @TaskLocal fileprivate static var inScope: TestServer?

    init(
        limits: RateLimits = RateLimits(perInterval: 0, perDay: 0),
        uptime: @escaping @Sendable () -> Duration = { .zero },
        quotas: LocationQuotas = LocationQuotas(),
        document: String = TestOffice.document
    ) async throws {
        let clock = clock
        database = try await TestDatabase(uptime: uptime, quotas: quotas)
        let api = PerennialAPI(
            store: database.store,
            tokens: database.directory,
            format: database.format,
            webhooks: QuietWebhookOffice(),
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: limits),
            wallClock: { clock.now },
            time: FollowingTime(uptime: { .zero }) { _ in await Wait.untilCancelled() }
        )
        serving = Serving([Serving.Mount(prefix: type(of: api).prefix, responder: api)])
        // Tokens that expire are imported while they are in force.
        let yesterday = Self.start.advanced(by: .seconds(-86_400))
        try await database.importDocument(document, at: yesterday)
    }

    /// Imports a directory document.
    func importDocument(_ document: String) async throws {
        try await database.importDocument(document, at: clock.now)
    }

    // MARK: Requests

    func get(
        _ path: String,
        as caller: Caller = .ana,
        _ fields: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(.get, path, as: caller, fields)
    }

    func post(
        _ path: String,
        _ body: JSONObject = [:],
        as caller: Caller = .ana,
        _ fields: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(.post, path, as: caller, fields, body.bytes)
    }

    func patch(
        _ path: String,
        _ body: JSONObject,
        as caller: Caller = .ana,
        _ fields: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(.patch, path, as: caller, fields, body.bytes)
    }

    func delete(
        _ path: String,
        as caller: Caller = .ana,
        _ fields: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(.delete, path, as: caller, fields)
    }

    /// Sends a request of a caller's.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        as caller: Caller,
        _ fields: HTTPFields = [:],
        _ body: [UInt8] = []
    ) async throws -> Answer {
        var headers = fields
        headers[.authorization] = "Bearer \(caller.token)"
        if !body.isEmpty, headers[.contentType] == nil {
            headers[.contentType] = "application/json"
        }
        return try await send(method, path, headers: headers, body)
    }

    /// Sends a request with these header fields alone.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields,
        _ body: [UInt8] = []
    ) async throws -> Answer {
        try await Answer(to: Request(method, "/v1" + path, headers, body), from: serving)
    }
}

extension JSONObject {
    /// The object as JSON text.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.write(.object(self))
        return json.bytes
    }
}

/// Gives a server to a suite, whose tests share it, or to a single test.
struct ServerTrait: SuiteTrait, TestTrait, TestScoping {
    var limits = RateLimits(perInterval: 0, perDay: 0)
    var quotas = LocationQuotas()

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let server = try await TestServer(limits: limits, quotas: quotas)
        try await TestServer.$inScope.withValue(server) { try await function() }
    }
}

extension Trait where Self == ServerTrait {
    /// A server that counts no requests.
    static var server: ServerTrait { ServerTrait() }

    /// A server with limits.
    static func server(
        limits: RateLimits = RateLimits(perInterval: 0, perDay: 0),
        quotas: LocationQuotas = LocationQuotas()
    ) -> ServerTrait {
        ServerTrait(limits: limits, quotas: quotas)
    }
}
