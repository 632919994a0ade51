import JSON
import ServerTestSupport
import TestSupport
import Testing

/// `/scheduled/events`: the single tasks and series that tasks come from.
@Suite(.server(after: { try await $0.makeEvents() })) struct EventTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `an event is shown with all its fields in their order`() async throws {
        let single = try await server.get("/scheduled/events/1", as: .ana)
        #expect(
            single.text == #"""
                {"scheduled_event_id":"1","crm_user_id":"1","single_due_at":"2018-12-18T12:00:00",\#
                "action":"tasks","type":"single","recurrence_rule":null,\#
                "created_at":"2018-12-10T08:00:00.000Z","updated_at":"2018-12-10T08:00:00.000Z"}
                """#
        )
        let series = try await server.get("/scheduled/events/2", as: .ana)
        #expect(series.text("type") == "recurrent")
        #expect(series.text("recurrence_rule") == "FREQ=DAILY;COUNT=2")
        #expect(series.text("single_due_at") == "2018-12-16T12:00:00")
    }

    @Test(arguments: [
        ("", "1,2,5"),
        ("type=single", "1,5"),
        ("type=recurrent", "2"),
        ("type[$ne]=single", "2"),
        ("type=other", ""),
        ("action=tasks", "1,2,5"),
        ("action=campaign_actions", ""),
        ("action[$ne]=tasks", ""),
        ("$sort[type]=1", "2,1,5"),
        ("$sort[type]=-1", "1,5,2"),
        ("$sort[type]=-1&$sort[single_due_at]=1", "5,1,2"),
        ("$sort[action]=-1", "1,2,5"),
        ("$sort[single_due_at]=1", "2,5,1"),
        ("$sort[created_at]=-1", "5,2,1"),
        ("id=2", "2"),
        ("scheduled_event_id[$in]=1&scheduled_event_id[$in]=5", "1,5"),
        ("single_due_at=2018-12-17T12:00:00", "5"),
        ("single_due_at[$gte]=2018-12-17", "1,5"),
        ("recurrence_rule=", "1,5"),
        ("recurrence_rule[$ne]=", "2"),
        ("owner_user_id=2", ""),
        ("crm_user_id=1", "1,2,5"),
        ("updated_at[$lt]=2018-12-10T09:00:00Z", "1"),
        ("modified_at[$gte]=2018-12-10T10:00:00Z", "5"),
        ("$or[0][type]=recurrent&$or[1][id]=5", "2,5"),
        ("$limit=1&$skip=1", "2"),
    ])
    func `events are queried as tasks are`(query: String, ids: String) async throws {
        let found = try await server.get("/scheduled/events?\(query)", as: .ana)
        #expect(found.status == 200)
        #expect(found.texts("scheduled_event_id").joined(separator: ",") == ids)
    }

    @Test func `events are selected and refused as tasks are`() async throws {
        let found = try await server.get("/scheduled/events/2?$select=type", as: .ana)
        #expect(found.json == .object(["scheduled_event_id": "2", "type": "recurrent"]))
        let refused = try await server.get("/scheduled/events?status=complete", as: .ana)
        #expect(refused.status == 400)
        #expect(refused.text("message") == "Invalid query parameter status")
        let filtered = try await server.get("/scheduled/events/2?type=single", as: .ana)
        #expect(filtered.status == 404)
    }

    @Test(arguments: ["3", "6", "999", "0", "abc"])
    func `what is no event of the user's is not found`(id: String) async throws {
        let answer = try await server.get("/scheduled/events/\(id)", as: .ana)
        #expect(answer.status == 404)
        #expect(answer.text("message") == "No record found for id '\(id)'")
    }

    @Test func `a single task's event changes with the task`() async throws {
        let user = try await server.newUser()
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        #expect(made.text("scheduled_event_id") == made.id)
        server.clock.advance(by: .seconds(1))
        let body: JSONObject = ["due_at": "2019-01-01T00:00:00"]
        let updated = try await server.patch("/scheduled/tasks/\(made.id)", body, as: user)
        let event = try await server.get("/scheduled/events/\(made.id)", as: user)
        #expect(event.text("single_due_at") == "2019-01-01T00:00:00")
        #expect(event.text("updated_at") == updated.text("modified_at"))
    }
}

extension TestServer {
    /// A single task, number 1; a series, number 2, with tasks 3 and 4; a single task, number 5.
    fileprivate func makeEvents() async throws {
        for (due, rule) in [
            ("2018-12-18T12:00:00", .null), ("2018-12-16T12:00:00", "FREQ=DAILY;COUNT=2"),
            ("2018-12-17T12:00:00", .null),
        ] as [(String, JSONValue)] {
            let body = JSONObject.task(for: .ana).with([
                "due_at": .string(due), "recurrence_rule": rule,
            ])
            _ = try await post("/scheduled/tasks", body, as: .ana)
            clock.advance(by: .seconds(3600))
        }
        _ = try await post("/scheduled/tasks", .task(for: .ben), as: .ben)
    }
}
