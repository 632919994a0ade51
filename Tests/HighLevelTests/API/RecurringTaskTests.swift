import Foundation
import HTTPServing
import HighLevel
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import Testing

/// The four operations of HighLevel's recurring tasks.
@Suite(.server) struct RecurringTaskTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `a recurring task is created and answered as published`() async throws {
        let answer = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Task Name", "description": "Task Description",
             "contactIds": ["\(TestOffice.carla)", "\(TestOffice.dan)"],
             "owners": ["\(TestOffice.ana)", "\(TestOffice.ben)"],
             "rruleOptions": {"intervalType": "hourly", "interval": 1, "count": 550,
                "startDate": "2025-07-23T10:00:00.000Z", "dueAfterSeconds": 600},
             "ignoreTaskCreation": true}
            """
        )
        #expect(answer.status == 201)
        #expect(answer.json.object?.names == ["recurringTask", "traceId"])
        let series = answer.recurringTask
        #expect(Identifier<RecurringTask>(highLevel: series.id) != nil)
        #expect(
            series
                == [
                    "id": .string(series.id), "title": "Task Name",
                    "description": "Task Description",
                    "locationId": .string(TestOffice.location),
                    "updatedAt": "2025-07-20T08:00:00.000Z",
                    "createdAt": "2025-07-20T08:00:00.000Z",
                    "rruleOptions": .object([
                        "intervalType": "hourly", "interval": .integer(1),
                        "count": .integer(550), "startDate": "2025-07-23T10:00:00.000Z",
                        "dueAfterSeconds": .integer(600), "createTaskIfOverDue": .bool(false),
                    ]),
                    "totalOccurrence": .integer(0), "deleted": .bool(false),
                    "assignedTo": .string(TestOffice.ana),
                    "contactId": .string(TestOffice.carla),
                    "rrule": "FREQ=HOURLY", "timeZone": "UTC",
                    "contactIds": .array([.string(TestOffice.carla), .string(TestOffice.dan)]),
                    "owners": .array([.string(TestOffice.ana), .string(TestOffice.ben)]),
                ]
        )
        let read = try await server.get(Path.recurringTask(series.id))
        #expect(read.status == 200)
        #expect(read.recurringTask == series)
    }

    @Test func `what was not sent is empty or left out`() async throws {
        let series = try await create(#"{"title":"A","rruleOptions":\#(Sample.daily)}"#)
        #expect(series["description"] == "")
        #expect(series["assignedTo"] == nil)
        #expect(series["contactId"] == nil)
        #expect(series["contactIds"] == .array([]))
        #expect(series["owners"] == .array([]))
        #expect(series["timeZone"] == "America/Los_Angeles")
        #expect(series["rrule"] == "FREQ=DAILY")
    }

    @Test func `the first occurrence makes a task for each contact at once`() async throws {
        let contacts = try await server.newContacts(2)
        let series = try await create(
            """
            {"title": "Visit", "description": "Bring the keys", "contactIds": \(list(contacts)),
             "owners": ["\(TestOffice.ben)"], "rruleOptions": \(Sample.daily)}
            """
        )
        #expect(series["totalOccurrence"] == .integer(1))
        for contact in contacts {
            let tasks = try await server.get(Path.tasks(of: contact)).tasks
            #expect(tasks.count == 1)
            #expect(
                tasks.first
                    == [
                        "id": .string(tasks.first?.id ?? ""), "title": "Visit",
                        "body": "Bring the keys", "assignedTo": .string(TestOffice.ben),
                        "dueDate": "2025-07-23T10:10:00.000Z", "completed": .bool(false),
                        "contactId": .string(contact), "recurringTaskId": .string(series.id),
                    ]
            )
        }
    }

    @Test func `without the first tasks the schedule alone makes them`() async throws {
        let contact = try await server.newContact()
        let series = try await create(
            """
            {"title": "Visit", "contactIds": ["\(contact)"], "rruleOptions": \(Sample.daily),
             "ignoreTaskCreation": true}
            """
        )
        #expect(series["totalOccurrence"] == .integer(0))
        #expect(try await server.get(Path.tasks(of: contact)).tasks.isEmpty)
    }

    @Test func `a contact that is named twice has one task`() async throws {
        let contact = try await server.newContact()
        let series = try await create(
            """
            {"title": "Visit", "contactIds": ["\(contact)", "\(contact)"],
             "rruleOptions": \(Sample.daily)}
            """
        )
        #expect(series["contactIds"] == .array([.string(contact)]))
        #expect(try await server.get(Path.tasks(of: contact)).tasks.count == 1)
    }

    // MARK: - Updating

    @Test func `an update changes what it names and nothing else`() async throws {
        let series = try await create(
            """
            {"title": "A", "description": "B", "contactIds": ["\(TestOffice.carla)"],
             "owners": ["\(TestOffice.ana)"], "rruleOptions": \(Sample.daily)}
            """
        )
        let answer = try await server.put(Path.recurringTask(series.id), #"{"title":"C"}"#)
        #expect(answer.status == 200)
        #expect(answer.recurringTask == series.with(["title": "C"]))
        #expect(try await server.get(Path.recurringTask(series.id)).recurringTask["title"] == "C")
    }

    @Test func `an empty update changes nothing`() async throws {
        let series = try await create(#"{"title":"A","rruleOptions":\#(Sample.daily)}"#)
        let answer = try await server.put(Path.recurringTask(series.id), "")
        #expect(answer.status == 200)
        #expect(answer.recurringTask == series)
    }

    @Test func `empty lists clear contacts and owners`() async throws {
        let series = try await create(
            """
            {"title": "A", "contactIds": ["\(TestOffice.carla)"],
             "owners": ["\(TestOffice.ana)"], "rruleOptions": \(Sample.daily)}
            """
        )
        let changed = try await server.put(
            Path.recurringTask(series.id),
            #"{"contactIds":[],"owners":[]}"#
        ).recurringTask
        #expect(changed["contactIds"] == .array([]))
        #expect(changed["contactId"] == nil)
        #expect(changed["assignedTo"] == nil)
    }

    @Test func `another rule replaces the whole rule and keeps the count`() async throws {
        let series = try await create(
            """
            {"title": "A", "rruleOptions": {"intervalType": "daily", "interval": 1, "count": 5,
             "startDate": "2025-07-23T10:00:00.000Z", "dueAfterSeconds": 600}}
            """
        )
        let options = """
            {"intervalType":"weekly","interval":2,"dayOfWeek":"MO",\
            "startDate":"2025-07-24T16:00:00Z","dueAfterSeconds":60,"createTaskIfOverDue":true}
            """
        let changed = try await server.put(
            Path.recurringTask(series.id),
            #"{"rruleOptions":\#(options)}"#
        ).recurringTask
        #expect(changed["rruleOptions"] == .object(try members(options)))
        #expect(changed["rrule"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
        #expect(changed["totalOccurrence"] == .integer(1))
    }

    @Test(arguments: [
        ("", 1), (#","ignoreTaskCreation":true"#, 1), (#","ignoreTaskCreation":false"#, 2),
    ])
    func `a new rule makes first tasks only for the asking`(
        member: String,
        count: Int
    ) async throws {
        let contact = try await server.newContact()
        let series = try await create(
            """
            {"title": "A", "contactIds": ["\(contact)"], "rruleOptions": \(Sample.daily)}
            """
        )
        let later = Sample.daily(from: "2025-08-01T10:00:00Z")
        let answer = try await server.put(
            Path.recurringTask(series.id),
            #"{"rruleOptions":\#(later)\#(member)}"#
        )
        #expect(answer.status == 200)
        #expect(try await server.get(Path.tasks(of: contact)).tasks.count == count)
        #expect(answer.recurringTask["totalOccurrence"] == .integer(Int64(count)))
    }

    // MARK: - Deleting

    @Test func `what was deleted is not found, and its tasks stay`() async throws {
        let contact = try await server.newContact()
        let series = try await create(
            #"{"title":"A","contactIds":["\#(contact)"],"rruleOptions":\#(Sample.daily)}"#
        )
        let path = Path.recurringTask(series.id)
        let answer = try await server.delete(path)
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["id", "success", "traceId"])
        #expect(answer["id"] == .string(series.id))
        #expect(answer["success"] == .bool(true))
        let message = "Recurring task with id \(series.id) not found"
        for later in [
            try await server.get(path), try await server.put(path, #"{"title":"B"}"#),
            try await server.delete(path),
        ] {
            #expect(later.status == 400)
            #expect(later.isError && later.messages == [message])
        }
        #expect(try await server.get(Path.tasks(of: contact)).tasks.count == 1)
    }

    @Test(arguments: [
        "sx6wyHhbFdRXh302Lunr", "1", "6a102435124ecfb348bd5511", "%00", "a%20b",
        HighLevelID(999_999_999).text,
    ])
    func `an id that no recurring task has is not found`(id: String) async throws {
        let path = Path.recurringTask(id)
        let name = try #require(id.removingPercentEncoding)
        for answer in [
            try await server.get(path), try await server.put(path, "{}"),
            try await server.delete(path),
        ] {
            #expect(answer.status == 400)
            #expect(answer["error"] == "Bad Request")
            #expect(answer.messages == ["Recurring task with id \(name) not found"])
        }
    }

    @Test func `another location's recurring task is not found`() async throws {
        let series = try await create(#"{"title":"A","rruleOptions":\#(Sample.daily)}"#)
        let path = "/locations/\(TestOffice.otherLocation)/recurring-tasks/\(series.id)"
        let answer = try await server.get(path, TestToken.elsewhere)
        #expect(answer.status == 400)
        #expect(answer.messages == ["Recurring task with id \(series.id) not found"])
    }

    // MARK: - References

    @Test(arguments: [
        TestOffice.removed, TestOffice.stranger, TestOffice.ana, "nosuchContact0000001", "",
        "x\\u0000",
    ])
    func `a contact that is not the location's is refused by name`(name: String) async throws {
        let answer = try await server.post(
            Path.recurringTasks,
            """
            {"title": "A", "contactIds": ["\(TestOffice.carla)", "\(name)"],
             "rruleOptions": \(Sample.daily)}
            """
        )
        let shown = name == "x\\u0000" ? "x\u{0}" : name
        #expect(answer.status == 400)
        #expect(answer.messages == ["Contact with id \(shown) not found"])
    }

    @Test(arguments: [TestOffice.retired, TestOffice.olga, TestOffice.carla, "1"])
    func `an owner that is not the location's is refused by name`(name: String) async throws {
        let answer = try await server.post(
            Path.recurringTasks,
            #"{"title":"A","owners":["\#(name)"],"rruleOptions":\#(Sample.daily)}"#
        )
        #expect(answer.status == 400)
        #expect(answer.messages == ["User with id \(name) not found"])
    }

    // MARK: - Parts

    private func create(_ body: String) async throws -> JSONObject {
        let answer = try await server.post(Path.recurringTasks, body)
        #expect(answer.status == 201, "\(answer.text)")
        return answer.recurringTask
    }

    private func list(_ names: [String]) -> String {
        "[\(names.map { "\"\($0)\"" }.joined(separator: ","))]"
    }
}
