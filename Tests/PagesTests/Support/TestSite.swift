import API
import DatabaseTestSupport
import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Logging
import Pages
import Recurrence
import ServerTestSupport
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// The page without a socket, over the server's own API and a database in a file of its own.
struct TestSite: Sendable {
    let clock = TestClock(Self.start)
    let database: TestDatabase
    /// The mails that were sent.
    let mails: AsyncStream<SignInMail>
    /// Sends mails while it runs; none where no mail can be sent.
    let post: SignInPost<SQLDirectoryStore<TestDriver>, TestClock>?
    private let serving: Serving
    /// Reads and makes the links of reminders, signed by a mark that tests know.
    static let linkMark = "signed-"
    private let api: OwnAPIResponder

    typealias OwnAPIResponder = PerennialAPI<
        TestStore, SQLDirectoryStore<TestDriver>, SystemZones, TestClock
    >

    /// 2026-11-30T16:00:00Z, a Monday; eight o'clock in Los Angeles.
    static let start = Timestamp(seconds: 1_796_054_400)

    init(terms: PageTerms = PageTerms(), apiLimit: Int = 0, sendsMail: Bool = false) async throws {
        let clock = clock
        database = try await TestDatabase()
        let api = PerennialAPI(
            store: database.store,
            tokens: database.directory,
            format: database.format,
            webhooks: QuietWebhookOffice(),
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: apiLimit, perDay: 0)),
            wallClock: { clock.now },
            time: FollowingTime(uptime: { .zero }) { _ in await Wait.untilCancelled() }
        )
        self.api = api
        let (mails, sent) = AsyncStream<SignInMail>.makeStream()
        self.mails = mails
        post = sendsMail ? Self.post(over: database.directory, clock) { sent.yield($0) } : nil
        let readiness = Readiness()
        readiness.set(true)
        let page = PageServer(
            sessions: database.directory,
            zones: database.zones,
            clock: clock,
            wallClock: { clock.now },
            terms: terms.naming(zones: ["Europe/Madrid", "UTC"]),
            randomBytes: Self.randomBytes,
            ways: SignInWays(post: post),
            health: HealthResponder(readiness: readiness),
            other: Serving([]),
            answer: { request, principal in try await api.answer(request, by: principal) }
        )
        let links = LinkServer(
            sessions: database.directory,
            settings: database.store,
            zones: database.zones,
            clock: clock,
            reading: { Self.link(in: $0) },
            answer: { request, principal in try await api.answer(request, by: principal) }
        )
        let prefixes = type(of: page).prefixes + type(of: page).sharedPrefixes
        serving = Serving(
            prefixes.map { Serving.Mount(prefix: $0, responder: page) }
                + [Serving.Mount(prefix: type(of: links).prefix, responder: links)],
            home: page
        )
        try await database.importDocument(TestTeam.document, at: clock.now)
    }

    private static func post(
        over sessions: SQLDirectoryStore<TestDriver>,
        _ clock: TestClock,
        sending send: @escaping @Sendable (SignInMail) -> Void
    ) -> SignInPost<SQLDirectoryStore<TestDriver>, TestClock> {
        SignInPost(
            sessions: sessions,
            clock: clock,
            wallClock: { clock.now },
            publicURL: "https://tasks.example.com",
            randomBytes: Self.randomBytes,
            logger: Logger(label: "test"),
            send: { mail in
                send(mail)
                return nil
            }
        )
    }

    /// A new link by which a user signs in.
    func link(for user: Int64) async throws -> String {
        try await database.directory.addSignInLink(
            for: Identifier(user),
            shownAs: { SessionText(in: $0, randomBytes: Self.randomBytes(20)) },
            digestedBy: { text in
                SessionDigest(text) { TokenDigest.bytes(of: String(decoding: $0, as: UTF8.self)) }
            },
            until: clock.now.advanced(by: SignInTerms.linkDuration),
            at: clock.now
        ).text
    }

    /// The path of a reminder's link.
    static func path(of link: ReminderLink) -> String {
        let digits = link.bytes.map {
            $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
        }
        return "/r?" + linkMark + digits.joined()
    }

    private static func link(in text: String) -> ReminderLink? {
        guard text.hasPrefix(linkMark) else { return nil }
        var rest = text.dropFirst(linkMark.count)
        var bytes: [UInt8] = []
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return ReminderLink(bytes: bytes)
    }

    /// A browser in which a user is signed in.
    func browser(of user: Int64) async throws -> TestBrowser {
        var browser = TestBrowser(site: self)
        let answer = try await browser.open(link: try await link(for: user))
        try #require(answer.status == 303)
        return browser
    }

    /// A user as who is signed in.
    func principal(of user: Int64) -> Principal {
        Principal(
            locationID: LocationID(TestTeam.location),
            userID: Identifier(user),
            timeZone: "America/Los_Angeles",
            scopes: nil
        )
    }

    /// Answers as the server's own API.
    var answer: OwnAPI.Answering {
        { [api] request, principal in try await api.answer(request, by: principal) }
    }

    /// Whether a user gets no mails.
    func refusesMail(_ user: Int64) async throws -> Bool {
        try await database.store.reminderSettings(
            of: Identifier(user),
            in: LocationID(TestTeam.location)
        ).refusesMail
    }

    /// Makes a task, or a series, as a user does by the API.
    ///
    /// - Returns: The answer's task.
    @discardableResult
    func make(_ body: JSONObject, by user: Int64 = 1) async throws -> JSONObject {
        var json = JSONWriter()
        json.write(.object(body))
        let principal = principal(of: user)
        let request = Request(.post, "/v1/tasks", [.contentType: "application/json"], json.bytes)
        let response = try await api.answer(request, by: principal)
        let answer = try JSONValue(parsing: try await response.collectedBody())
        try #require(response.status.code == 201, "\(answer)")
        return answer.object?["task"]?.object ?? [:]
    }

    /// Sends a request of the API as a user does.
    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject = [:],
        by user: Int64,
        role: UserRole = .agent
    ) async throws -> (status: Int, body: JSONObject) {
        var json = JSONWriter()
        json.write(.object(body))
        let principal = Principal(
            locationID: LocationID(TestTeam.location),
            userID: Identifier(user),
            timeZone: "America/Los_Angeles",
            scopes: nil,
            role: role
        )
        let bytes = method == .get || method == .delete ? [] : json.bytes
        let request = Request(method, path, [.contentType: "application/json"], bytes)
        let response = try await api.answer(request, by: principal)
        let answer = try JSONValue(parsing: try await response.collectedBody(), depthLimit: 64)
        return (response.status.code, answer.object ?? [:])
    }

    /// The status with which a request of the API is answered.
    func status(
        of method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject,
        by user: Int64
    ) async throws -> Int {
        try await ask(method, path, body, by: user).status
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: [UInt8] = []
    ) async throws -> Answer {
        try await Answer(to: Request(method, path, headers, body), from: serving)
    }

    @Sendable private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension PageTerms {
    /// The same with zones to choose from.
    fileprivate func naming(zones: [String]) -> PageTerms {
        var terms = self
        terms.zoneNames = { zones }
        return terms
    }
}

