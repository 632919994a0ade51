import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

@testable import Pages

/// The secret address at which calendar programs read a user's tasks.
struct CalendarFeedTests {
    /// The path of a user's new address.
    private func address(_ browser: inout TestBrowser) async throws -> String {
        _ = try await browser.page("/settings")
        let answer = try await browser.submit("/settings/calendar", [:])
        let address = try #require(answer.text.secret)
        let mark = try #require(address.firstRange(of: "/calendar/"))
        return String(address[mark.lowerBound...])
    }

    private func read(
        _ path: String,
        at site: TestSite,
        _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await site.send(.get, path, headers)
    }

    @Test func `an address shows the user's open tasks and nobody else's`() async throws {
        let site = try await TestSite()
        try await site.make([
            "title": "Call, \"Stacy\"; now\\", "body": "One\nTwo", "contactId": "2",
            "categoryId": "6",
            "dueAt": "2026-12-01T17:00:00Z", "tags": .array(["a,b"]), "priority": .integer(3),
        ])
        try await site.make(["title": "Ben's", "dueAt": "2026-12-01T17:00:00Z"], by: 2)
        var ana = try await site.browser(of: 1)
        let path = try await address(&ana)
        let answer = try await read(path, at: site)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
        for line in [
            "BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20261201T170000Z", "DURATION:PT30M",
            #"SUMMARY:Call\, "Stacy"\; now\\"#, #"DESCRIPTION:Stacy Buyer\nOne\nTwo"#,
            #"CATEGORIES:Viewing,a\,b"#, "TRANSP:TRANSPARENT", "END:VCALENDAR",
        ] {
            #expect(answer.text.contains(line + "\r\n"), "\(line)")
        }
        #expect(!answer.text.contains("Ben's"))
        let todo = try await read(path + "?as=todo", at: site).text
        #expect(todo.contains("BEGIN:VTODO\r\n"))
        #expect(todo.contains("DUE:20261201T170000Z\r\n"))
        #expect(todo.contains("PRIORITY:1\r\n"))
        #expect(!todo.contains("VEVENT"))
    }

    @Test func `a calendar that is as it was is not sent again`() async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "One", "dueAt": "2026-12-01T17:00:00Z"])
        var ana = try await site.browser(of: 1)
        let path = try await address(&ana)
        let tag = try #require(try await read(path, at: site).headers[.eTag])
        site.clock.advance(by: .seconds(3600))
        let again = try await read(path, at: site, [.ifNoneMatch: tag])
        #expect(again.status == 304)
        #expect(again.text.isEmpty)
        let id = task["id"]?.string ?? ""
        _ = try await site.ask(.post, "/v1/tasks/\(id)/complete", by: 1)
        let changed = try await read(path, at: site, [.ifNoneMatch: tag])
        #expect(changed.status == 200)
        #expect(!changed.text.contains("VEVENT"))
    }

    @Test func `an occurrence keeps its name when it is stored`() async throws {
        let site = try await TestSite()
        try await site.make([
            "title": "Daily", "recurrence": .object(["words": "every day at 9 AM"]),
        ])
        var ana = try await site.browser(of: 1)
        let path = try await address(&ana)
        let names = try await read(path, at: site).text.uids
        #expect(names.count > 300)
        #expect(Set(names).count == names.count)
        site.clock.advance(by: .seconds(5 * 86_400))
        let later = try await read(path, at: site).text.uids
        #expect(Set(names).isSubset(of: Set(later)))
    }

    @Test func `an all-day task is a day`() async throws {
        let site = try await TestSite()
        try await site.make([
            "title": "Day", "isAllDay": .bool(true),
            "due": .object(["local": "2026-12-31T00:00:00", "timeZone": "America/Los_Angeles"]),
        ])
        var ana = try await site.browser(of: 1)
        let path = try await address(&ana)
        let event = try await read(path, at: site).text
        #expect(event.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"))
        let todo = try await read(path + "?as=todo", at: site).text
        #expect(todo.contains("DUE;VALUE=DATE:20261231\r\n"))
    }

    @Test func `an address is shown once, replaced and removed`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        let first = try await address(&ana)
        #expect(try await !ana.page("/settings").contains(first))
        #expect(try await ana.page("/settings").contains("Nobody has read it yet."))
        #expect(try await read(first, at: site).status == 200)
        #expect(try await ana.page("/settings").contains("Last read: Today, 8:00"))
        let second = try await address(&ana)
        #expect(try await read(first, at: site).status == 404)
        #expect(try await read(second, at: site).status == 200)
        _ = try await ana.page("/settings")
        let removed = try await ana.post("/settings/calendar/remove", [:])
        #expect(removed.text.contains("There is no address yet."))
        #expect(try await read(second, at: site).status == 404)
    }

    @Test(arguments: ["x", "", "00", String(repeating: "0", count: 42), "..%2F..%2Fetc"])
    func `an address that is none shows nothing`(text: String) async throws {
        let site = try await TestSite()
        let answer = try await read("/calendar/\(text).ics", at: site)
        #expect(answer.status == 404)
        #expect(answer.text.isEmpty)
    }

    @Test func `nothing is changed by an address, and it ends with its user`() async throws {
        let site = try await TestSite()
        var ana = try await site.browser(of: 1)
        let path = try await address(&ana)
        #expect(try await site.send(.post, path, [:]).status == 303)
        #expect(try await site.send(.head, path, [:]).status == 200)
        _ = try await site.ask(.delete, "/v1/users/1", by: 4, role: .admin)
        #expect(try await read(path, at: site).status == 404)
    }

    // MARK: Lines

    @Test func `a line is folded after 75 bytes, within no character`() {
        var lines = CalendarLines()
        lines.add("SUMMARY", written: String(repeating: "€🦊", count: 200))
        for line in lines.text.split(separator: "\r\n") {
            #expect(line.utf8.count <= 75)
        }
        let unfolded = lines.text.replacing("\r\n ", with: "")
        #expect(unfolded == "SUMMARY:" + String(repeating: "€🦊", count: 200) + "\r\n")
    }

    @Test func `no text ends a line by itself`() {
        var lines = CalendarLines()
        lines.add("SUMMARY", written: "a\r\nEND:VEVENT\u{0}\u{85}\n\u{2028}b")
        #expect(lines.text == "SUMMARY:a\\nEND:VEVENT\\n\u{2028}b\r\n")
    }
}

extension String {
    /// The names of a calendar's entries.
    fileprivate var uids: [String] {
        split(separator: "\r\n").filter { $0.hasPrefix("UID:") }.map(String.init)
    }
}
