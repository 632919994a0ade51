import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// What a creation and an update do with fields that are left out.
@Suite(.server) struct UpsertTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private static let optional: KeyValuePairs<String, JSONValue> = [
        "contact_id": .null, "recurrence_rule": .null, "is_all_day": .bool(false),
        "notify_assignee": .bool(true), "reminder_type": "0", "category_id": .null, "notes": "",
    ]

    /// A task in which no field has its default value.
    private func makeFull() async throws -> Answer {
        let body = JSONObject.task(for: .ana).with([
            "contact_id": "2", "is_all_day": .bool(true), "notify_assignee": .bool(false),
            "reminder_type": "3", "category_id": "6", "notes": "Ring twice", "status": "complete",
        ])
        return try await server.post("/scheduled/tasks", body, as: .ana)
    }

    @Test func `a creation gives defaults to what it leaves out`() async throws {
        let body = JSONObject.task(for: user)
        let created = try await server.post("/scheduled/tasks", body, as: user)
        for (name, value) in Self.optional { #expect(created[name] == value) }
        for member in body.members { #expect(created[member.name] == member.value) }
    }

    @Test(arguments: ["{}", #"{"update_type":1}"#, #"{"update_type":"2"}"#])
    func `an update resets what it leaves out, and keeps what has no default`(
        body: String
    ) async throws {
        let full = try await makeFull()
        let path = "/scheduled/tasks/\(full.id)"
        let updated = try await server.send(.patch, path, as: .ana, body)
        #expect(updated.status == 200)
        for (name, value) in Self.optional { #expect(updated[name] == value) }
        for name in ["assigned_user_id", "due_at", "description", "status", "created_at"] {
            #expect(updated[name] == full[name])
        }
    }

    @Test func `an update of type 3 changes the status and nothing else`() async throws {
        let full = try await makeFull()
        let body: JSONObject = [
            "update_type": .integer(3), "status": "incomplete", "notes": .integer(7),
            "due_at": "garbage",
        ]
        let path = "/scheduled/tasks/\(full.id)"
        let updated = try await server.patch(path, body, as: .ana)
        #expect(updated.status == 200)
        let expected = full.json.object?.with([
            "status": "incomplete", "modified_at": .string(updated.text("modified_at")),
        ])
        #expect(updated.json.object == expected)
    }

    @Test(arguments: [#"{"update_type":3}"#, #"{"update_type":3,"status":null}"#])
    func `an update of type 3 needs the status`(body: String) async throws {
        let full = try await makeFull()
        let answer = try await server.send(.patch, "/scheduled/tasks/\(full.id)", as: .ana, body)
        #expect(answer.status == 400)
        #expect(answer["errors"] == .object(["status": "is required"]))
    }

    @Test(arguments: ["0", "4", #""x""#, "1.5", "true", "[1]"])
    func `an update type other than 1, 2 and 3 is refused`(type: String) async throws {
        let full = try await makeFull()
        let path = "/scheduled/tasks/\(full.id)"
        let answer = try await server.send(.patch, path, as: .ana, "{\"update_type\":\(type)}")
        #expect(answer.status == 400)
        #expect(answer["errors"] == .object(["update_type": "is not 1, 2 or 3"]))
        #expect(try await server.get(path, as: .ana).text == full.text)
    }

    @Test(
        arguments: ["assigned_user_id", "due_at", "description", "status"],
        [JSONValue.null, ""]
    )
    func `what has no default cannot be cleared`(name: String, value: JSONValue) async throws {
        let full = try await makeFull()
        let path = "/scheduled/tasks/\(full.id)"
        for method in [HTTPRequest.Method.post, .patch, .put] {
            let body = JSONObject.task(for: .ana).with([name: value])
            let answer =
                switch method {
                case .post: try await server.post("/scheduled/tasks", body, as: .ana)
                case .put: try await server.put(path, body, as: .ana)
                default: try await server.patch(path, body, as: .ana)
                }
            #expect(answer.status == 400)
            #expect(answer["errors"] == .object([name: "is required"]))
        }
        #expect(try await server.get(path, as: .ana).text == full.text)
    }

    @Test(arguments: ["assigned_user_id", "due_at", "description", "status"])
    func `a PUT must have all that has no default`(name: String) async throws {
        let full = try await makeFull()
        let path = "/scheduled/tasks/\(full.id)"
        let body = JSONObject.task("Write", for: .ana)
        let refused = try await server.put(path, body.without(name), as: .ana)
        #expect(refused.status == 400)
        #expect(refused["errors"] == .object([name: "is required"]))
        let replaced = try await server.put(path, body, as: .ana)
        #expect(replaced.status == 200)
        #expect(replaced.text("description") == "Write")
        #expect(replaced.text("notes") == "")
        #expect(replaced["contact_id"] == .null)
    }

    @Test func `keys that are not the client's to write are ignored`() async throws {
        let extra: JSONObject = [
            "id": "999", "scheduled_event_id": .integer(999), "crm_user_id": "2",
            "created_at": "garbage", "modified_at": .bool(true), "delete_type": "9",
            "nosuch": .array([.integer(1)]), "__proto__": .object(["a": .null]),
        ]
        let body = JSONObject.task(for: user).with(extra)
        let created = try await server.post(
            "/scheduled/tasks",
            body.with(["update_type": "9"]),
            as: user
        )
        #expect(created.status == 201)
        #expect(created.text("crm_user_id") == user.number)
        #expect(created.id != "999")
        #expect(created["nosuch"] == nil)
        let updated = try await server.patch("/scheduled/tasks/\(created.id)", body, as: user)
        #expect(updated.text == created.text)
    }

    @Test(.server) func `a task that was read can be written back as it is`() async throws {
        let full = try await makeFull()
        let path = "/scheduled/tasks/\(full.id)"
        server.clock.advance(by: .seconds(1))
        let same = try await server.send(.patch, path, as: .ana, full.text)
        #expect(same.text == full.text)
        let put = try await server.send(.put, path, as: .ana, full.text)
        #expect(put.text == full.text)
        let changed = (full.json.object ?? [:]).with(["notes": "Ring once"])
        let updated = try await server.patch(path, changed, as: .ana)
        let expected = changed.with(["modified_at": .string(updated.text("modified_at"))])
        #expect(updated.json == .object(expected))
        #expect(updated.text("modified_at") > full.text("modified_at"))
    }

    @Test func `numbers and Booleans may be strings or not`() async throws {
        let body = JSONObject.task(for: user).with([
            "assigned_user_id": .integer(user.id), "reminder_type": .integer(7),
            "category_id": .number(1), "is_all_day": "true", "notify_assignee": .integer(0),
        ])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.status == 201)
        #expect(created.text("assigned_user_id") == user.number)
        #expect(created.text("reminder_type") == "7")
        #expect(created.text("category_id") == "1")
        #expect(created["is_all_day"] == .bool(true))
        #expect(created["notify_assignee"] == .bool(false))
    }

    @Test(arguments: [
        "", " ", "a\u{0}b", "\u{1F600} é \u{65}\u{301}", "\"\\/\n\r\t\u{1}\u{7F}", "null",
        "'); DROP TABLE task; --", "\u{FEFF}x", "<script>&amp;%41", "\u{2028}",
    ])
    func `a text comes back as it was sent`(text: String) async throws {
        let body = JSONObject.task("x" + text, for: user).with(["notes": .string(text)])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        let shown = try await server.get("/scheduled/tasks/\(created.id)", as: user)
        #expect(shown["notes"] == .string(text))
        #expect(shown["description"] == .string("x" + text))
    }
}
