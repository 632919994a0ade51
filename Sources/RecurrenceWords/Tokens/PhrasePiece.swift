/// A word of a phrase, or a token that needs no vocabulary, such as a number.
struct PhrasePiece {
    enum Content {
        /// Small letters without accents.
        case word(String)
        case token(WordToken.Kind)
    }

    let content: Content
    /// What was written.
    let text: String
    /// How many bytes of UTF-8 come before it.
    let offset: Int
    /// Whether a hyphen stands directly before it.
    let isHyphenated: Bool

    var word: String? {
        if case .word(let word) = content { word } else { nil }
    }

    /// What it is in a phrase of the vocabulary: a word or a comma.
    var part: String? {
        switch content {
        case .word(let word): word
        case .token(.comma): ","
        case .token: nil
        }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }

    var isLetter: Bool {
        if isASCII { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
        return ("\u{E0}"..."\u{F6}").contains(self) || properties.isAlphabetic
    }

    var isSpace: Bool { self == " " || properties.isWhitespace }

    /// The small letter without its accent.
    var folded: String {
        if ("a"..."z").contains(self) { return String(self) }
        if ("A"..."Z").contains(self), let small = Unicode.Scalar(value + 32) {
            return String(small)
        }
        // The letters that are common in five languages need no table of Unicode's.
        switch self {
        case "\u{E0}", "\u{E2}", "\u{E3}", "\u{E1}", "\u{E4}": return "a"
        case "\u{E8}", "\u{E9}", "\u{EA}", "\u{C9}": return "e"
        case "\u{ED}": return "i"
        case "\u{F3}", "\u{F6}": return "o"
        case "\u{FA}", "\u{FC}": return "u"
        default: break
        }
        let small = properties.lowercaseMapping
        switch small {
        case "\u{E1}", "\u{E0}", "\u{E2}", "\u{E3}", "\u{E4}": return "a"
        case "\u{E9}", "\u{E8}", "\u{EA}", "\u{EB}": return "e"
        case "\u{ED}", "\u{EC}", "\u{EE}", "\u{EF}": return "i"
        case "\u{F3}", "\u{F2}", "\u{F4}", "\u{F5}", "\u{F6}": return "o"
        case "\u{FA}", "\u{F9}", "\u{FB}", "\u{FC}": return "u"
        case "\u{F1}": return "n"
        case "\u{E7}": return "c"
        case "\u{DF}": return "ss"
        default: return small
        }
    }
}
