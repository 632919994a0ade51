import HTTPTypes
import JSON
import ServerTestSupport
import Tasks
import Testing

/// The refusals of what a location may not store any more.
struct QuotaErrorTests {
    private static func daily(for user: TestUser) -> JSONObject {
        JSONObject.task(for: user).with(["recurrence_rule": "FREQ=DAILY"])
    }

    /// The answer to the second of two requests in an office with quotas.
    private func second(
        repeating rule: JSONValue = "FREQ=DAILY",
        under quotas: LocationQuotas
    ) async throws -> Answer {
        let server = try await TestServer(quotas: quotas)
        let user = try await server.newUser()
        let first = try await server.post("/scheduled/tasks", Self.daily(for: user), as: user)
        try #require(first.status == 201)
        let body = Self.daily(for: user).with(["recurrence_rule": rule])
        return try await server.post("/scheduled/tasks", body, as: user)
    }

    @Test func `a series too many is forbidden`() async throws {
        let answer = try await second(under: LocationQuotas(seriesLimit: 1))
        #expect(answer.status == 403)
        #expect(answer.isFeathersError)
        #expect(
            answer.text("message")
                == "The limit of recurring series in a location is 1: end some first"
        )
    }

    @Test func `an open task too many is forbidden`() async throws {
        let answer = try await second(under: LocationQuotas(openTaskLimit: 400))
        #expect(answer.status == 403)
        #expect(answer.isFeathersError)
        #expect(
            answer.text("message")
                == "The limit of open tasks in a location is 400: complete some first"
        )
    }

    @Test func `a task too many in an hour is refused until the next hour`() async throws {
        let answer = try await second(under: LocationQuotas(hourlyTaskLimit: 400))
        #expect(answer.status == 429)
        #expect(answer.isFeathersError)
        #expect(answer.headers[.retryAfter] == "3600")
        #expect(
            answer.text("message")
                == "The limit of tasks that a location makes in an hour is 400"
        )
    }

    @Test func `a rule that comes too often is wrong in its field`() async throws {
        let answer = try await second(
            repeating: "FREQ=MINUTELY;INTERVAL=5",
            under: LocationQuotas(minimumSpacing: 3600)
        )
        #expect(answer.status == 400)
        #expect(answer.isFeathersError)
        #expect(
            answer["errors"]
                == .object([
                    "recurrence_rule": "has occurrences 300 s apart, and 3600 s is the least here"
                ])
        )
    }

    @Test func `who looks too far ahead too often is refused that, and nothing else`() async throws
    {
        let server = try await TestServer(quotas: LocationQuotas(hourlyTaskLimit: 367))
        let user = try await server.newUser()
        let daily = Self.daily(for: user)
        try #require(try await server.post("/scheduled/tasks", daily, as: user).status == 201)
        let path = "/scheduled/tasks?due_at[$lt]=2027-01-01"
        let answer = try await server.get(path, as: user)
        #expect(answer.status == 400)
        #expect(answer.isFeathersError)
        #expect(answer.text("message").hasSuffix("in this hour: ask for an earlier due_at"))
        #expect(try await server.get("/scheduled/tasks", as: user).status == 200)
    }
}
