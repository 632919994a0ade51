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
