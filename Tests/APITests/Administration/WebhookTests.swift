import HTTPServing
import HTTPTypes
import JSON
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// `/webhooks`.
@Suite(.server) struct WebhookTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func make(_ body: JSONObject = [:]) async throws -> Answer {
        var body = body
        if body["url"] == nil { body["url"] = "https://example.com/" }
        return try await server.post("/webhooks", body, as: .adam)
    }

    /// What was done to a webhook, the latest first.
    private func actions(in audit: Answer, on webhook: JSONObject) -> [String] {
        audit.objects("entries").filter { $0.text("subject") == webhook.text("id") }
            .map { $0.text("action") }
    }

    private func path(of answer: Answer) -> String {
        "/webhooks/\(answer.record("webhook").text("id"))"
    }

    @Test func `a webhook is made, and its secret is shown this once`() async throws {
        let made = try await make()
        #expect(made.status == 201)
        #expect(made.headers[.cacheControl] == "no-store")
        #expect(made.headers[.location] == "/v1" + path(of: made))
        let secret = made.text("secret")
        #expect(secret.hasPrefix("whsec_"))
        let record = made.record("webhook")
        #expect(record.text("form") == "standard")
        #expect(record["events"] == .null)
        #expect(record.text("state") == "active")
        let got = try await server.get(path(of: made), as: .adam)
        #expect(got.record("webhook") == record)
        #expect(got.headers[.eTag] == record.text("etag"))
        let list = try await server.get("/webhooks?limit=500", as: .adam)
        #expect(list.ids("webhooks").contains(record.text("id")))
        let audit = try await server.get("/audit", as: .adam)
        #expect(actions(in: audit, on: record) == ["webhook.created"])
        for answer in [got, list, audit] { #expect(!answer.text.contains(secret)) }
    }

    @Test func `a webhook that is only tried shows no secret and is not there`() async throws {
        let tried = try await server.post(
            "/webhooks?dryRun=true",
            ["url": "https://example.com/"],
            as: .adam
        )
        #expect(tried.status == 201)
        #expect(tried["secret"] == .null)
        #expect(tried["auditNumber"] == .null)
        #expect(tried.record("webhook")["id"] == .null)
        #expect(tried.record("effect")["created"] == .integer(1))
    }

    @Test(arguments: ["/webhooks", "/webhooks/1/rotate"])
    func `the answer with a secret is not kept for a key`(path: String) async throws {
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let answer = try await server.post(path, [:], as: .adam, [name: path])
        #expect(answer.status == 400)
        #expect(answer.isProblem)
    }

    @Test func `other writes are carried out once for a key`() async throws {
        let made = try await make()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let fields: HTTPFields = [name: "pause"]
        let paused: JSONObject = ["paused": .bool(true)]
        let first = try await server.patch(path(of: made), paused, as: .adam, fields)
        let again = try await server.patch(path(of: made), paused, as: .adam, fields)
        #expect(first.status == 200)
        #expect(again.text == first.text)
        #expect(again.headers[.idempotencyReplayed] == "true")
    }

    @Test func `a webhook is changed, paused and let go on`() async throws {
        let made = try await make(["events": .array(["task.created"])])
        let tag: HTTPFields = [.ifMatch: made.record("webhook").text("etag")]
        let changed = try await server.patch(
            path(of: made),
            ["url": "https://elsewhere.example/", "events": .null],
            as: .adam,
            tag
        )
        #expect(changed.status == 200)
        #expect(changed.record("webhook").text("url") == "https://elsewhere.example/")
        #expect(changed.record("webhook")["events"] == .null)
        let late = try await server.patch(path(of: made), ["paused": .bool(true)], as: .adam, tag)
        #expect(late.status == 412)
        #expect(late.record("webhook") == changed.record("webhook"))
        let paused = try await server.patch(path(of: made), ["paused": .bool(true)], as: .adam)
        #expect(paused.record("webhook").text("state") == "paused")
        #expect(paused.record("webhook").text("reason") == WebhookProgress.pauseByHand)
        let twice = try await server.patch(path(of: made), ["paused": .bool(true)], as: .adam)
        #expect(twice["auditNumber"] == .null)
        #expect(twice.record("effect")["changed"] == .integer(0))
        let goesOn = try await server.patch(path(of: made), ["paused": .bool(false)], as: .adam)
        #expect(goesOn.record("webhook").text("state") == "active")
        #expect(goesOn.record("webhook")["reason"] == .null)
    }

    @Test func `a rotation makes a new secret, and another tag`() async throws {
        let made = try await make()
        let rotated = try await server.post(path(of: made) + "/rotate", as: .adam)
        #expect(rotated.status == 200)
        #expect(rotated.headers[.cacheControl] == "no-store")
        #expect(rotated.text("secret").hasPrefix("whsec_"))
        let (former, record) = (made.record("webhook"), rotated.record("webhook"))
        #expect(record.text("etag") != former.text("etag"))
        let audit = try await server.get("/audit", as: .adam)
        #expect(actions(in: audit, on: record) == ["webhook.rotated", "webhook.created"])
        #expect(!audit.text.contains(rotated.text("secret")))
    }

    @Test func `a webhook is tested, and nothing is sent by a trial`() async throws {
        let made = try await make()
        let answer = try await server.post(path(of: made) + "/test", as: .adam)
        #expect(answer.json == .object(["arrived": .bool(true), "answer": "204"]))
        let tried = try await server.post(path(of: made) + "/test?dryRun=true", as: .adam)
        #expect(tried.json == .object(["arrived": .bool(false), "answer": .null]))
    }

    @Test func `a webhook is removed`() async throws {
        let made = try await make()
        let trial = try await server.delete(path(of: made) + "?dryRun=true", as: .adam)
        #expect(trial.record("effect")["removed"] == .integer(1))
        #expect(try await server.delete(path(of: made), as: .adam).status == 200)
        #expect(try await server.get(path(of: made), as: .adam).status == 404)
        #expect(try await server.delete(path(of: made), as: .adam).status == 404)
    }

    @Test func `what became of events is listed, the latest first, page by page`() async throws {
        let made = try await make()
        let id = try #require(Int64(made.record("webhook").text("id")))
        let store = server.store
        for title in ["One", "Two", "Three"] {
            let due: JSONValue = .object(["local": "2026-12-01T09:00:00"])
            let task = try await server.post("/tasks", ["title": .string(title), "due": due])
            #expect(task.status == 201)
        }
        let locationID = LocationID(TestOffice.location)
        let webhook = try #require(try await store.webhook(Identifier(id), in: locationID))
        let page = try await store.events(for: webhook, limit: 10)
        let events = page.events.map { WrittenEvent($0.event, end: $0.end, body: [1]) }
        #expect(try await store.keep(events, for: webhook) == events)
        let answer = WebhookAnswer.status(200)
        let progress = webhook.progress.after(
            answer,
            upTo: events[0].end,
            at: server.clock.now,
            jitter: 0
        )
        #expect(
            try await store.keep(
                progress,
                of: webhook,
                trying: events[0],
                answer,
                at: server.clock.now
            )
        )
        let first = try await server.get(path(of: made) + "/deliveries?limit=2", as: .adam)
        let last = try await server.get(
            path(of: made) + "/deliveries?cursor=\(first.text("nextCursor"))",
            as: .adam
        )
        let deliveries = first.objects("deliveries") + last.objects("deliveries")
        #expect(deliveries.map { $0.text("state") } == ["waiting", "waiting", "sent"])
        #expect(deliveries[2].text("answer") == "200")
        #expect(deliveries[2].text("type") == "task.created")
        #expect(last["nextCursor"] == nil)
    }

    static let faulty: [AdministrationTests.Faulty] = [
        .init(.post, "/webhooks", [:], "/url is required"),
        .init(.post, "/webhooks", ["url": "https://refused.test/"], "/url is refused"),
        .init(
            .post,
            "/webhooks",
            [
                "url": "https://a.test/", "form": "highlevel",
                "events": .array(["task.created"]),
            ],
            "/events/0 is no event of the form"
        ),
        .init(
            .post,
            "/webhooks",
            ["url": "https://a.test/", "events": .array([])],
            "/events is empty"
        ),
        .init(
            .post,
            "/webhooks",
            ["url": "https://a.test/", "form": "x"],
            "/form is none of standard, highlevel"
        ),
    ]

    @Test(arguments: faulty)
    func `a fault is told`(faulty: AdministrationTests.Faulty) async throws {
        let answer = try await server.send(
            faulty.method,
            faulty.path,
            as: .adam,
            [:],
            faulty.body.bytes
        )
        #expect(answer.status == 422)
        #expect(answer.faults == faulty.faults)
    }

    @Test func `webhooks are no part of an atomic batch`() async throws {
        let operation: JSONObject = [
            "method": "POST", "path": "/webhooks", "body": .object(["url": "https://a.test/"]),
        ]
        let answer = try await server.post(
            "/batch",
            ["atomic": .bool(true), "operations": .array([.object(operation)])],
            as: .adam
        )
        #expect(answer.status == 422)
    }

    @Test(.server) func `a location has 50 webhooks at most`() async throws {
        let server = try TestServer.current
        for number in 1...50 {
            let url: JSONValue = .string("https://a.test/\(number)")
            #expect(try await server.post("/webhooks", ["url": url], as: .adam).status == 201)
        }
        let answer = try await server.post("/webhooks", ["url": "https://a.test/"], as: .adam)
        #expect(answer.status == 403)
        #expect(answer.problem == "quota-exceeded")
        let page = try await server.get("/webhooks?limit=49", as: .adam)
        let rest = try await server.get(
            "/webhooks?limit=49&cursor=\(page.text("nextCursor"))",
            as: .adam
        )
        #expect(Set(page.ids("webhooks") + rest.ids("webhooks")).count == 50)
    }
}
