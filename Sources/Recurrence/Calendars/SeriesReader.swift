/// Reads the set of one component.
struct SeriesReader<Source: ZoneSource> {
    typealias ParseError = RecurrenceSet.ParseError

    let component: CalendarComponent
    private let readerZone: Zone?
    private let calendarZoneName: String?
    private let options: RecurrenceOptions
    var zones: CalendarZones<Source>
    var remarks: RemarkList

    private(set) var start = LocalDateTime(.earliest)
    private(set) var isAllDay = false
    private(set) var zone: Zone?
    /// The zone that the text or its reader has for days, once it was looked for.
    private var foundDayZone: Zone??

    init(
        _ component: CalendarComponent,
        of text: CalendarComponent,
        zones: Source,
        readerZone: Zone?,
        options: RecurrenceOptions,
        remarks: RemarkList
    ) {
        self.component = component
        self.readerZone = readerZone
        self.options = options
        self.zones = CalendarZones(zones, definedIn: text)
        self.remarks = remarks
        calendarZoneName =
            text.all(["VCALENDAR"]).lazy.compactMap { $0.text("X-WR-TIMEZONE") }.first
    }

    mutating func set() throws(ParseError) -> RecurrenceSet {
        var rules: [ContentLine.WrittenRule] = []
        for line in component.lines("RRULE") { rules.append(try line.rule(&remarks)) }
        var exceptionRules: [ContentLine.WrittenRule] = []
        for line in component.lines("EXRULE") { exceptionRules.append(try line.rule(&remarks)) }
        try readStart(rules)
        let dates = try writtenDates("RDATE")
        let exceptionDates = try writtenDates("EXDATE")
        var endedRules: [RecurrenceRule] = []
        for written in rules { endedRules.append(try ended(written)) }
        var endedExceptions: [RecurrenceRule] = []
        for written in exceptionRules { endedExceptions.append(try ended(written)) }
        if isAllDay, rules.contains(where: \.rule.isStepped) {
            remarks.note("FREQ", "the start is a day, so that hours, minutes and seconds are days")
        }
        let parts = SeriesParts(
            start: start,
            isAllDay: isAllDay,
            zone: isAllDay ? dayZone() : zone,
            rules: endedRules,
            exceptionRules: endedExceptions,
            options: options
        )
        return try parts.set(dates: dates, exceptionDates: exceptionDates, &remarks)
    }

    // MARK: The start

    private mutating func readStart(_ rules: [ContentLine.WrittenRule]) throws(ParseError) {
        let value = try startValue(rules)
        let zoneName = value.zoneName
        let read = try date(value.date, value.part)
        try noteKind(of: read, as: value.kind, value.part)
        switch read {
        case .date(let date):
            (start, isAllDay) = (LocalDateTime(date), true)
        case .local(let local, _):
            start = local
            // One that stands within a rule has been told of.
            zone = try (zoneName ?? rules.lazy.compactMap(\.zoneName).first)
                .map { (name) throws(ParseError) in try zones.zone(named: name, &remarks) }
        case .instant(let timestamp):
            start = LocalDateTime(secondsSince1970: timestamp.seconds)
            zone = .utc
            if let zoneName {
                // RFC 5545, section 3.2.19: it must not be there, and UTC it is.
                try remarks.flaw(
                    value.part,
                    "a time in UTC cannot have a TZID; \(zoneName.prefix(64)) is left out"
                )
            }
        }
        if isAllDay, zoneName != nil { try remarks.flaw("TZID", "a day needs no zone") }
        if isAllDay { foundDayZone = zoneOfDays(zoneName) }
    }

    /// Reads a date or date-time, also one that is written in the other form of ISO 8601.
    ///
    /// An offset is refused, as it does not tell the zone, unless the time is only an instant.
    mutating func date(
        _ text: ArraySlice<UInt8>,
        isInstant: Bool = false,
        _ part: String
    ) throws(ParseError) -> CalendarText {
        let bytes = upperCased(text)[...]
        if let read = CalendarText(bytes, in: .compact, allowing: .iCalendar) { return read }
        var variants: CalendarText.Variants = [.iCalendar, .fractions, .minutes]
        if isInstant { variants.insert(.offsets) }
        let read =
            CalendarText(bytes, in: .compact, allowing: variants)
            ?? CalendarText(bytes, in: .extended, allowing: variants)
        guard let read else {
            throw ParseError(part: part, reason: "\(string(text)) is not a date or date-time")
        }
        try remarks.flaw(part, "\(string(text)) is not written as RFC 5545 has it, but is clear")
        return read
    }

    private struct StartValue {
        let part: String
        let date: ArraySlice<UInt8>
        /// The parameter VALUE.
        var kind: String?
        var zoneName: String?
    }

