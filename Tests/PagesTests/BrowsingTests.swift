import JSON
import ServerTestSupport
import Testing

/// The calendar, the board, the search, contacts, the team, the settings and the office.
struct BrowsingTests {
    @Test func `the calendar has what is stored, and what is computed beyond`() async throws {
        let site = try await TestSite()
        try await site.make([
            "title": "Call",
            "recurrence": .object(["rule": "FREQ=MONTHLY", "start": "2026-12-07T12:00:00"]),
        ])
        var browser = try await site.browser(of: 1)
        let month = try await browser.page("/calendar?date=2026-12-01")
        #expect(month.contains("December 2026"))
        #expect(month.contains(#"<span class="hour">12p</span> Call"#))
        #expect(!month.contains(#"entry open planned"#))
        let later = try await browser.page("/calendar?date=2029-05-01")
        #expect(later.contains(#"entry open planned"#))
        let week = try await browser.page("/calendar?view=week&date=2026-12-07")
        #expect(week.contains("Dec 6 – Dec 12"))
        #expect(try await browser.page("/calendar?view=day&date=2026-12-07").contains(" Call"))
    }

    @Test func `a move tells what each choice changes, and is undone`() async throws {
        let site = try await TestSite()
        let task = try await site.make([
            "title": "Call",
            "recurrence": .object([
                "rule": "FREQ=WEEKLY;COUNT=5", "start": "2026-12-07T12:00:00",
            ]),
        ])
        let id = task["id"]?.string ?? ""
        var browser = try await site.browser(of: 1)
        let sheet = try await browser.page("/tasks/\(id)/move?date=2026-12-08&back=/calendar")
        #expect(sheet.contains("To Tuesday, December 8, 2026, 12:00\u{a0}PM"))
        #expect(sheet.contains("1 moves."))
        #expect(sheet.contains("5 move."))
        let moved = try await browser.post(
            "/tasks/\(id)/move",
            ["date": "2026-12-08", "time": "13:30", "scope": "all", "back": "/calendar"]
        )
        #expect(moved.text.contains("Moved “Call” to Tue, Dec 8, 1:30\u{a0}PM. 5 move."))
        let undo = try #require(formPath(of: "/undo/", in: moved.text))
        #expect(try await browser.post(undo, ["back": "/calendar"]).text.contains("Undone."))
    }

    @Test func `the board has a column for each state, person and category`() async throws {
        let site = try await TestSite()
        try await site.make(["title": "Old", "dueAt": "2026-11-20T20:00:00Z", "categoryId": "6"])
        try await site.make(["title": "Bens", "dueAt": "2026-11-30T20:00:00Z", "assigneeId": "2"])
        var browser = try await site.browser(of: 1)
        let states = try await browser.page("/board?who=all")
        for title in ["Overdue", "Due today", "In seven days", "Later"] {
            #expect(states.contains(title))
        }
        #expect(try await browser.page("/board?by=assignee").contains("Ben Carter"))
        #expect(try await browser.page("/board?by=category&who=all").contains("Viewing"))
    }

    @Test func `a task that is dropped on a person or a category becomes theirs`() async throws {
        let site = try await TestSite()
        let id = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"])["id"]
        let path = "/tasks/\(id?.string ?? "")/move"
        var browser = try await site.browser(of: 1)
        let sheet = try await browser.page("\(path)?assignee=2&back=/board")
        #expect(sheet.contains("To Ben Carter"))
        #expect(!sheet.contains(#"name="date""#))
        let given = try await browser.post(path, ["assignee": "2", "back": "/board"])
        #expect(given.text.contains("Moved “Call” to Ben Carter."))
        let sorted = try await browser.post(path, ["category": "6", "back": "/board"])
        #expect(sorted.text.contains("Moved “Call” to Viewing."))
        #expect(
            try await browser.page("\(path)?state=complete&back=/board")
                .contains(#"name="complete""#)
        )
    }

