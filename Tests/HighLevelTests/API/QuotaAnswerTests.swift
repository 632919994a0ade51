import HTTPTypes
import ServerTestSupport
import Tasks
import Testing

/// The refusals of what a location may not store any more.
struct QuotaAnswerTests {
    /// The answer to the second of two requests in an office with quotas.
    private func second(
        _ schedule: String = Sample.daily,
        under quotas: LocationQuotas
    ) async throws -> Answer {
        let server = try await TestServer(quotas: quotas)
        let daily = #"{"title":"A","rruleOptions":\#(Sample.daily)}"#
        try #require(try await server.post(Path.recurringTasks, daily).status == 201)
        return try await server.post(
            Path.recurringTasks,
            #"{"title":"B","rruleOptions":\#(schedule)}"#
        )
    }

    @Test func `a series too many is forbidden`() async throws {
        let answer = try await second(under: LocationQuotas(seriesLimit: 1))
        #expect(answer.status == 403)
        #expect(answer.isError)
        #expect(
            answer.messages
                == ["The limit of recurring series in a location is 1: end some first"]
        )
    }

    @Test func `an open task too many is forbidden`() async throws {
        let answer = try await second(under: LocationQuotas(openTaskLimit: 1))
        #expect(answer.status == 403)
        #expect(
            answer.messages
                == ["The limit of open tasks in a location is 1: complete some first"]
        )
    }

    @Test func `a task too many in an hour is refused until the next hour`() async throws {
        let answer = try await second(under: LocationQuotas(hourlyTaskLimit: 1))
        #expect(answer.status == 429)
        #expect(answer.headers[.retryAfter] == "3600")
        #expect(
            answer.messages
                == ["The limit of tasks that a location makes in an hour is 1"]
        )
    }

    @Test func `a schedule that comes too often is a violation`() async throws {
        let answer = try await second(
            Sample.daily.replacing("daily", with: "hourly"),
            under: LocationQuotas(minimumSpacing: 7200)
        )
        #expect(answer.status == 422)
        #expect(answer.isError)
        #expect(
            answer.messages
                == ["rruleOptions has occurrences 3600 s apart, and 7200 s is the least here"]
        )
    }
}