/// The directory that every test begins with: a team in Los Angeles, and another location.
enum TestTeam {
    static let location = "ve9EPM428h8vShlRW1KT"

    static let document = """
        {
          "locations": [
            {"id": "\(location)", "name": "Acme Realty", "timeZone": "America/Los_Angeles"},
            {"id": "Zq3TnB7cWx5LkD9vRy1M", "name": "Elsewhere"}
          ],
          "users": [
            {"id": 1, "location": "\(location)", "name": "Ana Lopez", "locale": "en-US"},
            {"id": 2, "location": "\(location)", "name": "Ben Carter", "locale": "es-MX",
             "email": "Ben@Acme.example"},
            {"id": 3, "location": "\(location)", "name": "Mara Stone", "role": "manager"},
            {"id": 4, "location": "\(location)", "name": "Adam Reyes", "role": "admin"},
            {"id": 20, "location": "Zq3TnB7cWx5LkD9vRy1M", "name": "Olga"}
          ],
          "teams": [
            {"id": 1, "location": "\(location)", "name": "Sales", "sharing": true,
             "members": [1, 2]}
          ],
          "contacts": [
            {"id": 2, "location": "\(location)", "firstName": "Stacy", "lastName": "Buyer",
             "owner": 1},
            {"id": 3, "location": "\(location)", "firstName": "<b>Bold</b>", "owner": 1}
          ],
          "categories": [
            {"id": 6, "location": "\(location)", "name": "Viewing", "user": null}
          ]
        }
        """
}
