/// One line of a calendar: `NAME;PARAMETER=VALUE:value` (RFC 5545, section 3.1).
struct ContentLine {
    /// In upper case.
    let name: String
    /// As it was written, without blanks around it.
    let value: ArraySlice<UInt8>
    private let parameters: ArraySlice<UInt8>

    /// The properties that say something about recurrence; no other line is kept.
    private static let names: Set<String> = [
        "BEGIN", "END", "DTSTART", "DUE", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "UID", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-TIMEZONE",
    ]

    /// The properties whose values are dates.
    private static let dateNames: Set<String> = ["DTSTART", "DUE", "RDATE", "EXDATE"]

    /// Whether there are blanks around the name or the value.
    let hasBlanks: Bool
    /// Whether a parameter has a colon without quotes around it.
    let hasLooseColon: Bool

    /// Reads an unfolded line; nothing where it has another property or none.
    init?(_ line: ArraySlice<UInt8>) {
        let nameEnd = line.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
        guard let nameEnd, nameEnd - line.startIndex <= 32 else { return nil }
        let written = line[..<nameEnd]
        let bare = written.trimmingBlanks
        name = String(decoding: upperCased(bare), as: UTF8.self)
        guard ContentLine.names.contains(name) else { return nil }
        var isQuoted = false
        let colon = line[nameEnd...].firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ":") && !isQuoted
        }
        guard var colon else { return nil }
        var hasLooseColon = false
        if ContentLine.dateNames.contains(name), let last = line.lastIndex(of: UInt8(ascii: ":")),
            last > colon
        {
            // Names of zones with an offset in them are often written without quotes. No date has a
            // colon, so that the last one comes before it.
            (colon, hasLooseColon) = (last, true)
        }
        self.hasLooseColon = hasLooseColon
        parameters = line[nameEnd..<colon]
        let rest = line[(colon + 1)...]
        value = rest.trimmingBlanks
        hasBlanks = bare.count != written.count || value.count != rest.count
    }

    /// The value of a parameter without its quotes; nothing where it is not there or empty.
    func parameter(_ name: String) -> String? {
        var isQuoted = false
        let all = parameters.split { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ";") && !isQuoted
        }
        for parameter in all {
            guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")),
                upperCased(parameter[..<equals].trimmingBlanks).elementsEqual(name.utf8)
            else { continue }
            let bytes = parameter[(equals + 1)...].filter { $0 != UInt8(ascii: "\"") }
            let text = bytes[...].trimmingBlanks
            return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
        }
        return nil
    }

    /// The value in upper case, as dates and rules are read.
    var upperCasedValue: ArraySlice<UInt8> { upperCased(value)[...] }

    /// The value as text.
    var text: String { String(decoding: value, as: UTF8.self) }
}

extension ContentLine {
    /// Splits a text into its lines, each joined if it was folded.
    ///
    /// A line may end with CR, LF or both.
    static func unfoldedLines(of text: String) -> [ArraySlice<UInt8>] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        var isAtLineStart = false
        for byte in text.utf8 {
            defer { previous = byte }
            let isReturn = byte == UInt8(ascii: "\r")
            if isReturn || byte == UInt8(ascii: "\n") {
                if !isReturn, previous == UInt8(ascii: "\r") { continue }
                bytes.append(UInt8(ascii: "\n"))
                isAtLineStart = true
            } else if isAtLineStart, byte.isBlank {
                bytes.removeLast()
                isAtLineStart = false
            } else {
                bytes.append(byte)
                isAtLineStart = false
            }
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        return bytes[start...].split(separator: UInt8(ascii: "\n"))
    }
}

extension UInt8 {
    /// Whether this is a blank or a tabulator.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
    /// The bytes without blanks at either end.
    var trimmingBlanks: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isBlank }),
            let last = lastIndex(where: { !$0.isBlank })
        else { return self[endIndex...] }
        return self[first...last]
    }
}
