import DatabaseTestSupport
import HTTPServing
import HTTPTypes
import JSON
import LionDesk
import ServerTestSupport
import TestSupport
import Testing

/// How much a query and a caller may ask for.
@Suite(.server) struct QueryLimitTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private static func alternatives(_ count: Int, _ condition: (Int) -> String) -> String {
        (0..<count).map { "$or[\($0)]\(condition($0))" }.joined(separator: "&")
    }

    @Test func `the values of all lists count together`() async throws {
        let list = (1...250).map(String.init).joined(separator: ",")
        let most = Self.alternatives(4) { _ in "[reminder_type]=\(list)" }
        #expect(try await server.get("/scheduled/tasks?\(most)", as: user).status == 200)
        let more = try await server.get("/scheduled/tasks?\(most)&contact_id=7", as: user)
        #expect(more.status == 400)
        #expect(more.isFeathersError)
        #expect(
            more["errors"]
                == .object(["contact_id": "exceeds the limit of 1000 values in one query"])
        )
    }

    @Test func `the attack of thirty long lists is refused`() async throws {
        let list = Array(repeating: "1", count: 999).joined(separator: ",")
        let attack = Self.alternatives(30) { _ in "[reminder_type]=\(list)" }
        let answer = try await server.get("/scheduled/tasks?\(attack)", as: user)
        #expect(answer.status == 400)
        #expect(answer["errors"]?.object?["reminder_type"] != nil)
    }

    @Test(arguments: ["[notes]=a", "[notes][$ne]=a", "[due_at][$lt]=2019-01-01"])
    func `a query has a hundred conditions at most, wherever they are`(
        condition: String
    ) async throws {
        let most = Self.alternatives(100) { _ in condition }
        #expect(try await server.get("/scheduled/tasks?\(most)", as: user).status == 200)
        let more = try await server.get("/scheduled/tasks?\(most)&status=complete", as: user)
        #expect(more.status == 400)
        #expect(
            more["errors"]
                == .object(["status": "exceeds the limit of 100 conditions in one query"])
        )
    }

    // SQLite asks the clock of the test all the time, and PostgreSQL has a clock of its own.
    @Test(.onSQLite) func `a query that takes too long is refused with what helps`() async throws {
        let clock = SteppingUptime(.milliseconds(400))
        let server = try await TestServer(uptime: clock.read)
        let path = "/scheduled/tasks"
        for _ in 0..<20 {
            let created = try await server.post(path, JSONObject.task(for: .ana), as: .ana)
            #expect(created.status == 201)
        }
        let costly = Self.alternatives(90) { "[notes]=\($0)" }
        let answer = try await server.get("\(path)?\(costly)", as: .ana)
        #expect(answer.status == 400)
        #expect(answer.isFeathersError)
        #expect(
            answer.text("message")
                == "The query takes longer than 2000 ms: use fewer or narrower conditions"
        )
        #expect(try await server.get("\(path)?$limit=1", as: .ana).total == 20)
    }

    @Test(.server(LionDeskOptions(page: PageLimits(maximum: 1000))))
    func `a long page is sent in parts and has all its records`() async throws {
        let server = try TestServer.current
        let notes = String(repeating: "\u{1F600}", count: 2000)
        for number in 0..<60 {
            let body = JSONObject.task(for: .ana).with([
                "notes": .string(notes), "description": .string("\(number)"),
            ])
            #expect(try await server.post("/scheduled/tasks", body, as: .ana).status == 201)
        }
        let path = "/scheduled/tasks?$limit=1000&$sort[id]=-1&status=incomplete"
        let answer = try await server.get(path, as: .ana)
        #expect(answer.total == 60)
        #expect(answer.texts("description") == (0..<60).reversed().map(String.init))
        #expect(answer.json.object?.members.map(\.name) == ["total", "limit", "skip", "data"])
        #expect(answer.partSizes.count == 2)
    }

    @Test(.server(limits: RateLimits(perInterval: 2, perDay: 0)))
    func `a location that asks too often comes again later`() async throws {
        let server = try TestServer.current
        for _ in 0..<2 {
            #expect(try await server.get("/scheduled/tasks", as: .ana).status == 200)
        }
        let refused = try await server.get("/scheduled/tasks", as: .ana)
        #expect(refused.status == 429)
        #expect(refused.isFeathersError)
        #expect(refused.text("name") == "TooManyRequests")
        #expect(refused.headers[.retryAfter] == "11")
        #expect(try await server.get("/scheduled/tasks", as: .ben).status == 429)
        server.clock.advance(by: .seconds(11))
        #expect(try await server.get("/scheduled/tasks", as: .ana).status == 200)
    }
}
