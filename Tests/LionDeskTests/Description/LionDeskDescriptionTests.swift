import Foundation
import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Holds `docs/openapi/liondesk.json` to what is really answered.
@Suite(.server) struct LionDeskDescriptionTests {
    private let server: TestServer
    private let checker: SchemaChecker
    private let paths: JSONObject

    init() throws {
        server = try .current
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "docs/openapi/liondesk.json"))
        let value = try JSONValue(parsing: Array(bytes), depthLimit: 64)
        let document = try #require(value.object)
        checker = SchemaChecker(document: document)
        paths = document["paths"]?.object ?? [:]
    }

    /// A request, by its operation's path, with the status that it is to be answered with.
    struct Sample: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        var query = ""
        var body: JSONObject?
        var user = TestUser.ana
        let status: Int

        var testDescription: String { "\(method.rawValue) \(path)\(query) \(status)" }
    }

    private static let task: JSONObject = [
        "assigned_user_id": "1", "due_at": "2018-12-16T12:00:00", "description": "Call",
        "status": "incomplete", "category_id": "1", "contact_id": "2",
    ]
    private static let nobody = TestUser(id: 1, token: "0000000000000000000000000000000000000000")
    private static let reader = TestUser(id: 1, token: TestOffice.readToken)

    static let samples: [Sample] = [
        Sample(method: .get, path: "/scheduled/tasks", status: 200),
        Sample(method: .get, path: "/scheduled/tasks", query: "?$select[]=due_at", status: 200),
        Sample(method: .get, path: "/scheduled/tasks", query: "?nothing=1", status: 400),
        Sample(method: .get, path: "/scheduled/tasks", user: nobody, status: 401),
        Sample(method: .post, path: "/scheduled/tasks", body: task, status: 201),
        Sample(method: .post, path: "/scheduled/tasks", body: [:], status: 400),
        Sample(method: .post, path: "/scheduled/tasks", body: task, user: reader, status: 403),
        Sample(method: .get, path: "/scheduled/tasks/{id}", status: 200),
        Sample(method: .get, path: "/scheduled/tasks/{id}", user: .olga, status: 404),
        Sample(
            method: .patch,
            path: "/scheduled/tasks/{id}",
            body: ["update_type": "3", "status": "complete"],
            status: 200
        ),
        Sample(
            method: .patch,
            path: "/scheduled/tasks/{id}",
            body: ["status": "gone"],
            status: 400
        ),
        Sample(method: .put, path: "/scheduled/tasks/{id}", body: task, status: 200),
        Sample(method: .delete, path: "/scheduled/tasks/{id}", status: 200),
        Sample(
            method: .delete,
            path: "/scheduled/tasks/{id}",
            query: "?delete_type=3",
            status: 200
        ),
        Sample(method: .get, path: "/scheduled/events", status: 200),
        Sample(method: .get, path: "/scheduled/events/{id}", status: 200),
        Sample(method: .get, path: "/scheduled/events/{id}", user: .olga, status: 404),
        Sample(method: .get, path: "/task-categories", status: 200),
        Sample(method: .post, path: "/task-categories", body: ["name": "Viewing"], status: 201),
        Sample(method: .post, path: "/task-categories", body: [:], status: 400),
        Sample(method: .get, path: "/task-categories/{id}", status: 200),
        Sample(
            method: .patch,
            path: "/task-categories/{id}",
            body: ["name": "Open house"],
            status: 200
        ),
        Sample(
            method: .put,
            path: "/task-categories/{id}",
            body: ["name": "Open house"],
            status: 200
        ),
        Sample(method: .delete, path: "/task-categories/{id}", status: 200),
        Sample(method: .get, path: "/me", status: 200),
        Sample(method: .get, path: "/users", status: 200),
        Sample(method: .get, path: "/users/{id}", status: 200),
        Sample(method: .get, path: "/users/{id}", user: .olga, status: 404),
        Sample(method: .get, path: "/contacts", status: 200),
        Sample(method: .get, path: "/contacts/{id}", status: 200),
    ]

    @Test(arguments: samples)
    func `what is answered is described`(sample: Sample) async throws {
        let id = try await id(in: sample.path)
        let answer = try await server.send(
            sample.method,
            sample.path.replacing("{id}", with: id) + sample.query,
            as: sample.user,
            sample.body.map { String(decoding: bytes(of: $0), as: UTF8.self) } ?? ""
        )
        #expect(answer.status == sample.status, "\(answer.text)")
        let found = schema(of: sample.method, sample.path, answer.status)
        let described = try #require(found, "the status is described")
        var findings = checker.findings(in: answer.json, against: described)
        // What is selected has not all that is otherwise there.
        if sample.query.contains("$select") { findings.removeAll { $0.hasSuffix("is missing") } }
        #expect(findings == [])
    }

    @Test func `every operation is described and has a sample`() async throws {
        let sampled = Set(Self.samples.map { "\($0.method.rawValue) \($0.path)" })
        var described: Set<String> = []
        for path in paths.members {
            let methods = path.value.object?.members.map { $0.name.uppercased() } ?? []
            described.formUnion(methods.map { "\($0) \(path.name)" })
            // A method that no path has tells those that this one has.
            let answer = try await server.send(
                .options,
                path.name.replacing("{id}", with: "1"),
                as: .ana
            )
            #expect(answer.status == 405)
            let allowed = answer.headers[.allow]?.split(separator: ", ").map(String.init) ?? []
            #expect(Set(allowed).subtracting(["HEAD"]) == Set(methods), "\(path.name)")
        }
        #expect(sampled == described)
    }

    @Test func `the examples of bodies are accepted`() async throws {
        for path in paths.members {
            for operation in path.value.object?.members ?? [] {
                let body = operation.value.object?["requestBody"]?.object
                let content = body?["content"]?.object?["application/json"]?.object
                guard let content, let example = content["example"]?.object else { continue }
                let method = try #require(HTTPRequest.Method(operation.name.uppercased()))
                let answer = try await server.send(
                    method,
                    path.name.replacing("{id}", with: try await id(in: path.name)),
                    as: .ana,
                    String(decoding: bytes(of: example), as: UTF8.self)
                )
                #expect(answer.status < 300, "\(answer.text)")
                let schema = content["schema"]?.object ?? [:]
                #expect(checker.findings(in: .object(example), against: schema) == [])
            }
        }
    }

    // MARK: Parts

    /// A record for the path of an operation.
    private func id(in path: String) async throws -> String {
        switch path {
        case "/scheduled/tasks/{id}":
            return try await server.post("/scheduled/tasks", Self.task, as: .ana).id
        case "/scheduled/events/{id}":
            let task = try await server.post("/scheduled/tasks", Self.task, as: .ana)
            return task.text("scheduled_event_id")
        case "/task-categories/{id}":
            return try await server.post("/task-categories", ["name": "Viewing"], as: .ana).id
        case "/contacts/{id}": return "2"
        default: return "1"
        }
    }

    private func schema(
        of method: HTTPRequest.Method,
        _ path: String,
        _ status: Int
    ) -> JSONObject? {
        let operation = paths[path]?.object?[method.rawValue.lowercased()]?.object
        let response = operation?["responses"]?.object?["\(status)"]?.object
        let content = response.map { checker.resolved($0) }?["content"]?.object
        return content?["application/json"]?.object?["schema"]?.object
    }

    private func bytes(of object: JSONObject) -> [UInt8] {
        var json = JSONWriter()
        json.write(.object(object))
        return json.bytes
    }
}
