import Delivery
import Tasks
import Testing

/// Text messages that fit.
struct ShortTextTests {
    private static let link = "https://tasks.example.com/r?" + String(repeating: "x", count: 64)

    /// How many characters a text takes, counted apart from the program.
    private func septets(_ text: String) -> Int {
        text.reduce(0) { $0 + ("^{}\\[~]|€".contains($1) ? 2 : 1) }
    }

    @Test(arguments: [
        ("Call Stacy", "Call Stacy"), ("Mañana, ¿sí?", "Mañana, ¿si?"),
        ("“Zoë’s” — office…", "\"Zoe's\" - office..."),
        ("¡Llamó Ángel Núñez!", "¡Llamo Angel Nuñez!"),
        ("Ça va, garçon", "Ça va, garcon"), ("9:00\u{a0}AM", "9:00 AM"), ("Party 🎉🏡!", "Party !"),
        ("👩‍💻 code", " code"), ("5 € {a} [b] ~ ^ | \\", "5 € {a} [b] ~ ^ | \\"),
        ("Łódź cœur", "Lodz coeur"), ("a\r\nb\tc", "a  b c"), ("Ünïcödé", "Ünicödé"),
    ])
    func `a text is said in the alphabet that every phone has`(text: String, said: String) {
        let short = ShortText(text)
        #expect(short.text == said)
        #expect(!short.isShortened)
    }

    @Test(arguments: [0, 1, 3, 40, 66, 67, 68, 69, 159, 160, 161, 400])
    func `a text has at most 160 characters, and its link`(count: Int) {
        for letter in ["a", "€", "ñ"] {
            let title = String(repeating: letter, count: count)
            for link in [Self.link, nil] {
                let short = ShortText(title, end: " - Today", extra: ". Zoe +15550100", link: link)
                #expect(septets(short.text) <= 160)
                #expect(link.map { short.text.hasSuffix("\n" + $0) } ?? true)
                #expect(short.text.contains(" - Today"))
                #expect(short.isShortened == !short.text.hasPrefix(title + " - Today"))
            }
        }
    }

    @Test func `what is extra goes first`() {
        let title = String(repeating: "a", count: 58)
        let short = ShortText(title, end: " - Today", extra: ". Zoe +15550100", link: Self.link)
        #expect(short.text == "\(title) - Today\n\(Self.link)")
        #expect(!short.isShortened)
        let roomy = ShortText("Call", end: " - Today", extra: ". Zoe +15550100", link: Self.link)
        #expect(roomy.text == "Call - Today. Zoe +15550100\n\(Self.link)")
    }

    @Test func `another script has 70 characters, and its link where that fits`() {
        let title = String(repeating: "Позвонить ", count: 20)
        let short = ShortText(title, end: " - Today", link: Self.link)
        #expect(short.text.utf16.count <= 70)
        #expect(short.text.hasSuffix("... - Today"))
        #expect(short.isShortened)
        let small = ShortText("Позвонить", end: " - Today", link: "https://a.example/r?abc")
        #expect(small.text == "Позвонить - Today\nhttps://a.example/r?abc")
        #expect(!small.isShortened)
    }

    @Test func `a reminder is one text message with one link`() throws {
        let post = try NoticeSamples.post()
        var task = try NoticeSamples.task()
        task.contactPhone = "+15550100199"
        let short = post.text(of: try NoticeSamples.notice([task], way: .sms))
        let lines = short.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("Call Stacy - Today, 9:00 AM"))
        #expect(septets(short.text) <= 160)
        let links = try NoticeSamples.links(in: short.text)
        #expect(links.map(\.deed) == [.choose])
        task.title = String(repeating: "Llamar a todos los compradores ", count: 10)
        let long = post.text(of: try NoticeSamples.notice([task], way: .sms, locale: "es-MX"))
        #expect(long.isShortened)
        #expect(septets(long.text) <= 160)
        #expect(try NoticeSamples.links(in: long.text).count == 1)
    }
}
