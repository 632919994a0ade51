import HTTPTypes
import Pages
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
        #expect(try await browser.open(link: link).headers[.location] == "/")
        #expect(try await browser.page("/").contains("Monday, November 30"))
        var other = TestBrowser(site: site)
        let refused = try await other.open(link: link)
        #expect(refused.status == 200)
        #expect(refused.text.contains("not in force any more"))
        #expect(other.cookies["perennial"] == nil)
    }

    @Test func `whoever looks a link up neither is signed in nor uses it up`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var scanner = TestBrowser(site: site)
        #expect(try await site.send(.head, "/sign-in?link=\(link)", scanner.headers).status == 200)
        let page = try await scanner.get("/sign-in?link=\(link)")
        #expect(page.status == 200)
        #expect(page.text.contains("<button class=\"main\""))
        #expect(try await scanner.get("/").status == 303)
        var browser = TestBrowser(site: site)
        #expect(try await browser.open(link: link).status == 303)
    }

    @Test func `of several who open a link at once, one is signed in`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        let count = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    var browser = TestBrowser(site: site)
                    return try await browser.open(link: link).status == 303 ? 1 : 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(count == 1)
    }

    @Test func `a link lapses after 15 minutes`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        site.clock.advance(by: .seconds(15 * 60))
        var browser = TestBrowser(site: site)
        try await browser.open(link: link)
        #expect(browser.cookies["perennial"] == nil)
    }

    @Test(arguments: ["", "x", "00", String(repeating: "0", count: 42), "<script>"])
    func `a link that was never made is answered as one that lapsed`(link: String) async throws {
        let site = try await TestSite()
        var browser = TestBrowser(site: site)
        let answer = try await browser.open(link: link)
        #expect(answer.status == 200)
        #expect(answer.text.contains("not in force any more"))
    }

    @Test func `who tries links without end is refused, and nobody else is`() async throws {
        let site = try await TestSite()
        let link = try await site.link(for: 1)
        var browser = TestBrowser(site: site)
        for _ in 0..<300 {
            #expect(try await browser.open(link: "x").status == 200)
        }
        let refused = try await browser.open(link: "x")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "60")
        var other = TestBrowser(site: site)
        #expect(try await other.get("/sign-in").status == 200)
        #expect(try await other.open(link: link).status == 303)
        site.clock.advance(by: .seconds(60))
        #expect(try await browser.open(link: "x").status == 200)
    }

    @Test func `a user who asks without end is refused for a while, and nobody else is`()
        async throws
    {
        let site = try await TestSite(terms: PageTerms(visitLimit: 5))
        var browser = try await site.browser(of: 1)
        for _ in 0..<5 { #expect(try await browser.get("/settings").status == 200) }
        let refused = try await browser.get("/settings")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "10")
        var other = try await site.browser(of: 2)
        #expect(try await other.get("/settings").status == 200)
        site.clock.advance(by: .seconds(10))
        #expect(try await browser.get("/settings").status == 200)
    }

    @Test func `what a page asks does not count among the requests of the API`() async throws {
        let site = try await TestSite(apiLimit: 1)
        var browser = try await site.browser(of: 1)
        for _ in 0..<3 { #expect(try await browser.get("/").status == 200) }
    }

    @Test func `nobody gets a link for a user who is unknown`() async throws {
        let site = try await TestSite()
        await #expect(throws: TokenRefusal.unknownHolder) { try await site.link(for: 99) }
    }

    @Test func `a cookie is for this server alone and no script reads it`() async throws {
        for url in [nil, "http://localhost", "https://localhost"] {
            let isSecure = url == "https://localhost"
            let site = try await TestSite(terms: PageTerms(publicURL: url))
            var browser = TestBrowser(site: site)
            var answers = [try await browser.get("/sign-in?link=x")]
            answers.append(try await browser.open(link: try await site.link(for: 1)))
            try await browser.get("/")
            answers.append(try await browser.submit("/add", ["text": "Call Stacy today"]))
            answers.append(try await browser.get("/"))
            answers.append(try await browser.submit("/sign-out", [:]))
            #expect(answers.allSatisfy { !$0.headers[values: .setCookie].isEmpty })
            for cookie in answers.flatMap({ $0.headers[values: .setCookie] }) {
                #expect(cookie.contains("; Path=/; "))
                #expect(!cookie.contains("Domain"))
                #expect(cookie.contains("; HttpOnly; SameSite=Lax"))
                #expect(cookie.contains("; Secure") == isSecure)
                #expect(cookie.hasPrefix("__Host-") == isSecure)
            }
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
        try await browser.open(link: try await site.link(for: 1))
        #expect(browser.cookies["perennial"] != former.cookies["perennial"])
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
        let paths = page.split(separator: "\"").filter { $0.hasPrefix("/assets/") }
        #expect(paths.count == 2, "one style and one script")
        for (path, type) in zip(paths, ["css", "javascript"]) {
            let answer = try await browser.get(String(path))
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/\(type); charset=utf-8")
            #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(answer.text.count > 10_000)
            #expect(!answer.text.contains("\nimport ") && !answer.text.contains("\nexport "))
        }
        #expect(try await browser.get("/assets/x/page.css").headers[.cacheControl] == "no-cache")
        #expect(try await browser.get("/assets/x/nothing.css").status == 404)
    }
}
