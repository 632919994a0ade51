import HTTPTypes
import JSON
import LionDesk
import ServerTestSupport
import TestSupport
import Testing

/// The requests of LionDesk's Tasks v2.1 page, exactly as printed there.
@Suite struct PageSampleTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let single = """
        { "contact_id": "2", "assigned_user_id": "2", "due_at": "2018-12-16T12:00:00", \
        "reminder_type": "1", "category_id": "1", "description": "New Lead Alert", \
        "status": "incomplete", "notes": "Received alert" }
        """

    private static let recurring = """
        { "contact_id": "2", "assigned_user_id": "2", "due_at": "2018-12-16T12:00:00", \
        "recurrence_rule": "FREQ=DAILY;INTERVAL=1;COUNT=5", "reminder_type": "1", \
        "category_id": "1", "description": "New Lead Alert", "status": "incomplete", \
        "notes": "Received alert" }
        """

    private static let singleAnswer = #"""
        {"id":"1","scheduled_event_id":"1","crm_user_id":"1","contact_id":"2",\#
        "assigned_user_id":"2","due_at":"2018-12-16T12:00:00","recurrence_rule":null,\#
        "is_all_day":false,"notify_assignee":true,"reminder_type":"1","category_id":"1",\#
        "description":"New Lead Alert","status":"incomplete","notes":"Received alert",\#
        "created_at":"2018-12-10T08:00:00.000Z","modified_at":"2018-12-10T08:00:00.000Z"}
        """#

    @Test(.server)
    func `a single task is created and shown with all its fields in their order`() async throws {
        let created = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.single)
        #expect(created.status == 201)
        #expect(created.headers[.contentType] == "application/json; charset=utf-8")
        #expect(created.text == Self.singleAnswer)
        let shown = try await server.get("/scheduled/tasks/1", as: .ana)
        #expect(shown.status == 200)
        #expect(shown.text == Self.singleAnswer)
        let found = try await server.get("/scheduled/tasks", as: .ana)
        #expect(found.status == 200)
        let envelope = #"{"total":1,"limit":10,"skip":0,"data":["# + Self.singleAnswer + "]}"
        #expect(found.text == envelope)
    }

    @Test(.server(LionDeskOptions(writesNumbers: true)))
    func `a deployment may have its numbers as numbers`() async throws {
        let created = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.single)
        #expect(
            created.text == #"""
                {"id":1,"scheduled_event_id":1,"crm_user_id":1,"contact_id":2,\#
                "assigned_user_id":2,"due_at":"2018-12-16T12:00:00","recurrence_rule":null,\#
                "is_all_day":false,"notify_assignee":true,"reminder_type":1,"category_id":1,\#
                "description":"New Lead Alert","status":"incomplete","notes":"Received alert",\#
                "created_at":"2018-12-10T08:00:00.000Z","modified_at":"2018-12-10T08:00:00.000Z"}
                """#
        )
        let updated = try await server.send(.patch, "/scheduled/tasks/1", as: .ana, created.text)
        #expect(updated.text == created.text)
    }

    @Test(.server)
    func `a recurring task is answered with its first occurrence`() async throws {
        let created = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.recurring)
        #expect(created.status == 201)
        #expect(created.text("due_at") == "2018-12-16T12:00:00")
        #expect(created.text("recurrence_rule") == "FREQ=DAILY;INTERVAL=1;COUNT=5")
        #expect(created.text("status") == "incomplete")
        #expect(created.id != created.text("scheduled_event_id"))
        let found = try await server.get("/scheduled/tasks", as: .ana)
        #expect(found.total == 5)
        #expect(found.rows.first == created.json.object)
        #expect(
            found.texts("due_at") == (16...20).map { "2018-12-\($0)T12:00:00" }
        )
        #expect(Set(found.texts("scheduled_event_id")).count == 1)
    }

    @Test(.server)
    func `an update of two fields keeps what has no default and resets the rest`() async throws {
        _ = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.single)
        server.clock.advance(by: .seconds(60))
        let updated = try await server.send(
            .patch,
            "/scheduled/tasks/1",
            as: .ana,
            #"{ "contact_id": "2", "assigned_user_id": "2" }"#
        )
        #expect(updated.status == 200)
        #expect(
            updated.text == #"""
                {"id":"1","scheduled_event_id":"1","crm_user_id":"1","contact_id":"2",\#
                "assigned_user_id":"2","due_at":"2018-12-16T12:00:00","recurrence_rule":null,\#
                "is_all_day":false,"notify_assignee":true,"reminder_type":"0","category_id":null,\#
                "description":"New Lead Alert","status":"incomplete","notes":"",\#
                "created_at":"2018-12-10T08:00:00.000Z","modified_at":"2018-12-10T08:01:00.000Z"}
                """#
        )
    }

    @Test(.server)
    func `an update with update_type 1 is one of the task alone`() async throws {
        let first = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.recurring)
        let body = Self.recurring.replacing("New Lead", with: "Old Lead")
            .replacing(" }", with: #", "update_type": 1 }"#)
        let updated = try await server.send(
            .patch,
            "/scheduled/tasks/\(first.id)",
            as: .ana,
            body
        )
        #expect(updated.status == 200)
        #expect(updated.text("description") == "Old Lead Alert")
        let found = try await server.get("/scheduled/tasks?description=New+Lead+Alert", as: .ana)
        #expect(found.total == 4)
    }

    @Test(.server)
    func `a removed task is answered and stays to be seen`() async throws {
        _ = try await server.send(.post, "/scheduled/tasks", as: .ana, Self.single)
        let removed = try await server.delete("/scheduled/tasks/1", as: .ana)
        #expect(removed.status == 200)
        #expect(removed.text("status") == "deleted")
        let shown = try await server.get("/scheduled/tasks/1", as: .ana)
        #expect(shown.text == removed.text)
    }
}

/// The filters of LionDesk's page and of its clients, on tasks of every state.
@Suite(.server(after: { try await $0.makeFilteredTasks() })) struct FilterSampleTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(
        arguments: [
            ("status=incomplete&owner_user_id=8", 0, []),
            ("status=incomplete&owner_user_id=1", 1, ["A"]),
            ("status[$ne]=deleted", 2, ["A", "B"]),
            ("$limit=2", 4, ["A", "B"]),
            ("status=deleted&$limit=2&$skip=2", 2, []),
            ("status=deleted&$limit=1&$skip=1", 2, ["D"]),
            ("$limit=10&$sort[created_at]=-1", 4, ["D", "C", "B", "A"]),
            ("status[$in]=complete&owner_user_id[$in]=16", 0, []),
            ("status[$in]=complete&owner_user_id[$in]=1", 1, ["B"]),
            ("status[$nin]=complete&owner_user_id[$nin]=16", 3, ["A", "C", "D"]),
            ("created_at[$lt]=2020-01-01T00:00:00Z", 4, ["A", "B", "C", "D"]),
            ("created_at[$gte]=2018-05-07T10:00:00-07:00", 4, ["A", "B", "C", "D"]),
            ("created_at[$gte]=2018-12-10T02:00:00-07:00", 3, ["B", "C", "D"]),
            ("created_at[$gte]=2017-01-01&created_at[$lte]=2017-01-31T00:00:00Z", 0, []),
            ("created_at[$gte]=2018-12-10&created_at[$lte]=2018-12-10T09:00:00Z", 2, ["A", "B"]),
            ("owner_user_id[$ne]=1&assigned_user_id=2", 0, []),
            ("$limit=50&$skip=0&$sort[created_at]=-1", 4, ["D", "C", "B", "A"]),
        ] as [(String, Int, [String])]
    )
    func `the page's filters find what they say, as printed and percent-encoded`(
        query: String,
        total: Int,
        names: [String]
    ) async throws {
        let encoded =
            query.replacing("$", with: "%24").replacing("[", with: "%5B")
            .replacing("]", with: "%5D").replacing(":", with: "%3A")
        for query in [query, encoded] {
            let found = try await server.get("/scheduled/tasks?" + query, as: .ana)
            #expect(found.status == 200)
            #expect(found.total == total)
            #expect(found.texts("description") == names)
        }
    }
}

extension TestServer {
    /// Four tasks of Ana's, made an hour apart from 2018-12-10T08:00Z on, and one of Ben's.
    fileprivate func makeFilteredTasks() async throws {
        for (name, status) in [
            ("A", "incomplete"), ("B", "complete"), ("C", "deleted"), ("D", "deleted"),
        ] {
            let body = JSONObject.task(name, for: .ana).with(["status": .string(status)])
            _ = try await post("/scheduled/tasks", body, as: .ana)
            clock.advance(by: .seconds(3600))
        }
        _ = try await post("/scheduled/tasks", .task("E", for: .ben), as: .ben)
    }
}