    @Test func `what is searched has all words, in any state`() async throws {
        let site = try await TestSite()
        let done = try await site.make([
            "title": "Paint the fence", "dueAt": "2026-11-20T20:00:00Z",
        ])
        try await site.make(["title": "Paint the door", "dueAt": "2026-12-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        try await browser.post("/tasks", ["complete": done["id"]?.string ?? "", "back": "/"])
        let both = try await browser.page("/search?q=paint")
        #expect(both.contains("Paint the fence") && both.contains("Paint the door"))
        let one = try await browser.page("/search?q=paint&state=open&from=2026-12-01")
        #expect(!one.contains("Paint the fence") && one.contains("Paint the door"))
        #expect(try await browser.page("/search?q=roof").contains("No task has these words."))
    }

    @Test func `a contact has what is to be done and what was`() async throws {
        let site = try await TestSite()
        try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z", "contactId": "2"])
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/contacts/2")
        #expect(page.contains("<h1>Stacy Buyer</h1>"))
        #expect(page.contains("Complete Call"))
        #expect(page.contains("/add?contact=2"))
        #expect(try await browser.page("/contacts/3").contains("&lt;b&gt;Bold&lt;/b&gt;"))
        #expect(try await browser.get("/contacts/99").status == 404)
    }

    @Test func `sessions are listed, and ended from elsewhere`() async throws {
        let site = try await TestSite()
        var phone = try await site.browser(of: 1)
        var laptop = try await site.browser(of: 1)
        let page = try await laptop.page("/settings")
        #expect(page.contains("this browser"))
        let end = try #require(formPath(of: "/settings/sessions/", in: page))
        #expect(try await laptop.post(end, [:]).text.contains("Signed out there."))
        #expect(try await phone.get("/").status == 303)
        #expect(try await laptop.get("/").status == 200)
    }

    @Test func `a user ends no session of another`() async throws {
        let site = try await TestSite()
        var mara = try await site.browser(of: 3)
        var other = try await site.browser(of: 3)
        let end = try #require(
            formPath(of: "/settings/sessions/", in: try await other.page("/settings"))
        )
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/settings")
        try await ana.post(end, [:])
        #expect(try await mara.get("/").status == 200)
    }

    @Test(arguments: [("/team", [Int64(1), 2]), ("/admin", [1, 2, 3])])
    func `who has not the role is answered as if nothing were there`(
        path: String,
        users: [Int64]
    ) async throws {
        let site = try await TestSite()
        for user in users {
            var browser = try await site.browser(of: user)
            #expect(try await browser.get(path).status == 404)
            let answer = try await browser.submit(path, ["from": "1", "to": "2"])
            #expect(answer.status == 404)
        }
        var admin = try await site.browser(of: 4)
        _ = try await admin.page(path)
    }

    @Test func `a manager hands a colleague's week over, and takes it back`() async throws {
        let site = try await TestSite()
        try await site.make(["title": "One", "dueAt": "2026-12-01T20:00:00Z"])
        try await site.make(["title": "Two", "dueAt": "2026-12-02T20:00:00Z"])
        try await site.make(["title": "Far", "dueAt": "2026-12-22T20:00:00Z"])
        var mara = try await site.browser(of: 3)
        _ = try await mara.page("/team")
        let over = try await mara.post("/team", ["from": "1", "to": "2", "days": "7"])
        #expect(over.text.contains("2 tasks are Ben Carter’s now."))
        var ben = try await site.browser(of: 2)
        #expect(try await ben.page("/").contains("Completar Two"))
        let undo = try #require(formPath(of: "/undo/", in: over.text))
        _ = try await mara.post(undo, ["back": "/team"])
        #expect(try await !ben.page("/").contains("Completar Two"))
    }

    @Test func `a manager gives what somebody has on a day to somebody else`() async throws {
        let site = try await TestSite()
        let one = try await site.make(["title": "One", "dueAt": "2026-12-01T20:00:00Z"])
        try await site.make(["title": "Two", "dueAt": "2026-12-01T21:00:00Z"])
        try await site.make(["title": "Late", "dueAt": "2026-11-29T21:00:00Z"])
        var mara = try await site.browser(of: 3)
        let team = try await mara.page("/team")
        #expect(team.contains(#"aria-label="Ana Lopez, Tuesday, December 1, 2026: 2 tasks">2</a>"#))
        #expect(team.contains(#"aria-label="Overdue of Ana Lopez: 1 task">1</a>"#))
        let sheet = try await mara.page("/team/share?person=1&date=2026-12-01&to=2")
        #expect(sheet.contains("One") && sheet.contains("Two") && !sheet.contains("Late"))
        #expect(sheet.contains(#"<option value="2" selected>"#))
        let over = try await mara.post(
            "/team/share",
            ["id": one["id"]?.string ?? "", "to": "2", "back": "/team"]
        )
        #expect(over.text.contains("1 task is Ben Carter’s now."))
        let late = try await mara.page("/team/share?person=1&late=1")
        #expect(late.contains("Late") && !late.contains("One"))
        var ana = try await site.browser(of: 1)
        #expect(try await ana.get("/team/share?person=1").status == 404)
        #expect(try await ana.submit("/team/share", ["id": "1", "to": "2"]).status == 404)
    }

    @Test func `the team's table tells what was done on its day`() async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Done", "dueAt": "2026-11-30T15:00:00Z"])
        try await site.make(["title": "Open", "dueAt": "2026-11-28T15:00:00Z"])
        var ana = try await site.browser(of: 1)
        _ = try await ana.page("/")
        _ = try await ana.post("/tasks", ["complete": task["id"]?.string ?? "", "back": "/"])
        var mara = try await site.browser(of: 3)
        #expect(try await mara.page("/team").contains(#"<span class="share-of">50 %</span>"#))
    }
}
