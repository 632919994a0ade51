import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Today, and what its buttons do without scripts.
struct TodayTests {
    @Test func `Today has what is overdue, due, and coming`() async throws {
        let site = try await TestSite()
        try await site.make(["title": "Old", "dueAt": "2026-11-20T20:00:00Z"])
        try await site.make(["title": "Late", "dueAt": "2026-11-29T20:00:00Z"])
        try await site.make(["title": "Noon", "dueAt": "2026-11-30T20:00:00Z"])
        try await site.make(["title": "Soon", "dueAt": "2026-12-03T20:00:00Z"])
        try await site.make(["title": "Far", "dueAt": "2026-12-20T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/")
        let order =
            ["Overdue", "Longer ago", "Old", "Yesterday", "Late", ">Today<", "Noon"]
            + ["Next seven days", "Thu, Dec 3", "Soon"]
        var rest = page[...]
        // The navigation has the word, too.
        rest = rest[(rest.firstRange(of: "<main")?.lowerBound ?? rest.startIndex)...]
        for word in order {
            let found = rest.firstRange(of: word == ">Today<" ? "id=\"today\">Today" : word)
            let place = try #require(found, "\(word)")
            rest = rest[place.upperBound...]
        }
        #expect(!page.contains("Far"))
        #expect(page.contains("12:00\u{a0}PM"))
    }

    @Test func `a task is completed, and that is undone and done again`() async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let done = try await browser.post(
            "/tasks",
            ["complete": task["id"]?.string ?? "", "back": "/"]
        )
        #expect(done.text.contains("Completed “Call”."))
        #expect(done.text.contains("1 done today"))
        let undo = try #require(formPath(of: "/undo/", in: done.text))
        let undone = try await browser.post(undo, ["back": "/"])
        #expect(undone.text.contains("Undone."))
        #expect(undone.text.contains("Complete Call"))
        let redo = try #require(formPath(of: "/undo/", in: undone.text))
        #expect(try await browser.post(redo, ["back": "/"]).text.contains("1 done today"))
        #expect(try await !browser.page("/").contains("Undone."), "a notice is told once")
    }

    @Test(arguments: [
        ("postpone-hour", "Moved “Call” to Today, 9:00\u{a0}AM."),
        ("postpone-evening", "Moved “Call” to Today, 6:00\u{a0}PM."),
        ("postpone-tomorrow", "Moved “Call” to Tomorrow, 9:00\u{a0}AM."),
        ("postpone-monday", "Moved “Call” to Mon, Dec 7, 9:00\u{a0}AM."),
        ("skip", "Skipped “Call”."),
        ("delete", "Deleted “Call”."),
        ("snooze", "No reminder of “Call” for an hour."),
    ])
    func `a button does what it says`(name: String, told: String) async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        let id = task["id"]?.string ?? ""
        let sheet = try await browser.page("/tasks/\(id)/sheet?back=/")
        #expect(sheet.contains("name=\"\(name)\""))
        let answer = try await browser.submit("/tasks", [.init(name): id].pairs)
        #expect(answer.status == 303)
        #expect(try await browser.page("/").contains(told))
    }

    @Test func `a task is given to a colleague`() async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.post(
            "/tasks",
            ["give": task["id"]?.string ?? "", "assignee": "2", "back": "/"]
        )
        #expect(answer.text.contains("“Call” is Ben Carter’s now."))
        var ben = try await site.browser(of: 2)
        #expect(try await ben.page("/").contains("Completar Call"))
    }

    @Test func `several tasks are changed together and undone together`() async throws {
        let site = try await TestSite()
        let first = try await site.make(["title": "One", "dueAt": "2026-11-30T20:00:00Z"])
        let second = try await site.make(["title": "Two", "dueAt": "2026-11-30T21:00:00Z"])
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.post(
            "/tasks",
            [
                "id": first["id"]?.string ?? "", "id": second["id"]?.string ?? "",
                "what": "complete", "bulk": "1", "back": "/",
            ]
        )
        #expect(answer.text.contains("Changed 2 tasks."))
        let undo = try #require(formPath(of: "/undo/", in: answer.text))
        let undone = try await browser.post(undo, ["back": "/"])
        #expect(undone.text.contains("Complete One"))
        #expect(undone.text.contains("Complete Two"))
    }

    @Test func `nobody sees or changes what the API hides`() async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Hidden", "dueAt": "2026-11-30T20:00:00Z"])
        let id = task["id"]?.string ?? ""
        var olga = try await site.browser(of: 20)
        #expect(try await !olga.page("/?who=all").contains("Hidden"))
        #expect(try await olga.get("/tasks/\(id)/sheet").status == 404)
        let answer = try await olga.post("/tasks", ["complete": id, "back": "/"])
        #expect(answer.text.contains("There is no such page, or you may not see it."))
        var ana = try await site.browser(of: 1)
        #expect(try await ana.page("/").contains("Complete Hidden"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", #"" onmouseover="alert(1)"#, "</title><img src=x>",
        "\u{202E}drawkcab", String(repeating: "x", count: 1000), "🦊 & 'quotes'",
    ])
    func `a hostile title is text and nothing else`(title: String) async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": .string(title), "dueAt": "2026-11-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/")
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains(#"" onmouseover="#))
        #expect(!page.contains("<img src=x"))
        let done = try await browser.post(
            "/tasks",
            ["complete": task["id"]?.string ?? "", "back": "/"]
        )
        #expect(done.text.contains("Completed “"))
        #expect(!done.text.contains("<script>alert"))
    }

    @Test(arguments: ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere", "x"])
    func `a form leads back to the page alone`(back: String) async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.submit("/add", ["text": "Call tomorrow", "back": back])
        #expect(answer.headers[.location] == "/")
    }

    @Test func `a manager has links to the team, an administrator to all`() async throws {
        let site = try await TestSite()
        for (user, links) in [(Int64(1), 6), (3, 7), (4, 8)] {
            var browser = try await site.browser(of: user)
            let page = try await browser.page("/")
            let start = try #require(page.firstRange(of: #"<nav aria-label="Main">"#))
            let navigation = page[start.upperBound...].prefix(while: { _ in true })
            let end = try #require(navigation.firstRange(of: "</nav>"))
            // Where there is little room, some stand in a menu instead.
            let paths = navigation[..<end.lowerBound].split(separator: "href=\"").dropFirst()
            #expect(Set(paths.map { String($0.prefix { $0 != "\"" }) }).count == links)
        }
    }
}

extension [String: String] {
    fileprivate var pairs: KeyValuePairs<String, String> {
        let name = keys.first ?? ""
        return KeyValuePairs(dictionaryLiteral: (name, self[name] ?? ""), ("back", "/"))
    }
}

/// The address of the first form that leads to a place.
func formPath(of prefix: String, in page: String) -> String? {
    guard let mark = page.firstRange(of: "action=\"\(prefix)") else { return nil }
    let rest = page[mark.upperBound...].prefix { $0 != "\"" }
    return prefix + rest
}
