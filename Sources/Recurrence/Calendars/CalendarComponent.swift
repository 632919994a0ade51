/// A part of a calendar between `BEGIN` and `END`, with the lines that concern recurrence.
struct CalendarComponent {
    /// `VEVENT` and the like; empty for what stands outside of all components.
    let name: String
    private(set) var lines: [ContentLine] = []
    private(set) var children: [CalendarComponent] = []

    /// How deep components may lie in each other; a calendar's alarms are the third.
    private static let depthLimit = 16

    private init(name: String) {
        self.name = name
    }

    /// Reads a text: what stands outside of all components, and these as its children.
    ///
    /// - Throws: An error that names a component which does not end, or ends another.
    init(
        parsing text: String,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        var stack = [CalendarComponent(name: "")]
        for bytes in ContentLine.unfoldedLines(of: text) {
            guard let line = ContentLine(bytes) else {
                if !bytes.contains(UInt8(ascii: ":")), !bytes.allSatisfy(\.isBlank) {
                    try remarks.flaw(string(bytes), "it is no property and is left out")
                }
                continue
            }
            if line.hasBlanks { try remarks.flaw(line.name, "there are blanks around it") }
            if line.hasLooseColon {
                try remarks.flaw(line.name, "a parameter has a colon, but no quotes")
            }
            let name = String(decoding: line.upperCasedValue.prefix(64), as: UTF8.self)
            switch line.name {
            case "BEGIN":
                guard stack.count <= CalendarComponent.depthLimit else {
                    throw RecurrenceSet.ParseError(part: name, reason: "it lies too deep")
                }
                stack.append(CalendarComponent(name: name))
            case "END":
                let ended = stack.removeLast()
                guard !stack.isEmpty, ended.name == name else {
                    let open = ended.name.isEmpty ? "no component" : ended.name
                    throw RecurrenceSet.ParseError(
                        part: "END",
                        reason: "it ends \(name), but \(open) has begun"
                    )
                }
                stack[stack.count - 1].children.append(ended)
            default:
                stack[stack.count - 1].lines.append(line)
            }
        }
        guard stack.count == 1 else {
            throw RecurrenceSet.ParseError(
                part: stack[stack.count - 1].name,
                reason: "it does not end: the text is cut short"
            )
        }
        self = stack[0]
    }

    /// The lines of a property.
    func lines(_ name: String) -> [ContentLine] { lines.filter { $0.name == name } }

    /// The value of a property as text; nothing where it is not there or empty.
    func text(_ name: String) -> String? {
        lines.first { $0.name == name && !$0.value.isEmpty }?.text
    }

    /// This component and all in it that have one of some names.
    func all(_ names: Set<String>) -> [CalendarComponent] {
        (names.contains(name) ? [self] : []) + children.flatMap { $0.all(names) }
    }
}

extension CalendarComponent {
    /// The components that can recur (RFC 5545, section 3.6).
    private static let recurring: Set<String> = ["VEVENT", "VTODO", "VJOURNAL"]

    /// Returns the one component of a text that recurs, or the text's own lines where it has no
    /// component at all.
    ///
    /// - Throws: An error that says how many there are, where there is not one.
    func series(_ remarks: inout RemarkList) throws(RecurrenceSet.ParseError) -> CalendarComponent {
        let found = all(CalendarComponent.recurring)
        let hasOwnLines = lines.contains { $0.name != "X-WR-TIMEZONE" && $0.name != "UID" }
        if found.isEmpty, hasOwnLines || children.isEmpty { return self }
        guard !hasOwnLines else {
            throw RecurrenceSet.ParseError(
                part: lines[0].name,
                reason: "it stands outside of \(found[0].name)"
            )
        }
        var series = found.filter { $0.lines("RECURRENCE-ID").isEmpty }
        // What says only how some occurrences differ from their series is not counted beside it.
        let names = Set(series.compactMap { $0.text("UID") })
        let changes = found.filter { component in
            guard !component.lines("RECURRENCE-ID").isEmpty else { return false }
            if component.text("UID").map(names.contains) ?? false { return true }
            series.append(component)
            return false
        }
        guard series.count == 1 else { throw CalendarComponent.wrongCount(series) }
        if !changes.isEmpty {
            remarks.note(
                "RECURRENCE-ID",
                changes.count == 1
                    ? "one occurrence is changed elsewhere in the text; it is shown as the rule has it"
                    : "\(changes.count) occurrences are changed elsewhere in the text; they are shown "
                        + "as the rule has them"
            )
        }
        return series[0]
    }

    private static func wrongCount(_ found: [CalendarComponent]) -> RecurrenceSet.ParseError {
        guard !found.isEmpty else {
            return RecurrenceSet.ParseError(
                part: "VCALENDAR",
                reason: "it has no VEVENT, VTODO or VJOURNAL"
            )
        }
        let counts = recurring.sorted().compactMap { name in
            let count = found.count { $0.name == name }
            return count == 0 ? nil : "\(count) \(name)"
        }
        return RecurrenceSet.ParseError(
            part: "VCALENDAR",
            reason: "it has \(found.count) components, but one is wanted: "
                + counts.joined(separator: ", ")
        )
    }
}
