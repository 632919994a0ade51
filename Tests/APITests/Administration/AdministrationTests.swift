import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// The directory is written over HTTP.
@Suite(.server) struct AdministrationTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    /// A write of a record: its path, its body and the name that the answer has it under.
    struct Write: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let body: JSONObject
        let name: String
        /// What the effect counts.
        let effect: String
        /// Members of the record afterwards.
        let shown: JSONObject

        var testDescription: String { "\(method.rawValue) \(path)" }
    }

    static let writes = [
        Write(
            method: .post,
            path: "/users",
            body: ["name": "Gina", "role": "manager", "locale": "de", "timeZone": "Asia/Tokyo"],
            name: "user",
            effect: "created",
            shown: [
                "name": "Gina", "role": "manager", "locale": "de", "timeZone": "Asia/Tokyo",
                "email": .null,
            ]
        ),
        Write(
            method: .patch,
            path: "/users/3",
            body: ["role": "manager", "timeZone": .null],
            name: "user",
            effect: "changed",
            shown: ["name": "Cleo", "role": "manager", "timeZone": "America/Los_Angeles"]
        ),
        Write(
            method: .delete,
            path: "/users/3",
            body: [:],
            name: "user",
            effect: "removed",
            shown: ["name": "Cleo"]
        ),
        Write(
            method: .post,
            path: "/teams",
            body: ["name": "Buyers", "isSharing": .bool(true), "memberIds": .array(["4", "1"])],
            name: "team",
            effect: "created",
            shown: ["name": "Buyers", "memberIds": .array(["1", "4"])]
        ),
        Write(
            method: .patch,
            path: "/teams/2",
            body: ["isSharing": .bool(true)],
            name: "team",
            effect: "changed",
            shown: [
                "name": "Sellers", "isSharing": .bool(true), "memberIds": .array(["1", "3"]),
            ]
        ),
        Write(
            method: .post,
            path: "/contacts",
            body: ["firstName": "Omar", "ownerId": "1", "sharedWithIds": .array(["4"])],
            name: "contact",
            effect: "created",
            shown: ["firstName": "Omar", "ownerId": "1", "sharedWithIds": .array(["4"])]
        ),
        Write(
            method: .patch,
            path: "/contacts/sx6wyHhbFdRXh302Lunr",
            body: ["business": "Bakery", "sharedWithIds": .null],
            name: "contact",
            effect: "changed",
            shown: ["id": "2", "business": "Bakery", "sharedWithIds": .array([])]
        ),
        Write(
            method: .post,
            path: "/categories",
            body: ["name": "Viewing"],
            name: "category",
            effect: "created",
            shown: ["name": "Viewing", "ownerId": .null]
        ),
        Write(
            method: .patch,
            path: "/categories/8",
            body: ["name": "Of all"],
            name: "category",
            effect: "changed",
            shown: ["name": "Of all"]
        ),
        Write(
            method: .patch,
            path: "/location",
            body: ["timeZone": "America/Denver"],
            name: "location",
            effect: "changed",
            shown: ["name": "Acme Realty", "timeZone": "America/Denver", "reminders": .null]
        ),
    ]

    @Test(.server, arguments: writes)
    func `a dry run tells what the write then does`(write: Write) async throws {
        let server = try TestServer.current
        let before = try await server.get("/directory/export", as: .office).text
        let trial = try await server.send(
            write.method,
            write.path + "?dryRun=true",
            as: .adam,
            [:],
            write.body.bytes
        )
        #expect(try await server.get("/directory/export", as: .office).text == before)
        #expect(trial["auditNumber"] == .null)
        let done = try await server.send(
            write.method,
            write.path,
            as: .adam,
            [:],
            write.body.bytes
        )
        #expect(done.status == (write.method == .post ? 201 : 200), "\(done.text)")
        #expect(trial.status == done.status)
        for (name, value) in write.shown.members.map({ ($0.name, $0.value) }) {
            #expect(done.record(write.name)[name] == value)
            #expect(trial.record(write.name)[name] == value)
        }
        for count in ["created", "changed", "removed"] {
            let expected: JSONValue = .integer(count == write.effect ? 1 : 0)
            #expect(done.record("effect")[count] == expected)
            #expect(trial.record("effect")[count] == expected)
        }
        // The first entry is of the document that the test began with.
        #expect(done["auditNumber"] == .integer(2))
        let audit = try await server.get("/audit", as: .adam).objects("entries")
        #expect(audit.count == 2)
        #expect(audit.first?.text("actorId") == "31")
        #expect(audit.first?.text("door") == "api")
        #expect(audit.first?.text("action").hasPrefix(write.name) == true)
        guard write.method != .delete else { return }
        // What is answered is what is then read, with the same tag.
        let id = done.record(write.name).text("id")
        let path = write.path == "/location" ? "/location" : "/\(write.path.part)/\(id)"
        let read = try await server.get(path, as: .office)
        #expect(read.record(write.name) == done.record(write.name))
        #expect(read.headers[.eTag] == done.headers[.eTag])
    }

    /// A write that is refused, with the reasons.
    struct Faulty: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let body: JSONObject
        let faults: [String]

        init(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ body: JSONObject,
            _ faults: String...
        ) {
            self.method = method
            self.path = path
            self.body = body
            self.faults = faults
        }

        var testDescription: String { "\(path) \(faults)" }
    }

    static let faulty: [Faulty] = [
        Faulty(.post, "/users", [:], "/name is required"),
        Faulty(
            .post,
            "/users",
            ["name": "", "role": "boss", "x": .null],
            "/name is shorter than 1 characters",
            "/role is none of agent, manager, admin",
            "/x is not known here"
        ),
        Faulty(.post, "/users", ["name": "A\u{7}"], "/name has a control character"),
        Faulty(
            .patch,
            "/users/1",
            ["timeZone": "Mars"],
            "/timeZone is no time zone such as America/New_York"
        ),
        Faulty(
            .patch,
            "/users/1",
            ["locale": "d"],
            "/locale is no language tag such as en or pt-BR"
        ),
        Faulty(
            .post,
            "/teams",
            ["name": "T", "memberIds": .array(["1", "x", "1"])],
            "/memberIds/1 is no identifier, which is a text of digits",
            "/memberIds/2 repeats one before it"
        ),
        Faulty(
            .post,
            "/teams",
            ["name": "T", "memberIds": .array(["1", "20"])],
            "/memberIds/1 is no record that you may refer to"
        ),
        Faulty(
            .post,
            "/contacts",
            ["ownerId": "99"],
            "/ownerId is no record that you may refer to"
        ),
        Faulty(.patch, "/location", ["name": .null], "/name cannot be null"),
    ]

    @Test(arguments: faulty)
    func `a fault is told of each field`(faulty: Faulty) async throws {
        let answer = try await server.send(
            faulty.method,
            faulty.path,
            as: .adam,
            [:],
            faulty.body.bytes
        )
        #expect(answer.status == 422, "\(answer.text)")
        #expect(answer.isProblem)
        #expect(answer.faults == faulty.faults)
    }

    @Test(arguments: ["/users/1", "/teams/1", "/contacts/2", "/categories/8"])
    func `a change of what changed meanwhile is refused, with the record`(
        path: String
    ) async throws {
        let stale: HTTPFields = [.ifMatch: "\"x\""]
        let answer = try await server.patch(path, [:], as: .adam, stale)
        #expect(answer.status == 412)
        #expect(answer.isProblem)
        #expect(answer.record(String(path.part.singular)).text("etag").isEmpty == false)
        let tag = try #require(try await server.get(path, as: .adam).headers[.eTag])
        #expect(try await server.patch(path, [:], as: .adam, [.ifMatch: tag]).status == 200)
    }

    @Test(arguments: ["/categories/1", "/users/31"])
    func `what has to stay is kept`(path: String) async throws {
        let answer = try await server.delete(path, as: .adam)
        #expect(answer.status == 409, "\(answer.text)")
        #expect(answer.isProblem)
    }

    @Test func `an administrator keeps the own role`() async throws {
        let answer = try await server.patch("/users/31", ["role": "agent"], as: .adam)
        #expect(answer.status == 409)
        #expect(try await server.patch("/users/31", ["phone": "1"], as: .adam).status == 200)
    }

    @Test(.server) func `what a role reaches follows the role at once`() async throws {
        let server = try TestServer.current
        let task = try await server.post(
            "/tasks",
            ["title": "Of Dora", "dueAt": "2026-12-01T09:00:00Z"],
            as: .dora
        )
        let path = "/tasks/\(task.record("task").text("id"))"
        #expect(try await server.get(path, as: .cleo).status == 404)
        _ = try await server.patch("/users/3", ["role": "manager"], as: .adam)
        // The token is looked up again after a second.
        server.clock.advance(by: .seconds(1))
        #expect(try await server.get(path, as: .cleo).status == 200)
        #expect(try await server.get("/me", as: .cleo).text("role") == "manager")
        #expect(try await server.get("/users", as: .cleo).objects("users").count == 6)
        #expect(try await server.post("/users", ["name": "A"], as: .cleo).status == 403)
        let assigned = try await server.patch(path, ["assigneeId": "2"], as: .cleo)
        #expect(assigned.status == 200, "\(assigned.text)")
        _ = try await server.patch("/users/3", ["role": "admin"], as: .adam)
        server.clock.advance(by: .seconds(1))
        #expect(try await server.post("/users", ["name": "A"], as: .cleo).status == 201)
        _ = try await server.delete("/users/3", as: .adam)
        server.clock.advance(by: .seconds(1))
        #expect(try await server.get("/me", as: .cleo).status == 401)
    }
}

extension String {
    /// The first part of a path.
    fileprivate var part: String { String(split(separator: "/")[0]) }

    /// The name of one of many.
    fileprivate var singular: String {
        hasSuffix("ies") ? String(dropLast(3)) + "y" : String(dropLast())
    }
}
