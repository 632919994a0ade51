import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// One task, its form and its series, without scripts.
struct TaskTests {
    @Test func `a task is edited in place, and only what changed is sent`() async throws {
        let site = try await TestSite()
        let id = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"]).text("id")
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/tasks/\(id)")
        #expect(page.contains(#"value="2026-11-30T12:00""#))
        let saved = try await browser.post("/tasks/\(id)", form(of: page, title: "Call Stacy"))
        #expect(saved.text.contains("Saved “Call Stacy”. 1 changes."))
        #expect(saved.text.contains("called it “Call Stacy”"))
        let same = try await browser.submit(
            "/tasks/\(id)",
            form(of: saved.text, title: "Call Stacy")
        )
        #expect(same.headers[.location] == "/tasks/\(id)")
        #expect(try await !browser.page("/tasks/\(id)").contains("Saved"))
    }

    @Test func `who is slower sees what the other did, and chooses`() async throws {
        let site = try await TestSite()
        let id = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"]).text("id")
        var ana = try await site.browser(of: 1)
        var mara = try await site.browser(of: 3)
        let page = try await ana.page("/tasks/\(id)")
        let other = try await mara.page("/tasks/\(id)")
        try await mara.post("/tasks/\(id)", form(of: other, title: "Theirs"))
        let late = try await ana.post("/tasks/\(id)", form(of: page, title: "Mine"))
        #expect(late.text.contains("Somebody changed this task meanwhile."))
        #expect(late.text.contains("<dd>Theirs</dd>"))
        #expect(late.text.contains(#"name="title" value="Mine""#))
        let forced = try await ana.post(
            "/tasks/\(id)",
            form(of: late.text, title: "Mine", and: [("force", "1")])
        )
        #expect(forced.text.contains("Saved “Mine”."))
    }

    @Test func `an edit of a series tells its effect before and after`() async throws {
        let site = try await TestSite()
        let id = try await site.make([
            "title": "Call",
            "recurrence": .object(["rule": "FREQ=WEEKLY;COUNT=10", "start": "2026-11-30T12:00:00"]),
        ]).text("id")
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/tasks/\(id)")
        for label in ["Only this one", "This and following", "All"] {
            #expect(page.contains(">\(label)</label>"))
        }
        let fields = form(of: page, title: "Call", due: "2026-11-30T15:00", and: [("scope", "all")])
        let effect = try await browser.submit("/tasks/\(id)/effect", fields)
        #expect(effect.text == "<p>10 move.</p>")
        let saved = try await browser.post("/tasks/\(id)", fields)
        #expect(saved.text.contains("Saved “Call”. 10 move."))
        let undo = try #require(formPath(of: "/undo/", in: saved.text))
        let undone = try await browser.post(undo, ["back": "/tasks/\(id)"])
        #expect(undone.text.contains(#"value="2026-11-30T12:00""#))
    }

    @Test(arguments: [
        ("rule-words", "every other Tuesday at 10", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Dec 1"),
        ("rule-preset", "monthEnd", "FREQ=MONTHLY;BYMONTHDAY=-1", "Nov 30"),
        ("rule-preset", "workdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Dec 1"),
    ])
    func `presets, form and words say the same`(
        field: String,
        value: String,
        rule: String,
        date: String
    ) async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/add")
        let fields = form(of: page, title: "Check", due: "2026-11-30T12:00", and: [(field, value)])
        let answer = try await browser.submit("/rule", fields)
        #expect(answer.text.contains(#"name="rule-shown" value="\#(rule)""#), "\(answer.text)")
        #expect(answer.text.contains("Next dates"))
        #expect(answer.text.contains(date), "\(answer.text)")
        let again = try await browser.submit("/rule", form(of: answer.text, title: "Check"))
        #expect(again.text.contains(#"name="rule-shown" value="\#(rule)""#))
        let made = try await browser.post("/add/full", fields)
        #expect(made.text.contains("Added “Check”"), "\(made.text)")
    }

