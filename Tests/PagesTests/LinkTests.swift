import HTTPServing
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

@testable import Pages

/// The pages to which the links of reminders lead.
struct LinkTests {
    /// A link of Ana's, or of somebody else, that is in force for seven days.
    private func link(
        _ deed: ReminderLink.Deed,
        _ task: JSONObject?,
        user: Int64 = 1,
        location: String = TestTeam.location,
        due: LocalDateTime? = nil
    ) -> ReminderLink {
        ReminderLink(
            locationID: LocationID(location),
            userID: Identifier(user),
            taskID: task?["id"]?.string.flatMap { Int64($0) }.map { Identifier($0) },
            deed: deed,
            dueLocal: due,
            expiresAt: TestSite.start.advanced(by: .seconds(7 * 86_400))
        )
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ link: ReminderLink,
        _ form: String = "",
        to site: TestSite
    ) async throws -> Answer {
        try await site.send(
            method,
            TestSite.path(of: link),
            [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: "en"],
            Array(form.utf8)
        )
    }

    private func task(_ site: TestSite, _ id: JSONValue?) async throws -> JSONObject {
        let api = OwnAPI(as: site.principal(of: 1), site.answer)
        return try await api.get("/tasks/\(id?.string ?? "")").record("task")?.members ?? [:]
    }

    private static let call: JSONObject = [
        "title": "Call <Stacy>", "dueAt": "2026-11-30T20:00:00Z",
    ]
    private static let weekly: JSONObject = [
        "title": "Call Stacy",
        "recurrence": .object([
            "start": "2026-11-30T12:00:00", "timeZone": "America/Los_Angeles",
            "rule": "FREQ=WEEKLY",
        ]),
    ]

