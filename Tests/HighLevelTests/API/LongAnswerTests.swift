import DatabaseTestSupport
import HighLevel
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// Answers that would not fit into the memory if many were made at once.
@Suite(.server) struct LongAnswerTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let longText = String(repeating: "ÄÖÜ😀", count: 7000)

    /// No part holds more than two records beyond what is read at once.
    private static let partLimit = 256 * 1024 + 2 * longText.utf8.count

    @Test func `a contact's long tasks are all listed, a few at a time`() async throws {
        let contact = try await server.newContact()
        for day in 10..<30 {
            let created = try await server.post(
                Path.tasks(of: contact),
                """
                {"title":"Day \(day)","body":"\(Self.longText)","dueDate":"2025-08-\(day)T00:00:00Z",\
                "completed":false}
                """
            )
            #expect(created.status == 201)
        }
        let answer = try await server.get(Path.tasks(of: contact))
        #expect(answer.status == 200)
        #expect(answer.tasks.map { $0.text("title") } == (10..<30).map { "Day \($0)" })
        #expect(answer.tasks.allSatisfy { $0.text("body") == Self.longText })
        #expect(answer.json.object?.names == ["tasks", "traceId"])
        #expect(answer.partSizes.count > 4)
        #expect(answer.partSizes.allSatisfy { $0 <= Self.partLimit })

        let search = try await server.post(
            Path.search,
            #"{"contactId":["\#(contact)"],"limit":500}"#
        )
        #expect(search.tasks.map(\.names.first) == Array(repeating: "_id", count: 20))
        #expect(search.partSizes.allSatisfy { $0 <= Self.partLimit })
    }

    @Test func `a location's long series are all listed, a few at a time`() async throws {
        let server = try await TestServer()
        for number in 10..<30 {
            let created = try await server.post(
                Path.recurringTasks,
                """
                {"title":"Number \(number)","description":"\(Self.longText.prefix(16_383))",\
                "contactIds":["\(TestOffice.carla)"],"ignoreTaskCreation":true,\
                "rruleOptions":\(Sample.daily)}
                """
            )
            #expect(created.status == 201, "\(created.messages)")
        }
        let answer = try await server.get("\(Path.recurringTasks)?limit=100")
        #expect(answer.recurringTasks.map { $0.text("title") } == (10..<30).map { "Number \($0)" })
        #expect(answer.json.object?.names == ["recurringTasks", "total", "traceId"])
        #expect(answer["total"] == .integer(20))
        #expect(answer.partSizes.allSatisfy { $0 <= Self.partLimit })
    }

    // SQLite asks the clock of the test all the time, and PostgreSQL has a clock of its own.
    @Test(.onSQLite) func `a search that takes too long is refused with what helps`() async throws {
        let clock = SteppingUptime(.milliseconds(400))
        let server = try await TestServer(uptime: clock.read)
        for day in 10..<30 {
            let created = try await server.post(
                Path.tasks(),
                """
                {"title":"Day \(day)","dueDate":"2025-08-\(day)T00:00:00Z","completed":false}
                """
            )
            #expect(created.status == 201)
        }
        let answer = try await server.post(Path.search, #"{"query":"nothing"}"#)
        #expect(answer.status == 400)
        #expect(answer.isError)
        #expect(
            answer.messages
                == ["The request takes longer than 2000 ms: ask for less, or narrow the search"]
        )
    }
}
