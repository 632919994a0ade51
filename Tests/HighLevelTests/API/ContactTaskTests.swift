import Foundation
import HTTPServing
import HighLevel
import JSON
import ServerTestSupport
import Tasks
import Testing

/// The six operations on a contact's tasks.
@Suite(.server) struct ContactTaskTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `a task is created and answered as published`() async throws {
        let answer = try await server.post(
            Path.tasks(),
            """
            {"title": "First Task", "body": "loram ipsum", "dueDate": "2020-10-25T11:00:00Z",
             "completed": true, "assignedTo": "\(TestOffice.ana)"}
            """
        )
        #expect(answer.status == 201)
        #expect(answer.json.object?.names == ["task", "traceId"])
        let task = answer.task
        #expect(Identifier<TaskInstance>(highLevel: task.id) != nil)
        #expect(
            task
                == [
                    "id": .string(task.id), "title": "First Task", "body": "loram ipsum",
                    "assignedTo": .string(TestOffice.ana),
                    "dueDate": "2020-10-25T11:00:00.000Z", "completed": .bool(true),
                    "contactId": .string(TestOffice.carla),
                    "businessId": "6348240b98722079e5417332",
                ]
        )
        let read = try await server.get(Path.task(task.id))
        #expect(read.status == 200)
        #expect(read.task == task)
    }

    @Test func `a task's answer leaves out fields without a value`() async throws {
        let contact = try await server.newContact()
        let task = try await create(
            #"{"title":"A","dueDate":"2025-07-25T11:00:00.250Z","completed":false}"#,
            of: contact
        )
        #expect(task.names == ["id", "title", "dueDate", "completed", "contactId"])
        #expect(task["dueDate"] == "2025-07-25T11:00:00.250Z")
    }

    @Test func `a contact's tasks are listed by due date`() async throws {
        let contact = try await server.newContact()
        let empty = try await server.get(Path.tasks(of: contact))
        #expect(empty.status == 200)
        #expect(empty["tasks"] == .array([]))
        for due in ["2025-08-02", "2025-08-01", "2025-08-03"] {
            _ = try await create(
                #"{"title":"\#(due)","dueDate":"\#(due)","completed":false}"#,
                of: contact
            )
        }
        let tasks = try await server.get(Path.tasks(of: contact)).tasks
        #expect(tasks.map { $0.text("title") } == ["2025-08-01", "2025-08-02", "2025-08-03"])
    }

    @Test(arguments: [
        ("", "abcd"), ("limit=2", "ab"), ("limit=2&offset=1", "bc"), ("limit=2&skip=3", "d"),
        ("skip=2", "cd"), ("offset=9", ""), ("limit=1000&offset=1&skip=1", "bcd"),
    ])
    func `a contact's tasks are listed page by page`(query: String, titles: String) async throws {
        let contact = try await server.newContact()
        for (day, title) in ["a", "b", "c", "d"].enumerated() {
            let body = #"{"title":"\#(title)","dueDate":"2025-08-0\#(day + 1)","completed":false}"#
            _ = try await create(body, of: contact)
        }
        let answer = try await server.get("\(Path.tasks(of: contact))?\(query)")
        #expect(answer.status == 200)
        #expect(answer.tasks.map { $0.text("title") }.joined() == titles)
    }

    @Test(arguments: [
        ("limit=0", "limit must not be less than 1"),
        ("limit=1001", "limit must not be greater than 1000"),
        ("limit=all", "limit must be an integer number"),
        ("offset=-1", "offset must not be less than 0"),
        ("skip=1000000001", "skip must not be greater than 1000000000"),
        ("skip=1&offset=2", "offset must be the same as skip"),
    ])
    func `a page that there cannot be is refused`(query: String, message: String) async throws {
        let answer = try await server.get("\(Path.tasks())?\(query)")
        #expect(answer.status == 422)
        #expect(answer.isError && answer.messages == [message])
    }

    @Test func `an update changes what it names and nothing else`() async throws {
        let contact = try await server.newContact()
        let task = try await create(Sample.task, of: contact)
        let path = Path.task(task.id, of: contact)
        let answer = try await server.put(
            path,
            #"{"dueDate":"2025-07-26T11:00:00+02:00","assignedTo":"\#(TestOffice.ben)"}"#
        )
        #expect(answer.status == 200)
        let changed = try await server.get(path).task
        #expect(changed == answer.task)
        #expect(changed["dueDate"] == "2025-07-26T09:00:00.000Z")
        #expect(changed["assignedTo"] == .string(TestOffice.ben))
        #expect(changed["title"] == task["title"])
        #expect(changed["body"] == task["body"])
        #expect(try await server.put(path, #"{"body":""}"#).task["body"] == nil)
        #expect(try await server.put(path, "").status == 200)
    }

    @Test func `a task is completed and opened again`() async throws {
        let contact = try await server.newContact()
        let task = try await create(Sample.task, of: contact)
        let path = "\(Path.task(task.id, of: contact))/completed"
        for completed in [true, true, false] {
            let answer = try await server.put(path, #"{"completed":\#(completed)}"#)
            #expect(answer.status == 200)
            #expect(answer.task == task.with(["completed": .bool(completed)]))
        }
    }

    @Test func `a deleted task is not found`() async throws {
        let contact = try await server.newContact()
        let task = try await create(Sample.task, of: contact)
        let path = Path.task(task.id, of: contact)
        let answer = try await server.delete(path)
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["succeded", "succeeded", "traceId"])
        #expect(answer["succeded"] == .bool(true))
        #expect(answer["succeeded"] == .bool(true))
        for later in [
            try await server.get(path), try await server.put(path, "{}"),
            try await server.put("\(path)/completed", #"{"completed":true}"#),
            try await server.delete(path),
        ] {
            #expect(later.status == 400)
            #expect(later.isError && later.messages == ["Task with id \(task.id) not found"])
        }
        #expect(try await server.get(Path.tasks(of: contact)).tasks.isEmpty)
    }

    @Test func `a task is found at its own contact alone`() async throws {
        let contacts = try await server.newContacts(2)
        let task = try await create(Sample.task, of: contacts[0])
        let path = Path.task(task.id, of: contacts[1])
        for answer in [
            try await server.get(path), try await server.put(path, #"{"title":"B"}"#),
            try await server.delete(path),
        ] {
            #expect(answer.status == 400)
            #expect(answer.messages == ["Task with id \(task.id) not found"])
        }
        #expect(try await server.get(Path.task(task.id, of: contacts[0])).task == task)
    }

    @Test(arguments: [
        TestOffice.stranger, TestOffice.removed, TestOffice.ana, "nosuch", "a%00b",
    ])
    func `a contact that is not the location's is not found`(name: String) async throws {
        for answer in [
            try await server.get(Path.tasks(of: name)),
            try await server.post(Path.tasks(of: name), Sample.task),
            try await server.get(Path.task(HighLevelID(1).text, of: name)),
        ] {
            #expect(answer.status == 400)
            let id = try #require(name.removingPercentEncoding)
            #expect(answer.isError && answer.messages == ["Contact with id \(id) not found"])
        }
    }

    @Test(arguments: ["null", #""""#, #""  ""#])
    func `null and a blank text assign a task to nobody`(value: String) async throws {
        let contact = try await server.newContact()
        let alone = try await create(
            #"{"title":"A","dueDate":"2025-07-25","completed":false,"assignedTo":\#(value)}"#,
            of: contact
        )
        #expect(alone["assignedTo"] == nil)
        let path = Path.task(alone.id, of: contact)
        let assigned = try await server.put(path, #"{"assignedTo":"\#(TestOffice.ben)"}"#).task
        #expect(assigned["assignedTo"] == .string(TestOffice.ben))
        #expect(try await server.put(path, #"{"title":"B"}"#).task["assignedTo"] != nil)
        let cleared = try await server.put(path, #"{"assignedTo":\#(value)}"#)
        #expect(cleared.status == 200)
        #expect(cleared.task["assignedTo"] == nil)
        #expect(try await server.get(path).task == cleared.task)
    }

    @Test(arguments: [TestOffice.retired, TestOffice.olga, "nosuch"])
    func `an assignee that is not the location's is refused`(name: String) async throws {
        let answer = try await server.post(
            Path.tasks(),
            #"{"title":"A","dueDate":"2025-07-25","completed":false,"assignedTo":"\#(name)"}"#
        )
        #expect(answer.status == 400)
        #expect(answer.messages == ["User with id \(name) not found"])
    }

    @Test func `one task of a series is changed alone`() async throws {
        let contact = try await server.newContact()
        let series = try await server.post(
            Path.recurringTasks,
            #"{"title":"A","contactIds":["\#(contact)"],"rruleOptions":\#(Sample.daily)}"#
        ).recurringTask
        let task = try #require(try await server.get(Path.tasks(of: contact)).tasks.first)
        #expect(task["recurringTaskId"] == .string(series.id))
        let changed = try await server.put(
            Path.task(task.id, of: contact),
            #"{"title":"B","body":"Mine"}"#
        ).task
        #expect(changed["title"] == "B")
        #expect(changed["body"] == "Mine")
        let after = try await server.get(Path.recurringTask(series.id)).recurringTask
        #expect(after == series)
    }

    private func create(_ body: String, of contact: String) async throws -> JSONObject {
        let answer = try await server.post(Path.tasks(of: contact), body)
        #expect(answer.status == 201, "\(answer.text)")
        return answer.task
    }
}
