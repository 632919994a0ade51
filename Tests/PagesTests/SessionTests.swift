import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Who is let in, for how long, and what a form has to carry.
struct SessionTests {
    @Test func `who is not signed in is led to the sign-in page`() async throws {
        let site = try await TestSite()
        var browser = TestBrowser(site: site)
        for path in ["/", "/tasks/1", "/calendar", "/settings", "/nothing"] {
            let answer = try await browser.get(path)
            if path == "/nothing" { continue }
            #expect(answer.status == 303)
            #expect(answer.headers[.location] == "/sign-in")
        }
        #expect(try await browser.page("/sign-in").contains("<h1>Sign in</h1>"))
    }

    @Test func `a link signs in once`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var browser = TestBrowser(site: site)
        let answer = try await browser.get("/sign-in?link=\(link)")
        #expect(answer.headers[.location] == "/")
        #expect(try await browser.page("/").contains("Monday, November 30"))
        var other = TestBrowser(site: site)
        let refused = try await other.get("/sign-in?link=\(link)")
        #expect(refused.status == 200)
        #expect(refused.text.contains("not in force any more"))
        #expect(other.cookies.isEmpty)
    }

    @Test func `a link is not used up by who only asks whether it is there`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var browser = TestBrowser(site: site)
        #expect(try await site.send(.head, "/sign-in?link=\(link)", browser.headers).status == 200)
        #expect(try await browser.get("/sign-in?link=\(link)").status == 303)
    }

    @Test func `a link lapses after 15 minutes`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        site.clock.advance(by: .seconds(15 * 60))
        var browser = TestBrowser(site: site)
        _ = try await browser.get("/sign-in?link=\(link)")
        #expect(browser.cookies.isEmpty)
    }

    @Test(arguments: ["", "x", "00", String(repeating: "0", count: 42), "<script>"])
    func `a link that was never made is answered as one that lapsed`(link: String) async throws {
        let site = try await TestSite()
        var browser = TestBrowser(site: site)
        let answer = try await browser.get("/sign-in?link=\(link.replacing("<", with: "%3C"))")
        #expect(answer.status == 200)
        #expect(answer.text.contains("not in force any more"))
    }

    @Test func `who tries links without end is refused, and nobody else is`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var browser = TestBrowser(site: site)
        for _ in 0..<300 {
            #expect(try await browser.get("/sign-in?link=x").status == 200)
        }
        let refused = try await browser.get("/sign-in?link=x")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "60")
        var other = TestBrowser(site: site)
        #expect(try await other.get("/sign-in").status == 200)
        #expect(try await other.get("/sign-in?link=\(link)").status == 303)
        site.clock.advance(by: .seconds(60))
        #expect(try await browser.get("/sign-in?link=x").status == 200)
    }

    @Test func `nobody gets a link for a user who is unknown`() async throws {
        let site = try await TestSite()
        await #expect(throws: TokenRefusal.unknownHolder) { try await site.link(for: 99) }
    }

    @Test func `a cookie is for this server alone and no script reads it`() async throws {
        for isSecure in [false, true] {
            let site = try await TestSite(isSecure: isSecure)
            var browser = TestBrowser(site: site)
            let answer = try await browser.get("/sign-in?link=\(try await site.link(for: 1))")
            let cookie = try #require(answer.headers[values: .setCookie].first)
            #expect(cookie.contains("; HttpOnly; SameSite=Lax"))
            #expect(cookie.contains("; Secure") == isSecure)
            #expect(cookie.hasPrefix("__Host-") == isSecure)
        }
    }

    @Test func `a session lasts 30 days, and 7 without use`() async throws {
        let site = try await TestSite()
        var idle = try await site.browser(of: 1)
        var busy = try await site.browser(of: 1)
        for _ in 0..<5 {
            site.clock.advance(by: .seconds(6 * 86_400))
            if site.clock.now < TestSite.start.advanced(by: .seconds(30 * 86_400)) {
                #expect(try await busy.get("/").status == 200)
            }
        }
        #expect(try await busy.get("/").status == 303)
        #expect(try await idle.get("/").status == 303)
    }

    @Test func `signing in again ends the session before it`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        let former = browser
        _ = try await browser.get("/sign-in?link=\(try await site.link(for: 1))")
        #expect(browser.cookies != former.cookies)
        #expect(try await browser.get("/").status == 200)
        var old = former
        #expect(try await old.get("/").status == 303)
    }

    @Test func `signing out ends the session`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        var copy = browser
        #expect(try await browser.post("/sign-out", [:]).text.contains("You are signed out."))
        #expect(try await copy.get("/").status == 303)
    }

    @Test func `the session of a user who was removed is over`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 2)
        try await site.database.importDocument(
            #"{"users": [{"id": 2, "deleted": true}]}"#,
            at: site.clock.now
        )
        #expect(try await browser.get("/").status == 303)
    }

    @Test(arguments: ["/tasks", "/add", "/undo/1", "/sign-out", "/add/understood"])
    func `a form without the session's token changes nothing`(path: String) async throws {
        let site = try await TestSite()
        let task = try await site.make(["title": "Call", "dueAt": "2026-11-30T20:00:00Z"])
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let other = try await { () async throws -> String in
            var other = try await site.browser(of: 1)
            _ = try await other.page("/")
            return other.formToken
        }()
        for token in ["", "00", String(repeating: "0", count: 64), other] {
            let answer = try await browser.submit(
                path,
                ["complete": task["id"]?.string ?? "", "text": "Call Stacy tomorrow"],
                token: token
            )
            #expect(answer.status == 403)
        }
        #expect(try await browser.page("/").contains("Complete Call"))
    }

    @Test func `a form of another origin changes nothing`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let refused = try await browser.submit(
            "/add",
            ["text": "Call Stacy tomorrow"],
            origin: "https://elsewhere.example"
        )
        #expect(refused.status == 403)
        _ = try await browser.page("/")
        let taken = try await browser.submit(
            "/add",
            ["text": "Call Stacy tomorrow"],
            origin: "http://localhost"
        )
        #expect(taken.status == 303)
    }

    @Test func `a page runs and shows nothing from elsewhere`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        let answer = try await browser.get("/")
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'self'; "))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(!answer.text.contains("style=\""))
        #expect(!answer.text.contains("onclick"))
    }

    @Test func `form tokens differ on every page`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        _ = try await browser.page("/")
        let first = browser.formToken
        _ = try await browser.page("/")
        #expect(browser.formToken != first)
    }

    @Test func `files are kept for ever under a name that their contents give`() async throws {
        let site = try await TestSite()
        var browser = try await site.browser(of: 1)
        let page = try await browser.page("/")
        let start = try #require(page.firstRange(of: "/assets/"))
        let path = String(page[start.lowerBound...].prefix { $0 != "\"" })
        let answer = try await browser.get(path)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "text/css; charset=utf-8")
        #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(try await browser.get("/assets/x/page.css").headers[.cacheControl] == "no-cache")
        #expect(try await browser.get("/assets/x/nothing.css").status == 404)
    }
}
