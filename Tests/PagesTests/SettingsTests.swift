import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// What users say of themselves, their tokens, and their searches by name.
struct SettingsTests {
    @Test func `a user changes the name, the zone and the language`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        let page = try await ana.page("/settings")
        #expect(page.contains(#"<option value="Europe/Madrid">Madrid</option>"#))
        let saved = try await ana.post(
            "/settings/you",
            ["name": "Ana M. Lopez", "timeZone": "Europe/Madrid", "locale": "es-ES"]
        )
        // It is told in the language in which it was asked for, on a page in the new one.
        #expect(saved.text.contains("Saved.") && saved.text.contains("<h1>Ajustes</h1>"))
        #expect(saved.text.contains(#"value="Ana M. Lopez""#))
        #expect(saved.text.contains("lunes, 17:00"))
    }

    @Test func `what is wrong with a field is told at the field`() async throws {
        let site = try await TestSite()
        for (user, told) in [(Int64(1), "Is no time zone such as"), (2, "No es una zona horaria")] {
            var browser = try await site.browser(of: user)
            _ = try await browser.page("/settings")
            let answer = try await browser.post(
                "/settings/you",
                ["name": "<b>Ana", "timeZone": "Moon/Base", "locale": "en-US"]
            )
            #expect(answer.status == 200)
            #expect(answer.text.contains(#"id="you-timeZone-fault">"# + told))
            #expect(answer.text.contains(#"aria-invalid="true" autofocus"#))
            #expect(answer.text.contains(#"value="Moon/Base""#))
            #expect(answer.text.contains(#"value="&lt;b&gt;Ana""#))
            #expect(!answer.text.contains("<b>Ana"))
        }
    }

    @Test func `nobody changes a role or another by their own settings`() async throws {
        let site = try await TestSite()
        for (path, body) in [
            ("/v1/users/1", ["role": .string("admin")] as JSONObject),
            ("/v1/users/1", ["email": .string("x@example.com")]), ("/v1/users/2", ["name": "X"]),
        ] {
            #expect(try await site.status(of: .patch, path, body, by: 1) == 403)
        }
        #expect(try await site.status(of: .patch, "/v1/users/1", ["name": "Ana"], by: 1) == 200)
        #expect(try await site.status(of: .delete, "/v1/users/1", [:], by: 1) == 403)
    }

    // MARK: Reminders

    @Test func `a user says when to be reminded, and when not`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        #expect(
            try await ana.page("/settings").contains(#"value="office" id="which-office" checked"#)
        )
        let saved = try await ana.post(
            "/settings/reminders",
            [
                ("which", "own"), ("moment", "before PT1H"), ("channel", "email"),
                ("moment", ""), ("channel", "sms"), ("moment", "after P1D P1D"),
                ("channel", "page"),
                ("quietFrom", "21:00"), ("quietTo", "07:00"), ("digest", "07:30"),
                ("refusesMail", "1"),
            ]
        )
        #expect(saved.text.contains("Saved."))
        #expect(saved.text.contains(#"value="own" id="which-own" checked"#))
        #expect(saved.text.contains(#"<option value="before PT1H" selected>"#))
        #expect(saved.text.contains(#"<option value="after P1D P1D" selected>"#))
        #expect(saved.text.contains(#"value="21:00""#))
        #expect(saved.text.contains(#"value="07:30""#))
        #expect(saved.text.contains(#"name="refusesMail" value="1" checked"#))
        let user = try await site.ask(.get, "/v1/users/1", by: 1).body["user"]?.object
        let count = user?["reminders"].map { if case .array(let all) = $0 { all.count } else { 0 } }
        #expect(count == 2)
        let none = try await ana.post("/settings/reminders", ["which": "none"])
        #expect(none.text.contains(#"value="none" id="which-none" checked"#))
        #expect(!none.text.contains(#"value="21:00""#))
    }

    @Test func `half of quiet hours is refused at the field`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/settings")
        let answer = try await ana.post(
            "/settings/reminders",
            ["which": "office", "quietFrom": "21:00", "digest": "noon"]
        )
        #expect(answer.text.contains("reminders-quietTo-fault"))
        #expect(answer.text.contains("reminders-digest-fault"))
        #expect(answer.text.contains(#"value="21:00""#))
    }

    @Test func `a test reminder is a task that can be undone`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/settings")
        let sent = try await ana.post("/settings/reminders/test", ["channel": "page"])
        #expect(sent.text.contains("its reminder comes in a few seconds"))
        #expect(try await ana.page("/").contains("Test reminder"))
        let undo = try #require(formPath(of: "/undo/", in: sent.text))
        try await ana.post(undo, ["back": "/settings"])
        #expect(try await !ana.page("/").contains("Complete Test reminder"))
    }

    // MARK: Tokens

    @Test func `a token is made, shown once, used and revoked`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/settings")
        let made = try await ana.submit(
            "/settings/tokens",
            ["scopes": "tasks.read", "days": "30"]
        )
        #expect(made.status == 200)
        let token = try #require(made.text.secret)
        #expect(token.count == 40)
        let hint = "\(token.prefix(4))...\(token.suffix(4))"
        let page = try await ana.page("/settings")
        #expect(!page.contains(token))
        #expect(page.contains(hint))
        #expect(page.contains("read tasks · until Wed, Dec 30 · never used"))
        let revoke = try #require(formPath(of: "/settings/tokens/", in: page))
        #expect(try await ana.post(revoke, [:]).text.contains("The token is revoked."))
        #expect(try await ana.page("/settings").contains("revoked</span>"))
    }

    @Test func `a token that may do nothing is refused at its boxes`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/settings")
        let answer = try await ana.submit("/settings/tokens", ["days": "30"])
        #expect(answer.text.contains(#"id="token-scopes-fault">Choose at least one."#))
        #expect(answer.text.secret == nil)
    }

    @Test func `a user sees and ends no token of another`() async throws {
        let site = try await TestSite()
        var ben = try await site.browser(of: 2)
        _ = try await ben.page("/settings")
        _ = try await ben.submit("/settings/tokens", ["scopes": "tasks.read"])
        let path = try #require(
            formPath(of: "/settings/tokens/", in: try await ben.page("/settings"))
        )
        for user in [Int64(1), 3] {
            var other = try await site.browser(of: user)
            #expect(formPath(of: "/settings/tokens/", in: try await other.page("/settings")) == nil)
            try await other.post(path, [:])
        }
        #expect(try await !ben.page("/settings").contains("revocada</span>"))
        #expect(
            try await site.status(of: .post, "/v1/tokens", ["userId": "2"], by: 1) == 422
        )
        #expect(try await site.status(of: .post, "/v1/tokens", [:], by: 1) == 422)
    }

    // MARK: Searches by name

    @Test func `a search gets a name, is listed and removed`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        let found = try await ana.page("/search?q=call&state=open&from=2026-12-01")
        #expect(found.contains("Save this search"))
        let saved = try await ana.post(
            "/search/save",
            ["name": " <i>Calls</i> ", "query": "state=open&q=call&from=2026-12-01&evil=1"]
        )
        #expect(saved.text.contains("Saved as “&lt;i&gt;Calls&lt;/i&gt;”."))
        #expect(
            saved.text.contains(#"<a href="/search?q=call&amp;state=open&amp;from=2026-12-01""#)
        )
        #expect(saved.text.contains(#"aria-current="true">&lt;i&gt;Calls"#))
        var ben = try await site.browser(of: 2)
        #expect(try await !ben.page("/search").contains("Calls"))
        let removed = try await ana.post("/search/remove", ["name": "<i>Calls</i>"])
        #expect(removed.text.contains("Removed “&lt;i&gt;Calls&lt;/i&gt;”."))
        #expect(try await !ana.page("/search").contains("Calls"))
    }

    @Test func `a search without words or name is not kept, nor one too many`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/search")
        for (name, query) in [
            ("Empty", ""), ("", "q=a"), (String(repeating: "n", count: 61), "q=a"),
        ] {
            let answer = try await ana.post("/search/save", ["name": name, "query": query])
            #expect(answer.text.contains("A saved search needs a name"))
        }
        for number in 1...SavedFilter.countLimit {
            try await ana.post("/search/save", ["name": "Search \(number)", "query": "q=a"])
        }
        let refused = try await ana.post("/search/save", ["name": "More", "query": "q=a"])
        #expect(refused.text.contains("There are 50 saved searches already."))
        let replaced = try await ana.post("/search/save", ["name": "Search 1", "query": "q=b"])
        #expect(replaced.text.contains("Saved as “Search 1”."))
    }
}

extension String {
    /// What a page shows once.
    var secret: String? {
        firstRange(of: #"<code class="secret">"#).map { mark in
            String(self[mark.upperBound...].prefix { $0 != "<" })
        }
    }
}
