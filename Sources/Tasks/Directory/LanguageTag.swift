/// Language tags (RFC 5646), such as `en` and `pt-BR`.
package enum LanguageTag {
    /// How many characters a tag has: RFC 5646, section 4.4.1, asks for room for 35.
    private static let lengths = 2...35

    /// Tells whether a text could be a tag: a language of two or three letters, and parts of one to
    /// eight letters or digits after it.
    package static func isWellFormed(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard lengths.contains(text.utf8.count), let language = parts.first else { return false }
        return (2...3).contains(language.count) && language.allSatisfy(isLetter)
            && parts.dropFirst().allSatisfy { part in
                (1...8).contains(part.count) && part.allSatisfy { isLetter($0) || isDigit($0) }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
