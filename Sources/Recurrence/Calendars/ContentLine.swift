/// One line of a calendar: `NAME;PARAMETER=VALUE:value` (RFC 5545, section 3.1).
struct ContentLine {
    /// In upper case.
    let name: String
    /// As it was written, without blanks around it.
    let value: ArraySlice<UInt8>
    private let parameterText: ArraySlice<UInt8>

    /// The properties that say something about recurrence; no other line is kept.
    private static let names: Set<String> = [
        "BEGIN", "END", "DTSTART", "DUE", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "UID", "STATUS", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-TIMEZONE",
    ]

    /// The properties that make a series.
    static let seriesNames: Set<String> = [
        "DTSTART", "DUE", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
    ]

    /// The properties whose values are dates.
    private static let dateNames: Set<String> = ["DTSTART", "DUE", "RDATE", "EXDATE"]

    /// What is unusual about where the blanks and colons are.
    private(set) var flaws: [String] = []

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
        var looseColon: String?
        if ContentLine.dateNames.contains(name) {
            (colon, looseColon) = ContentLine.colonBeforeDates(of: line, nameEnd, colon)
        }
        parameterText = line[nameEnd..<colon]
        let rest = line[(colon + 1)...]
        value = rest.trimmingBlanks
        if bare.count != written.count || value.count != rest.count {
            flaws.append("there are blanks around it")
        }
        if let looseColon { flaws.append(looseColon) }
    }

    /// Returns where the dates of a line begin if a parameter is written so that an earlier colon
    /// belongs to it, and what is unusual about that.
    ///
    /// Names of zones with an offset in them are often written without quotes, and parameters at
    /// times after a colon. No date has a colon, so that the last one comes before it.
    private static func colonBeforeDates(
        of line: ArraySlice<UInt8>,
        _ nameEnd: Int,
        _ colon: Int
    ) -> (Int, String?) {
        guard let last = line.lastIndex(of: UInt8(ascii: ":")), last > colon,
            line[(last + 1)...].trimmingBlanks.prefix(while: \.isDigit).count == 8
        else { return (colon, nil) }
        if nameEnd == colon {
            let parameter = upperCased(line[(colon + 1)...].trimmingBlanks.prefix(6))
            let isParameter =
                parameter.starts(with: "TZID=".utf8) || parameter.starts(with: "VALUE=".utf8)
            return isParameter ? (last, "a parameter stands after a colon") : (colon, nil)
        }
        let parameter = line[..<colon].split(separator: UInt8(ascii: ";")).last ?? []
        return upperCased(parameter).starts(with: "VALUE".utf8)
            ? (colon, nil) : (last, "a parameter has a colon, but no quotes")
    }

    /// A part between the name and the value.
    struct Parameter {
        /// In upper case; empty where there is no equals sign.
        let name: String
        /// Without quotes and blanks around it.
        let value: String
    }

    /// The parameters in their order.
    var parameters: [Parameter] {
        var isQuoted = false
        let all = parameterText.dropFirst().split(omittingEmptySubsequences: false) { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ";") && !isQuoted
        }
        if parameterText.isEmpty { return [] }
        return all.map { parameter in
            let equals = parameter.firstIndex(of: UInt8(ascii: "="))
            let name = upperCased(parameter[..<(equals ?? parameter.startIndex)].trimmingBlanks)
            let written = equals.map { parameter[($0 + 1)...] } ?? parameter
            let value = written.filter { $0 != UInt8(ascii: "\"") }
            return Parameter(
                name: String(decoding: name, as: UTF8.self),
                value: String(decoding: value[...].trimmingBlanks, as: UTF8.self)
            )
        }
    }

    /// The value of a parameter; nothing where it is not there or empty.
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// The value in upper case, as dates and rules are read.
    var upperCasedValue: ArraySlice<UInt8> { upperCased(value)[...] }

    /// The value as text.
    var text: String { String(decoding: value, as: UTF8.self) }

    /// Whether the name and all after it are UTF-8.
    var isUTF8: Bool {
        String(validating: parameterText, as: UTF8.self) != nil
            && String(validating: value, as: UTF8.self) != nil
    }
}
