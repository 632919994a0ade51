/// A zone as a calendar defines it: a VTIMEZONE with its STANDARD and DAYLIGHT (RFC 5545, section
/// 3.6.5).
struct ZoneDefinition {
    typealias ParseError = RecurrenceSet.ParseError

    let identifier: String
    /// The IANA name that the program wrote beside its own.
    let location: String?
    /// What the clocks do by the definition.
    let zone: Zone

    /// The most changes that are read; those of real zones in 400 years are some 800.
    private static let changeLimit = 10_000

    /// Reads a definition.
    ///
    /// Rules without an end are followed for 400 years beyond everything that has a date; after
    /// that the calendar repeats.
    init(_ component: CalendarComponent, _ remarks: inout RemarkList) throws(ParseError) {
        identifier = component.text("TZID") ?? ""
        location = component.text("X-LIC-LOCATION")
        var phases: [ZonePhase] = []
        for child in component.children where ["STANDARD", "DAYLIGHT"].contains(child.name) {
            phases.append(try ZonePhase(child, &remarks))
        }
        guard !phases.isEmpty else {
            throw ZoneDefinition.error(identifier, "has neither STANDARD nor DAYLIGHT")
        }
        guard let table = ZoneDefinition.table(phases) else {
            throw ZoneDefinition.error(identifier, "has clocks that change too often")
        }
        zone = Zone(identifier: identifier, table: table)
    }

    static func error(_ identifier: String, _ reason: String) -> ParseError {
        ParseError(part: "VTIMEZONE", reason: "\(identifier.prefix(64)) \(reason)")
    }

    private static func table(_ phases: [ZonePhase]) -> ZoneTable? {
        var changes: [ZonePhase.Change] = []
        var lastLocal = Int64.min
        for phase in phases {
            let dated = phase.datedChanges(limit: changeLimit - changes.count)
            guard let dated else { return nil }
            changes += dated
            lastLocal = max(lastLocal, phase.start.secondsSince1970)
        }
        var horizon = ZoneTable.distantFuture
        if phases.contains(where: \.isEndless) {
            let last = changes.map(\.utc).max() ?? lastLocal
            let latest = LocalDateTime(secondsSince1970: max(last, lastLocal)).date.components.year
            let lastYear = latest + YearShape.cycleYearCount + 4
            guard lastYear < 9999 else { return nil }
            let end = Int64(YearShape.firstDay(of: lastYear + 1)) * 86_400
            for phase in phases {
                let repeated = phase.endlessChanges(
                    before: LocalDateTime(secondsSince1970: end),
                    limit: changeLimit - changes.count
                )
                guard let repeated else { return nil }
                changes += repeated
            }
            horizon = Int64(YearShape.firstDay(of: lastYear - 1)) * 86_400
        }
        changes.sort { $0.utc < $1.utc }
        let table = ZoneTable(
            initialOffset: changes.first?.offsetBefore ?? phases[0].offset,
            changes: changes.map { ($0.utc, $0.offset) },
            horizon: horizon
        )
        return table.hasChangesApart ? table : nil
    }
}

/// STANDARD or DAYLIGHT: when an offset begins to hold.
private struct ZonePhase {
    typealias ParseError = RecurrenceSet.ParseError

    struct Change {
        let utc: Int64
        let offset: Int64
        let offsetBefore: Int64
    }

    let start: LocalDateTime
    let offset: Int64
    private let offsetBefore: Int64
    private let dated: RecurrenceSet
    private let endless: [RecurrenceSet]

    var isEndless: Bool { !endless.isEmpty }

    init(_ component: CalendarComponent, _ remarks: inout RemarkList) throws(ParseError) {
        let name = component.name
        guard let to = component.text("TZOFFSETTO").flatMap(ZonePhase.offset),
            let from = component.text("TZOFFSETFROM").flatMap(ZonePhase.offset)
        else { throw ParseError(part: name, reason: "it needs TZOFFSETFROM and TZOFFSETTO") }
        (offset, offsetBefore) = (to, from)
        let before = Zone(identifier: "", table: ZoneTable(offset: from))
        let starts = component.lines("DTSTART")
        guard starts.count == 1,
            let value = CalendarText(
                starts[0].upperCasedValue,
                in: .compact,
                allowing: .iCalendar
            )
        else { throw ParseError(part: name, reason: "it needs a DTSTART") }
        start = value.local(in: before)
        var (dated, endless): ([RecurrenceRule], [RecurrenceRule]) = ([], [])
        for line in component.lines("RRULE") {
            let rule = try line.rule(&remarks).rule
            switch rule.end {
            case .never:
                // Only such rules repeat with the calendar.
                guard rule.frequency == .yearly, rule.interval == 1 else {
                    throw ParseError(part: name, reason: "its rule is not one for every year")
                }
                endless.append(rule)
            case .until(.instant(let until)):
                dated.append(rule.ending(.until(.local(before.localDateTime(at: until)))))
            case .count, .until: dated.append(rule)
            }
        }
        var dates: [LocalDateTime] = []
        for line in component.lines("RDATE") {
            for text in line.upperCasedValue.split(separator: UInt8(ascii: ",")) {
                let beginning = text.prefix { $0 != UInt8(ascii: "/") }
                let date = CalendarText(beginning, in: .compact, allowing: .iCalendar)
                guard let date else {
                    throw ParseError(part: name, reason: "\(string(text)) is not a date-time")
                }
                dates.append(date.local(in: before))
            }
        }
        // The start counts where it stands alone. Beside a rule it says since when the rule holds.
        if dated.isEmpty, endless.isEmpty { dates.append(start) }
        self.dated = RecurrenceSet(
            start: start,
            zone: nil,
            rules: dated.isEmpty ? [ZonePhase.none] : dated,
            dates: dates
        )
        let start = self.start
        self.endless = endless.map { RecurrenceSet(start: start, zone: nil, rule: $0) }
    }

    /// A rule that yields nothing, so that the start is no date of its own.
    private static let none = RecurrenceRule(frequency: .daily).ending(.until(.date(.earliest)))

    /// The changes that have an end, or nothing where there are too many.
    func datedChanges(limit: Int) -> [Change]? {
        let found = Array(dated.occurrences().prefix(limit + 1))
        return found.count > limit ? nil : found.map(change)
    }

    /// The changes of the rules without an end, or nothing where there are too many.
    func endlessChanges(before end: LocalDateTime, limit: Int) -> [Change]? {
        var changes: [Change] = []
        for set in endless {
            for occurrence in set.occurrences() {
                guard occurrence.recurrenceID < end else { break }
                guard changes.count < limit else { return nil }
                changes.append(change(occurrence))
            }
        }
        return changes
    }

    private func change(_ occurrence: Occurrence) -> Change {
        Change(
            utc: occurrence.recurrenceID.secondsSince1970 - offsetBefore,
            offset: offset,
            offsetBefore: offsetBefore
        )
    }

    /// Reads `+hhmm` or `+hhmmss`, in seconds.
    private static func offset(_ text: String) -> Int64? {
        var reader = TextReader(Array(text.utf8)[...])
        let isNegative = reader.skip("-")
        guard isNegative || reader.skip("+"), let hours = reader.digits(2), hours <= 23 else {
            return nil
        }
        _ = reader.skip(":")
        guard let minutes = reader.digits(2), minutes <= 59 else { return nil }
        var seconds = hours * 3600 + minutes * 60
        if !reader.isAtEnd {
            _ = reader.skip(":")
            guard let rest = reader.digits(2), rest <= 59, reader.isAtEnd else { return nil }
            seconds += rest
        }
        return Int64(isNegative ? -seconds : seconds)
    }
}
