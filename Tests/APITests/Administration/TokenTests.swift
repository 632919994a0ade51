import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `/tokens`.
@Suite(.server) struct TokenTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `a token is shown once, and works`() async throws {
        let answer = try await server.post("/tokens", ["userId": "4"], as: .adam)
        #expect(answer.status == 201)
        #expect(answer.headers[.cacheControl] == "no-store")
        let token = answer.text("token")
        let me = try await server.send(
            .get,
            "/me",
            headers: [.authorization: "Bearer \(token)"]
        )
        #expect(me.record("user").text("id") == "4")
        let path = "/tokens/\(answer.text("id"))"
        let record = try await server.get(path, as: .adam)
        #expect(record.record("token").text("hint") == answer.text("hint"))
        #expect(record.record("token").text("lastUsedOn") == "2026-11-30")
        #expect(!record.text.contains(token))
        let list = try await server.get("/tokens", as: .adam)
        #expect(list.ids("tokens").contains(answer.text("id")))
        #expect(!list.text.contains(token))
        let audit = try await server.get("/audit", as: .adam).text
        #expect(!audit.contains(token))
        let trial = try await server.post("/tokens?dryRun=true", ["userId": "4"], as: .adam)
        #expect(trial.status == 201)
        #expect(trial["token"] == .null)
    }

    @Test(arguments: ["/tokens", "/tokens/0123456789abcdef0123/rotate"])
    func `the answer with a token is not kept for a key`(path: String) async throws {
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        // The two may be asked for at the same time, so each has a key of its own.
        let answer = try await server.post(path, [:], as: .adam, [name: path])
        #expect(answer.status == 400)
        #expect(answer.isProblem)
    }

    @Test func `a revoked token is refused after a second`() async throws {
        let answer = try await server.post("/tokens", [:], as: .adam)
        let field: HTTPFields = [.authorization: "Bearer \(answer.text("token"))"]
        #expect(try await server.send(.get, "/me", headers: field).status == 200)
        let path = "/tokens/\(answer.text("id"))"
        let revoked = try await server.delete(path, as: .adam)
        #expect(revoked.status == 200)
        #expect(revoked.record("token")["revokedAt"] != .null)
        server.clock.advance(by: .seconds(1))
        #expect(try await server.send(.get, "/me", headers: field).status == 401)
        // A second time changes nothing.
        #expect(try await server.delete(path, as: .adam)["auditNumber"] == .null)
        #expect(try await server.post(path + "/rotate", as: .adam).status == 409)
    }

    @Test(.server) func `both tokens of a rotation are in force for seven days`() async throws {
        let server = try TestServer.current
        let issued = try await server.post(
            "/tokens",
            ["userId": "4", "scopes": .array(["tasks.read"])],
            as: .adam
        )
        let rotated = try await server.post("/tokens/\(issued.text("id"))/rotate", as: .adam)
        #expect(rotated.status == 201)
        #expect(rotated["scopes"] == .array(["tasks.read"]))
        #expect(rotated.text("userId") == "4")
        #expect(rotated["expiresAt"] == .null)
        #expect(rotated.record("predecessor").text("expiresAt") == "2026-12-07T08:00:00.000Z")
        func status(_ answer: Answer) async throws -> Int {
            let field: HTTPFields = [.authorization: "Bearer \(answer.text("token"))"]
            return try await server.send(.get, "/me", headers: field).status
        }
        #expect(try await status(issued) == 200)
        #expect(try await status(rotated) == 200)
        server.clock.advance(by: .seconds(7 * 86_400 - 1))
        #expect(try await status(issued) == 200)
        server.clock.advance(by: .seconds(2))
        #expect(try await status(issued) == 401)
        #expect(try await status(rotated) == 200)
    }

    @Test func `nobody gives more than they have`() async throws {
        let limited = try await server.post(
            "/tokens",
            ["scopes": .array(["tokens.write", "tasks.read"])],
            as: .adam
        )
        let field: HTTPFields = [
            .authorization: "Bearer \(limited.text("token"))", .contentType: "application/json",
        ]
        func issue(_ body: JSONObject) async throws -> Int {
            try await server.send(.post, "/tokens", headers: field, body.bytes).status
        }
        #expect(try await issue(["scopes": .array(["tasks.read"])]) == 201)
        #expect(try await issue(["scopes": .array(["tasks.read", "tasks.write"])]) == 403)
        #expect(try await issue([:]) == 403)
        #expect(try await issue(["userId": "31"]) == 403)
        // Nor do they take over one that may do more.
        let whole = try await server.post("/tokens", [:], as: .adam)
        let path = "/tokens/\(whole.text("id"))/rotate"
        #expect(try await server.send(.post, path, headers: field).status == 403)
    }

    static let faulty: [AdministrationTests.Faulty] = [
        .init(.post, "/tokens", ["userId": "20"], "/userId is no record that you may refer to"),
        .init(.post, "/tokens", ["userId": "99"], "/userId is no record that you may refer to"),
        .init(
            .post,
            "/tokens",
            ["expiresAt": "2026-11-30T08:00:00Z"],
            "/expiresAt is not in the future"
        ),
        .init(.post, "/tokens", ["scopes": .array(["a b"])], "/scopes/0 is no scope"),
        .init(
            .post,
            "/tokens",
            ["scopes": .array(["a", "a"])],
            "/scopes/1 repeats one before it"
        ),
        .init(.post, "/tokens", ["scopes": "a"], "/scopes is no list of texts"),
    ]

    @Test(arguments: faulty)
    func `a token with a fault is not issued`(
        faulty: AdministrationTests.Faulty
    ) async throws {
        let answer = try await server.post(faulty.path, faulty.body, as: .adam)
        #expect(answer.status == 422)
        #expect(answer.faults == faulty.faults)
    }

    @Test(.server) func `pages have each token once`() async throws {
        let server = try TestServer.current
        let all = try await server.get("/tokens?limit=500", as: .adam).ids("tokens")
        var ids: [String] = []
        var path: String? = "/tokens?limit=3"
        while let next = path {
            let page = try await server.get(next, as: .adam)
            ids += page.ids("tokens")
            path = page["nextCursor"]?.string.map { "/tokens?limit=3&cursor=\($0)" }
        }
        #expect(ids == all)
        #expect(Set(ids).count == ids.count)
    }
}
