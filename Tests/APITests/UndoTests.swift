import HTTPServing
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// History, undoing and batches.
@Suite struct UndoTests {
    private var server: TestServer { get throws { try .current } }

    private func path(_ task: TaskInstance) -> String { "/tasks/\(task.id.rawValue)" }

    @Test(.server) func `a change is undone, and the undoing undone`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=5"))
        let before = try await server.get("/tasks?state=open,complete,skipped,deleted")
        let edited = try await server.patch("\(path(task))?scope=following", ["title": "Write"])
        let after = try await server.get("/tasks")
        let trial = try await server.post("/changes/\(edited.changeNumber)/undo?dryRun=true")
        #expect(trial["changeNumber"] == .null)
        let undone = try await server.post("/changes/\(edited.changeNumber)/undo")
        #expect(undone.status == 200)
        #expect(undone.record("effect")["changed"] == trial.record("effect")["changed"])
        let titles = { (answer: Answer) in answer.objects("tasks").map { $0.text("title") } }
        #expect(titles(try await server.get("/tasks")) == titles(before))
        let redone = try await server.post("/changes/\(undone.changeNumber)/undo")
        #expect(redone.status == 200)
        #expect(titles(try await server.get("/tasks")) == titles(after))
        let history = try await server.get("\(path(task))/history").objects("changes")
        #expect(history.count == 4)
        #expect(history.last?["undoes"] == undone["changeNumber"])
        #expect(history.map { $0["door"] } == [.null, "api", "api", "api"])
    }

    @Test(.server) func `followers see what an undoing removes`() async throws {
        let created = try await server.post(
            "/tasks",
            ["title": "Call", "due": .object(["local": "2026-12-01T09:00:00"])]
        )
        let cursor = try await server.get("/changes").text("cursor")
        _ = try await server.post("/changes/\(created.changeNumber)/undo")
        let id = created.record("task").text("id")
        let changes = try await server.get("/changes?after=\(cursor)").objects("changes")
        #expect(changes.first?["removed"] == .array([.object(["taskId": .string(id)])]))
        #expect(try await server.get("/tasks/\(id)").status == 404)
    }

    @Test(.server) func `what was changed since is told with who changed it`() async throws {
        let task = try await server.make(Said(assignee: 1))
        let first = try await server.patch(path(task), ["title": "Write"])
        let second = try await server.patch(path(task), ["title": "Send"], as: .ben)
        let refused = try await server.post("/changes/\(first.changeNumber)/undo")
        #expect(refused.status == 409)
        let changes = refused.objects("changes")
        #expect(changes.map { $0["number"] } == [second["changeNumber"]])
        #expect(changes.first?.text("actorId") == "2")
        let forced = try await server.post("/changes/\(first.changeNumber)/undo?force=true")
        #expect(forced.status == 200)
        #expect(try await server.get(path(task)).record("task").text("title") == "Call")
    }

    @Test(.server) func `a change that one does not see is not there`() async throws {
        let task = try await server.make(Said(assignee: 1))
        let edited = try await server.patch(path(task), ["title": "Write"])
        for caller in [Caller.cleo, .dora, .olga, .elsewhere] {
            let answer = try await server.post("/changes/\(edited.changeNumber)/undo", as: caller)
            #expect(answer.status == 404)
            #expect(try await server.get("\(path(task))/history", as: caller).status == 404)
            #expect(try await server.get("\(path(task))/why", as: caller).status == 404)
        }
        #expect(try await server.post("/changes/0/undo").status == 404)
        #expect(try await server.post("/changes/x/undo").status == 404)
    }

    @Test(.server) func `a batch answers each of its operations`() async throws {
        let operations: JSONValue = .array([
            .object([
                "method": "POST", "path": "/tasks",
                "body": .object([
                    "title": "Call", "due": .object(["local": "2026-12-01T09:00:00"]),
                ]),
            ]),
            .object(["method": "PATCH", "path": "/tasks/99999", "body": .object([:])]),
            .object(["method": "GET", "path": "/tasks"]),
            .object(["method": "PUT", "path": "/tasks"]),
        ])
        let refused = try await server.post("/batch", ["operations": operations])
        #expect(refused.status == 422)
        #expect(refused.faults.first?.hasPrefix("/operations/3 ") == true)
        guard case .array(let all) = operations else { return }
        let answer = try await server.post("/batch", ["operations": .array(Array(all.prefix(3)))])
        let results = answer.objects("results")
        #expect(results.map { $0["status"] } == [.integer(201), .integer(404), .integer(200)])
        #expect(results[2].object("body")["tasks"] != nil)
        #expect(try await server.get("/tasks").ids("tasks").count == 1)
    }

    @Test(.server) func `what cannot be part of a batch is refused`() async throws {
        let reading: JSONObject = ["method": "GET", "path": "/tasks"]
        let atomic = try await server.post(
            "/batch",
            ["atomic": .bool(true), "operations": .array([.object(reading)])]
        )
        #expect(atomic.faults == ["/operations/0 cannot be in an atomic batch"])
        // A token is shown once, and never kept.
        let token: JSONObject = [
            "method": "POST", "path": "/tokens",
            "body": .object(["userId": "1", "scopes": .array(["tasks.read"])]),
        ]
        for key in ["k", nil] {
            let answer = try await server.post(
                "/batch",
                ["operations": .array([.object(token)])],
                as: .adam,
                key.map { [.idempotencyKey: $0] } ?? [:]
            )
            let status = answer.objects("results").first?["status"]
            #expect(status == .integer(key == nil ? 201 : 400), "\(answer.text)")
        }
    }

    @Test(.server) func `an atomic batch is carried out as a whole or not at all`() async throws {
        let task = try await server.make(Said(assignee: 1))
        func operation(_ title: String, _ path: String, ifMatch: String? = nil) -> JSONValue {
            var members: JSONObject = [
                "method": "PATCH", "path": .string(path),
                "body": .object(["title": .string(title)]),
            ]
            if let ifMatch { members["ifMatch"] = .string(ifMatch) }
            return .object(members)
        }
        let creation: JSONValue = .object([
            "method": "POST", "path": "/tasks",
            "body": .object(["title": "New", "due": .object(["local": "2026-12-01T09:00:00"])]),
        ])
        let stale = try await server.post(
            "/batch",
            [
                "atomic": .bool(true),
                "operations": .array([
                    creation, operation("Write", path(task)),
                    operation("Send", path(task), ifMatch: "\"x\""),
                ]),
            ]
        )
        let statuses = stale.objects("results").map { $0["status"] }
        #expect(statuses == [.integer(409), .integer(409), .integer(412)])
        let titles = { try await server.get("/tasks").objects("tasks").map { $0.text("title") } }
        #expect(try await titles() == ["Call"])
        let done = try await server.post(
            "/batch",
            [
                "atomic": .bool(true),
                "operations": .array([creation, operation("Write", path(task))]),
            ]
        )
        #expect(done.objects("results").map { $0["status"] } == [.integer(201), .integer(200)])
        #expect(try await titles().sorted() == ["New", "Write"])
    }

    @Test(.server, arguments: [false, true])
    func `a batch that is only tried tells what it would do`(isAtomic: Bool) async throws {
        let task = try await server.make(Said(assignee: 1))
        let operation = { (title: String) -> JSONValue in
            .object([
                "method": "PATCH", "path": .string(path(task)),
                "body": .object(["title": .string(title)]),
            ])
        }
        let batch: JSONObject = [
            "atomic": .bool(isAtomic),
            "operations": .array([operation("Write"), operation("Send")]),
        ]
        let tried = try await server.post("/batch?dryRun=true", batch)
        let bodies = tried.objects("results").map { $0.object("body") }
        #expect(bodies.map { $0["changeNumber"] } == [.null, .null], "\(tried.text)")
        #expect(bodies.map { $0.object("task").text("title") } == ["Write", "Send"])
        // Each by itself begins with what is stored, and together with what those before it did.
        let effect = try #require(bodies.last).object("effect")
        guard case .array(let samples)? = effect["samples"] else {
            Issue.record("no samples: \(tried.text)")
            return
        }
        let former = samples.first?.object?.object("before").text("title")
        #expect(former == (isAtomic ? "Write" : "Call"))
        let titles = try await server.get("/tasks").objects("tasks").map { $0.text("title") }
        #expect(titles == ["Call"])
        let done = try await server.post("/batch", batch)
        #expect(done.objects("results").map { $0["status"] } == [.integer(200), .integer(200)])
    }
}
