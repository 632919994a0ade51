import Foundation
package import Recurrence

/// A mail with a plain and an HTML part, to one recipient.
package struct MailMessage: Sendable {
    package var from: MailAddress
    package var to: MailAddress
    package var subject: String
    package var plain: String
    package var html: String
    /// What the message is called however often it is sent, without the brackets.
    package var id: String
    package var date: Timestamp
    /// Further fields of the header.
    package var fields: [(name: String, value: String)]

    package init(
        from: MailAddress,
        to: MailAddress,
        subject: String,
        plain: String,
        html: String,
        id: String,
        date: Timestamp,
        fields: [(name: String, value: String)] = []
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.plain = plain
        self.html = html
        self.id = id
        self.date = date
        self.fields = fields
    }

    // Base64 has no underscore.
    private static var boundary: String { "=_perennial_=" }

    /// The mail as it is sent: in ASCII, with lines of at most 78 characters where it is ours to say.
    package var rendered: RenderedMail {
        var lines = [
            "From: \(from.text)", "To: \(to.text)", "Subject: \(HeaderText.encoded(subject))",
            "Date: \(Self.text(of: date))", "Message-ID: <\(HeaderText.oneLine(id))>",
            "MIME-Version: 1.0",
        ]
        lines += fields.map { "\($0.name): \(HeaderText.oneLine($0.value))" }
        lines.append("Content-Type: multipart/alternative; boundary=\"\(Self.boundary)\"")
        lines.append("")
        for (type, text) in [("plain", plain), ("html", html)] {
            lines += [
                "--\(Self.boundary)", "Content-Type: text/\(type); charset=utf-8",
                "Content-Transfer-Encoding: base64", "", Self.base64(text),
            ]
        }
        lines += ["--\(Self.boundary)--", ""]
        return RenderedMail(
            sender: from.address,
            recipient: to.address,
            bytes: Array(lines.joined(separator: "\r\n").utf8)
        )
    }

    private static func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]
        )
    }

    /// A time as RFC 5322, section 3.3, writes it.
    private static func text(of time: Timestamp) -> String {
        let local = LocalDateTime(secondsSince1970: time.seconds)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let date = local.date.components
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = [local.time.hour, local.time.minute, local.time.second].map(digits)
        return "\(days[local.date.weekday]), \(digits(date.day)) \(months[date.month - 1]) "
            + "\(date.year) \(clock.joined(separator: ":")) +0000"
    }
}

/// A mail as it is sent, with its envelope.
package struct RenderedMail: Hashable, Sendable {
    package var sender: String
    package var recipient: String
    package var bytes: [UInt8]
}

/// Somebody's address, and perhaps a name.
package struct MailAddress: Hashable, Sendable {
    package let address: String
    package var name: String?

    /// Reads `ana@example.com`, or `Ana Lopez <ana@example.com>`; nil where it is no address.
    package init?(_ text: String) {
        var address = text[...]
        var name: String?
        if text.hasSuffix(">"), let begin = text.lastIndex(of: "<") {
            address = text[text.index(after: begin)...].dropLast()
            name = String(text[..<begin]).trimmingCharacters(in: .whitespaces)
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = address.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && !"<>()[]\\,;:\"".utf8.contains(byte)
        }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isPlain,
            address.utf8.count <= 254
        else { return nil }
        self.address = String(address)
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What comes behind the @.
    package var domain: String { address.split(separator: "@").last.map(String.init) ?? "" }

    /// The address as a header has it.
    var text: String {
        name.map { "\(HeaderText.phrase($0)) <\(address)>" } ?? address
    }
}

/// Texts as headers have them.
enum HeaderText {
    /// A text without line ends and other control characters, so that it cannot begin a field.
    static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.properties.generalCategory == .control ? " " : scalar
                }
            )
        )
    }

    /// A text that a reader sees as it is: in encoded words (RFC 2047), unless it is short ASCII.
    static func encoded(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain =
            line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && line.utf8.count <= 60
            && !line.contains("=?")
        return isPlain ? line : words(line)
    }

    /// A name before an address.
    static func phrase(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = line.utf8.allSatisfy { byte in
            byte == 0x20 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        return isPlain && line.utf8.count <= 60 ? line : words(line)
    }

    /// Encoded words of whole characters, one a line.
    private static func words(_ line: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            words.append("=?utf-8?B?\(Data(word).base64EncodedString())?=")
            word = []
        }
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > 42 { end() }
            word += bytes
        }
        end()
        return words.joined(separator: "\r\n ")
    }
}
