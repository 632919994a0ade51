/// Reads the set of one component.
struct SeriesReader<Source: ZoneSource> {
    typealias ParseError = RecurrenceSet.ParseError

    private let component: CalendarComponent
    private let readerZone: Zone?
    private let calendarZoneName: String?
    private let options: RecurrenceOptions
    private var zones: CalendarZones<Source>
    private(set) var remarks: RemarkList

    private var start = LocalDateTime(.earliest)
    private var isAllDay = false
    private var zone: Zone?
    /// The zone in which an instant belongs to a day or to a floating set.
    private var dayZone = Zone.utc

    /// Days that exceptions take out of a set that has times.
    private var exceptionDays: [CivilDate] = []

    /// The most occurrences that days may take out: so many that the set's own text can be read.
    private static var dayOccurrenceLimit: Int { 50_000 }

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
        var (dates, exceptionDates): ([LocalDateTime], [LocalDateTime]) = ([], [])
        for line in component.lines("RDATE") { dates += try readDates(line) }
        for line in component.lines("EXDATE") { exceptionDates += try readDates(line) }
        var endedRules: [RecurrenceRule] = []
        for written in rules { endedRules.append(try ended(written.rule)) }
        var endedExceptions: [RecurrenceRule] = []
        for written in exceptionRules { endedExceptions.append(try ended(written.rule)) }
        func make(without exceptionDates: [LocalDateTime]) throws(ParseError) -> RecurrenceSet {
            try RecurrenceSet(
                start: start,
                isAllDay: isAllDay,
                zone: isAllDay ? dayZone : zone,
                rules: endedRules,
                exceptionRules: endedExceptions,
                dates: dates,
                exceptionDates: exceptionDates,
                options: options
            )
        }
        let set = try make(without: exceptionDates)
        if exceptionDays.isEmpty { return set }
        return try make(without: exceptionDates + slotsOnExceptionDays(of: set))
    }

    // MARK: The start

    private mutating func readStart(_ rules: [ContentLine.WrittenRule]) throws(ParseError) {
        let (value, zoneName) = try startValue(rules)
        let read = CalendarText(value.date, in: .compact, allowing: .iCalendar)
        guard let read else {
            throw ParseError(
                part: value.part,
                reason: "\(string(value.date)) is not a date or date-time"
            )
        }
        try noteKind(of: read, as: value.kind, value.part)
        switch read {
        case .date(let date):
            (start, isAllDay) = (LocalDateTime(date), true)
        case .local(let local, _):
            start = local
            zone = try zoneName.map { (name) throws(ParseError) in
                try zones.zone(named: name, &remarks)
            }
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
        if isAllDay {
            dayZone = try zoneOfDays(zoneName)
        } else {
            dayZone = zone ?? readerZone ?? .utc
        }
    }

    private struct StartValue {
        let part: String
        let date: ArraySlice<UInt8>
        /// The parameter VALUE.
        var kind: String?
    }

    /// The text of the start, and the name of its zone.
    private mutating func startValue(
        _ rules: [ContentLine.WrittenRule]
    ) throws(ParseError) -> (StartValue, String?) {
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
            let value = line.upperCasedValue
            if let within, within.start != value {
                try remarks.flaw("DTSTART", "the one within the rule is another and is left out")
            }
            return (
                StartValue(part: "DTSTART", date: value, kind: line.parameter("VALUE")),
                line.parameter("TZID")
            )
        }
        if let within, let start = within.start {
            return (StartValue(part: "DTSTART", date: start), within.zoneName)
        }
        if component.name != "VEVENT", let due = component.lines("DUE").first {
            remarks.note("DUE", "there is no DTSTART; the series starts when it is due")
            return (
                StartValue(part: "DUE", date: due.upperCasedValue, kind: due.parameter("VALUE")),
                due.parameter("TZID")
            )
        }
        let reason =
            component.name == "VTODO" ? "it is missing, and so is DUE" : "it is missing"
        throw ParseError(part: "DTSTART", reason: reason)
    }

    /// The zone by which an instant is a day of an all-day set: that of the start or the calendar,
    /// the only one that the text defines, the reader's, and without any UTC.
    private mutating func zoneOfDays(_ zoneName: String?) throws(ParseError) -> Zone {
        if zoneName != nil { try remarks.flaw("TZID", "a day needs no zone") }
        for name in [zoneName, calendarZoneName, zones.onlyName] {
            guard let name, let zone = try? zones.zone(named: name, &remarks) else { continue }
            return zone
        }
        return readerZone ?? .utc
    }

    // MARK: Dates

    /// The dates of a line as the set's zone shows them; days that exceptions take out of a set with
    /// times are kept apart.
    private mutating func readDates(_ line: ContentLine) throws(ParseError) -> [LocalDateTime] {
        var dates: [LocalDateTime] = []
        let comma = UInt8(ascii: ",")
        let values = line.upperCasedValue.split(separator: comma, omittingEmptySubsequences: false)
        for value in values {
            let text = value.trimmingBlanks
            if text.count != value.count { try remarks.flaw(line.name, "there are blanks in it") }
            guard !text.isEmpty else {
                try remarks.flaw(line.name, "it has an empty value, which is left out")
                continue
            }
            // A period's end or length follows its beginning.
            let beginning = text.prefix { $0 != UInt8(ascii: "/") }
            let read = CalendarText(beginning, in: .compact, allowing: .iCalendar)
            guard let read else {
                throw ParseError(
                    part: line.name,
                    reason: "\(string(text)) is not a date or date-time"
                )
            }
            try noteKind(of: read, as: line.parameter("VALUE"), line.name)
            if let date = try slot(read, line) { dates.append(date) }
        }
        return dates
    }

    /// Tells of a value that is a day or a time though VALUE says otherwise; it counts as it is
    /// written.
    private mutating func noteKind(
        of value: CalendarText,
        as kind: String?,
        _ part: String
    ) throws(ParseError) {
        guard let kind = kind?.uppercased() else { return }
        switch value {
        case .date where kind == "DATE-TIME":
            try remarks.flaw(part, "it is a day, though VALUE says DATE-TIME")
        case .local where kind == "DATE", .instant where kind == "DATE":
            try remarks.flaw(part, "it has a time, though VALUE says DATE")
        case .date, .local, .instant: break
        }
    }

    private mutating func slot(
        _ text: CalendarText,
        _ line: ContentLine
    ) throws(ParseError) -> LocalDateTime? {
        let name = line.name
        switch text {
        case .date(let date) where isAllDay: return LocalDateTime(date)
        case .date(let date) where name == "EXDATE":
            try remarks.flaw(name, "a day takes out all that lies on it")
            exceptionDays.append(date)
            return nil
        case .date(let date):
            try remarks.flaw(name, "a day has the time of the start")
            return LocalDateTime(date, secondOfDay: start.secondOfDay)
        case .local(let local, _) where isAllDay:
            try remarks.flaw(name, "of a date-time only the day counts, as the start is a day")
            return LocalDateTime(local.date)
        case .local(let local, _):
            guard let zone, let own = try zoneOfLine(line), zone != own else { return local }
            return zone.localDateTime(at: own.timestamp(of: local))
        case .instant(let timestamp) where isAllDay:
            let zone = (try? zoneOfLine(line)) ?? dayZone
            let date = zone.localDateTime(at: timestamp).date
            try remarks.flaw(name, "an instant is the day that it lies on in \(zone.identifier)")
            return LocalDateTime(date)
        case .instant(let timestamp):
            if zone == nil {
                try remarks.flaw(
                    name,
                    "an instant is what \(dayZone.identifier) shows, as the start has no zone"
                )
            }
            return dayZone.localDateTime(at: timestamp)
        }
    }

    private mutating func zoneOfLine(_ line: ContentLine) throws(ParseError) -> Zone? {
        guard let name = line.parameter("TZID") else { return nil }
        return try zones.zone(named: name, &remarks)
    }

    /// The slots that lie on the days which exceptions take out.
    private func slotsOnExceptionDays(of set: RecurrenceSet) throws(ParseError) -> [LocalDateTime] {
        var slots: [LocalDateTime] = []
        for day in Set(exceptionDays).sorted() {
            let end = LocalDateTime(day.advanced(byDays: 1))
            for occurrence in set.occurrences(from: LocalDateTime(day)) {
                guard occurrence.recurrenceID < end else { break }
                guard slots.count < SeriesReader.dayOccurrenceLimit else {
                    throw ParseError(part: "EXDATE", reason: "its days have too many occurrences")
                }
                slots.append(occurrence.recurrenceID)
            }
        }
        return slots
    }

    // MARK: Ends

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
            let date = dayZone.localDateTime(at: timestamp).date
            try remarks.flaw(
                "UNTIL",
                "it is an instant; the last day is \(date.text(in: .extended)), "
                    + "where it lies in \(dayZone.identifier)"
            )
        case .instant(let timestamp) where zone == nil:
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
