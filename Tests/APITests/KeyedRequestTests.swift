import DatabaseTestSupport
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// `Idempotency-Key`.
@Suite struct KeyedRequestTests {
    private var server: TestServer { get throws { try .current } }

    private static let call: JSONObject = [
        "title": "Call", "due": .object(["local": "2026-12-01T09:00:00"]),
    ]

    private func key(_ text: String) -> HTTPFields {
        HTTPField.Name("Idempotency-Key").map { [$0: text] } ?? [:]
    }

    private func isReplayed(_ answer: Answer) -> Bool {
        HTTPField.Name("Idempotency-Replayed").map { answer.headers[$0] == "true" } ?? false
    }

    private func titles() async throws -> [String] {
        try await server.get("/tasks").objects("tasks").map { $0.text("title") }
    }

    @Test(.server) func `a request that comes again has one effect and the first answer`()
        async throws
    {
        let first = try await server.post("/tasks", Self.call, key("a"))
        #expect(first.status == 201)
        #expect(!isReplayed(first))
        let path = "/tasks/\(first.record("task").text("id"))"
        _ = try await server.patch(path, ["title": "Write"])
        let again = try await server.post("/tasks", Self.call, key("a"))
        #expect(again.status == 201)
        #expect(again.text == first.text)
        #expect(again.headers[.eTag] == first.headers[.eTag])
        #expect(again.headers[.location] == path.replacing("/tasks", with: "/v1/tasks"))
        #expect(isReplayed(again))
        #expect(try await titles() == ["Write"])
    }

    @Test(.server) func `patches, deletions and actions are carried out once`() async throws {
        let task = try await server.make(Said())
        let path = "/tasks/\(task.id.rawValue)"
        let cursor = try await server.get("/changes").text("cursor")
        for _ in 0..<2 {
            _ = try await server.patch(path, ["title": "Write"], key("p"))
            _ = try await server.post("\(path)/complete", [:], key("c"))
            _ = try await server.post("\(path)/reopen", [:], key("r"))
            let answer = try await server.delete(path, key("d"))
            #expect(answer.status == 200)
        }
        let changes = try await server.get("/changes?after=\(cursor)").objects("changes")
        #expect(changes.count == 4)
        // What changed nothing is not carried out later either.
        let other = try await server.make(Said())
        let reopening = "/tasks/\(other.id.rawValue)/reopen"
        #expect(try await server.post(reopening, [:], key("n")).status == 200)
        _ = try await server.post("/tasks/\(other.id.rawValue)/complete")
        let again = try await server.post(reopening, [:], key("n"))
        #expect(again.record("task").text("state") == "open")
        let now = try await server.get("/tasks/\(other.id.rawValue)").record("task")
        #expect(now.text("state") == "complete")
    }

    @Test(
        .server,
        arguments: [
            "fields = '[\"Content-Length\",\"1\"]'", "fields = '[\"content-length\",\"-5\"]'",
            "body = NULL", "status = 404",
        ]
    )
    func `a kept answer that was spoiled is not sent`(change: String) async throws {
        #expect(try await server.post("/tasks", Self.call, key("a")).status == 201)
        _ = try await server.store.driver.write { connection in
            try connection.execute(SQLStatement(dynamic: "UPDATE keptAnswer SET \(change)"), [:])
        }
        let again = try await server.post("/tasks", Self.call, key("a"))
        #expect(again.status == 503)
        #expect(try await titles() == ["Call"])
    }

    @Test(.server) func `a key of another request is refused`() async throws {
        #expect(try await server.post("/tasks", Self.call, key("a")).status == 201)
        var other = Self.call
        other["title"] = "Write"
        for answer in [
            try await server.post("/tasks", other, key("a")),
            try await server.post("/tasks?dryRun=false", Self.call, key("a")),
        ] {
            #expect(answer.status == 422)
            #expect(answer.problem == "key-of-another-request")
        }
        #expect(try await titles() == ["Call"])
        // The same words of somebody else are another key.
        #expect(try await server.post("/tasks", other, as: .ben, key("a")).status == 201)
    }

    @Test(.server, arguments: ["", String(repeating: "x", count: 256)])
    func `a key has 1 to 255 characters`(text: String) async throws {
        let answer = try await server.post("/tasks", Self.call, key(text))
        #expect(answer.status == 400)
        #expect(try await titles().isEmpty)
        let longest = key(String(repeating: "x", count: 255))
        #expect(try await server.post("/tasks", Self.call, longest).status == 201)
    }

