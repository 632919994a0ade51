import Foundation

/// What `perennial preview` is given, told by how it looks.
enum PreviewInput: Equatable {
    /// The parts of a rule.
    case rule(String)
    /// Lines of a calendar.
    case lines(String)
    /// A phrase in plain language.
    case words(String)

    /// Tells what a text is; nothing where it is blank.
    init?(_ text: String) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines.union(.byteOrderMark))
        guard let first = text.split(whereSeparator: \.isNewline).first else { return nil }
        if PreviewInput.isLine(first) {
            self = .lines(text)
        } else if PreviewInput.isRule(first) {
            self = .rule(text)
        } else {
            self = .words(text)
        }
    }

    /// Whether a line has a property's name before a colon or a semicolon.
    ///
    /// A name that is not about recurrence must be in capitals; "Daily: at 9:00" has none.
    private static func isLine(_ line: some StringProtocol) -> Bool {
        let known: Set = [
            "BEGIN", "END", "DTSTART", "DUE", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
            "UID", "DTEND", "DURATION", "SUMMARY",
        ]
        let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        let mark = line[name.endIndex...].drop { $0 == " " || $0 == "\t" }.first
        guard mark == ":" || mark == ";", !name.isEmpty else { return false }
        if known.contains(name.uppercased()) { return true }
        return mark == ":" && name == name.uppercased() && name.contains(where: \.isLetter)
    }

    /// Tells what some arguments are: lines, or else words without quotes around them.
    init?(arguments: [String]) {
        let areLines = arguments.allSatisfy { PreviewInput.isLine($0) }
        self.init(arguments.joined(separator: areLines ? "\n" : " "))
    }

    /// Whether some line of a calendar's text has a property.
    static func hasLine(of name: String, in text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            let start = line.drop { $0 == " " || $0 == "\t" }
            return start.prefix(name.count).uppercased() == name
                && isLine(start) && start.dropFirst(name.count).first != "-"
        }
    }

    /// Whether a line has a part of a rule; no phrase has an equals sign.
    private static func isRule(_ line: some StringProtocol) -> Bool {
        line.contains("=") && line.first != "<"
    }
}

extension CharacterSet {
    fileprivate static let byteOrderMark = CharacterSet(charactersIn: "\u{FEFF}")
}
