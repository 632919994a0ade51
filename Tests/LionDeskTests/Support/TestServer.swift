import Foundation
import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import LionDesk
import Recurrence
import ServerTestSupport
import Synchronization
import Tasks
import TestSupport
import Testing

/// The server without a socket: LionDesk's API over a database in a file of its own.
///
/// Paths are written without `/api/v1`, as on LionDesk's page.
struct TestServer: Sendable {
    let clock = TestClock(Self.start)

    private let serving: Serving
    private let database: TestDatabase
    private let userCount = Counter()

    /// 2018-12-10T08:00:00Z, six days before the tasks of LionDesk's page are due.
    static let start = Timestamp(seconds: 1_544_428_800)

    /// The server of the test's suite; see ``ServerTrait``.
    static var current: TestServer {
        get throws { try #require(inScope, "the suite has the trait that makes a server") }
    }

    @TaskLocal fileprivate static var inScope: TestServer?

    init(
        options: LionDeskOptions = LionDeskOptions(),
        limits: RateLimits = RateLimits(perInterval: 0, perDay: 0),
        uptime: @escaping @Sendable () -> Duration = { .zero },
        quotas: LocationQuotas = LocationQuotas()
    ) async throws {
        let clock = clock
        database = try await TestDatabase(uptime: uptime, quotas: quotas)
        let api = LionDeskAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            options: options,
            limiter: RateLimiter(limits: limits),
            wallClock: { clock.now }
        )
        serving = Serving([Serving.Mount(prefix: type(of: api).prefix, responder: api)])
        try await importDocument(TestOffice.document)
    }

    /// Imports a directory document.
    func importDocument(_ document: String) async throws {
        try await database.importDocument(document, at: clock.now)
    }

    /// Adds a user of the office who has no tasks yet.
    func newUser(timeZone: String = "UTC") async throws -> TestUser {
        let user = TestUser(id: Int64(userCount.next()) + 1000)
        try await importDocument(TestOffice.document(adding: user, timeZone: timeZone))
        return user
    }

    // MARK: Requests

    func get(_ path: String, as user: TestUser) async throws -> Answer {
        try await send(.get, path, as: user)
    }

    func post(_ path: String, _ body: JSONObject, as user: TestUser) async throws -> Answer {
        try await send(.post, path, as: user, text(of: body))
    }

    func patch(_ path: String, _ body: JSONObject, as user: TestUser) async throws -> Answer {
        try await send(.patch, path, as: user, text(of: body))
    }

    func put(_ path: String, _ body: JSONObject, as user: TestUser) async throws -> Answer {
        try await send(.put, path, as: user, text(of: body))
    }

    func delete(_ path: String, as user: TestUser) async throws -> Answer {
        try await send(.delete, path, as: user)
    }

    /// Sends a request of a user's with a body as it is given.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: TestUser,
        _ body: String = "",
        contentType: String = "application/json"
    ) async throws -> Answer {
        let headers: HTTPFields = [
            .authorization: "Bearer \(user.token)", .contentType: contentType,
        ]
        return try await send(method, "/api/v1" + path, headers: headers, Array(body.utf8))
    }

    /// Sends any request to any path.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields,
        _ body: [UInt8] = []
    ) async throws -> Answer {
        try await Answer(to: Request(method, path, headers, body), from: serving)
    }

    private func text(of body: JSONObject) -> String {
        var json = JSONWriter()
        json.write(.object(body))
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

/// Gives a server to a suite, whose tests share it, or to a single test.
struct ServerTrait: SuiteTrait, TestTrait, TestScoping {
    var options = LionDeskOptions()
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
    /// A server with LionDesk's default options.
    static var server: ServerTrait { ServerTrait() }

    /// A server with other options.
    static func server(_ options: LionDeskOptions) -> ServerTrait { ServerTrait(options: options) }

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
