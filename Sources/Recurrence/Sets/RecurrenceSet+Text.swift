extension RecurrenceSet {
    /// Why a text is not a recurrence set.
    public struct ParseError: Error, Hashable {
        /// The property or the part of a rule that is wrong, such as `DTSTART` or `BYMONTH`.
        public var part: String
        /// What is wrong with it.
        public var reason: String

        /// Creates an error.
        public init(part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }

    /// The longest text that is read, in bytes.
    static let textLimit = 1 << 20

    /// Reads DTSTART, RRULE, EXRULE, RDATE and EXDATE lines, in any case, folded or not.
    ///
    /// A value in UTC or in another zone is converted to the start's zone. Of a period, only the
    /// beginning is read. Other lines are ignored, so the text may be a whole VEVENT.
    ///
    /// - Throws: ``ParseError`` with the property or part and the reason.
    /// - Complexity: Linear in the text's length, which is at most 1,048,576 bytes, and then as
    ///   ``init(start:isAllDay:zone:rules:exceptionRules:dates:exceptionDates:options:)``.
    public init(
        parsing text: String,
        zones: some ZoneSource,
        options: RecurrenceOptions = .init()
    ) throws(ParseError) {
        guard text.utf8.count <= RecurrenceSet.textLimit else {
            throw ParseError(part: "DTSTART", reason: "the text is too long")
        }
        let newlines = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        var lines: [PropertyLine] = []
        // The lines are joined, but not in upper case: the names of zones must keep their case.
        for line in unfolded(text, upperCase: false).split(whereSeparator: newlines.contains) {
            if let property = PropertyLine(line) { lines.append(property) }
        }
        let starts = lines.filter { $0.name == "DTSTART" }
        guard let start = starts.first, starts.count == 1 else {
            throw ParseError(part: "DTSTART", reason: "there must be one")
        }
        var zone = try start.zone(zones)
        let (local, isAllDay) = try RecurrenceSet.readStart(start, &zone)
        var rules: [RecurrenceRule] = []
        var exceptionRules: [RecurrenceRule] = []
        var dates: [LocalDateTime] = []
        var exceptionDates: [LocalDateTime] = []
        for line in lines {
            switch line.name {
            case "RRULE": rules.append(try line.rule())
            case "EXRULE": exceptionRules.append(try line.rule())
            case "RDATE": dates += try line.dates(in: zone, try line.zone(zones))
            case "EXDATE": exceptionDates += try line.dates(in: zone, try line.zone(zones))
            default: continue
            }
        }
        try self.init(
            start: local,
            isAllDay: isAllDay,
            zone: zone,
            rules: rules,
            exceptionRules: exceptionRules,
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
    }

    private static func readStart(
        _ line: PropertyLine,
        _ zone: inout Zone?
    ) throws(ParseError) -> (LocalDateTime, isAllDay: Bool) {
        switch CalendarText(line.value, in: .compact, allowing: .iCalendar) {
        case .date(let date): return (LocalDateTime(date), true)
        case .local(let local, _): return (local, false)
        case .instant(let timestamp):
            guard zone == nil else {
                throw ParseError(part: "DTSTART", reason: "a time in UTC cannot have a TZID")
            }
            zone = .utc
            return (LocalDateTime(secondsSince1970: timestamp.seconds), false)
        case nil:
            throw ParseError(
                part: "DTSTART",
                reason: "\(string(line.value)) is not a date or date-time"
            )
        }
    }
}

extension RecurrenceSet: CustomStringConvertible {
    /// The set's lines, separated by newlines; parsing them gives the same set.
    ///
    /// - Complexity: Linear in the rules and dates.
    public var description: String {
        var lines = ["DTSTART" + dates([start])]
        lines += rules.map { "RRULE:\($0)" }
        lines += exceptionRules.map { "EXRULE:\($0)" }
        if !dates.isEmpty { lines.append("RDATE" + dates(dates)) }
        if !exceptionDates.isEmpty { lines.append("EXDATE" + dates(exceptionDates)) }
        return lines.joined(separator: "\n")
    }

    private func dates(_ dates: [LocalDateTime]) -> String {
        if isAllDay {
            return ";VALUE=DATE:" + dates.map { "\($0.date)" }.joined(separator: ",")
        }
        let isUTC = zone?.identifier == Zone.utc.identifier
        let parameter = isUTC ? "" : zone.map { ";TZID=\($0.identifier)" } ?? ""
        let values = dates.map { isUTC ? "\($0)Z" : "\($0)" }
        return "\(parameter):" + values.joined(separator: ",")
    }
}

/// One line of a set's text: `NAME;PARAMETER=VALUE:value`.
private struct PropertyLine {
    let name: String
    let value: ArraySlice<UInt8>
    private let zoneName: String?

    /// Reads a line; nothing where a set has no such line.
    init?(_ line: ArraySlice<UInt8>) {
        var isQuoted = false
        let colon = line.firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ":") && !isQuoted
        }
        guard let colon else { return nil }
        let head = line[..<colon].split(separator: UInt8(ascii: ";"))
        guard let name = head.first else { return nil }
        self.name = String(decoding: upperCased(name), as: UTF8.self)
        guard ["DTSTART", "RRULE", "EXRULE", "RDATE", "EXDATE"].contains(self.name) else {
            return nil
        }
        value = upperCased(line[(colon + 1)...])[...]
        var zoneName: String?
        for parameter in head.dropFirst()
        where upperCased(parameter.prefix(5)).elementsEqual("TZID=".utf8) {
            let quotes = parameter.dropFirst(5).filter { $0 != UInt8(ascii: "\"") }
            zoneName = String(decoding: quotes, as: UTF8.self)
        }
        self.zoneName = zoneName
    }

    func zone(_ zones: some ZoneSource) throws(RecurrenceSet.ParseError) -> Zone? {
        guard let zoneName else { return nil }
        do throws(UnknownZone) {
            return try zones.zone(named: zoneName)
        } catch {
            throw RecurrenceSet.ParseError(
                part: "TZID",
                reason: "there is no zone \(zoneName.prefix(64))"
            )
        }
    }

    func rule() throws(RecurrenceSet.ParseError) -> RecurrenceRule {
        do throws(RecurrenceRule.ParseError) {
            return try RecurrenceRule(bytes: value)
        } catch {
            throw RecurrenceSet.ParseError(part: error.part, reason: error.reason)
        }
    }

    /// The dates as the set's zone shows them.
    func dates(in zone: Zone?, _ ownZone: Zone?) throws(RecurrenceSet.ParseError) -> [LocalDateTime]
    {
        var dates: [LocalDateTime] = []
        for text in value.split(separator: UInt8(ascii: ",")) {
            // A period's end or length follows its beginning.
            let beginning = text.prefix { $0 != UInt8(ascii: "/") }
            switch CalendarText(beginning, in: .compact, allowing: .iCalendar) {
            case .date(let date): dates.append(LocalDateTime(date))
            case .local(let local, _):
                guard let zone, let ownZone, zone != ownZone else {
                    dates.append(local)
                    continue
                }
                dates.append(zone.localDateTime(at: ownZone.timestamp(of: local)))
            case .instant(let timestamp):
                dates.append((zone ?? .utc).localDateTime(at: timestamp))
            case nil:
                throw RecurrenceSet.ParseError(
                    part: name,
                    reason: "\(string(text)) is not a date or date-time"
                )
            }
        }
        return dates
    }
}
