/// The bytes of a calendar's text, brought into lines.
///
/// A line may end with CR, LF or both. It may be folded anywhere, even within a character, so that
/// lines are joined before any text is decoded (RFC 5545, section 3.1).
struct CalendarBytes {
    typealias ParseError = RecurrenceSet.ParseError

    /// The lines that are not empty, each joined if it was folded.
    let lines: [ArraySlice<UInt8>]
    /// Whether all lines are UTF-8.
    let isUTF8: Bool

    /// Splits a text into its lines.
    ///
    /// - Throws: An error that names the flaw, where reading is strict.
    init(_ text: [UInt8], _ remarks: inout RemarkList) throws(ParseError) {
        var bytes = try CalendarBytes.utf8(text, &remarks)
        let end = bytes.lastIndex { !CalendarBytes.endings.contains($0) }.map { $0 + 1 } ?? 0
        if bytes[end...].contains(where: CalendarBytes.marksOfEnd.contains) {
            try remarks.flaw("text", "it ends with a control character, which is left out")
            bytes.removeSubrange(end...)
        }
        bytes = try CalendarBytes.withLineFeeds(bytes, &remarks)
        if let indentation = CalendarBytes.indentation(of: bytes) {
            try remarks.flaw("text", "all its lines are indented")
            bytes = CalendarBytes.removing(indentation, from: bytes)
        }
        bytes = CalendarBytes.unfolded(bytes)
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        lines = bytes.split(separator: UInt8(ascii: "\n"))
    }

    /// What old programs write after a text's end: NUL, and the end of file of DOS.
    private static let marksOfEnd: Set<UInt8> = [0x00, 0x1A]
    private static let endings: Set<UInt8> = [0x00, 0x1A, 0x0A, 0x0D, 0x20, 0x09]

    /// The text without a byte order mark, in UTF-8 if it was in UTF-16 with one.
    private static func utf8(
        _ text: [UInt8],
        _ remarks: inout RemarkList
    ) throws(ParseError) -> [UInt8] {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if text.starts(with: byteOrderMark) { return Array(text.dropFirst(3)) }
        let isBigEndian = text.starts(with: [0xFE, 0xFF])
        guard isBigEndian || text.starts(with: [0xFF, 0xFE]) else { return text }
        guard text.count.isMultiple(of: 2) else {
            throw ParseError(part: "text", reason: "it is UTF-16, but ends within a character")
        }
        try remarks.flaw("text", "it is in UTF-16")
        let units = stride(from: 2, to: text.count, by: 2).map { index in
            let (first, second) = (UInt16(text[index]), UInt16(text[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    // MARK: Line ends

    /// The text with line feeds, where it has only the line ends that Unicode adds: U+0085, U+2028
    /// and U+2029.
    private static func withLineFeeds(
        _ text: [UInt8],
        _ remarks: inout RemarkList
    ) throws(ParseError) -> [UInt8] {
        let hasLines = text.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard !hasLines, text.contains(0x85) || text.contains(0x80),
            let string = String(validating: text, as: UTF8.self)
        else { return text }
        let ends: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]
        guard let end = string.unicodeScalars.first(where: ends.contains) else { return text }
        let name = String(end.value, radix: 16, uppercase: true)
        try remarks.flaw("text", "its lines end with U+\(name.count == 2 ? "00" : "")\(name)")
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: string.unicodeScalars.map { ends.contains($0) ? "\n" : $0 })
        return Array(String(scalars).utf8)
    }

    private static func unfolded(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var previous: UInt8 = 0
        var isAtLineStart = false
        for byte in text {
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
        return bytes
    }

    // MARK: Indentation

    /// With how many blanks each line begins; nothing where one has none: then a blank means that a
    /// line goes on.
    ///
    /// The first line cannot go on with another; it may lack its blanks if it begins a component.
    private static func indentation(of text: [UInt8]) -> Int? {
        var lines = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }[...]
        guard let first = lines.first, lines.count > 1 else { return nil }
        if first.first?.isBlank != true {
            guard upperCased(first.prefix(6)).elementsEqual("BEGIN:".utf8) else { return nil }
            lines.removeFirst()
        }
        var least = Int.max
        for line in lines {
            let count = line.prefix { $0.isBlank }.count
            if count == 0 { return nil }
            if count < line.count { least = min(least, count) }
        }
        return least == .max ? nil : least
    }

    private static func removing(_ indentation: Int, from text: [UInt8]) -> [UInt8] {
        let lines = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        var bytes = Array(lines[0].trimmingBlanks)
        for line in lines.dropFirst() {
            bytes.append(UInt8(ascii: "\n"))
            bytes += line.dropFirst(indentation)
        }
        return bytes
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
