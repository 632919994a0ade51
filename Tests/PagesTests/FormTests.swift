import HTTPTypes
import JSON
import Pages
import ServerTestSupport
import Testing

/// What forms have to carry, whichever they are.
struct FormTests {
    /// A site with something in every view, the browser of who sees all of them, and what forms lead to.
    private struct Office {
        let site: TestSite
        var browser: TestBrowser
        var other: TestBrowser
        /// Where forms lead, of every view.
        var actions: Set<String> = []

        init() async throws {
            site = try await TestSite(terms: PageTerms(visitLimit: 0))
            let task = try await site.make(
                ["title": "Call", "dueAt": "2026-11-30T20:00:00Z", "assigneeId": "4"],
                by: 4
            )
            let first = try await site.make(
                [
                    "title": "Repeated", "assigneeId": "4",
                    "recurrence": .object([
                        "rule": "FREQ=DAILY", "start": "2026-11-30T09:00:00",
                        "timeZone": "America/Los_Angeles",
                    ]),
                ],
                by: 4
            )
            browser = try await site.browser(of: 4)
            // Another one, which can be ended from the settings.
            other = try await site.browser(of: 4)
            _ = try await other.page("/")
            _ = try await browser.page("/")
            _ = try await browser.submit("/admin/days-off", ["name": "Holidays"])
            let id = task["id"]?.string ?? ""
            let repeated = first["id"]?.string ?? ""
            let series = first["seriesId"]?.string ?? ""
            let views: [String] = [
                "/", "/?who=all", "/add", "/tasks/\(id)", "/tasks/\(id)/sheet", "/calendar",
                "/tasks/\(repeated)", "/tasks/\(id)/move?date=2026-12-01", "/board", "/series",
                "/series/\(series)", "/search?q=call", "/settings", "/team", "/admin",
                "/contacts/2", "/nothing", "/admin/people", "/admin/people/1", "/admin/teams",
                "/admin/contacts", "/admin/categories", "/admin/days-off", "/admin/tokens",
                "/admin/webhooks", "/admin/reminders", "/admin/audit", "/admin/health",
            ]
            for view in views {
                let answer = try await browser.get(view)
                for name in ["action", "formaction", "hx-post"] {
                    for part in answer.text.split(separator: " \(name)=\"").dropFirst() {
                        actions.insert(String(part.prefix { $0 != "\"" }))
                    }
                }
            }
            // Forms that only look something up.
            actions = actions.filter { $0 != "/search" && !$0.hasSuffix("?") }
        }

        /// Everything that a form could have changed.
        mutating func state() async throws -> [String] {
            var texts: [String] = []
            for path in ["/?who=all", "/series", "/settings", "/admin/people", "/admin/days-off"] {
                let page = try await browser.page(path)
                // Tokens differ on every page.
                texts.append(page.replacing(#/value="[0-9a-f]{64}"/#, with: ""))
            }
            return texts
        }
    }

    /// How a form is sent that is not to be taken.
    private struct Forgery: CustomTestStringConvertible {
        let name: String
        var token: String?
        var origin: String?
        var site: String?

        var testDescription: String { name }

        static let all = [
            Forgery(name: "no token", token: ""),
            Forgery(name: "half a token", token: "00"),
            Forgery(name: "a token of zeros", token: String(repeating: "0", count: 64)),
            Forgery(name: "no digits", token: String(repeating: "x", count: 64)),
            Forgery(name: "the token of another session", token: "other"),
            Forgery(name: "another origin", origin: "https://elsewhere.example"),
            Forgery(name: "an origin that is told to nobody", origin: "null"),
            Forgery(name: "another port", origin: "http://localhost:8081"),
            Forgery(name: "an origin that begins alike", origin: "http://localhost.example"),
            Forgery(name: "another site", site: "cross-site"),
            Forgery(name: "another host of the site", site: "same-site"),
        ]
    }

    @Test func `no form of any view is taken without its token or from another origin`()
        async throws
    {
        var office = try await Office()
        let known = [
            "/add", "/add/full", "/add/understood", "/rule", "/tasks", "/sign-out", "/team",
            "/admin/people", "/admin/categories", "/admin/days-off", "/admin/tokens",
            "/admin/webhooks",
        ]
        #expect(office.actions.isSuperset(of: known))
        #expect(office.actions.contains { $0.hasPrefix("/settings/") })
        #expect(office.actions.contains { $0.hasPrefix("/series/") && $0.hasSuffix("/end") })
        let before = try await office.state()
        let undo = "/undo/1"
        for action in office.actions.union([undo]).sorted() {
            _ = try await office.browser.page("/settings")
            for forgery in Forgery.all {
                let answer = try await office.browser.submit(
                    action,
                    ["text": "Call Stacy today", "complete": "1", "name": "x", "title": "x"],
                    token: forgery.token == "other" ? office.other.formToken : forgery.token,
                    origin: forgery.origin,
                    sentFrom: forgery.site
                )
                #expect(answer.status == 403, "\(action) with \(forgery.name)")
            }
        }
        #expect(try await office.state() == before)
    }

    @Test func `a link signs nobody in from another page`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var other = TestBrowser(site: site)
        try await other.get("/sign-in?link=\(link)")
        for forgery in Forgery.all {
            var browser = TestBrowser(site: site)
            try await browser.get("/sign-in?link=\(link)")
            let answer = try await browser.submit(
                "/sign-in",
                ["link": link],
                token: forgery.token == "other" ? other.formToken : forgery.token,
                origin: forgery.origin,
                sentFrom: forgery.site
            )
            #expect(answer.status == 403, "\(forgery.name)")
            #expect(browser.cookies["perennial"] == nil)
        }
        #expect(try await other.submit("/sign-in", ["link": link]).status == 303)
    }

    @Test(arguments: [
        (nil, "http://localhost", true),
        (nil, "https://localhost", true),
        ("https://tasks.example.com", "https://tasks.example.com", true),
        ("https://Tasks.example.com:443/", "https://tasks.example.com", true),
        ("https://tasks.example.com:8443", "https://tasks.example.com:8443", true),
        ("https://tasks.example.com", "http://tasks.example.com", false),
        ("https://tasks.example.com", "https://tasks.example.com:8443", false),
        // What the request calls the server may be a proxy's name for it.
        ("https://tasks.example.com", "http://localhost", false),
    ])
    func `forms are taken from where browsers reach the server`(
        url: String?,
        origin: String,
        isTaken: Bool
    ) async throws {
        let site = try await TestSite(terms: PageTerms(publicURL: url))
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let answer = try await browser.submit(
            "/add",
            ["text": "Call Stacy tomorrow"],
            origin: origin
        )
        #expect(answer.status == (isTaken ? 303 : 403))
    }
}
