/// Mends what programs write wrong in a rule and what has one meaning all the same.
struct RuleRepair {
    /// The rule without its flaws.
    private(set) var text: [UInt8] = []
    /// A start that stands within the rule, and the name of its zone.
    private(set) var start: ArraySlice<UInt8>?
    private(set) var zoneName: String?
    /// The COUNT that stands beside an UNTIL.
    private(set) var count: Int?

    private var parts: [[UInt8]] = []

    /// Mends the text of a rule, which is given in upper case and as it was written.
    ///
    /// - Throws: An error that names the flaw, where reading is strict.
    init(
        _ bytes: ArraySlice<UInt8>,
        asWritten written: ArraySlice<UInt8>,
        property: String,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        let semicolon = UInt8(ascii: ";")
        for part in bytes.split(separator: semicolon, omittingEmptySubsequences: false) {
            // All parts but a zone's name have values without blanks, and no case.
            let solid = part.filter { !$0.isBlank }
            if solid.count != part.count {
                if part.hasBlanksBetweenDigits {
                    throw RecurrenceSet.ParseError(
                        part: property,
                        reason: "\(string(part.trimmingBlanks)) has a blank between two digits"
                    )
                }
                try remarks.flaw(property, "there are blanks in it")
            }
            guard !solid.isEmpty else {
                try remarks.flaw(property, "it has an empty part, which is left out")
                continue
            }
            guard let equals = solid.firstIndex(of: UInt8(ascii: "=")) else {
                parts.append(solid)
                continue
            }
            let offset = part.startIndex - bytes.startIndex + written.startIndex
            try read(
                String(decoding: solid[..<equals], as: UTF8.self),
                solid[(equals + 1)...],
                of: solid,
                asWritten: written[offset..<offset + part.count],
                &remarks
            )
        }
        let hasUntil = parts.contains { $0.starts(with: "UNTIL=".utf8) }
        for part in parts {
            if try isNoCount(part, hasUntil: hasUntil, &remarks) { continue }
            if hasUntil, try readCount(part, &remarks) { continue }
            if !text.isEmpty { text.append(semicolon) }
            text += part
        }
    }

    private mutating func read(
        _ name: String,
        _ value: ArraySlice<UInt8>,
        of part: [UInt8],
        asWritten written: ArraySlice<UInt8>,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        if name == "DTSTART" {
            try remarks.flaw("DTSTART", "it stands within the rule")
            start = value
        } else if name == "TZID" {
            try remarks.flaw("TZID", "it stands within the rule")
            let value = written.drop { $0 != UInt8(ascii: "=") }.dropFirst()
            zoneName = String(decoding: value.trimmingBlanks, as: UTF8.self)
        } else if name.hasPrefix("X-") {
            try remarks.flaw(name, "RFC 5545 knows no such part; it is left out")
        } else {
            var part = part
            let comma = UInt8(ascii: ",")
            let values = value.split(separator: comma)
            if !values.isEmpty, values.count - 1 != value.count(where: { $0 == comma }) {
                try remarks.flaw(name, "it has an empty value, which is left out")
                part = Array("\(name)=".utf8) + values.joined(separator: [comma])
            }
            if let plain = RuleRepair.plainValue(value, of: name) {
                try remarks.flaw(
                    name,
                    "\(string(value)) is not written as RFC 5545 has it, but is clear"
                )
                part = Array("\(name)=\(plain)".utf8)
            }
            if parts.contains(part) {
                try remarks.flaw(name, "it is there twice")
            } else {
                parts.append(part)
            }
        }
    }

    /// A number without its plus sign, and an UNTIL in the form of RFC 5545; nothing for a value that
    /// has this form or that is not clear.
    private static func plainValue(_ value: ArraySlice<UInt8>, of name: String) -> String? {
        switch name {
        case "INTERVAL", "COUNT":
            guard value.first == UInt8(ascii: "+") else { return nil }
            let digits = value.dropFirst()
            return digits.allSatisfy(\.isDigit) ? String(decoding: digits, as: UTF8.self) : nil
        case "UNTIL":
            guard CalendarText(value, in: .compact, allowing: .iCalendar) == nil else { return nil }
            let variants: CalendarText.Variants = [.iCalendar, .fractions, .minutes, .offsets]
            let read =
                CalendarText(value, in: .compact, allowing: variants)
                ?? CalendarText(value, in: .extended, allowing: variants)
            switch read {
            case .date(let date)?: return date.description
            case .local(let local, _)?: return local.description
            case .instant(let timestamp)?: return timestamp.text(in: .compact, fraction: .none)
            case nil: return nil
            }
        default: return nil
        }
    }

    /// Takes a COUNT beside an UNTIL, of which only one can end the rule.
    private mutating func readCount(
        _ part: [UInt8],
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) -> Bool {
        guard part.starts(with: "COUNT=".utf8), count == nil,
            let count = Int(String(decoding: part.dropFirst(6), as: UTF8.self)),
            (1...RecurrenceRule.numberLimit).contains(count)
        else { return false }
        try remarks.flaw("COUNT", "it stands beside UNTIL; what comes first ends the rule")
        self.count = count
        return true
    }

    /// Whether a part is a COUNT of nothing, which some programs write where there is none.
    private func isNoCount(
        _ part: [UInt8],
        hasUntil: Bool,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) -> Bool {
        guard part.elementsEqual("COUNT=-1".utf8) || hasUntil && part.elementsEqual("COUNT=0".utf8)
        else { return false }
        try remarks.flaw(
            "COUNT",
            "\(string(part.dropFirst(6))) is no count; "
                + (hasUntil ? "UNTIL ends the rule" : "the rule is read as one without end")
        )
        return true
    }
}

extension ArraySlice<UInt8> {
    /// Whether two numbers would become one without the blanks between them.
    fileprivate var hasBlanksBetweenDigits: Bool {
        let words = split(whereSeparator: \.isBlank)
        return zip(words, words.dropFirst()).contains { word, next in
            word.last?.isDigit == true && next.first?.isDigit == true
        }
    }
}
