import HTTPTypes
import JSON
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `requiresMatch` of a location: whoever changes a record says which state of it they mean.
@Suite struct MatchRequirementTests {
    private var server: TestServer { get throws { try .current } }

    /// Lets the location ask for `If-Match`, or not.
    private func require(_ isRequired: Bool) async throws {
        let server = try server
        let body: JSONObject = ["requiresMatch": .bool(isRequired)]
        let answer = try await server.patch("/location", body, as: .adam)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.record("location")["requiresMatch"] == .bool(isRequired))
        // What a token may do is remembered for a second.
        server.clock.advance(by: .seconds(2))
    }

    private static let any: HTTPFields = [.ifMatch: "*"]

    private static let writes: [(HTTPRequest.Method, String)] = [
        (.patch, "TASK"), (.delete, "TASK"), (.patch, "TASK?dryRun=true"),
        (.post, "TASK/complete"), (.post, "TASK/skip"), (.post, "TASK/snooze"),
        (.patch, "SERIES"), (.delete, "SERIES"), (.post, "SERIES/pause"), (.post, "SERIES/end"),
        (.patch, "/calendars/CALENDAR"), (.delete, "/calendars/CALENDAR"), (.patch, "/users/3"),
        (.delete, "/users/3"), (.patch, "/contacts/2"), (.delete, "/contacts/2"),
        (.patch, "/categories/8"), (.delete, "/categories/8"), (.patch, "/teams/1"),
        (.delete, "/teams/1"), (.patch, "/webhooks/WEBHOOK"), (.delete, "/webhooks/WEBHOOK"),
        (.post, "/webhooks/WEBHOOK/rotate"), (.post, "/webhooks/WEBHOOK/replay"),
    ]

    @Test(.server, arguments: writes)
    func `a write without a tag is refused where the location asks for one`(
        method: HTTPRequest.Method,
        path: String
    ) async throws {
        let server = try server
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        let calendar = try await server.post("/calendars", ["name": "x"], as: .adam)
        let webhook = try await server.post("/webhooks", ["url": "https://a.test/"], as: .adam)
        let name = path.hasPrefix("/webhooks") ? "url" : path.hasPrefix("/") ? "name" : "title"
        let member = path.hasPrefix("/contacts") ? "firstName" : name
        let path =
            path.replacing("TASK", with: "/tasks/\(task.id.rawValue)")
            .replacing("SERIES", with: "/series/\(task.slot?.seriesID.rawValue ?? 0)")
            .replacing("CALENDAR", with: calendar.record("calendar").text("id"))
            .replacing("WEBHOOK", with: webhook.record("webhook").text("id"))
        let body: JSONObject =
            method == .patch ? [member: "Write"] : path.contains("snooze") ? ["for": "PT1H"] : [:]
        try await require(true)
        let refused = try await server.send(method, path, as: .adam, [:], body.bytes)
        #expect(refused.status == 428)
        #expect(refused.isProblem)
        #expect(refused.problem == "precondition-required")
        let hidden = try await server.send(method, path, as: .elsewhere, [:], body.bytes)
        #expect(hidden.status == 404, "another location asks for nothing")
        let stale = try await server.send(method, path, as: .adam, [.ifMatch: "\"x\""], body.bytes)
        #expect(stale.status == 412)
        let done = try await server.send(method, path, as: .adam, Self.any, body.bytes)
        #expect(done.status == 200, "\(done.text)")
    }

    @Test(.server) func `what may not be seen is refused as what does not exist`() async throws {
        let server = try server
        let task = try await server.make(Said(creator: 4, assignee: 4))
        try await require(true)
        let hidden = try await server.patch("/tasks/\(task.id.rawValue)", ["title": "x"])
        let missing = try await server.patch("/tasks/999999", ["title": "x"])
        #expect(hidden.status == 428)
        #expect(hidden.textWithoutTrace == missing.textWithoutTrace)
    }

    @Test(.server) func `reading and creating need no tag`() async throws {
        let server = try server
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        try await require(true)
        for path in ["/tasks", "/tasks/\(task.id.rawValue)", "/series", "/me", "/users/1"] {
            #expect(try await server.get(path, as: .adam).status == 200)
        }
        let due: JSONValue = .object(["local": "2026-12-01T09:00:00"])
        #expect(try await server.post("/tasks", ["title": "x", "due": due]).status == 201)
        #expect(try await server.post("/users", ["name": "Gina"], as: .adam).status == 201)
        #expect(try await server.post("/recurrence/preview", ["rule": "FREQ=DAILY"]).status == 200)
    }

    @Test(.server) func `each operation of a batch needs a tag of its own`() async throws {
        let server = try server
        let task = try await server.make(Said())
        try await require(true)
        let operation: JSONObject = [
            "method": "PATCH", "path": .string("/tasks/\(task.id.rawValue)"),
            "body": .object(["title": "Write"]),
        ]
        for isAtomic in [false, true] {
            let body: JSONObject = [
                "atomic": .bool(isAtomic),
                "operations": .array([
                    .object(operation.with(["ifMatch": "*"])), .object(operation),
                ]),
            ]
            let answer = try await server.post("/batch", body, as: .ana, Self.any)
            let results = answer.objects("results")
            #expect(results.last?["status"] == .integer(428))
            #expect(results.first?["status"] == .integer(isAtomic ? 409 : 200))
        }
    }

    @Test(.server) func `it is shown, and taken back`() async throws {
        let server = try server
        let location = try await server.get("/location").record("location")
        #expect(location["requiresMatch"] == .bool(false))
        #expect(try await server.patch("/location", ["requiresMatch": .bool(true)]).status == 403)
        let task = try await server.make(Said())
        try await require(true)
        let changed = try await server.get("/location").record("location")
        #expect(changed["requiresMatch"] == .bool(true))
        #expect(try await server.get("/me").record("location")["requiresMatch"] == .bool(true))
        try await require(false)
        let patched = try await server.patch("/tasks/\(task.id.rawValue)", ["title": "Write"])
        #expect(patched.status == 200)
        let wrong = try await server.patch("/location", ["requiresMatch": "yes"], as: .adam)
        #expect(wrong.faults.first?.hasPrefix("/requiresMatch") == true)
    }

    @Test(.server) func `the directory document has it`() async throws {
        let server = try server
        let path = "/directory/export"
        #expect(try await server.get(path, as: .adam).text.contains(#""requiresMatch":false"#))
        try await require(true)
        let document = try await server.get(path, as: .adam).text
        #expect(document.contains(#""requiresMatch":true"#))
        let other = try await TestServer(document: document)
        try await other.importDocument(TestOffice.tokens)
        #expect(try await other.patch("/users/3", ["name": "x"], as: .adam).status == 428)
        // What a document does not say of a location stays.
        try await other.importDocument(
            #"{"locations": [{"id": "\#(TestOffice.location)", "name": "Acme"}]}"#
        )
        let location = try await other.get("/location", as: .adam).record("location")
        #expect(location["requiresMatch"] == .bool(true))
        #expect(location.text("name") == "Acme")
    }
}
