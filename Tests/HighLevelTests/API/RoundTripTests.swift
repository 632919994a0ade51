import HighLevel
import JSON
import ServerTestSupport
import Testing

/// What an answer shows can be changed in a place and sent back whole.
@Suite(.server) struct RoundTripTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `a contact's task goes back as it came`() async throws {
        let contact = try await server.newContact()
        let made = try await server.post(Path.tasks(of: contact), Self.task).task
        let path = Path.task(made.id, of: contact)
        let shown = try await server.get(path).task
        let same = try await server.put(path, shown.text)
        #expect(same.status == 200, "\(same.text)")
        #expect(same.task == shown)
        let changed = try await server.put(path, shown.with(["title": "B"]).text)
        #expect(changed.task == shown.with(["title": "B"]))
    }

    @Test func `a task that was found goes back as it came`() async throws {
        let contact = try await server.newContact()
        let made = try await server.post(Path.tasks(of: contact), Self.task).task
        let path = Path.task(made.id, of: contact)
        let search = #"{"contactId":["\#(contact)"]}"#
        let found = try #require(try await server.post(Path.search, search).tasks.first)
        let completed = try await server.put(path, found.with(["completed": .bool(true)]).text)
        #expect(completed.status == 200, "\(completed.text)")
        #expect(completed.task == made.with(["completed": .bool(true)]))
    }

    @Test func `a series' task goes back as it came`() async throws {
        let contact = try await server.newContact()
        _ = try await server.post(Path.recurringTasks, Self.series(contact))
        let shown = try #require(try await server.get(Path.tasks(of: contact)).tasks.first)
        #expect(shown["recurringTaskId"] != nil)
        let path = Path.task(shown.id, of: contact)
        let changed = try await server.put(path, shown.with(["body": "B"]).text)
        #expect(changed.status == 200, "\(changed.text)")
        #expect(changed.task == shown.with(["body": "B"]))
    }

    @Test func `a series goes back as it came`() async throws {
        let made = try await server.post(
            Path.recurringTasks,
            Self.series(try await server.newContact())
        ).recurringTask
        let path = Path.recurringTask(made.id)
        let shown = try await server.get(path).recurringTask
        let same = try await server.put(path, shown.text)
        #expect(same.status == 200, "\(same.text)")
        #expect(same.recurringTask == shown)
        let changed = try await server.put(path, shown.with(["title": "B"]).text).recurringTask
        #expect(changed.with(["updatedAt": "?"]) == shown.with(["title": "B", "updatedAt": "?"]))
    }

    @Test(.server) func `who is not there any more stays where nobody else is named`() async throws
    {
        let server = try TestServer.current
        let contact = try await server.newContact()
        let task = try await server.post(Path.tasks(), Self.task).task
        let series = try await server.post(Path.recurringTasks, Self.series(contact)).recurringTask
        try await server.importDocument(
            #"{"users":[{"id":1,"deleted":true}],"contacts":[{"publicID":"\#(contact)","deleted":true}]}"#
        )
        let path = Path.task(task.id)
        let shown = try await server.get(path).task
        #expect(shown["assignedTo"] == .string(TestOffice.ana))
        let changed = try await server.put(path, shown.with(["title": "B"]).text)
        #expect(changed.task == shown.with(["title": "B"]), "\(changed.text)")
        let seriesPath = Path.recurringTask(series.id)
        let shownSeries = try await server.get(seriesPath).recurringTask
        let kept = try await server.put(seriesPath, shownSeries.text)
        #expect(kept.recurringTask == shownSeries, "\(kept.text)")
        for body in [
            #"{"contactIds":["\#(contact)","\#(TestOffice.dan)"]}"#,
            #"{"owners":["\#(TestOffice.ben)","\#(TestOffice.ana)"]}"#,
        ] {
            #expect(try await server.put(seriesPath, body).status == 400)
        }
        let other = try await server.post(Path.tasks(), Sample.task).task
        let refused = try await server.put(
            Path.task(other.id),
            #"{"assignedTo":"\#(TestOffice.ana)"}"#
        )
        #expect(refused.messages == ["User with id \(TestOffice.ana) not found"])
    }

    private static let task = """
        {"title":"A","body":"a","dueDate":"2025-07-25T11:00:00Z","completed":false,\
        "assignedTo":"\(TestOffice.ana)"}
        """

    private static func series(_ contact: String) -> String {
        """
        {"title":"A","description":"a","contactIds":["\(contact)"],"owners":["\(TestOffice.ana)"],\
        "rruleOptions":\(Sample.daily)}
        """
    }
}
