import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// What people and locations say of reminders, over HTTP.
@Suite(.server) struct ReminderSettingsTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let settings: JSONObject = [
        "reminders": .array([
            .object(["before": "PT1H", "channel": "email"]),
            .object(["after": "P1D", "repeat": "P1D", "channel": "sms"]),
        ]),
        "quietHours": .object(["from": "21:00", "to": "07:00"]),
        "digest": "07:30",
        "refusesMail": .bool(true),
    ]

    private static let nothing: JSONObject = [
        "reminders": .null, "quietHours": .null, "digest": .null, "refusesMail": .bool(false),
    ]

    private func said(_ record: JSONObject) -> JSONObject {
        var said: JSONObject = [:]
        for name in Self.settings.names { said[name] = record[name] }
        return said
    }

    @Test(.server, arguments: ["/users/4", "/users/4?dryRun=true"])
    func `users change their own settings, and whoever reads sees it`(path: String) async throws {
        let server = try TestServer.current
        #expect(said(try await server.get("/users/4", as: .dora).record("user")) == Self.nothing)
        let done = try await server.patch(path, Self.settings, as: .dora)
        #expect(done.status == 200, "\(done.text)")
        #expect(said(done.record("user")) == Self.settings)
        let isTrial = path.contains("dryRun")
        let read = try await server.get("/users/4", as: .adam)
        #expect(said(read.record("user")) == (isTrial ? Self.nothing : Self.settings))
        if isTrial { return }
        #expect(done.headers[.eTag] == read.headers[.eTag])
        #expect(try await server.get("/me", as: .dora).record("user") == read.record("user"))
        let entry = try #require(
            try await server.get("/audit?limit=1", as: .adam).objects("entries").first
        )
        #expect(entry.text("actorId") == "4")
        #expect(entry.text("action") == "user.updated")
        #expect(entry.object("detail").object("after") == Self.settings)
        let ended = try await server.patch("/users/4", Self.nothing, as: .dora)
        #expect(said(ended.record("user")) == Self.nothing)
    }

    @Test func `a member that is not named stays`() async throws {
        _ = try await server.patch("/users/3", Self.settings, as: .cleo)
        let done = try await server.patch("/users/3", ["digest": "08:00"], as: .cleo)
        var expected = Self.settings
        expected["digest"] = "08:00"
        #expect(said(done.record("user")) == expected)
    }

    @Test func `an empty list is not what was never said`() async throws {
        let done = try await server.patch("/users/2", ["reminders": .array([])], as: .ben)
        #expect(done.record("user")["reminders"] == .array([]))
    }

    /// A write that its sender may not make, alike whoever and whatever is there.
    @Test(
        arguments: [
            ("/users/1", ["phone": "1"]), ("/users/1", ["digest": "07:30", "role": "admin"]),
            ("/users/2", ["digest": "07:30"]), ("/users/20", ["digest": "07:30"]),
            ("/users/99", ["digest": "07:30"]), ("/users/0004Mtfsd11SBU1mBPgd", [:]),
            ("/users/nobody0nobody0nobody", [:]),
        ] as [(String, JSONObject)]
    )
    func `nothing else is open to those who do not administer`(
        path: String,
        body: JSONObject
    ) async throws {
        let answer = try await server.patch(path, body)
        #expect(answer.status == 403)
        #expect(answer.text("detail") == "It needs the scope `directory.write`.")
        #expect(answer.isProblem)
    }

    @Test func `the public name is one's own, too`() async throws {
        let path = "/users/hxHGVRb1YJUscrCB8eXK"
        #expect(try await server.patch(path, ["digest": "06:00"]).status == 200)
        #expect(try await server.patch(path, ["digest": .null], as: .ben).status == 403)
        #expect(try await server.patch(path, ["digest": .null], as: .powerless).status == 403)
    }

    @Test func `a batch is as open as its operations`() async throws {
        let operation: JSONObject = [
            "method": "PATCH", "path": "/users/1", "body": .object(["digest": "05:00"]),
        ]
        let done = try await server.post("/batch", ["operations": .array([.object(operation)])])
        #expect(done.objects("results").first?["status"] == .integer(200), "\(done.text)")
        let refused = try await server.post(
            "/batch",
            ["operations": .array([.object(operation)])],
            as: .ben
        )
        #expect(refused.objects("results").first?["status"] == .integer(403))
    }

    @Test func `a change of what changed meanwhile is refused`() async throws {
        let stale: HTTPFields = [.ifMatch: "\"x\""]
        let answer = try await server.patch("/users/1", Self.settings, as: .ana, stale)
        #expect(answer.status == 412)
        #expect(answer.record("user").text("id") == "1")
    }

    @Test func `a location has reminders`() async throws {
        let reminders = JSONValue.array([.object(["before": "PT0S", "channel": "page"])])
        let done = try await server.patch("/location", ["reminders": reminders], as: .office)
        #expect(done.record("location")["reminders"] == reminders)
        #expect(try await server.get("/location").record("location")["reminders"] == reminders)
        #expect(try await server.get("/me").record("location")["reminders"] == reminders)
        let refused = try await server.patch("/location", ["reminders": .null], as: .mara)
        #expect(refused.status == 403)
    }

    /// A body, and what is wrong with it.
    struct Faulty: Sendable, CustomTestStringConvertible {
        let body: JSONObject
        let faults: [String]

        init(_ body: JSONObject, _ faults: String...) {
            self.body = body
            self.faults = faults
        }

        var testDescription: String { "\(faults)" }
    }

    static let faulty = [
        Faulty(["reminders": "PT1H"], "/reminders is no list of at most 20"),
        Faulty(
            [
                "reminders": .array([
                    .object(["before": "PT1H", "channel": "pigeon"]), .integer(1),
                ])
            ],
            "/reminders/0 has no `channel` that is email, sms, webhook or page",
            "/reminders/1 is no object"
        ),
        Faulty(
            ["quietHours": .object(["from": "9pm"])],
            "/quietHours/from is no time on the clock such as 07:30",
            "/quietHours/to is required"
        ),
        Faulty(
            ["quietHours": .object(["from": "07:00", "to": "07:00", "x": .null])],
            "/quietHours/to is the time at which they begin",
            "/quietHours/x is not known here"
        ),
        Faulty(["quietHours": "night"], "/quietHours is no object"),
        Faulty(["digest": "24:00"], "/digest is no time on the clock such as 07:30"),
        Faulty(["digest": "7:30"], "/digest is no time on the clock such as 07:30"),
        Faulty(["digest": "07:3٠"], "/digest is no time on the clock such as 07:30"),
        Faulty(["refusesMail": .null], "/refusesMail cannot be null"),
    ]

    @Test(arguments: faulty, [Caller.ana, .adam])
    func `a fault is told of each field`(faulty: Faulty, caller: Caller) async throws {
        let answer = try await server.patch("/users/1", faulty.body, as: caller)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(answer.faults == faulty.faults)
    }

    @Test(.server) func `a key repeats the answer and not the change`() async throws {
        let server = try TestServer.current
        let key: HTTPFields = HTTPField.Name("Idempotency-Key").map { [$0: "once"] } ?? [:]
        let first = try await server.patch("/users/1", Self.settings, as: .ana, key)
        _ = try await server.patch("/users/1", Self.nothing)
        let again = try await server.patch("/users/1", Self.settings, as: .ana, key)
        #expect(first.status == 200)
        #expect(again.text == first.text)
        #expect(said(try await server.get("/users/1").record("user")) == Self.nothing)
    }

    @Test(.server) func `a document has the settings, and makes them again`() async throws {
        let server = try TestServer.current
        _ = try await server.patch("/users/1", Self.settings)
        _ = try await server.patch("/location", ["reminders": .array([])], as: .office)
        let before = try await server.get("/directory/export", as: .office)
        let user = try #require(before.objects("users").first { $0["id"] == .integer(1) })
        #expect(said(user) == Self.settings)
        #expect(before.objects("locations").first?["reminders"] == .array([]))
        _ = try await server.patch("/users/1", Self.nothing)
        _ = try await server.patch("/location", ["reminders": .null], as: .office)
        let document = Array(before.text.utf8)
        let done = try await server.send(.post, "/directory/import", as: .office, [:], document)
        #expect(done.status == 200, "\(done.text)")
        #expect(try await server.get("/directory/export", as: .office).text == before.text)
    }

    @Test(
        arguments: [
            (#""reminders": [{"before": "soon", "channel": "sms"}]"#, "/users/0/reminders/0"),
            (#""reminders": {}"#, "/users/0/reminders"),
            (#""quietHours": {"from": "07:00", "to": "07:00"}"#, "/users/0/quietHours"),
            (#""digest": 450"#, "/users/0/digest"),
            (#""refusesMail": "no""#, "/users/0/refusesMail"),
        ]
    )
    func `a fault in a document is told with its place`(
        member: String,
        place: String
    ) async throws {
        let document = Array(#"{"users": [{"id": 1, \#(member)}]}"#.utf8)
        let answer = try await server.send(.post, "/directory/import", as: .office, [:], document)
        #expect(answer.status == 422)
        #expect(answer.faults.first?.hasPrefix("\(place) ") == true, "\(answer.faults)")
    }
}
