import Foundation
import Wording

/// The HTTP gateway by which text messages are sent: an operator's own setting.
package struct SMSGateway: Hashable, Sendable {
    /// Why a gateway cannot be used.
    package struct Unusable: Error, Hashable {
        /// What is wrong, to be read after `The SMS gateway's`.
        package let reason: String
    }

    let url: String
    let user: String?
    package var password: String?
    private let fields: [Field]

    /// A field of the form: its name, and the texts and places of its value.
    private struct Field: Hashable, Sendable {
        let name: String
        let value: [Piece]
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case place(Place)
    }

    /// What is put into a form.
    private enum Place: String, Hashable, Sendable, CaseIterable {
        /// The phone number.
        case to
        /// What is said.
        case text
        /// What the message is called, however often it is sent.
        case id
    }

    /// Reads the gateway's URL and its form, `To={to}&From=+15550100&Body={text}`.
    ///
    /// - Throws: ``Unusable``.
    package init(url: String, form: String, user: String?) throws(Unusable) {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: url),
            ["http", "https"].contains(parts.scheme?.lowercased()),
            let host = parts.host, !host.isEmpty
        else { throw Unusable(reason: "URL is no address such as https://sms.example.com/send") }
        if parts.user != nil || parts.password != nil {
            throw Unusable(reason: "URL has a user; name it by --sms-user")
        }
        var fields: [Field] = []
        for part in form.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].isEmpty else {
                throw Unusable(reason: "form has '\(part)', which is no name=value")
            }
            fields.append(Field(name: String(pair[0]), value: try Self.pieces(of: pair[1])))
        }
        for place in [Place.to, .text]
        where !fields.contains(where: { $0.value.contains(.place(place)) }) {
            throw Unusable(reason: "form has no {\(place.rawValue)}")
        }
        self.url = url
        self.user = user
        self.fields = fields
    }

    /// Whether it is told what a message is called, and so knows one that comes again.
    var knowsRepeats: Bool { fields.contains { $0.value.contains(.place(.id)) } }

    private static func pieces(of value: Substring) throws(Unusable) -> [Piece] {
        var pieces: [Piece] = []
        var rest = value
        while let begin = rest.firstIndex(of: "{"), let end = rest[begin...].firstIndex(of: "}") {
            let name = rest[rest.index(after: begin)..<end]
            guard let place = Place(rawValue: String(name)) else {
                throw Unusable(
                    reason: "form has {\(name)}, where only {to}, {text} and {id} are filled in"
                )
            }
            pieces += [.text(String(rest[..<begin])), .place(place)]
            rest = rest[rest.index(after: end)...]
        }
        return pieces + [.text(String(rest))]
    }

    /// The form of a message, each name and value percent-encoded.
    package func form(of message: SMSMessage) -> [UInt8] {
        let pairs = fields.map { field in
            let value = field.value.map { piece in
                switch piece {
                case .text(let text): text
                case .place(.to): message.to.text
                case .place(.text): message.text
                case .place(.id): message.id
                }
            }
            return "\(field.name.percentEncoded)=\(value.joined().percentEncoded)"
        }
        return Array(pairs.joined(separator: "&").utf8)
    }
}

/// A text message to one phone.
package struct SMSMessage: Hashable, Sendable {
    package var to: PhoneNumber
    package var text: String
    /// What the message is called however often it is sent.
    package var id: String

    package init(to: PhoneNumber, text: String, id: String) {
        self.to = to
        self.text = text
        self.id = id
    }
}

/// A number that can be called: digits, perhaps after a plus.
package struct PhoneNumber: Hashable, Sendable {
    package let text: String

    /// Reads a number as people write it, `+1 (555) 010-0199`; nil where it is none.
    package init?(_ written: String) {
        let digits = written.filter { !" -.()/\u{a0}\u{2011}".contains($0) }
        let number = digits.hasPrefix("+") ? digits.dropFirst() : digits[...]
        guard (3...15).contains(number.utf8.count),
            number.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        text = digits
    }
}
