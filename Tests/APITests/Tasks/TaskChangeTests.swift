import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `PATCH` and `DELETE /tasks/{id}`, `/complete` and `/reopen`.
@Suite(.server) struct TaskChangeTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func made(_ said: Said = Said()) async throws -> String {
        "/tasks/\(try await server.make(said).id.rawValue)"
    }

    private func titles(ofSeries task: JSONObject) async throws -> [String] {
        let path = "/tasks?series=\(task.text("seriesId"))&state=open,complete,deleted"
        return try await server.get(path).objects("tasks").map { $0.text("title") }
    }

    private static let patches: [(JSONObject, String, JSONValue)] = [
        (["title": "Write"], "title", "Write"), (["body": "Soon"], "body", "Soon"),
        (["isAllDay": .bool(true)], "isAllDay", .bool(true)),
        (["assigneeId": "2"], "assigneeId", "2"), (["assigneeId": .null], "assigneeId", .null),
        (["contactId": "5"], "contactId", "5"), (["contactId": .null], "contactId", .null),
        (["categoryId": "8"], "categoryId", "8"), (["categoryId": .null], "categoryId", .null),
        (["state": "complete"], "state", "complete"),
        (["dueAt": "2026-12-03T17:00:00Z"], "dueAt", "2026-12-03T17:00:00.000Z"),
        // The task keeps its own zone.
        (
            ["due": .object(["local": "2026-12-03T10:00:00"])], "dueAt", "2026-12-03T18:00:00.000Z"
        ),
    ]

    @Test(arguments: patches)
    func `a patch changes what it says and nothing else`(
        patch: JSONObject,
        name: String,
        value: JSONValue
    ) async throws {
        let path = try await made(Said(contact: 2, category: 6))
        let before = try await server.get(path).record("task")
        server.clock.advance(by: .seconds(1))
        let answer = try await server.patch(
            path,
            patch,
            as: .ana,
            [
                .contentType: "application/merge-patch+json"
            ]
        )
        #expect(answer.status == 200, "\(answer.text)")
        let after = answer.record("task")
        #expect(after[name] == value)
        let unlike = before.names.filter { before[$0] != after[$0] }
        var allowed: Set = [name, "modifiedAt", "etag", "dueAt", "due"]
        if name == "state" { allowed.formUnion(["completedAt", "completedById"]) }
        #expect(
            Set(unlike).isSubset(
                of: name == "dueAt" ? allowed : allowed.subtracting(["due", "dueAt"])
            )
        )
        #expect(answer["changeNumber"].map { $0 != .null } == true)
        #expect(try await server.get(path)["task"] == answer["task"])
        let counted = name == "dueAt" ? "moved" : "changed"
        #expect(answer.record("effect")[counted] == .integer(1))
    }

    @Test(
        arguments: [
            ([:], "changed nothing"), (["title": "Call"], "said what is so already"),
        ] as [(JSONObject, String)]
    )
    func `a patch that changes nothing is no change`(patch: JSONObject, what: String) async throws {
        let path = try await made()
        let before = try await server.get(path)
        server.clock.advance(by: .seconds(1))
        let answer = try await server.patch(path, patch)
        #expect(answer.status == 200)
        #expect(answer["changeNumber"] == .null)
        #expect(answer.record("effect")["kept"] == .integer(1))
        #expect(answer["task"] == before["task"], "it \(what)")
    }

    private static let faults: [(JSONObject, [String])] = [
        (["title": ""], ["/title is shorter than 1 characters"]),
        (["title": .null], ["/title cannot be null"]),
        (["state": "deleted"], ["/state is none of open, complete"]),
        (["due": .object(["timeZone": "UTC"])], ["/due/local is required"]),
        (["id": "7", "slot": .null], ["/id is not known here", "/slot is not known here"]),
        (["recurrence": .object([:])], ["/recurrence/rule is required, or `words`"]),
        (
            ["recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"])],
            ["/recurrence/start is not known here"]
        ),
        (["contactId": "7"], ["/contactId is no record that you may refer to"]),
    ]

    @Test(arguments: faults)
    func `a patch with faults changes nothing`(patch: JSONObject, faults: [String]) async throws {
        let path = try await made()
        let before = try await server.get(path)
        let answer = try await server.patch(path, patch)
        #expect(answer.status == 422)
        #expect(answer.faults == faults)
        #expect(try await server.get(path)["task"] == before["task"])
    }

    @Test(arguments: [
        ("scope=every", "scope is none of this, following, all"),
        ("scope=", "scope is none of this, following, all"),
        ("dryRun=1", "dryRun is none of true, false"),
        ("overrides=lose", "overrides is none of keep, shift, drop"),
        ("extent=all", "extent is not known here"),
    ])
    func `a query with a fault changes nothing`(query: String, fault: String) async throws {
        let path = try await made()
        let answer = try await server.patch("\(path)?\(query)", ["title": "Write"])
        #expect(answer.status == 400)
        #expect(answer.faults == [fault])
    }

    // MARK: - Whose tasks

    @Test(arguments: [HTTPRequest.Method.patch, .delete, .post])
    func `what one may not see cannot be changed, as what does not exist`(
        method: HTTPRequest.Method
    ) async throws {
        let end = method == .post ? "/complete" : ""
        let path = try await made(Said(creator: 4, assignee: 4))
        let body: [UInt8] = method == .patch ? JSONObject("title", "Mine").bytes : []
        for caller in [Caller.ana, .elsewhere] {
            let hidden = try await server.send(method, path + end, as: caller, [:], body)
            let missing = try await server.send(
                method,
                "/tasks/999999" + end,
                as: caller,
                [:],
                body
            )
            #expect(hidden.status == 404)
            #expect(hidden.textWithoutTrace == missing.textWithoutTrace)
        }
        #expect(try await server.send(method, path + end, as: .dora, [:], body).status == 200)
    }

    @Test func `colleagues change each other's tasks`() async throws {
        let path = try await made(Said(creator: 2, assignee: 2))
        #expect(try await server.patch(path, ["title": "Ours"]).status == 200)
        #expect(try await server.post(path + "/complete").status == 200)
        #expect(try await server.get(path, as: .ben).record("task").text("state") == "complete")
    }

    @Test func `a token needs the scope to write`() async throws {
        let path = try await made()
        for (method, end) in [(HTTPRequest.Method.patch, ""), (.delete, ""), (.post, "/complete")] {
            let answer = try await server.send(method, path + end, as: .scoped("tasks.read"))
            #expect(answer.status == 403)
        }
    }

    // MARK: - If-Match

    @Test(arguments: ["patch", "delete", "complete", "reopen"])
    func `a write about another state than the client's is refused with the present one`(
        write: String
    ) async throws {
        let path = try await made()
        let old = try #require(try await server.get(path).headers[.eTag])
        let new = try #require(try await server.patch(path, ["title": "Write"]).headers[.eTag])
        #expect(old != new)
        for tags in [old, "W/\(new)", "\"\""] {
            let answer = try await send(write, path, [.ifMatch: tags])
            #expect(answer.status == 412)
            #expect(answer.isProblem)
            #expect(answer["task"] == (try await server.get(path))["task"])
        }
        #expect(try await send(write, path, [.ifMatch: "\(old), \(new)"]).status == 200)
    }

    @Test func `any state will do where the client says so`() async throws {
        let path = try await made()
        #expect(try await send("delete", path, [.ifMatch: "*"]).status == 200)
        #expect(try await send("delete", "/tasks/999999", [.ifMatch: "*"]).status == 404)
    }

    private func send(_ write: String, _ path: String, _ fields: HTTPFields) async throws -> Answer
    {
        switch write {
        case "patch": try await server.patch(path, ["body": "x"], as: .ana, fields)
        case "delete": try await server.delete(path, as: .ana, fields)
        default: try await server.post("\(path)/\(write)", [:], as: .ana, fields)
        }
    }

    // MARK: - States

    @Test func `a task is completed and opened again`() async throws {
        let path = try await made()
        let done = try await server.post(path + "/complete")
        #expect(done.status == 200)
        #expect(done.record("task").text("state") == "complete")
        #expect(done["next"] == .null)
        let again = try await server.post(path + "/complete")
        #expect(again.status == 200)
        #expect(again["changeNumber"] == .null)
        let open = try await server.post(path + "/reopen")
        #expect(open.record("task").text("state") == "open")
    }

    @Test func `completing one of a series tells what comes next`() async throws {
        let path = try await made(Said(rule: "FREQ=WEEKLY;COUNT=2"))
        let answer = try await server.post(path + "/complete")
        #expect(
            answer.record("next") == [
                "slot": "2026-12-08T09:00:00", "at": "2026-12-08T17:00:00.000Z",
            ]
        )
    }

    @Test func `what is deleted stays readable and is neither changed nor completed`() async throws
    {
        let path = try await made()
        let answer = try await server.delete(path)
        #expect(answer.status == 200)
        #expect(answer.record("task").text("state") == "deleted")
        #expect(answer.record("effect")["removed"] == .integer(1))
        #expect(try await server.get(path).status == 200)
        #expect(try await server.patch(path, ["title": "x"]).status == 409)
        #expect(try await server.post(path + "/complete").status == 409)
        #expect(try await server.post(path + "/reopen").status == 409)
        let again = try await server.delete(path)
        #expect(again.status == 200)
        #expect(again["changeNumber"] == .null)
    }

    @Test(arguments: ["{\"note\": 1}", "[]", "{"])
    func `completing takes no members`(body: String) async throws {
        let path = try await made()
        let answer = try await server.send(
            .post,
            path + "/complete",
            as: .ana,
            [:],
            Array(body.utf8)
        )
        #expect([400, 422].contains(answer.status))
        #expect(try await server.get(path).record("task").text("state") == "open")
    }

    // MARK: - Series

    private static let scopes: [(String, [String], [String: Int64])] = [
        ("this", ["Call", "Write", "Call", "Call"], ["changed": 1, "kept": 0]),
        ("following", ["Call", "Write", "Write", "Write"], ["changed": 3, "kept": 0]),
    ]

    @Test(arguments: scopes)
    func `a patch reaches as far as its scope`(
        scope: String,
        expected: [String],
        counts: [String: Int64]
    ) async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=4"))
        let id = try #require(task.slot?.seriesID.rawValue)
        let second = try await server.get("/tasks?series=\(id)").ids("tasks")[1]
        let path = "/tasks/\(second)?scope=\(scope)"
        let tried = try await server.patch(path + "&dryRun=true", ["title": "Write"])
        let done = try await server.patch(path, ["title": "Write"])
        for (name, count) in counts {
            #expect(done.record("effect")[name] == .integer(count), "\(done.text)")
            #expect(tried.record("effect")[name] == .integer(count))
        }
        let old = try await server.get("/tasks?series=\(id)").objects("tasks")
        let new = try await server.get("/tasks?series=\(done.record("task").text("seriesId"))")
            .objects("tasks")
        let all = scope == "this" ? old : old + new
        #expect(all.map { $0.text("title") } == expected)
    }

    @Test(.server, arguments: [("this", 1), ("following", 3), ("all", 4)])
    func `a deletion reaches as far as its scope`(scope: String, count: Int) async throws {
        // The clock of the suite's own server moves on between the two.
        let server = try TestServer.current
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=4"))
        let id = try #require(task.slot?.seriesID.rawValue)
        let second = try await server.get("/tasks?series=\(id)").ids("tasks")[1]
        let path = "/tasks/\(second)?scope=\(scope)"
        let tried = try await server.delete(path + "&dryRun=true")
        #expect(try await server.get("/tasks?series=\(id)").ids("tasks").count == 4)
        let done = try await server.delete(path)
        #expect(done.record("effect") == tried.record("effect"))
        #expect(done.record("effect")["removed"] == .integer(Int64(count)))
        #expect(try await server.get("/tasks?series=\(id)").ids("tasks").count == 4 - count)
    }

    @Test func `a single task is made to repeat, and to stop`() async throws {
        let path = try await made()
        let repeated = try await server.patch(
            path,
            ["recurrence": .object(["words": "every Tuesday, 3 times"])]
        )
        #expect(repeated.status == 200, "\(repeated.text)")
        #expect(repeated.record("effect")["created"] == .integer(2))
        #expect(try await titles(ofSeries: repeated.record("task")).count == 3)
        let refused = try await server.patch(path, ["recurrence": .null])
        #expect(
            refused.faults
                == ["/recurrence is the series': change it with `scope=following` or `all`"]
        )
        let stopped = try await server.patch(path + "?scope=following", ["recurrence": .null])
        #expect(stopped.status == 200, "\(stopped.text)")
        #expect(stopped.record("effect")["removed"] == .integer(2))
    }

    @Test func `samples show tasks before and after`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=40"))
        let path = "/tasks/\(task.id.rawValue)?scope=following&dryRun=true"
        let answer = try await server.patch(path, ["title": "Write"])
        guard case .array(let samples)? = answer.record("effect")["samples"] else {
            Issue.record("an effect has samples")
            return
        }
        #expect(samples.count == 20)
        let first = samples.first?.object
        #expect(first?.object("before").text("title") == "Call")
        #expect(first?.object("after").text("title") == "Write")
        #expect(
            try await server.get("/tasks/\(task.id.rawValue)").record("task").text("title")
                == "Call"
        )
    }
}
