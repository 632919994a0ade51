import Delivery
import Foundation
import Recurrence
import Testing

/// What mails look like, and through which servers they go.
struct MailMessageTests {
    private func message(
        subject: String = "Call",
        to: String = "ana@example.com"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("Acme Realty <tasks@example.com>")),
            to: try #require(MailAddress(to)),
            subject: subject,
            plain: "Call Zoë\n",
            html: "<p>Call Zoë</p>\n",
            id: "1.2@example.com",
            date: Timestamp(seconds: 1_893_999_600),
            fields: [("List-Unsubscribe", "<https://example.com/off>")]
        )
    }

    /// The header's lines, with those that continue another joined to it.
    private func header(of message: MailMessage) -> [String] {
        let text = String(decoding: message.rendered.bytes, as: UTF8.self)
        let header = text.prefix(upTo: text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)
        return header.replacing("\r\n ", with: " ").split(separator: "\r\n").map(String.init)
    }

    @Test func `a mail has its fields and two parts`() throws {
        let message = try message()
        #expect(
            header(of: message) == [
                "From: Acme Realty <tasks@example.com>", "To: ana@example.com", "Subject: Call",
                "Date: Mon, 07 Jan 2030 07:00:00 +0000", "Message-ID: <1.2@example.com>",
                "MIME-Version: 1.0", "List-Unsubscribe: <https://example.com/off>",
                "Content-Type: multipart/alternative; boundary=\"=_perennial_=\"",
            ]
        )
        let text = String(decoding: message.rendered.bytes, as: UTF8.self)
        for part in ["Call Zoë\n", "<p>Call Zoë</p>\n"] {
            #expect(text.contains("\r\n\r\n\(Data(part.utf8).base64EncodedString())\r\n--"))
        }
        #expect(message.rendered.bytes.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: ["Call\r\nBcc: eve@example.com", "Call\nBcc: eve@example.com", "\r\n\r\nx"])
    func `no title begins a field`(subject: String) throws {
        let plain = header(of: try message())
        let header = header(of: try message(subject: subject))
        #expect(header.count == plain.count)
        #expect(!header.contains { $0.hasPrefix("Bcc") })
    }

    @Test(arguments: ["Zoë", String(repeating: "ä🏡", count: 100), "=?utf-8?B?eA==?="])
    func `a title that is no short ASCII comes in encoded words`(subject: String) throws {
        let field = try #require(
            header(of: try message(subject: subject)).first { $0.hasPrefix("Subject") }
        )
        let words = field.dropFirst("Subject: ".count).split(separator: " ")
        let bytes = try words.flatMap { word -> [UInt8] in
            #expect(word.utf8.count <= 75)
            let text = word.dropFirst("=?utf-8?B?".count).dropLast(2)
            let bytes = Array(try #require(Data(base64Encoded: String(text))))
            // Each word is one of whole characters.
            #expect(String(validating: bytes, as: UTF8.self) != nil)
            return bytes
        }
        #expect(String(decoding: bytes, as: UTF8.self) == subject)
    }

    @Test(arguments: [
        "", "ana", "ana@", "@example.com", "a@b@c", "ana@example.com\r\nBcc: x@y.z",
        "ana @example.com", "<ana@example.com>, eve@example.com", "zoë@example.com",
    ])
    func `what is no address is refused`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `a name stands before an address`() throws {
        let address = try #require(MailAddress("Zoë \"Z\" Ortiz <zoe@example.com>"))
        #expect(address.address == "zoe@example.com")
        #expect(address.name == "Zoë \"Z\" Ortiz")
    }

    @Test(arguments: [
        "http://a", "smtp://", "smtp://ana:word@a", "smtp://a/path", "smtp://a?tls=maybe",
        "smtp://a?x=y", "smtps://a?tls=none", "",
    ])
    func `what names no mail server is refused`(url: String) {
        #expect(throws: MailServer.UnusableURL.self) { try MailServer(url: url) }
    }

    @Test(arguments: [
        "smtp://a", "smtp://ana%40example.com@a:2525?tls=none", "smtps://a", "smtp://a?tls=tls",
        "smtp://[::1]:25",
    ])
    func `a mail server is named`(url: String) throws {
        _ = try MailServer(url: url)
    }
}
