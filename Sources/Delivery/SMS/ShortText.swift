import Foundation

/// A text that fits into one text message: 160 characters of the GSM alphabet, of which some count
/// twice, or else 70 as UTF-16 has them (3GPP TS 23.038).
package struct ShortText: Hashable, Sendable {
    package let text: String
    /// Whether something was cut off, or the link left out.
    package let isShortened: Bool

    private static var gsmLimit: Int { 160 }
    private static var utf16Limit: Int { 70 }
    /// How much of the beginning has to be there before a link may take the rest.
    private static var leastBeginning: Int { 12 }

    /// Makes a text of its parts.
    ///
    /// - Parameters:
    ///   - beginning: What it begins with; cut where there is too much.
    ///   - end: What comes behind it, whole.
    ///   - extra: What comes behind that if everything has room.
    ///   - link: A link at the very end, on its own line. It is whole or not there.
    package init(_ beginning: String, end: String = "", extra: String = "", link: String? = nil) {
        let parts = [beginning, end, extra].map { Self.simplified($0) }
        let isGSM = parts.allSatisfy { $0.allSatisfy { GSMAlphabet.length(of: $0) != nil } }
        let limit = isGSM ? Self.gsmLimit : Self.utf16Limit
        func length(_ text: some StringProtocol) -> Int {
            isGSM
                ? text.reduce(0) { $0 + (GSMAlphabet.length(of: $1) ?? 1) } : text.utf16.count
        }
        var tail = link.map { "\n" + $0 } ?? ""
        let whole = parts.joined() + tail
        if length(whole) <= limit {
            self.init(text: whole, isShortened: false)
            return
        }
        var isCut = false
        if length(tail) + length(parts[1]) + Self.leastBeginning > limit {
            tail = ""
            isCut = link != nil
        }
        tail = parts[1] + tail
        if length(parts[0]) + length(tail) <= limit {
            self.init(text: parts[0] + tail, isShortened: isCut)
            return
        }
        var kept = parts[0][...]
        while !kept.isEmpty, length(kept) + 3 + length(tail) > limit { kept.removeLast() }
        while kept.last == " " { kept.removeLast() }
        // An end that is too long by itself is cut, too.
        var text = kept + "..." + tail
        while length(text) > limit { text.removeLast() }
        self.init(text: String(text), isShortened: true)
    }

    private init(text: String, isShortened: Bool) {
        self.text = text
        self.isShortened = isShortened
    }

    /// A text in the GSM alphabet where it says the same there: without some accents and drawings, with
    /// simple quotes and dashes, on one line.
    private static func simplified(_ text: String) -> String {
        var result = ""
        for character in HeaderText.oneLine(text) {
            if GSMAlphabet.length(of: character) != nil {
                result.append(character)
            } else if let simple = GSMAlphabet.replacements[character] {
                result += simple
            } else if let base = character.decomposedBase, GSMAlphabet.length(of: base) != nil {
                result.append(base)
            } else if !character.isDrawing {
                result.append(character)
            }
        }
        return result
    }
}

extension Character {
    /// The letter without its accents; nil where it is no letter with accents.
    fileprivate var decomposedBase: Character? {
        let scalars = String(self).decomposedStringWithCanonicalMapping.unicodeScalars
        guard let first = scalars.first, scalars.count > 1, first.properties.isAlphabetic,
            scalars.dropFirst().allSatisfy({ $0.properties.generalCategory == .nonspacingMark })
        else { return nil }
        return Character(first)
    }

    /// Whether it is an emoji or another drawing, without which a text says the same.
    fileprivate var isDrawing: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .otherSymbol, .modifierSymbol, .format, .nonspacingMark, .enclosingMark,
                .privateUse:
                true
            default: false
            }
        }
    }
}

/// The alphabet of 7 bits that every phone has.
enum GSMAlphabet {
    /// How many characters one takes; nil where it is not of the alphabet.
    static func length(of character: Character) -> Int? {
        if basic.contains(character) { return 1 }
        return extended.contains(character) ? 2 : nil
    }

    private static let basic = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
    )
    private static let extended = Set("^{}\\[~]|€")

    /// What stands for characters that people's keyboards make.
    static let replacements: [Character: String] = [
        "\u{a0}": " ", "\u{202f}": " ", "\u{2009}": " ", "\t": " ", "“": "\"", "”": "\"",
        "„": "\"", "«": "\"", "»": "\"", "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "•": "-", "·": "-", "×": "x",
        "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ª": "a",
        "º": "o", "°": "o",
    ]
}
