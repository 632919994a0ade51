import HTTPTypes
import HighLevel
import JSON
import ServerTestSupport
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
            (#"{"limit":600,"skip":6}"#, ""),
            (
                #"{"contactId":["\#(TestOffice.carla)"],"completed":false,"query":"a"}"#, "a"
            ),
        ]
    )
    func `a search finds what it asks for, by due date`(
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
