import HTTPTypes
import JSON
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// What administrators look after.
struct OfficeTests {
    private func adam() async throws -> (TestSite, TestBrowser) {
        let site = try await TestSite()
        return (site, try await site.browser(of: 4))
    }

    @Test(arguments: [
        "", "/people", "/people/1", "/teams", "/contacts", "/contacts/2", "/contacts/import",
        "/categories",
        "/days-off", "/tokens", "/webhooks", "/reminders", "/audit",
        "/health",
    ])
    func `every part of the office is there for who administers`(path: String) async throws {
        var (site, adam) = try await adam()
        let page = try await adam.page("/admin" + path)
        #expect(page.contains("<h1>"))
        #expect(!page.contains("<b>Bold"))
        for user in [Int64(1), 2, 3] {
            var other = try await site.browser(of: user)
            #expect(try await other.get("/admin" + path).status == 404)
        }
    }

    @Test(arguments: [
        "/admin/nothing", "/admin/people/99", "/admin/people/20", "/admin/webhooks/9",
    ])
    func `what is not there is answered as missing`(path: String) async throws {
        var (_, adam) = try await adam()
        #expect(try await adam.get(path).status == 404)
    }

    // MARK: People

    @Test func `a colleague is added, changed and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/people")
        let added = try await adam.post(
            "/admin/people",
            ["name": "Zoe New", "email": "zoe@example.com", "role": "manager"]
        )
        #expect(added.text.contains("<h1>Zoe New</h1>"))
        let path = try #require(formPath(of: "/admin/people/", in: added.text))
        let saved = try await adam.post(
            path,
            ["name": "Zoe Old", "email": "", "role": "agent", "timeZone": "UTC", "locale": "en-GB"]
        )
        #expect(saved.text.contains("<h1>Zoe Old</h1>"))
        #expect(saved.text.contains(#"<option value="agent" selected>"#))
        let faulty = try await adam.post(path, ["name": "", "timeZone": "x"])
        #expect(faulty.text.contains(#"id="person-name-fault">Is required"#))
        #expect(faulty.text.contains("person-timeZone-fault"))
        #expect(try await adam.post(path + "/delete", [:]).text.contains("is removed."))
        #expect(try await adam.get(path).status == 404)
    }

    @Test func `an administrator keeps the own role`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/people/4")
        let saved = try await adam.post("/admin/people/4", ["name": "Adam", "role": "agent"])
        #expect(saved.text.contains("Saved."))
        #expect(try await adam.get("/admin").status == 200)
    }

    @Test func `an absence is added and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/people/1")
        let path = "/admin/people/1/absences"
        let added = try await adam.post(path, ["from": "2026-12-21", "until": "2026-12-27"])
        #expect(added.text.contains("Mon, Dec 21 – Sun, Dec 27"))
        // Where no task changes there is nothing to undo but the absence, which has a button.
        #expect(formPath(of: "/undo/", in: added.text) == nil)
        let removed = try await adam.post(path + "/2026-12-21", [:])
        #expect(!removed.text.contains("Mon, Dec 21 – Sun, Dec 27"))
        let faulty = try await adam.post(path, ["from": "2026-12-21", "until": "2026-12-20"])
        #expect(faulty.text.contains("That is before the first day."))
        #expect(faulty.text.contains(#"value="2026-12-20""#))
        #expect(try await adam.post(path, ["from": "x"]).text.contains("That is no day."))
        let one = try await adam.post(path, ["from": "2026-12-24", "until": "2026-12-24"])
        #expect(one.text.contains("<div>Thu, Dec 24</div>"))
        let remove = try await adam.post(path + "/2026-12-24", [:])
        #expect(!remove.text.contains("<div>Thu, Dec 24</div>"))
    }

    // MARK: Teams

    @Test func `a team is added, changed and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/teams")
        let added = try await adam.post(
            "/admin/teams",
            [("name", "Closers"), ("isSharing", "1"), ("memberIds", "1"), ("memberIds", "3")]
        )
        #expect(added.text.contains("Ana Lopez, Mara Stone"))
        let faulty = try await adam.post("/admin/teams/1", ["name": "", "memberIds": "2"])
        #expect(faulty.text.contains(#"id="team-1-name-fault">Is required"#))
        let saved = try await adam.post("/admin/teams/1", ["name": "Solo", "memberIds": "2"])
        #expect(saved.text.contains("<h2>Solo </h2>"))
        #expect(try await !adam.post("/admin/teams/1/delete", [:]).text.contains("Solo"))
    }

    // MARK: Categories and days off

    @Test func `a category is added, renamed and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/categories")
        let added = try await adam.post("/admin/categories", ["name": "<b>Survey"])
        #expect(added.text.contains("&lt;b&gt;Survey"))
        let faulty = try await adam.post("/admin/categories/6", ["name": ""])
        #expect(faulty.text.contains(#"id="category-6-name-fault">Is required"#))
        let renamed = try await adam.post("/admin/categories/6", ["name": "Showing"])
        #expect(renamed.text.contains("Showing"))
        let removed = try await adam.post("/admin/categories/6/delete", [:])
        #expect(removed.text.contains("The category is removed."))
        #expect(!removed.text.contains("Showing"))
    }

    @Test func `days off are added and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/days-off")
        let added = try await adam.post("/admin/days-off", ["name": "Office"])
        let path = try #require(formPath(of: "/admin/days-off/", in: added.text))
        let own = String(path.dropLast("/days".count))
        let days = try await adam.post(own + "/days", ["date": "2026-12-25", "label": "Christmas"])
        #expect(days.text.contains("<strong>Fri, Dec 25</strong> Christmas"))
        let week = try await adam.post(
            own,
            [("name", "Shop"), ("weekend", "SU"), ("weekend", "MO")]
        )
        #expect(week.text.contains("<h2>Shop</h2>"))
        #expect(week.text.contains(#"value="MO" checked"#))
        let removed = try await adam.post(own + "/days/2026-12-25", [:])
        #expect(!removed.text.contains("Christmas"))
        let faulty = try await adam.post(own + "/days", ["date": "soon", "label": "x"])
        #expect(faulty.text.contains("That is no day."))
        #expect(try await adam.post(own + "/delete", [:]).text.contains("No calendar yet."))
    }

    // MARK: Tokens, webhooks, audit

    @Test func `a token is made for a colleague and for the office`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/tokens")
        for (holder, name, length) in [("1", "Ana Lopez", 40), ("office", "The office", 40)] {
            let made = try await adam.submit(
                "/admin/tokens",
                ["userId": holder, "scopes": "tasks.read", "days": ""]
            )
            #expect(made.text.secret?.count == length)
            #expect(made.text.contains("<strong>\(name)</strong>"))
        }
    }

    @Test func `a webhook is refused at its field`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/webhooks")
        let answer = try await adam.post(
            "/admin/webhooks",
            [("url", ""), ("form", "standard"), ("events", "task.created")]
        )
        #expect(answer.text.contains("webhook-url-fault"))
        #expect(answer.text.contains(#"value="task.created" checked"#))
    }

    @Test func `the audit tells what changed from what to what`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/people/1")
        try await adam.post("/admin/people/1", ["name": "Ana <i>", "role": "agent"])
        let audit = try await adam.page("/admin/audit")
        #expect(audit.contains("<strong>Adam Reyes</strong> changed the colleague"))
        #expect(audit.contains("<dd>Ana Lopez → Ana &lt;i&gt;</dd>"))
    }

    // MARK: Contacts

    @Test func `a contact is added, changed and removed`() async throws {
        var (_, adam) = try await adam()
        _ = try await adam.page("/admin/contacts")
        let added = try await adam.post(
            "/admin/contacts",
            ["firstName": "Nora", "lastName": "<Vale>", "ownerId": "1"]
        )
        #expect(added.text.contains("Nora &lt;Vale&gt;"))
        let long = String(repeating: "x", count: 201)
        let faulty = try await adam.post("/admin/contacts/2", ["firstName": long])
        #expect(faulty.text.contains("contact-firstName-fault"))
        let saved = try await adam.post(
            "/admin/contacts/2",
            ["firstName": "Stan", "phone": "+1 5"]
        )
        #expect(saved.text.contains("<h1>Stan</h1>"))
        let removed = try await adam.post("/admin/contacts/2/delete", [:])
        #expect(removed.text.contains("The contact is removed."))
    }
}