    @Test(arguments: [
        (ReminderLink.Deed.complete, "Is it done?", "Done", "complete"),
        (.skip, "Skip it this time?", "Skipped this time", "skipped"),
    ])
    func `a link asks first, and does it by a button`(
        deed: ReminderLink.Deed,
        question: String,
        answer: String,
        state: String
    ) async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.weekly)
        let link = link(deed, made, due: LocalDateTime(shown: "2026-11-30T12:00:00"))
        for method in [HTTPRequest.Method.get, .head, .get] {
            let asked = try await send(method, link, to: site)
            #expect(asked.status == 200)
            #expect(asked.text.contains("<h1>\(question)</h1>") == (method == .get))
            #expect(try await task(site, made["id"])["state"] == "open")
        }
        let done = try await send(.post, link, to: site)
        #expect(done.status == 200)
        #expect(done.text.contains("<h1>\(answer)</h1>"))
        #expect(done.text.contains("The next one: Mon, Dec 7, 12:00\u{a0}PM."))
        #expect(try await task(site, made["id"])["state"] == .string(state))
        for method in [HTTPRequest.Method.get, .post] {
            let again = try await send(method, link, to: site)
            #expect(again.status == 200)
            #expect(again.text.contains("There is nothing left to do. Thank you!"))
            #expect(!again.text.contains("<form"))
        }
    }

    @Test func `a link reminds later, and tells when`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let hour = try await send(.post, link(.snoozeHour, made), to: site)
        #expect(hour.text.contains("The next reminder: today, 9:00\u{a0}AM."), "\(hour.text)")
        let asked = try await send(.get, link(.snoozeTomorrow, made), to: site)
        #expect(asked.text.contains("Remind me tomorrow, 9:00\u{a0}AM"))
        let morning = try await send(.post, link(.snoozeTomorrow, made), to: site)
        #expect(morning.text.contains("The next reminder: tomorrow, 9:00\u{a0}AM."))
        #expect(try await task(site, made["id"])["state"] == "open")
    }

    @Test func `a link may leave the choice`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let asked = try await send(.get, link(.choose, made), to: site)
        #expect(asked.text.contains("Call &lt;Stacy&gt;"))
        for deed in ["complete", "snoozeHour", "snoozeTomorrow"] {
            #expect(asked.text.contains("name=\"do\" value=\"\(deed)\""))
        }
        #expect(!asked.text.contains("value=\"skip\""))
        for form in ["", "do=", "do=refuseMail", "do=choose", "do=delete"] {
            _ = try await send(.post, link(.choose, made), form, to: site)
            #expect(try await task(site, made["id"])["state"] == "open")
        }
        let done = try await send(.post, link(.choose, made), "do=complete", to: site)
        #expect(done.text.contains("<h1>Done</h1>"))
        #expect(try await task(site, made["id"])["state"] == "complete")
    }

    @Test func `a task that was moved is shown before anything is done`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let old = link(.complete, made, due: LocalDateTime(shown: "2026-11-29T12:00:00"))
        for method in [HTTPRequest.Method.get, .post] {
            let shown = try await send(method, old, to: site)
            #expect(
                shown.text.contains("It was moved since the reminder was sent, to: Today, 12:00")
            )
            #expect(try await task(site, made["id"])["state"] == "open")
        }
        let shown = try await send(.get, old, to: site)
        let mark = try #require(shown.text.firstRange(of: "name=\"state\" value=\""))
        let state = shown.text[mark.upperBound...].prefix { $0 != "\"" }
            .replacing("&quot;", with: "%22")
        let stale = try await send(.post, old, "state=%22old%22", to: site)
        #expect(stale.text.contains("The task has just been changed."))
        #expect(try await task(site, made["id"])["state"] == "open")
        let done = try await send(.post, old, "state=\(state)", to: site)
        #expect(done.text.contains("<h1>Done</h1>"), "\(done.text)")
    }

    @Test func `a task that is gone, or that the user may not see, is told alike`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let api = OwnAPI(as: site.principal(of: 1), site.answer)
        let others = try await site.make(
            ["title": "Secret", "dueAt": "2026-11-30T20:00:00Z"],
            by: 3
        )
        try await api.delete("/tasks/\(made["id"]?.string ?? "")")
        let missing: JSONObject = ["id": "987654"]
        var texts: Set<String> = []
        for task in [made, others, missing] {
            for method in [HTTPRequest.Method.get, .post] {
                let answer = try await send(method, link(.complete, task), to: site)
                #expect(answer.status == 410)
                #expect(answer.text.contains("The task is not there any more"))
                texts.insert(answer.text)
            }
        }
        #expect(texts.count == 1)
    }

    @Test func `a link lapses`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        site.clock.advance(by: .seconds(7 * 86_400))
        for method in [HTTPRequest.Method.get, .post] {
            let answer = try await send(method, link(.complete, made), to: site)
            #expect(answer.status == 410)
            #expect(answer.text.contains("<h1>This link has run out</h1>"))
            #expect(!answer.text.contains("Stacy"))
        }
        #expect(try await task(site, made["id"])["state"] == "open")
    }

    @Test func `what is no link of this server says nothing of anybody`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let good = TestSite.path(of: link(.complete, made))
        var paths = [
            "/r", "/r?", "/r?x", "/r?%00", "/r/x", good.replacing("signed-", with: "signed"),
            good.replacing("/r?", with: "/r/x?"), good.replacing("/r?", with: "/r?a&"),
        ]
        paths.append(TestSite.path(of: link(.complete, made, user: 99)))
        paths.append(TestSite.path(of: link(.complete, made, location: "nowhere")))
        paths.append(TestSite.path(of: link(.complete, made, location: "Zq3TnB7cWx5LkD9vRy1M")))
        var texts: Set<String> = []
        for path in paths {
            for method in [HTTPRequest.Method.get, .post] {
                let answer = try await site.send(method, path, [:])
                #expect(answer.status == 404, "\(path)")
                texts.insert(answer.text)
            }
        }
        #expect(texts.count == 1)
        #expect(try await task(site, made["id"])["state"] == "open")
        #expect(try await site.send(.put, good, [:]).status == 405)
    }

    @Test func `a form that is too large does nothing`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let body = String(repeating: "x", count: ServingLimit.bodyBytes + 1)
        #expect(try await send(.post, link(.complete, made), body, to: site).status == 413)
        #expect(try await task(site, made["id"])["state"] == "open")
    }

    @Test func `what others put behind a link does no harm`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let path = TestSite.path(of: link(.complete, made)) + "&utm_source=mail"
        #expect(try await site.send(.get, path, [:]).text.contains("Is it done?"))
    }

    @Test func `who tries links without end is refused, and nobody else is`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        for _ in 0..<300 { #expect(try await site.send(.get, "/r?x", [:]).status == 404) }
        let refused = try await site.send(.post, "/r?x", [:])
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "60")
        #expect(try await send(.get, link(.complete, made), to: site).status == 200)
    }

    @Test func `nothing runs on the pages, and nobody is told the link`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let answer = try await send(.get, link(.complete, made), to: site)
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; ") ?? false)
        #expect(answer.headers[.cacheControl] == "no-store")
        let policy = try #require(HTTPField.Name("Referrer-Policy"))
        #expect(answer.headers[policy] == "no-referrer")
        #expect(!answer.text.contains("<script") && !answer.text.contains("htmx"))
        #expect(answer.headers[.setCookie] == nil)
    }

    @Test func `the pages speak the user's language`() async throws {
        let site = try await TestSite()
        let made = try await site.make(Self.call)
        let asked = try await send(.get, link(.complete, made, user: 2), to: site)
        #expect(asked.text.contains("<html lang=\"es\">"))
        #expect(asked.text.contains("<h1>¿Está hecha?</h1>"))
    }

    @Test(arguments: [
        "List-Unsubscribe=One-Click", "", "mail=", "--x\r\nList-Unsubscribe\r\n--x--",
    ])
    func `one click ends the mails, from wherever it comes`(body: String) async throws {
        let site = try await TestSite()
        let link = link(.refuseMail, nil)
        let origin = try #require(HTTPField.Name("Origin"))
        let path = TestSite.path(of: link)
        let asked = try await site.send(.get, path, [:])
        #expect(asked.text.contains("<h1>No more mails?</h1>"))
        #expect(try await !site.refusesMail(1))
        let done = try await site.send(
            .post,
            path,
            [origin: "https://mail.example"],
            Array(body.utf8)
        )
        #expect(done.status == 200)
        #expect(try await site.refusesMail(1))
        #expect(try await !site.refusesMail(2))
        #expect(try await site.send(.get, path, [:]).text.contains("You get no more mails"))
        let again = try await site.send(.post, path, [:], Array("mail=again".utf8))
        #expect(again.text.contains("<h1>You get mails again</h1>"))
        #expect(try await !site.refusesMail(1))
    }
}
