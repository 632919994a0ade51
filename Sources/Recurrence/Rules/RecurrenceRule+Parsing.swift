extension RecurrenceRule {
    /// Why a text, or parts, are not a recurrence rule.
    public struct ParseError: Error, Hashable {
        /// The part that is wrong, such as `BYMONTH`.
        public var part: String
        /// What is wrong with it, such as `13 is not between 1 and 12`.
        public var reason: String

        /// Creates an error.
        public init(part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }

    /// The longest text that is read, in bytes; every value of every part fits.
    static let textLimit = 16_384

    /// Reads the text of a rule, `RRULE:` before it or not, in any case, folded or not.
    ///
    /// The reading is strict: what RFC 5545 says a rule must not have is refused. A leap second in
    /// BYSECOND is taken for the second before it (section 3.3.12).
    ///
    /// - Throws: ``ParseError`` with the part and the reason.
    /// - Complexity: Linear in the text's length, which is at most 16,384 bytes; some hundred
    ///   nanoseconds for a usual rule.
    public init(parsing text: String) throws(ParseError) {
        guard text.utf8.count <= RecurrenceRule.textLimit else {
            throw ParseError(part: "RRULE", reason: "the text is too long")
        }
        var bytes = unfoldedUpperCase(text)[...]
        if bytes.starts(with: "RRULE:".utf8) { bytes = bytes.dropFirst(6) }
        try self.init(bytes: bytes)
    }

    init(bytes: ArraySlice<UInt8>) throws(ParseError) {
        var parser = RuleParser()
        if bytes.isEmpty { throw ParseError(part: "FREQ", reason: "it is missing") }
        var start = bytes.startIndex
        repeat {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
            let part = bytes[start..<end]
            guard !part.isEmpty else {
                throw ParseError(
                    part: "RRULE",
                    reason: "it has an empty part: a semicolon too many"
                )
            }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                throw ParseError(part: string(part), reason: "it has no value")
            }
            try parser.read(part[..<equals], part[(equals + 1)...])
            start = end + 1
        } while start <= bytes.endIndex
        self = try parser.rule()
    }
}

/// Returns a text's bytes in upper case, its folded lines joined (RFC 5545, section 3.1).
private func unfoldedUpperCase(_ text: String) -> [UInt8] {
    let folded = Array(text.utf8)
    let newline = UInt8(ascii: "\n")
    // Most texts are one line, in upper case already.
    let isPlain = { (byte: UInt8) in byte != newline && !(97...122).contains(byte) }
    if folded.allSatisfy(isPlain), folded.last != UInt8(ascii: "\r") { return folded }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(folded.count)
    for byte in folded {
        let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        if isSpace, bytes.last == newline {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        } else {
            bytes.append((97...122).contains(byte) ? byte - 32 : byte)
        }
    }
    while let last = bytes.last, last == newline || last == UInt8(ascii: "\r") {
        bytes.removeLast()
    }
    return bytes
}

func upperCased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }
}

func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(64), as: UTF8.self)
}
