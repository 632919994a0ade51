import Foundation
import HTTPServing
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Holds `docs/openapi/api.json` to what is really answered.
@Suite(.server) struct DescriptionTests {
    private let server: TestServer
    private let checker: SchemaChecker
    private let paths: JSONObject

    init() throws {
        server = try .current
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "docs/openapi/api.json"))
        let value = try JSONValue(parsing: Array(bytes), depthLimit: 64)
        let document = try #require(value.object)
        checker = SchemaChecker(document: document)
        paths = document.object("paths")
    }

    /// A request, by its operation's path, with the statuses that it is to be answered with.
    struct Sample: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        var query = ""
        var body: JSONObject?
        var caller = Caller.ana
        var fields: HTTPFields = [:]
        let status: Int

        var testDescription: String { "\(method.rawValue) \(path)\(query) \(status)" }
    }

    private static let due: JSONValue = .object(["local": "2026-12-01T09:00:00"])
    private static let series: JSONObject = [
        "title": "Call", "recurrence": .object(["words": "every Monday at 9"]),
        "assignment": .object(["rotate": .array(["1", "2"])]), "monthEnd": "lastDay",
    ]
    private static let stale: HTTPFields = [.ifMatch: "\"x\""]

    static let samples: [Sample] = [
        Sample(method: .get, path: "/me", status: 200),
        Sample(method: .get, path: "/me", caller: .office, status: 200),
        Sample(method: .get, path: "/me", caller: .expired, status: 401),
        Sample(method: .get, path: "/me", fields: [.ifNoneMatch: "*"], status: 304),
        Sample(method: .get, path: "/tasks", status: 200),
        Sample(method: .get, path: "/tasks", query: "?limit=1", status: 200),
        Sample(method: .get, path: "/tasks", query: "?limit=0", status: 400),
        Sample(method: .get, path: "/tasks", caller: .powerless, status: 403),
        Sample(method: .post, path: "/tasks", body: ["title": "Call", "due": due], status: 201),
        Sample(
            method: .post,
            path: "/tasks",
            query: "?dryRun=true",
            body: ["title": "Call", "recurrence": .object(["words": "daily at 9, 3 times"])],
            status: 201
        ),
        Sample(
            method: .post,
            path: "/tasks",
            body: ["text": "Call Stacy every first Monday at 9 until June #buyers !2"],
            status: 201
        ),
        Sample(method: .post, path: "/tasks", body: [:], status: 422),
        Sample(
            method: .post,
            path: "/tasks",
            body: ["title": "Call"],
            fields: [.contentType: "text/plain"],
            status: 415
        ),
        Sample(method: .get, path: "/tasks/{id}", status: 200),
        Sample(method: .get, path: "/tasks/{id}", caller: .olga, status: 404),
        Sample(method: .patch, path: "/tasks/{id}", body: ["title": "Write"], status: 200),
        Sample(
            method: .patch,
            path: "/tasks/{id}",
            query: "?scope=following",
            body: ["title": "Write"],
            status: 200
        ),
        Sample(
            method: .patch,
            path: "/tasks/{id}",
            body: ["title": "Write"],
            fields: stale,
            status: 412
        ),
        Sample(method: .post, path: "/tasks/{id}/complete", status: 200),
        Sample(method: .post, path: "/tasks/{id}/complete", fields: stale, status: 412),
        Sample(method: .post, path: "/tasks/{id}/reopen", status: 200),
        Sample(
            method: .post,
            path: "/tasks/{id}/skip",
            body: ["reason": "On holiday"],
            status: 200
        ),
        Sample(method: .post, path: "/tasks/{id}/unskip", status: 200),
        Sample(method: .post, path: "/tasks/{id}/restore", status: 200),
        Sample(
            method: .post,
            path: "/tasks/{id}/postpone",
            body: ["words": "tomorrow at 9"],
            status: 200
        ),
        Sample(method: .post, path: "/tasks/{id}/postpone", body: [:], status: 422),
        Sample(method: .post, path: "/tasks/{id}/snooze", body: ["for": "PT1H"], status: 200),
        Sample(method: .delete, path: "/tasks/{id}", status: 200),
        Sample(method: .delete, path: "/tasks/{id}", query: "?scope=all", status: 200),
        Sample(method: .delete, path: "/tasks/{id}", caller: .olga, status: 404),
        Sample(method: .get, path: "/tasks/{id}/history", status: 200),
        Sample(method: .get, path: "/tasks/{id}/history", caller: .olga, status: 404),
        Sample(method: .get, path: "/tasks/{id}/why", status: 200),
        Sample(method: .get, path: "/series/{id}/history", status: 200),
        Sample(method: .get, path: "/series/{id}/why", query: "?on=2026-12-25", status: 200),
        Sample(method: .get, path: "/series/{id}/why", status: 400),
        Sample(method: .post, path: "/changes/{number}/undo", status: 200),
        Sample(method: .post, path: "/changes/{number}/undo", query: "?force=1", status: 400),
        Sample(method: .post, path: "/changes/{number}/undo", caller: .olga, status: 404),
        Sample(
            method: .post,
            path: "/batch",
            body: [
                "operations": .array([
                    .object(["method": "GET", "path": "/me"]),
                    .object(["method": "GET", "path": "/nowhere"]),
                ])
            ],
            status: 200
        ),
        Sample(method: .post, path: "/batch", body: [:], status: 422),
        Sample(method: .get, path: "/series", status: 200),
        Sample(method: .get, path: "/series/{id}", status: 200),
        Sample(method: .get, path: "/series/{id}", caller: .olga, status: 404),
        Sample(method: .get, path: "/series/{id}/occurrences", query: "?limit=2", status: 200),
        Sample(method: .get, path: "/series/{id}/occurrences", query: "?from=x", status: 400),
        Sample(
            method: .post,
            path: "/recurrence/preview",
            body: ["rule": "FREQ=DAILY", "count": .integer(3)],
            status: 200
        ),
        Sample(method: .post, path: "/recurrence/preview", body: ["rule": "x"], status: 422),
        Sample(method: .post, path: "/series", body: series, caller: .office, status: 201),
        Sample(
            method: .post,
            path: "/series",
            query: "?dryRun=true",
            body: series,
            caller: .office,
            status: 201
        ),
        Sample(method: .post, path: "/series", body: ["title": "Call"], status: 422),
        Sample(method: .patch, path: "/series/{id}", body: ["title": "Write"], status: 200),
        Sample(
            method: .patch,
            path: "/series/{id}",
            body: ["title": "Write"],
            fields: stale,
            status: 412
        ),
        Sample(method: .patch, path: "/series/{id}", body: ["make": "never"], status: 422),
        Sample(method: .delete, path: "/series/{id}", status: 200),
        Sample(method: .post, path: "/series/{id}/pause", body: [:], status: 200),
        Sample(method: .post, path: "/series/{id}/resume", status: 200),
        Sample(method: .post, path: "/series/{id}/end", status: 200),
        Sample(method: .post, path: "/series/{id}/end", caller: .olga, status: 404),
        Sample(method: .get, path: "/series/{id}/adherence", status: 200),
        Sample(method: .get, path: "/calendars", status: 200),
        Sample(
            method: .post,
            path: "/calendars",
            body: ["name": "x"],
            caller: .office,
            status: 201
        ),
        Sample(method: .post, path: "/calendars", body: [:], caller: .office, status: 422),
        Sample(method: .post, path: "/calendars", body: ["name": "x"], status: 403),
        Sample(method: .get, path: "/calendars/{id}", status: 200),
        Sample(
            method: .patch,
            path: "/calendars/{id}",
            body: ["name": "x"],
            caller: .office,
            status: 200
        ),
        Sample(method: .delete, path: "/calendars/{id}", caller: .office, status: 200),
        Sample(
            method: .delete,
            path: "/calendars/{id}",
            caller: .office,
            fields: stale,
            status: 412
        ),
        Sample(method: .get, path: "/users/{id}/absences", status: 200),
        Sample(
            method: .put,
            path: "/users/{id}/absences",
            body: ["absences": .array([])],
            caller: .office,
            status: 200
        ),
        Sample(method: .get, path: "/changes", status: 200),
        Sample(method: .get, path: "/changes", query: "?after=x", status: 400),
        Sample(method: .get, path: "/events", query: "?after=x", status: 400),
        Sample(method: .get, path: "/users", status: 200),
        Sample(method: .get, path: "/users/{id}", status: 200),
        Sample(method: .get, path: "/contacts", status: 200),
        Sample(method: .get, path: "/contacts/{id}", status: 200),
        Sample(method: .get, path: "/categories", status: 200),
        Sample(method: .get, path: "/categories/{id}", status: 200),
    ]

    @Test(arguments: samples + administration)
    func `what is answered is described`(sample: Sample) async throws {
        let task = try await server.make(Said(rule: "FREQ=WEEKLY;COUNT=3", contact: 2, category: 6))
        let id = try await id(in: sample.path, of: task)
        let changed = try await server.patch("/tasks/\(task.id.rawValue)", ["title": "Write"])
        let path =
            sample.path.replacing("{id}", with: id)
            .replacing("{number}", with: changed.changeNumber) + sample.query
        let answer = try await server.send(
            sample.method,
            path,
            as: sample.caller,
            sample.fields,
            sample.body?.bytes ?? []
        )
        #expect(answer.status == sample.status, "\(answer.text)")
        let operation = paths.object(sample.path).object(sample.method.rawValue.lowercased())
        let response = checker.resolved(operation.object("responses").object("\(answer.status)"))
        #expect(!response.members.isEmpty, "the status is described")
        let contents = response.object("content").members
        guard let content = contents.first else {
            #expect(answer.text.isEmpty)
            return
        }
        #expect(answer.headers[.contentType]?.hasPrefix(content.name) == true)
        let schema = content.value.object?.object("schema") ?? [:]
        #expect(checker.findings(in: answer.json, against: schema) == [])
    }

    /// What the path of an operation names.
    private func id(in path: String, of task: TaskInstance) async throws -> String {
        switch path.split(separator: "/").first {
        case "tasks": "\(task.id.rawValue)"
        case "series": "\(task.slot?.seriesID.rawValue ?? 0)"
        case "users", "teams": "1"
        case "contacts": "2"
        case "calendars": try await calendar()
        case "webhooks": try await webhook()
        case "tokens": TokenText.identifier(ofDigest: TokenDigest.bytes(of: Caller.ben.token))
        default: "6"
        }
    }

    /// A webhook of the location; with as many as there may be, one of them.
    private func webhook() async throws -> String {
        let made = try await server.post("/webhooks", ["url": "https://example.com/"], as: .adam)
        if made.status == 201 { return made.record("webhook").text("id") }
        return try #require(try await server.get("/webhooks", as: .adam).ids("webhooks").first)
    }

    private func calendar() async throws -> String {
        try await server.post("/calendars", ["name": "Office"], as: .office).record("calendar")
            .text("id")
    }

    @Test func `changes with records in them are described`() async throws {
        let cursor = try await server.get("/changes").text("cursor")
        _ = try await server.make(Said(rule: "FREQ=WEEKLY;COUNT=3"))
        let answer = try await server.get("/changes?after=\(cursor)")
        #expect(!answer.objects("changes").isEmpty)
        let operation = paths.object("/changes").object("get")
        let content = operation.object("responses").object("200").object("content")
        let schema = content.object("application/json").object("schema")
        #expect(checker.findings(in: answer.json, against: schema) == [])
    }

    @Test func `every operation is described and has a sample`() async throws {
        let all = Self.samples + Self.administration
        let sampled = Set(all.map { "\($0.method.rawValue) \($0.path)" })
        var described: Set<String> = []
        for path in paths.members {
            let methods = path.value.object?.names.map { $0.uppercased() } ?? []
            described.formUnion(methods.map { "\($0) \(path.name)" })
            let answer = try await server.send(.options, path.name, headers: [:])
            let allowed = answer.headers[.allow]?.split(separator: ",").map {
                String($0).replacing(" ", with: "")
            }
            let own = (allowed ?? []).filter { $0 != "HEAD" && $0 != "OPTIONS" }
            #expect(Set(own) == Set(methods), "\(path.name)")
        }
        #expect(sampled == described)
    }

    @Test(.server) func `the refusal of a write without a tag is described`() async throws {
        let server = try TestServer.current
        _ = try await server.patch("/location", ["requiresMatch": .bool(true)], as: .office)
        server.clock.advance(by: .seconds(2))
        for path in paths.members {
            for (name, value) in (path.value.object?.members ?? []).map({ ($0.name, $0.value) }) {
                let method = try #require(HTTPRequest.Method(name.uppercased()))
                if path.name == "/events" { continue }
                let place = path.name.replacing("{id}", with: "1").replacing("{number}", with: "1")
                let answer = try await server.send(method, place, as: .office)
                let responses = value.object?.object("responses").names ?? []
                #expect((answer.status == 428) == responses.contains("428"), "\(name) \(path.name)")
            }
        }
    }

    @Test func `the examples of bodies are accepted`() async throws {
        for path in paths.members {
            for (name, value) in (path.value.object?.members ?? []).map({ ($0.name, $0.value) }) {
                let contents = value.object?.object("requestBody").object("content").members ?? []
                for content in contents {
                    guard let example = content.value.object?["example"]?.object else { continue }
                    let method = try #require(HTTPRequest.Method(name.uppercased()))
                    let rule = path.name.hasPrefix("/series") ? "FREQ=DAILY" : nil
                    let task = try await server.make(Said(rule: rule))
                    let answer = try await server.send(
                        method,
                        path.name.replacing("{id}", with: try await id(in: path.name, of: task)),
                        as: path.name.hasPrefix("/calendars") || path.name.hasSuffix("/absences")
                            ? .office : .adam,
                        [:],
                        example.bytes
                    )
                    #expect(answer.status < 300, "\(answer.text)")
                    let schema = content.value.object?.object("schema") ?? [:]
                    #expect(checker.findings(in: .object(example), against: schema) == [])
                }
            }
        }
    }
}
