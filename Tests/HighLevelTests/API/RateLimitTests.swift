import HTTPServing
import HTTPTypes
import HighLevel
import ServerTestSupport
import TestSupport
import Testing

/// The limits of requests of one location, and the header fields that show them.
struct RateLimitTests {
    private static let names = [
        "X-RateLimit-Limit-Daily", "X-RateLimit-Daily-Remaining",
        "X-RateLimit-Interval-Milliseconds", "X-RateLimit-Max", "X-RateLimit-Remaining",
    ]

    @Test(.server(limits: RateLimits()))
    func `every answer tells what is left`() async throws {
        let server = try TestServer.current
        let answers = [
            try await server.get(Path.recurringTasks),
            try await server.post(Path.recurringTasks, "{}"),
            try await server.get("/locations/x/recurring-tasks"),
            try await server.send(.get, Path.tasks(), version: ""),
            try await server.post(Path.search, "{"),
        ]
        for (count, answer) in zip(1..., answers) {
            #expect(
                Self.names.map { answer.number($0) }
                    == [200_000, 200_000 - count, 10_000, 100, 100 - count]
            )
        }
    }

    @Test(.server(limits: RateLimits()))
    func `a request without a valid credential learns nothing`() async throws {
        let server = try TestServer.current
        for answer in [
            try await server.get(Path.recurringTasks, "bad"),
            try await server.get("/contacts/x/notes"),
            try await server.get(Path.recurringTasks, TestToken.ofUser),
        ] {
            #expect(Self.names.allSatisfy { answer.number($0) == nil })
        }
    }

    @Test(.server(limits: RateLimits(perInterval: 2)))
    func `too many requests are refused until an interval later`() async throws {
        let server = try TestServer.current
        server.wallClock.advance(by: .milliseconds(3500))
        for _ in 0..<2 { #expect(try await server.get(Path.recurringTasks).status == 200) }
        let refused = try await server.get(Path.recurringTasks)
        #expect(refused.status == 429)
        #expect(refused.isError && refused.messages == ["Too Many Requests"])
        #expect(refused.headers[.retryAfter] == "11")
        #expect(refused.number("X-RateLimit-Remaining") == 0)
        // Another token of the location counts with it.
        #expect(try await server.get(Path.recurringTasks, TestToken.jwt).status == 429)
        // The clock for tasks has no effect on the limits.
        server.clock.advance(by: .seconds(60))
        #expect(try await server.get(Path.recurringTasks).status == 429)
        server.wallClock.advance(by: .seconds(11))
        #expect(try await server.get(Path.recurringTasks).status == 200)
    }

    @Test(.server(limits: RateLimits(perInterval: 0, perDay: 1)))
    func `a refusal tells the day's limit from the interval's`() async throws {
        let server = try TestServer.current
        let first = try await server.get(Path.recurringTasks)
        #expect(first.number("X-RateLimit-Daily-Remaining") == 0)
        #expect(first.number("X-RateLimit-Remaining") == nil)
        let refused = try await server.get(Path.recurringTasks)
        #expect(refused.status == 429)
        // The time is 08:00 UTC.
        #expect(refused.headers[.retryAfter] == "57600")
    }

    @Test(.server) func `a deployment without limits tells none`() async throws {
        let answer = try await TestServer.current.get(Path.recurringTasks)
        #expect(answer.status == 200)
        #expect(Self.names.allSatisfy { answer.number($0) == nil })
    }
}
