import ServerTestSupport
import Testing

/// The line of words.
struct AddTests {
    @Test(arguments: [
        ("Call Stacy tomorrow at 9", "Call Stacy", "Tomorrow, 9:00\u{a0}AM"),
        ("Pay rent every last Friday at 4 until June", "Pay rent", "last Friday"),
        ("Call tomorrow @stacy", "Call", "Stacy Buyer"),
        ("Show the flat tomorrow #viewing", "Show the flat", "Viewing"),
        ("Show the flat tomorrow #keys", "Show the flat", "#keys"),
        ("Show the flat tomorrow !3", "Show the flat", "High"),
        ("Buy stamps", "Buy stamps", "no time was said"),
    ])
    func `a line tells while it is written what it means`(
        line: String,
        title: String,
        part: String
    ) async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.submit("/add/understood", ["text": line])
        #expect(answer.status == 200)
        #expect(answer.text.contains("<strong>\(title)</strong>"), "\(answer.text)")
        #expect(answer.text.contains(part), "\(answer.text)")
        #expect(try await browser.page("/?who=all").contains("Nothing is due today."))
    }

    @Test(arguments: [
        (1, "Pay rent every Friday at 4", "Pay rent every Friday at 16:00"),
        (1, "every last Friday at 4:30 pay rent", "every last Friday at 16:30 pay rent"),
        (2, "Llamar a Stacy mañana a las 4", "Llamar a Stacy mañana a las 16:00"),
        (1, "Pay rent every Friday at 4 pm", nil),
        (1, "Pay rent every Friday at 4 am", nil),
        (1, "Pay rent every Friday at 9", nil),
        (1, "Buy 4 stamps", nil),
    ])
    func `an hour that is said without its half of the day may be the afternoon's`(
        user: Int64,
        line: String,
        other: String?
    ) async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: user)
        _ = try await browser.page("/")
        let answer = try await browser.submit("/add/understood", ["text": line])
        #expect(answer.status == 200)
        let offered = answer.text.split(separator: "data-text=\"").dropFirst().first
            .map { String($0.prefix { $0 != "\"" }) }
        #expect(offered == other, "\(answer.text)")
    }

    @Test func `the form of a new series has its policies`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        #expect(try await browser.page("/add").contains("More about how it repeats"))
        let added = try await browser.post(
            "/add/full",
            [
                "title": "Close the books", "due": "2026-12-31T09:00", "rule-words-shown": "",
                "rule-words": "every month on the 31st", "rule-preset": "none",
                "rule-preset-shown": "none", "monthEnd": "lastDay", "repeats": "onSchedule",
                "missed": "all", "whileOverdue": "create", "calendar": "", "then": "keep",
                "back": "/calendar?date=2027-02-01&who=all",
            ]
        )
        #expect(added.text.contains("Added “Close the books”"), "\(added.text)")
        #expect(added.text.contains(#"<span class="hour">9a</span> Close the books"#))
    }

    @Test func `a rule's next three dates are told`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.submit(
            "/add/understood",
            ["text": "Pay rent every last Friday of the month at 4 until June"]
        )
        for date in ["Fri, Dec 25", "Fri, Jan 29, 2027", "Fri, Feb 26, 2027"] {
            #expect(answer.text.contains(date), "\(answer.text)")
        }
    }

    @Test(arguments: [
        ("Call @zorro tomorrow", "“@zorro” is nobody here"),
        ("Call Stacy Friday", "may mean once or again and again"),
    ])
    func `what is not understood is told with the word`(line: String, told: String) async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.submit("/add/understood", ["text": line])
        #expect(answer.text.contains("Not understood"))
        #expect(answer.text.contains(told), "\(answer.text)")
        let added = try await browser.post("/add", ["text": line, "back": "/"])
        #expect(added.text.contains(told))
    }

    @Test func `a line is added without scripts, and taken back`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let added = try await browser.post(
            "/add",
            ["text": "Call every Monday at 5 pm @stacy #viewing", "back": "/"]
        )
        #expect(added.text.contains("Added “Call”, Today, every Monday at 17:00."))
        #expect(added.text.contains("Complete Call"))
        #expect(added.text.contains(#"href="/contacts/2">Stacy Buyer</a>"#))
        let undo = try #require(formPath(of: "/undo/", in: added.text))
        #expect(try await !browser.post(undo, ["back": "/"]).text.contains("Complete Call"))
    }

    @Test func `a Spanish line is understood and answered in Spanish`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 2)
        let page = try await browser.page("/")
        for word in [
            #"<html lang="es">"#, "Hoy", "Próximos siete días", "Añadir una tarea", "Tablero",
            "Lunes, 30 de noviembre",
        ] {
            #expect(page.contains(word), "\(word)")
        }
        let added = try await browser.post(
            "/add",
            ["text": "Llamar a Stacy mañana a las 9", "back": "/"]
        )
        #expect(added.text.contains("«Llamar a Stacy» añadida, Mañana, 9:00\u{a0}a. m.."))
    }
}
