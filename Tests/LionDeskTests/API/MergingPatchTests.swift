import JSON
import LionDesk
import ServerTestSupport
import Testing

/// What PATCH does with the fields that are left out.
struct MergingPatchTests {
    private static let task: JSONObject = [
        "assigned_user_id": "1", "due_at": "2018-12-16T12:00:00", "description": "Call",
        "status": "incomplete", "category_id": "1", "contact_id": "2", "reminder_type": "1",
        "is_all_day": .bool(true), "notify_assignee": .bool(false), "notes": "Twice",
        "recurrence_rule": "FREQ=DAILY;COUNT=3",
    ]

    @Test(arguments: [1, 2])
    func `a server that merges keeps what is left out`(updateType: Int64) async throws {
        let server = try await TestServer(options: LionDeskOptions(mergesPatches: true))
        let made = try await server.post("/scheduled/tasks", Self.task, as: .ana)
        let answer = try await server.patch(
            "/scheduled/tasks/\(made.id)",
            ["description": "Write", "update_type": .integer(updateType)],
            as: .ana
        )
        #expect(answer.status == 200)
        for name in [
            "category_id", "contact_id", "reminder_type", "is_all_day", "notify_assignee", "notes",
            "recurrence_rule", "due_at",
        ] {
            #expect(answer[name] == made[name], "\(name)")
        }
        #expect(answer.text("description") == "Write")
    }

    @Test func `null and PUT set to the default all the same`() async throws {
        let server = try await TestServer(options: LionDeskOptions(mergesPatches: true))
        let made = try await server.post("/scheduled/tasks", Self.task, as: .ana)
        let path = "/scheduled/tasks/\(made.id)"
        let cleared = try await server.patch(path, ["contact_id": .null], as: .ana)
        #expect(cleared["contact_id"] == .null)
        #expect(cleared.text("category_id") == "1")
        let replaced = try await server.put(
            path,
            [
                "assigned_user_id": "1", "due_at": "2018-12-16T12:00:00", "description": "Call",
                "status": "incomplete",
            ],
            as: .ana
        )
        #expect(replaced["category_id"] == .null)
    }

    @Test func `by default what is left out is reset`() async throws {
        let server = try await TestServer()
        let made = try await server.post("/scheduled/tasks", Self.task, as: .ana)
        let answer = try await server.patch(
            "/scheduled/tasks/\(made.id)",
            ["description": "Write"],
            as: .ana
        )
        #expect(answer["category_id"] == .null)
        #expect(answer.text("notes").isEmpty)
    }
}
