import Delivery
import Recurrence
import Tasks
import Testing

/// Links that prove themselves.
struct ReminderLinkTests {
    private static let link = ReminderLink(
        locationID: NoticeSamples.locationID,
        userID: Identifier(1),
        taskID: Identifier(1001),
        deed: .complete,
        dueLocal: LocalDateTime(secondsSince1970: 1_796_029_230),
        expiresAt: Timestamp(seconds: 1_796_658_015)
    )

    @Test(arguments: ReminderLink.Deed.allCases)
    func `a link reads as it was written`(deed: ReminderLink.Deed) throws {
        let signer = try NoticeSamples.signer()
        var link = Self.link
        link.deed = deed
        link.taskID = deed == .refuseMail ? nil : link.taskID
        link.dueLocal = deed == .refuseMail ? nil : link.dueLocal
        link.userID = Identifier(Identifier<User>.largest)
        #expect(signer.link(in: signer.text(of: link)) == link)
    }

    @Test func `a link is short, and of characters that every mail program leaves alone`() throws {
        let text = try NoticeSamples.signer().text(of: Self.link)
        #expect(text.utf8.count <= 76)
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    }

    @Test func `no byte of a link can be changed`() throws {
        let signer = try NoticeSamples.signer()
        let text = signer.text(of: Self.link)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for (place, old) in text.enumerated() {
            for letter in letters where letter != old {
                var characters = Array(text)
                characters[place] = letter
                #expect(signer.link(in: String(characters)) == nil)
            }
        }
    }

    @Test(arguments: [
        "", "x", "====", "A", "AAAA", String(repeating: "A", count: 22),
        String(repeating: "A", count: 76), String(repeating: "A", count: 100_000), "é", "%00",
        "\u{0}",
    ])
    func `what this server did not sign is no link`(text: String) throws {
        #expect(try NoticeSamples.signer().link(in: text) == nil)
    }

    @Test func `a link with more, less or another spelling is none`() throws {
        let signer = try NoticeSamples.signer()
        let text = signer.text(of: Self.link)
        for other in [
            text + "A", text + "=", String(text.dropLast()), String(text.dropFirst()), " " + text,
            text + " ", text.uppercased(),
        ] {
            #expect(signer.link(in: other) == nil)
        }
    }

    @Test func `another key signs otherwise`() throws {
        let other = LinkSigner(
            try #require(SecretKey(fileContents: Array(repeating: 8, count: 32)))
        )
        #expect(try NoticeSamples.signer().link(in: other.text(of: Self.link)) == nil)
    }

    @Test(
        arguments: [
            [], [0], [9, 1, 1, 1, 1, 65], [1, 1, 1, 1, 1], [1, 0x80, 0x80, 0x80, 0x80, 0x80],
            [1, 1, 1, 1, 1, 0xFF], [1] + [UInt8](repeating: 0xFF, count: 60),
            [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 1, 1, 65],
        ] as [[UInt8]]
    )
    func `bytes that say no link are none`(bytes: [UInt8]) {
        #expect(ReminderLink(bytes: bytes) == nil)
    }
}
