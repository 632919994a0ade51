import HTTPTypes
import HighLevel
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// The search of a location's tasks.
struct TaskSearchTests {
    @Test(.server) func `a search finds a task by the text that its answer shows`() async throws {
        let server = try TestServer.current
        let made = try await server.post(
            Path.tasks(),
            """
            {"title": "First Task", "body": "loram ipsum", "dueDate": "2025-07-25T11:00:00Z",
             "completed": false, "assignedTo": "\(TestOffice.ana)"}
            """
        ).task
        let answer = try await server.post(Path.search, "{}")
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["tasks", "traceId"])
        let id = JSONValue.string(made.id)
        #expect(
            answer.tasks == [
                [
                    "_id": id, "id": id, "title": "First Task", "body": "loram ipsum",
                    "assignedTo": .string(TestOffice.ana),
                    "dueDate": "2025-07-25T11:00:00.000Z", "completed": .bool(false),
                    "contactId": .string(TestOffice.carla),
                    "businessId": "6348240b98722079e5417332",
                    "locationId": .string(TestOffice.location), "deleted": .bool(false),
                    "dateAdded": "2025-07-20T08:00:00.000Z",
                    "dateUpdated": "2025-07-20T08:00:00.000Z",
                    "updatedAt": "2025-07-20T08:00:00.000Z",
                    "status": "to_do", "statusGroup": "to_do",
                    "searchAfter": .array([.integer(1_753_441_200_000), id]),
                    "contactDetails": .object([
                        "_id": .string(TestOffice.carla), "firstName": "Carla",
                        "lastName": "Cruz",
                    ]),
                    "assignedToUserDetails": .object([
                        "id": .string(TestOffice.ana), "firstName": "Ana",
                        "lastName": "Maria Bo", "profilePhoto": .null,
                    ]),
                ]
            ]
        )
    }

    @Test(.server) func `a task that is about nobody is found by the search alone`() async throws {
        let server = try TestServer.current
        let series = try await server.post(
            Path.recurringTasks,
            #"{"title":"Alone","rruleOptions":\#(Sample.daily)}"#
        ).recurringTask
        let tasks = try await server.post(Path.search, "").tasks
        #expect(tasks.count == 1)
        #expect(tasks.first?["recurringTaskId"] == .string(series.id))
        #expect(tasks.first?["contactId"] == nil)
        #expect(tasks.first?["contactDetails"] == nil)
        #expect(tasks.first?["assignedToUserDetails"] == nil)
    }

    @Test(.server) func `page by page, every task comes once`() async throws {
        let server = try TestServer.current
        // Three of them are due at the same time.
        for due in [1, 2, 2, 2, 3, 4, 4] {
            let body = #"{"title":"A","dueDate":"2025-08-0\#(due)","completed":false}"#
            #expect(try await server.post(Path.tasks(), body).status == 201)
        }
        let all = try await server.post(Path.search, "{}").tasks
        var found: [JSONObject] = []
        var after = ""
        repeat {
            let page = try await server.post(Path.search, #"{"limit":2\#(after)}"#).tasks
            found += page
            guard page.count == 2, let last = page.last?["searchAfter"] else { break }
            var json = JSONWriter()
            json.write(last)
            after = #","searchAfter":\#(String(decoding: json.bytes, as: UTF8.self))"#
        } while found.count < 100
        #expect(found.count == 7)
        #expect(found == all)
    }

    @Test(
        .server,
        arguments: ["dueDate", "title", "dateAdded", "createdAt", "dateUpdated", "updatedAt"],
        ["asc", "desc"]
    )
    func `page by page, every task comes once in any order`(
        key: String,
        direction: String
    ) async throws {
        let server = try TestServer.current
        for title in ["b", "a", "b", "c", "a", "a", "d"] {
            // Some are made at the same time, and some a microsecond later.
            if title == "a" { server.clock.advance(by: .microseconds(1)) }
            let body = #"{"title":"\#(title)","dueDate":"2025-08-01","completed":false}"#
            #expect(try await server.post(Path.tasks(), body).status == 201)
        }
        let order = #""sortKey":"\#(key)","sortDirection":"\#(direction)""#
        let all = try await server.post(Path.search, "{\(order)}").tasks
        if key == "title" {
            let titles = all.map { $0.text("title") }.joined()
            #expect(titles == (direction == "asc" ? "aaabbcd" : "dcbbaaa"))
        }
        var found: [JSONObject] = []
        var after: JSONObject = [:]
        while found.count < 100 {
            let members = after["searchAfter"].map { _ in "," + after.text.dropFirst() } ?? "}"
            let page = try await server.post(Path.search, #"{"limit":2,\#(order)\#(members)"#).tasks
            found += page
            guard page.count == 2, let last = page.last?["searchAfter"] else { break }
            after = ["searchAfter": last]
        }
        #expect(found.count == 7)
        #expect(found == all)
    }

    @Test(.server) func `an open task is overdue once its due time has passed`() async throws {
        let server = try TestServer.current
        for (title, due, completed) in [
            ("a", "2025-07-20T07:59:59.999Z", false), ("b", "2025-07-20T08:00:00Z", false),
            ("c", "2025-07-19", true), ("d", "2025-07-18", false),
        ] {
            let body = #"{"title":"\#(title)","dueDate":"\#(due)","completed":\#(completed)}"#
            #expect(try await server.post(Path.tasks(), body).status == 201)
        }
        let overdue = try await server.post(Path.search, #"{"overdue":true}"#).tasks
        #expect(overdue.map { $0.text("title") } == ["d", "a"])
        let all = try await server.post(Path.search, #"{"overdue":false}"#).tasks
        #expect(all.count == 4)
        let done = try await server.post(Path.search, #"{"overdue":true,"completed":true}"#)
        #expect(done.tasks.isEmpty)
    }

    @Test(.server) func `a search tells how many tasks there are, for the asking`() async throws {
        let server = try TestServer.current
        for _ in 0..<3 { _ = try await server.post(Path.tasks(), Sample.task) }
        let counted = try await server.post(Path.search, #"{"count":true,"limit":1}"#)
        #expect(counted.tasks.count == 1)
        #expect(counted["total"] == .integer(3))
        #expect(counted.json.object?.names == ["tasks", "total", "traceId"])
        for body in ["{}", #"{"count":false}"#, #"{"count":null}"#] {
            #expect(try await server.post(Path.search, body)["total"] == nil)
        }
    }

    @Test(.server) func `a page holds a thousand tasks, and more are refused`() async throws {
        let server = try TestServer.current
        let series = #"{"title":"A","contactIds":[\#(try await names(server))],"#
        for _ in 0..<11 {
            let body = series + #""rruleOptions":\#(Sample.daily)}"#
            #expect(try await server.post(Path.recurringTasks, body).status == 201)
        }
        let page = try await server.post(Path.search, #"{"limit":1000}"#)
        #expect(page.tasks.count == 1000)
        let rest = try await server.post(Path.search, #"{"limit":1000,"skip":1000}"#)
        #expect(rest.tasks.count == 100)
        let refused = try await server.post(Path.search, #"{"limit":1001}"#)
        #expect(refused.status == 422)
        #expect(refused.messages == ["limit must not be greater than 1000"])
    }

    /// The names of a hundred new contacts, as JSON without brackets.
    private func names(_ server: TestServer) async throws -> String {
        try await server.newContacts(100).map { #""\#($0)""# }.joined(separator: ",")
    }

    @Test(.server) func `a deleted task is not found`() async throws {
        let server = try TestServer.current
        let task = try await server.post(Path.tasks(), Sample.task).task
        #expect(try await server.delete(Path.task(task.id)).status == 200)
        #expect(try await server.post(Path.search, "{}").tasks.isEmpty)
    }

    @Test(.server(HighLevelOptions(searchStatus: .created)))
    func `a deployment may answer a search with 201`() async throws {
        let server = try TestServer.current
        #expect(try await server.post(Path.search, "{}").status == 201)
    }

    @Test(.server) func `another location's tasks are not found`() async throws {
        let server = try TestServer.current
        #expect(try await server.post(Path.tasks(), Sample.task).status == 201)
        let path = "/locations/\(TestOffice.otherLocation)/tasks/search"
        let answer = try await server.send(.post, path, TestToken.elsewhere, body: "{}")
        #expect(answer.status == 200)
        #expect(answer.tasks.isEmpty)
    }
}

/// The conditions of a search.
@Suite(.server(after: { try await $0.makeTasks() })) struct TaskSearchConditionTests {
    @Test(
        arguments: [
            ("{}", "abcdef"),
            (#"{"completed":true}"#, "b"),
            (#"{"completed":false}"#, "acdef"),
            (#"{"contactId":["\#(TestOffice.carla)"]}"#, "abc"),
            (#"{"contactId":["\#(TestOffice.carla)","\#(TestOffice.dan)"]}"#, "abcdef"),
            (#"{"contactId":["\#(TestOffice.stranger)"]}"#, ""),
            (#"{"contactId":["nosuch","\#(TestOffice.dan)"]}"#, "def"),
            (#"{"contactId":[]}"#, "abcdef"),
            (#"{"assignedTo":["\#(TestOffice.ben)"]}"#, "c"),
            (#"{"assignedTo":["\#(TestOffice.olga)"]}"#, ""),
            (#"{"query":"PLAN"}"#, "ae"),
            (#"{"query":"100%"}"#, "f"),
            (#"{"query":"_"}"#, ""),
            (#"{"query":""}"#, "abcdef"),
            (#"{"businessId":"6348240b98722079e5417332"}"#, "abc"),
            (#"{"businessId":"other"}"#, ""),
            (#"{"limit":2}"#, "ab"),
            (#"{"limit":2,"skip":4}"#, "ef"),
            (#"{"limit":1000,"skip":6}"#, ""),
            (#"{"page":2,"pageLimit":4}"#, "ef"),
            (#"{"limit":"2","skip":"1"}"#, "bc"),
            (#"{"completed":"true"}"#, "b"),
            (#"{"unAssigned":true}"#, "abdef"),
            (#"{"unAssigned":true,"assignedTo":["\#(TestOffice.ben)"]}"#, "abcdef"),
            (#"{"dueDate":{"gt":"2025-08-02","lte":"2025-08-05"}}"#, "cde"),
            (#"{"dueDate":{"gte":"2025-08-02","lt":"2025-08-05"}}"#, "bcd"),
            (#"{"startDate":"2025-08-02","endDate":"2025-08-03T00:00:00Z"}"#, "bc"),
            (#"{"startDate":"2025-08-03","endDate":null}"#, "cdef"),
            (#"{"overdue":true}"#, ""),
            (#"{"sortDirection":"desc"}"#, "fedcba"),
            (#"{"sortKey":"title","sortDirection":"DESC","limit":2}"#, "fe"),
            (#"{"sortKey":"dateAdded","sortDirection":"asc"}"#, "abcdef"),
            ("[]", "abcdef"),
            (
                #"{"contactId":["\#(TestOffice.carla)"],"completed":false,"query":"a"}"#, "a"
            ),
        ]
    )
    func `a search finds what it asks for, by due date unless in another order`(
        body: String,
        titles: String
    ) async throws {
        let server = try TestServer.current
        let answer = try await server.post(Path.search, body)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.tasks.map { String($0.text("title").prefix(1)) }.joined() == titles)
    }
}

extension TestServer {
    fileprivate func makeTasks() async throws {
        let tasks: [(contact: String, body: String)] = [
            (TestOffice.carla, #"{"title":"a Plan","dueDate":"2025-08-01","completed":false}"#),
            (TestOffice.carla, #"{"title":"b","dueDate":"2025-08-02","completed":true}"#),
            (
                TestOffice.carla,
                """
                {"title":"c","dueDate":"2025-08-03","completed":false,
                 "assignedTo":"\(TestOffice.ben)"}
                """
            ),
            (TestOffice.dan, #"{"title":"d","dueDate":"2025-08-04","completed":false}"#),
            (
                TestOffice.dan,
                #"{"title":"e","body":"<p>plan</p>","dueDate":"2025-08-05","completed":false}"#
            ),
            (TestOffice.dan, #"{"title":"f 100%","dueDate":"2025-08-06","completed":false}"#),
        ]
        for task in tasks {
            let answer = try await post(Path.tasks(of: task.contact), task.body)
            #expect(answer.status == 201)
        }
    }
}
