/// A line that is no property, since it has no colon, no name before it or one that is misspelt.
struct BrokenLine {
    private let line: ArraySlice<UInt8>
    /// In upper case, without blanks around it.
    private let text: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) {
        self.line = line.trimmingBlanks
        text = upperCased(line.trimmingBlanks)[...]
    }

    /// Tells of the line, and leaves it out where it cannot belong to a series.
    ///
    /// - Parameters:
    ///   - isAfterSeries: Whether a property of a series stands before it, so that it may be the
    ///     rest of that.
    ///   - remarks: Where the line is told of.
    /// - Throws: An error that names the line, where it may belong to a series.
    func check(
        isAfterSeries: Bool,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        if text.isEmpty { return }
        let hasColon = text.contains(UInt8(ascii: ":"))
        if hasSeriesName || hidesSeriesName || isListOrDates(hasColon) || isRule(hasColon)
            || isAfterSeries && !hasColon && looksLikeRest
        {
            throw RecurrenceSet.ParseError(
                part: string(line),
                reason: "this line is no property, but may belong to the series"
            )
        }
        guard hasColon else {
            return try remarks.flaw(string(line), "it is no property and is left out")
        }
        if let misspelt = MisspeltName(text) { try check(misspelt, &remarks) }
        if hasKinName, hasDateOrRule {
            throw RecurrenceSet.ParseError(
                part: string(line.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }),
                reason: "there is no such property, but it may belong to the series"
            )
        }
    }

    /// Whether the name begins like that of a property of a series, as EXCEPTIONDATE does, or its value
    /// like a rule; no other registered property does, but for those whose values are prose.
    private var hasKinName: Bool {
        let name = text.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
        if name.starts(with: "X-".utf8)
            || Self.proseNames.contains(String(decoding: name, as: UTF8.self))
        {
            return false
        }
        let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.startIndex
        return text[(colon + 1)...].trimmingBlanks.starts(with: "FREQ=".utf8)
            || ["EX", "RECUR", "RRULE", "RDATE", "DTSTART"].contains { text.starts(with: $0.utf8) }
    }

    /// The registered properties whose values are prose, which may speak of rules.
    private static let proseNames: Set = [
        "SUMMARY", "DESCRIPTION", "COMMENT", "LOCATION", "CATEGORIES", "CONTACT", "RESOURCES",
    ]

    /// Tells of a name that is nearly a property's, and refuses it where what follows it may say
    /// which dates the series has.
    private func check(
        _ misspelt: MisspeltName,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        let reason = "there is no such property, but \(misspelt.meant) may be meant"
        if ContentLine.seriesNames.contains(misspelt.meant), hasDateOrRule {
            throw RecurrenceSet.ParseError(part: misspelt.name, reason: reason)
        }
        try remarks.flaw(misspelt.name, reason + "; it is left out")
    }

    /// Whether a date or a rule stands in the line, and not only a sentence.
    private var hasDateOrRule: Bool {
        let value = text.drop { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
        if hasRule { return true }
        let digits = value.split { !$0.isDigit }.map(\.count).max() ?? 0
        let isOneWord = !value.dropFirst().trimmingBlanks.contains(where: \.isBlank)
        return digits >= 8 || digits >= 4 && isOneWord
    }

    private var hasSeriesName: Bool {
        let name = text.prefix { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
        guard ContentLine.seriesNames.contains(String(decoding: name, as: UTF8.self)) else {
            return false
        }
        // "Due" begins sentences too.
        return !name.elementsEqual("DUE".utf8) || name.endIndex == text.endIndex
            || text[name.endIndex...].contains { $0 == UInt8(ascii: "=") || $0.isDigit }
    }

    /// Whether only what no name can have keeps the line from being a property of a series: a blank
    /// within the name, a character that nobody sees, a group before it as in a vCard, or a parameter
    /// without a semicolon before it.
    private var hidesSeriesName: Bool {
        let name = text.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
        guard name.count <= 64 else { return false }
        if name.contains(UInt8(ascii: "=")),
            ContentLine.seriesNames.contains(where: { name.starts(with: $0.utf8) })
        {
            return true
        }
        return [name, name.split(separator: UInt8(ascii: ".")).last ?? []].contains { part in
            let seen = part.filter { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
            return ContentLine.seriesNames.contains(String(decoding: seen, as: UTF8.self))
        }
    }

    private func isListOrDates(_ hasColon: Bool) -> Bool {
        let first = text[text.startIndex]
        if first == UInt8(ascii: ",") || first == UInt8(ascii: ";") { return true }
        return hasColon ? text.prefix { $0.isDigit }.count >= 8 : first.isDigit
    }

    private func isRule(_ hasColon: Bool) -> Bool {
        hasColon ? text.starts(with: "FREQ=".utf8) : hasRule
    }

    private var hasRule: Bool {
        let part = Array("FREQ=".utf8)
        return text.indices.contains { text[$0...].starts(with: part) }
    }

    /// Whether the line may be the rest of a rule or of dates, which have no blanks.
    private var looksLikeRest: Bool {
        text.contains(UInt8(ascii: "=")) || !text.contains(where: \.isBlank)
    }
}

extension UInt8 {
    /// Whether this is one of the digits 0 to 9.
    var isDigit: Bool { (48...57).contains(self) }

    /// Whether this is a digit or a capital letter of ASCII.
    fileprivate var isLetterOrDigit: Bool { isDigit || (65...90).contains(self) }
}