    @Test(.server) func `what was refused may be sent again`() async throws {
        #expect(try await server.post("/tasks", [:], key("a")).status == 422)
        #expect(try await server.post("/tasks", Self.call, key("a")).status == 201)
    }

    @Test(.server) func `an answer is kept for a day`() async throws {
        #expect(try await server.post("/tasks", Self.call, key("a")).status == 201)
        try server.clock.advance(by: .seconds(86_399))
        #expect(isReplayed(try await server.post("/tasks", Self.call, key("a"))))
        #expect(try await server.store.forgetAnswers(at: server.clock.now, limit: 9) == 0)
        try server.clock.advance(by: .seconds(1))
        #expect(!isReplayed(try await server.post("/tasks", Self.call, key("a"))))
        #expect(try await titles() == ["Call", "Call"])
        try server.clock.advance(by: .seconds(86_400))
        #expect(try await server.store.forgetAnswers(at: server.clock.now, limit: 9) == 1)
    }

    @Test(.server) func `of requests at the same time one has an effect`() async throws {
        let server = try server
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<12 {
                group.addTask { try await server.post("/tasks", Self.call, key("a")) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try await titles() == ["Call"])
        #expect(answers.count { $0.status == 201 && !isReplayed($0) } == 1)
        for answer in answers where answer.status != 201 {
            #expect(answer.status == 409)
            #expect(answer.headers[.retryAfter] == "1")
        }
    }

    @Test(.server) func `a request whose answer was lost has one effect and an answer`()
        async throws
    {
        let key = KeyedRequest(
            key: KeyedRequest.Key(
                locationID: LocationID(TestOffice.location),
                principal: "1 *",
                text: "a"
            ),
            fingerprint: [1, 2, 3]
        )
        let commands = TaskCommands(store: try server.store, zones: try server.zones)
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call", assigneeID: Identifier(1)),
            due: WallClockTime(at: TestServer.start, in: .utc)
        )
        let actor = Actor(locationID: LocationID(TestOffice.location), userID: Identifier(1))
        let now = try server.clock.now
        let outcomes = try await KeyedRequest.$current.withValue(key) {
            [
                try await commands.create(draft, by: actor, at: now),
                try await commands.create(draft, by: actor, at: now),
            ]
        }
        #expect(outcomes[0].entry == outcomes[1].entry)
        #expect(outcomes[0].changeNumber == outcomes[1].changeNumber)
        #expect(try await titles() == ["Call"])
        #expect(try await server.store.known(key, at: now) == .carriedOut(at: now))
    }

    @Test(.server) func `a write of the directory whose answer was lost has one effect`()
        async throws
    {
        let server = try server
        let location = LocationID(TestOffice.location)
        let directory = server.directory
        let terms = { (intent: DirectoryTerms.Intent) in
            DirectoryTerms(
                author: AuditAuthor(door: .api, userID: Identifier(31), tokenID: nil),
                in: location,
                intent: intent
            )
        }
        func apply(
            _ update: DirectoryUpdate,
            _ intent: DirectoryTerms.Intent,
            _ key: String
        ) async throws -> DirectoryOutcome {
            let request = KeyedRequest(
                key: KeyedRequest.Key(locationID: location, principal: "31 *", text: key),
                fingerprint: [1, 2, 3]
            )
            return try await KeyedRequest.$current.withValue(request) {
                try await directory.apply(update, under: terms(intent), at: server.clock.now)
            }
        }
        func update(named name: String) -> ContactUpdate {
            var update = ContactUpdate()
            update.locationID = location
            update.firstName = .set(name)
            return update
        }
        var contact = DirectoryUpdate()
        contact.contacts = [update(named: "Keyed")]
        let made = try await apply(contact, .creating, "c")
        let again = try await apply(contact, .creating, "c")
        #expect(again.samples.first?.after == made.samples.first?.after)
        #expect(again.auditNumber == made.auditNumber)
        let names = try await server.get("/contacts", as: .adam).objects("contacts")
        #expect(names.count { $0.text("firstName") == "Keyed" } == 1)
        // Nothing tells of several records any more.
        contact.contacts.append(update(named: "Other"))
        _ = try await apply(contact, .importing, "i")
        await #expect(throws: KeyRefusal.answerLost) {
            _ = try await apply(contact, .importing, "i")
        }
    }
}