    /// The text of the start with its parameters.
    private mutating func startValue(
        _ rules: [ContentLine.WrittenRule]
    ) throws(ParseError) -> StartValue {
        let starts = component.lines("DTSTART")
        let within = rules.first { $0.start != nil }
        if let line = starts.first {
            let isSame = starts.allSatisfy {
                $0.value == line.value && $0.parameter("TZID") == line.parameter("TZID")
            }
            guard isSame else {
                throw ParseError(part: "DTSTART", reason: "there are \(starts.count) of them")
            }
            if starts.count > 1 { try remarks.flaw("DTSTART", "it is there \(starts.count) times") }
            if let within, within.start != line.upperCasedValue {
                try remarks.flaw("DTSTART", "the one within the rule is another and is left out")
            }
            return try startValue(line)
        }
        if let within, let start = within.start {
            return StartValue(part: "DTSTART", date: start, zoneName: within.zoneName)
        }
        if component.name != "VEVENT", let due = component.lines("DUE").first {
            remarks.note("DUE", "there is no DTSTART; the series starts when it is due")
            return try startValue(due)
        }
        let reason =
            component.name == "VTODO" ? "it is missing, and so is DUE" : "it is missing"
        throw ParseError(part: "DTSTART", reason: reason)
    }

    private mutating func startValue(_ line: ContentLine) throws(ParseError) -> StartValue {
        let (kind, zoneName) = try parameters(of: line)
        return StartValue(part: line.name, date: line.value, kind: kind, zoneName: zoneName)
    }

    /// The zone by which an instant is a day of an all-day set, or a time of a floating one: that
    /// of the start or the calendar, the only one that the text defines, or the reader's.
    private mutating func zoneOfDays(_ zoneName: String?) -> Zone? {
        for name in [zoneName, calendarZoneName, zones.onlyName] {
            guard let name, let zone = try? zones.zone(named: name, &remarks) else { continue }
            return zone
        }
        return readerZone
    }

    /// The zone in which an instant belongs to a day or to a floating set; nothing where neither
    /// the text nor its reader has one.
    mutating func knownDayZone() -> Zone? {
        if let foundDayZone { return foundDayZone }
        let found = zone ?? zoneOfDays(nil)
        foundDayZone = .some(found)
        return found
    }

    /// The zone in which an instant belongs to a day or to a floating set, without any other UTC.
    mutating func dayZone() -> Zone { knownDayZone() ?? .utc }

    // MARK: Ends

    /// The rule with its UNTIL, or with the COUNT beside it if that comes first.
    private mutating func ended(
        _ written: ContentLine.WrittenRule
    ) throws(ParseError) -> RecurrenceRule {
        let rule = try ended(written.rule)
        guard let count = written.count else { return rule }
        let set = RecurrenceSet(
            start: start,
            isAllDay: isAllDay,
            zone: isAllDay ? dayZone() : zone,
            rules: [rule],
            options: options
        )
        return set.count(upTo: count) == count ? rule.ending(.count(count)) : rule
    }

    /// The rule with an UNTIL of the same kind as the start.
    private mutating func ended(_ rule: RecurrenceRule) throws(ParseError) -> RecurrenceRule {
        guard case .until(let until) = rule.end else { return rule }
        switch until {
        case .date where isAllDay: break
        case .date:
            try remarks.flaw(
                "UNTIL",
                "it is a day, all of which counts, though the start has a time"
            )
        case .local where isAllDay:
            try remarks.flaw("UNTIL", "of a date-time only the day counts, as the start is a day")
        case .local where zone != nil:
            try remarks.flaw("UNTIL", "it is not in UTC; it is read in the zone of the start")
        case .local: break
        case .instant(let timestamp) where isAllDay:
            let dayZone = dayZone()
            let day = DayOfInstant(timestamp, in: dayZone)
            try remarks.flaw(
                "UNTIL",
                "it is an instant; the last day is \(day.date.text(in: .extended)), "
                    + (day.isOfUTC
                        ? "the day in UTC" : "where it lies in \(dayZone.identifier)")
            )
            return rule.ending(.until(.date(day.date)))
        case .instant(let timestamp) where zone == nil:
            let dayZone = dayZone()
            try remarks.flaw(
                "UNTIL",
                "it is an instant; it is what \(dayZone.identifier) shows, as the start has no zone"
            )
            return rule.ending(.until(.local(dayZone.localDateTime(at: timestamp))))
        case .instant: break
        }
        return rule
    }
}

/// The day that an instant means in an all-day series.
///
/// Midnight in the zone is the beginning of a day there, as Exchange writes it. Otherwise midnight
/// or the last second of a day in UTC is that day, as other programs write it in any zone.
struct DayOfInstant {
    let date: CivilDate
    /// Whether it is the day in UTC.
    let isOfUTC: Bool

    init(_ timestamp: Timestamp, in zone: Zone) {
        let local = zone.localDateTime(at: timestamp)
        let utc = Zone.utc.localDateTime(at: timestamp)
        isOfUTC = local.secondOfDay != 0 && [0, 86_399].contains(utc.secondOfDay)
        date = isOfUTC ? utc.date : local.date
    }
}

extension RecurrenceRule {
    /// Whether the rule has steps of hours, minutes or seconds.
    fileprivate var isStepped: Bool { frequency.rawValue < Frequency.daily.rawValue }
}
