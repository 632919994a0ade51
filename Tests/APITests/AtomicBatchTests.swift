import JSON
import ServerTestSupport
import Testing

/// Atomic batches that change the directory, and what cannot be part of one.
@Suite struct AtomicBatchTests {
    private var server: TestServer { get throws { try .current } }

    /// A creation of each kind of record that administrators make, and of a task.
    private static let creations: [JSONValue] = [
        operation("/users", ["name": "New user"]),
        operation("/teams", ["name": "New team", "memberIds": .array(["2"])]),
        operation("/contacts", ["firstName": "New contact"]),
        operation("/categories", ["name": "New category"]),
        operation("/calendars", ["name": "New calendar"]),
        operation("/tokens", ["userId": "2"]),
        operation(
            "/directory/import",
            ["users": .array([.object(["id": .integer(2), "name": "New name"])])]
        ),
        operation("/tasks", ["title": "New task", "dueAt": "2026-12-01T09:00:00Z"]),
        operation("/location", ["name": "New office"], method: "PATCH"),
    ]

    private static let failing = operation("/tasks/999999", ["title": "Write"], method: "PATCH")

    @Test(.server, arguments: 0...9)
    func `of a batch that fails nothing is kept, whatever its operations change`(
        place: Int
    ) async throws {
        let before = try await stored()
        var operations = Self.creations
        operations.insert(Self.failing, at: place)
        let answer = try await send(operations)
        var statuses = [JSONValue?](repeating: .integer(409), count: Self.creations.count)
        statuses.insert(.integer(404), at: place)
        #expect(answer.objects("results").map { $0["status"] } == statuses, "\(answer.text)")
        #expect(try await stored() == before)
    }

    @Test(.server) func `a batch makes records of all kinds together`() async throws {
        let before = try await stored()
        let trial = try await send(Self.creations, "?dryRun=true")
        #expect(try await stored() == before)
        let answer = try await send(Self.creations)
        for each in [trial, answer] {
            let statuses = each.objects("results").map { $0["status"] }
            let made = [JSONValue?](repeating: .integer(201), count: 6)
            let changed: [JSONValue?] = [.integer(200), .integer(201), .integer(200)]
            #expect(statuses == made + changed, "\(each.text)")
        }
        let after = try await stored()
        for words in ["user", "team", "contact", "category", "calendar", "name", "task", "office"] {
            #expect(after.contains { $0.contains("New \(words)") }, "\(words)")
        }
    }

    @Test(
        .server,
        arguments: [
            "/tasks/1/snooze", "/tasks/1/%73nooze", "/webhooks", "/%77ebhooks/1/test",
            "/recurrence/preview", "/batch",
        ]
    )
    func `what is not part of the transaction is refused`(path: String) async throws {
        let answer = try await send([Self.operation(path, [:])])
        #expect(answer.faults == ["/operations/0 cannot be in an atomic batch"])
    }

    private static func operation(
        _ path: String,
        _ body: JSONObject,
        method: String = "POST"
    ) -> JSONValue {
        .object(["method": .string(method), "path": .string(path), "body": .object(body)])
    }

    private func send(_ operations: [JSONValue], _ query: String = "") async throws -> Answer {
        try await server.post(
            "/batch\(query)",
            ["atomic": .bool(true), "operations": .array(operations)],
            as: .adam
        )
    }

    /// What there is of each kind, as it is answered.
    private func stored() async throws -> [String] {
        let paths = [
            "/users", "/teams", "/contacts", "/categories", "/calendars", "/tokens", "/location",
            "/audit", "/tasks", "/changes",
        ]
        var answers: [String] = []
        for path in paths { answers.append(try await server.get(path, as: .adam).text) }
        return answers
    }
}
