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
    /// - Throws: An error that names a component which does not end, or ends another; or a line
    ///   that is no property and may belong to the series.
    init(
        parsing text: [UInt8],
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        var stack = [CalendarComponent(name: "")]
        let bytes = try CalendarBytes(text, &remarks)
        // Whether the line before is one of a series.
        var isAfterSeries = false
        for written in bytes.lines {
            guard let line = ContentLine(written) else {
                if !bytes.isUTF8 { try CalendarComponent.checkEncoding(of: written, &remarks) }
                if stack[stack.count - 1].name != "VALARM" {
                    let broken = BrokenLine(written)
                    try broken.check(isAfterSeries: isAfterSeries, &remarks)
                }
                isAfterSeries = false
                continue
            }
            isAfterSeries = ContentLine.seriesNames.contains(line.name)
            for flaw in line.flaws { try remarks.flaw(line.name, flaw) }
            if !bytes.isUTF8 { try line.checkEncoding(&remarks) }
            switch line.name {
            case "BEGIN": stack.append(CalendarComponent(name: try line.componentName))
            case "END":
                let ended = stack.removeLast()
                let name = try line.componentName
                guard !stack.isEmpty, ended.name == name else {
                    let open = ended.name.isEmpty ? "no component" : ended.name
                    throw RecurrenceSet.ParseError(
                        part: "END",
                        reason: "it ends \(name), but \(open) has begun"
                    )
                }
                stack[stack.count - 1].children.append(ended)
            default: stack[stack.count - 1].lines.append(line)
            }
            guard stack.count <= CalendarComponent.depthLimit + 1 else {
                throw RecurrenceSet.ParseError(
                    part: stack[stack.count - 1].name,
                    reason: "it lies too deep"
                )
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

    /// Tells of a line that says nothing about recurrence and is not UTF-8.
    private static func checkEncoding(
        of line: ArraySlice<UInt8>,
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        guard String(validating: line, as: UTF8.self) == nil else { return }
        let name = line.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
        try remarks.flaw(string(name), "it is not UTF-8")
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
        let own = lines.first { !["X-WR-TIMEZONE", "UID", "STATUS"].contains($0.name) }
        if found.isEmpty, own != nil || children.isEmpty { return self }
        if let own {
            throw RecurrenceSet.ParseError(
                part: own.name,
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
        CalendarComponent.note(changes, &remarks)
        if series[0].text("STATUS")?.uppercased() == "CANCELLED" {
            remarks.note("STATUS", "the whole series is cancelled; it is shown all the same")
        }
        return series[0]
    }

    /// Tells of components that say how occurrences differ from their series.
    private static func note(_ changes: [CalendarComponent], _ remarks: inout RemarkList) {
        var (changed, cancelled, following) = (0, 0, 0)
        for change in changes {
            let id = change.lines("RECURRENCE-ID").first
            if id?.parameter("RANGE")?.uppercased() == "THISANDFUTURE" {
                following += 1
            } else if change.text("STATUS")?.uppercased() == "CANCELLED" {
                cancelled += 1
            } else {
                changed += 1
            }
        }
        let kinds = [
            (changed, "changed"), (cancelled, "cancelled"),
            (following, "changed with all that follow"),
        ]
        for (count, what) in kinds where count > 0 {
            remarks.note(
                "RECURRENCE-ID",
                count == 1
                    ? "one occurrence is \(what) elsewhere in the text; it is shown as the rule has it"
                    : "\(count) occurrences are \(what) elsewhere in the text; they are shown as the "
                        + "rule has them"
            )
        }
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

extension ContentLine {
    /// Refuses the line if it is not UTF-8.
    fileprivate func checkEncoding(
        _ remarks: inout RemarkList
    ) throws(RecurrenceSet.ParseError) {
        if isUTF8 { return }
        // What a series is called makes no difference to its dates.
        guard name == "UID" || name == "STATUS" else {
            throw RecurrenceSet.ParseError(part: name, reason: "it is not UTF-8")
        }
        try remarks.flaw(name, "it is not UTF-8")
    }

    /// The name of the component that begins or ends.
    fileprivate var componentName: String {
        get throws(RecurrenceSet.ParseError) {
            let name = upperCasedValue
            let isName =
                (1...64).contains(name.count)
                && name.allSatisfy {
                    $0.isDigit || (65...90).contains($0) || $0 == UInt8(ascii: "-")
                }
            guard isName else {
                throw RecurrenceSet.ParseError(
                    part: self.name,
                    reason: "\(string(value)) names no component; a line that begins with a blank "
                        + "goes on with the one before"
                )
            }
            return String(decoding: name, as: UTF8.self)
        }
    }
}