    @Test func `words that are not understood are told and kept`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/add")
        let fields = form(of: page, title: "Check", and: [("rule-words", "every blue moon")])
        let answer = try await browser.post("/add/full", fields)
        #expect(answer.text.contains("Not understood"))
        #expect(answer.text.contains(#"value="every blue moon""#))
        #expect(answer.text.contains(#"name="title" value="Check""#))
    }

    @Test func `a task tells why it is due then, in the words of its reader`() async throws {
        let site = try await TestSite()
        let task = try await site.make([
            "title": "Call",
            "recurrence": .object(["rule": "FREQ=WEEKLY", "start": "2026-12-07T12:00:00"]),
        ])
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/tasks/\(task.text("id"))")
        #expect(page.contains("Its series repeats: every Monday at 12:00."))
        #expect(page.contains("The rule made the occurrence of Mon, Dec 7, 12:00\u{a0}PM on"))
    }

    @Test func `a series is paused, resumed and ended, and each is undone`() async throws {
        let site = try await TestSite()
        let task = try await site.make([
            "title": "Call",
            "recurrence": .object(["rule": "FREQ=WEEKLY", "start": "2026-12-07T12:00:00"]),
        ])
        let path = "/series/\(task.text("seriesId"))"
        var browser = try await site.browser(of: 1)
        #expect(try await browser.page("/series").contains("every Monday at 12:00"))
        _ = try await browser.page(path)
        let paused = try await browser.post("\(path)/pause", ["back": path])
        #expect(paused.text.contains("Paused: nothing comes until it is resumed."))
        let resumed = try await browser.post("\(path)/resume", ["back": path])
        #expect(resumed.text.contains("Mon, Dec 7"))
        let ended = try await browser.post("\(path)/end", ["back": path])
        #expect(ended.text.contains("No more come"))
        let undo = try #require(formPath(of: "/undo/", in: ended.text))
        #expect(try await browser.post(undo, ["back": path]).text.contains("Mon, Dec 7"))
    }

    @Test func `a series tells why nothing comes on a day`() async throws {
        let site = try await TestSite()
        let task = try await site.make([
            "title": "Call",
            "recurrence": .object(["rule": "FREQ=WEEKLY", "start": "2026-12-07T12:00:00"]),
        ])
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/series/\(task.text("seriesId"))?on=2026-12-25")
        #expect(page.contains("No task on that day."))
        #expect(page.contains("No occurrence falls on Friday Dec 25."))
    }
}

/// What the form of a page sends, with some fields changed.
func form(
    of page: String,
    title: String,
    due: String? = nil,
    and changes: [(String, String)] = []
) -> [(String, String)] {
    func value(_ name: String) -> String? {
        guard let mark = page.firstRange(of: "name=\"\(name)\"") else { return nil }
        let rest = page[mark.upperBound...].prefix { $0 != ">" }
        guard let start = rest.firstRange(of: "value=\"") else { return nil }
        let text = String(rest[start.upperBound...].prefix { $0 != "\"" })
        return text.replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
    func chosen(_ name: String) -> String? {
        guard let mark = page.firstRange(of: "name=\"\(name)\"") else { return nil }
        let rest = page[mark.upperBound...]
        let end = rest.firstRange(of: "</select>")?.lowerBound ?? rest.endIndex
        guard let selected = rest[..<end].firstRange(of: "\" selected") else { return nil }
        return rest[..<selected.lowerBound].split(separator: "\"").last.map(String.init)
    }
    var fields: [(String, String)] = [("title", title), ("assignee", "1")]
    if let due = due ?? value("due") { fields.append(("due", due)) }
    let texts = [
        "etag", "zone", "rule-words", "rule-words-shown", "rule-shown", "rule-kept", "rule-date",
        "rule-preset-shown", "rule-interval", "rule-month-day", "rule-until", "rule-count",
    ]
    for name in texts {
        if let value = value(name) { fields.append((name, value)) }
    }
    for name in ["rule-preset", "rule-unit", "rule-month", "rule-ordinal", "rule-weekday"] {
        if let value = chosen(name) { fields.append((name, value)) }
    }
    for (name, ways) in [
        ("rule-month-way", ["day", "weekday", "last"]), ("rule-end", ["never", "on", "after"]),
    ] {
        for way in ways where page.contains("id=\"\(name)-\(way)\" value=\"\(way)\" checked") {
            fields.append((name, way))
        }
    }
    for day in 0...6 where page.contains("value=\"\(day)\" checked") {
        fields.append(("rule-day", "\(day)"))
    }
    for (name, value) in changes {
        fields.removeAll { $0.0 == name }
        fields.append((name, value))
    }
    return fields
}

extension JSONObject {
    fileprivate func text(_ name: String) -> String { self[name]?.string ?? "" }
}
