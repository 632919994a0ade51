import HTTPTypes
import Pages
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Links that come by mail.
struct MailSignInTests {
    /// Asks for a link as a browser does.
    private func ask(_ site: TestSite, for address: String) async throws -> (Answer, Answer) {
        var browser = TestBrowser(site: site)
        _ = try await browser.page("/sign-in")
        let answer = try await browser.submit("/sign-in/mail", ["address": address])
        return (answer, try await browser.get(answer.headers[.location] ?? "/"))
    }

    /// Has the mails that were asked for sent, and takes a number of them.
    private func mails(_ count: Int, of site: TestSite) async throws -> [SignInMail] {
        let post = try #require(site.post)
        return await withThrowingTaskGroup { group in
            group.addTask { try await post.run() }
            var mails: [SignInMail] = []
            for await mail in site.mails {
                mails.append(mail)
                if mails.count == count { break }
            }
            group.cancelAll()
            return mails
        }
    }

    @Test func `a link comes by mail and signs in`() async throws {
        let site = try await TestSite(sendsMail: true)
        _ = try await ask(site, for: " BEN@acme.example ")
        let mail = try #require(try await mails(1, of: site).first)
        // As the directory has it, whatever was written.
        #expect(mail.address == "Ben@Acme.example")
        #expect(mail.subject == "Iniciar sesión en Acme Realty")
        #expect(mail.plain.contains("Hola, Ben Carter:"))
        let address = "https://tasks.example.com/sign-in?link="
        let mark = try #require(mail.plain.firstRange(of: address))
        let link = String(mail.plain[mark.upperBound...].prefix { !$0.isWhitespace })
        #expect(mail.html.contains("link=\(link)\""))
        var browser = TestBrowser(site: site)
        #expect(try await browser.open(link: link).status == 303)
        #expect(try await browser.page("/").contains("Principal"))
        var late = TestBrowser(site: site)
        #expect(try await late.open(link: link).status == 200)
    }

    @Test func `who is unknown is answered like everybody, and gets nothing`() async throws {
        let site = try await TestSite(sendsMail: true)
        let known = try await ask(site, for: "ben@acme.example")
        for address in ["", "x", "nobody@acme.example", "ben@acme.example%", "' OR 1=1 --@x"] {
            let unknown = try await ask(site, for: address)
            #expect(unknown.0.status == known.0.status)
            #expect(unknown.0.headers == known.0.headers)
            let token = #/value="[0-9a-f]{64}"/#
            let texts = [unknown, known].map { $0.1.text.replacing(token, with: "") }
            #expect(texts[0] == texts[1])
        }
        // One mail was sent in all: the second is of a later wish.
        site.clock.advance(by: .seconds(900))
        _ = try await ask(site, for: "ben@acme.example")
        #expect(try await mails(2, of: site).allSatisfy { $0.userID == Identifier(2) })
    }

    @Test func `nobody's mailbox is filled by who asks without end`() async throws {
        let site = try await TestSite(sendsMail: true)
        for _ in 0..<20 {
            let answer = try await ask(site, for: "ben@acme.example")
            #expect(answer.0.headers[.location] == "/sign-in?sent")
        }
        try await site.database.importDocument(
            #"{"users": [{"id": 1, "email": "ana@acme.example"}]}"#,
            at: site.clock.now
        )
        _ = try await ask(site, for: "ana@acme.example")
        let users = try await mails(4, of: site).map(\.userID.rawValue)
        #expect(users.sorted() == [1, 2, 2, 2])
    }

    @Test func `users who are not in use get no link`() async throws {
        let site = try await TestSite(sendsMail: true)
        try await site.database.importDocument(
            """
            {"users": [{"id": 1, "email": "ana@acme.example"}, {"id": 2, "deleted": true}]}
            """,
            at: site.clock.now
        )
        _ = try await ask(site, for: "ben@acme.example")
        _ = try await ask(site, for: "ana@acme.example")
        #expect(try await mails(1, of: site).map(\.userID) == [Identifier(1)])
    }

    @Test func `without mail nobody is offered a link by it`() async throws {
        let site = try await TestSite()
        var browser = TestBrowser(site: site)
        #expect(try await !browser.page("/sign-in").contains("/sign-in/mail"))
        _ = try await browser.page("/sign-in?link=x")
        let answer = try await browser.submit("/sign-in/mail", ["address": "ben@acme.example"])
        #expect(answer.headers[.location] == "/sign-in?sent")
    }
}
