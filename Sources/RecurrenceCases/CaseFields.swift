import JSON
import Recurrence
import RecurrenceWords

/// Reads the fields of a case, each with its type.
struct CaseFields {
    private let json: JSONObject

    /// The members that a case can have.
    private static let names: Set = [
        "id", "dtstart", "tzid", "rrule", "exrule", "rdate", "exdate", "words", "ical", "locale",
        "op", "at", "to", "n", "inc", "index", "slice", "limit", "policy", "setpos", "reading",
        "start",
    ]

    init(_ json: JSONObject) throws(CaseError) {
        for member in json.members where !CaseFields.names.contains(member.name) {
            throw CaseError(part: String(member.name.prefix(64)), reason: "there is no such member")
        }
        self.json = json
    }

    private func value(_ key: String) -> JSONValue? {
        let value = json[key]
        return value == .null ? nil : value
    }

    func integer(_ key: String) throws(CaseError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let integer) = value else {
            throw CaseError(part: key, reason: "it is not a number")
        }
        return Int(integer)
    }

    func bool(_ key: String) throws(CaseError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let bool) = value else {
            throw CaseError(part: key, reason: "it is neither true nor false")
        }
        return bool
    }

    func string(_ key: String) throws(CaseError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let string) = value else {
            throw CaseError(part: key, reason: "it is not a string")
        }
        return string
    }

    private func strings(_ key: String) throws(CaseError) -> [String] {
        guard let value = value(key) else { return [] }
        guard case .array(let values) = value else {
            throw CaseError(part: key, reason: "it is not a list")
        }
        var strings: [String] = []
        for value in values {
            guard case .string(let string) = value else {
                throw CaseError(part: key, reason: "it is not a list of strings")
            }
            strings.append(string)
        }
        return strings
    }

    func slice() throws(CaseError) -> (from: Int?, to: Int?, step: Int) {
        guard case .array(let values) = value("slice"), values.count == 3 else {
            throw CaseError(part: "slice", reason: "it is not a list of three")
        }
        var numbers: [Int?] = []
        for value in values {
            switch value {
            case .integer(let integer): numbers.append(Int(integer))
            case .null: numbers.append(nil)
            default: throw CaseError(part: "slice", reason: "it is not a list of numbers")
            }
        }
        let step = numbers[2] ?? 1
        guard step != 0 else { throw CaseError(part: "slice", reason: "its step is zero") }
        guard (-1_000_000...1_000_000).contains(step) else {
            throw CaseError(part: "slice", reason: "its step is out of range")
        }
        return (numbers[0], numbers[1], step)
    }

    // MARK: Sets

    /// The set of the text `ical` or of the phrase `words`; nothing where the case has neither.
    func reading(_ zones: some ZoneSource) throws(CaseError) -> RecurrenceReading? {
        if let text = try string("ical") { return try calendar(text, zones) }
        if let words = try string("words") { return try phrase(words, zones) }
        return nil
    }

    private func calendar(
        _ text: String,
        _ zones: some ZoneSource
    ) throws(CaseError) -> RecurrenceReading {
        try refuse(["words", "dtstart", "rrule", "exrule", "rdate", "exdate"], beside: "ical")
        let readerZone = try zone(zones)
        let options = try options()
        do throws(RecurrenceSet.ParseError) {
            return RecurrenceReading(
                try CalendarRecurrence(
                    parsing: text,
                    zones: zones,
                    readerZone: readerZone,
                    options: options
                )
            )
        } catch {
            throw CaseError(part: error.part, reason: error.reason)
        }
    }

    private func phrase(
        _ words: String,
        _ zones: some ZoneSource
    ) throws(CaseError) -> RecurrenceReading {
        try refuse(["rrule", "exrule", "rdate", "exdate"], beside: "words")
        guard value("dtstart") != nil else {
            throw CaseError(part: "dtstart", reason: "it is missing; words are counted from it")
        }
        let (start, zone) = try start(zones)
        let options = try options()
        let locale = try locale()
        do throws(SpokenRecurrence.ParseError) {
            return try RecurrenceReading(
                words: words,
                locale: locale,
                start: start.isAllDay ? .day(start.local.date) : .time(start.local),
                zone: zone,
                options: options
            )
        } catch {
            throw CaseError(
                part: "words",
                reason: error.description,
                word: error.word.isEmpty ? nil : error.word,
                offset: error.offset
            )
        }
    }

    private func refuse(_ keys: [String], beside other: String) throws(CaseError) {
        for key in keys where value(key) != nil {
            throw CaseError(part: key, reason: "it cannot go with \(other)")
        }
    }

    /// The language that `words` are said in, and that a set is said in.
    func locale() throws(CaseError) -> SpokenLocale {
        guard let name = try string("locale") else { return .english }
        guard let locale = SpokenLocale(name) else {
            let choices = SpokenLocale.choices
            throw CaseError(part: "locale", reason: "its language is none of \(choices)")
        }
        return locale
    }

    private func zone(_ zones: some ZoneSource) throws(CaseError) -> Zone? {
        guard let name = try string("tzid") else { return nil }
        do throws(UnknownZone) {
            return try zones.zone(writtenAs: name)
        } catch {
            throw CaseError(part: "tzid", reason: "there is no zone \(name.prefix(64))")
        }
    }

    private func start(
        _ zones: some ZoneSource
    ) throws(CaseError) -> (start: (local: LocalDateTime, isAllDay: Bool), zone: Zone?) {
        guard let value = try string("dtstart").flatMap(CalendarText.init(ofCase:)) else {
            throw CaseError(part: "dtstart", reason: "it is not a date or date-time")
        }
        var zone = try zone(zones)
        var isAllDay = false
        switch value {
        case .date: isAllDay = true
        case .local: break
        case .instant: zone = zone ?? .utc
        }
        guard let local = value.slots(in: zone).last else {
            throw CaseFields.secondPass("dtstart", value)
        }
        return ((local, isAllDay), zone)
    }

    func set(_ zones: some ZoneSource) throws(CaseError) -> RecurrenceSet {
        let (start, zone) = try start(zones)
        let rules = try rules("rrule")
        let exceptionRules = try self.rules("exrule")
        let dates = try dates("rdate", start.isAllDay, zone)
        let exceptionDates = try self.dates("exdate", start.isAllDay, zone)
        let options = try options()
        func set(without slots: [LocalDateTime]) throws(RecurrenceSet.ParseError) -> RecurrenceSet {
            try RecurrenceSet(
                start: start.local,
                isAllDay: start.isAllDay,
                zone: zone,
                rules: rules,
                exceptionRules: exceptionRules,
                dates: dates.slots
                    + dates.days.map { LocalDateTime($0, secondOfDay: start.local.secondOfDay) },
                exceptionDates: slots,
                options: options
            )
        }
        do throws(RecurrenceSet.ParseError) {
            let all = try set(without: exceptionDates.slots)
            if exceptionDates.days.isEmpty { return all }
            return try set(without: exceptionDates.slots + all.slots(on: exceptionDates.days))
        } catch {
            throw CaseError(part: error.part, reason: error.reason)
        }
    }

    private func rules(_ key: String) throws(CaseError) -> [RecurrenceRule] {
        var rules: [RecurrenceRule] = []
        for text in try strings(key) {
            do throws(RecurrenceRule.ParseError) {
                rules.append(try RecurrenceRule(parsing: text))
            } catch {
                throw CaseError(part: error.part, reason: error.reason)
            }
        }
        return rules
    }

    /// The date-times of a list, and its days beside a start with a time: a day has this time, or takes
    /// out what lies on it.
    private func dates(
        _ key: String,
        _ isAllDay: Bool,
        _ zone: Zone?
    ) throws(CaseError) -> (slots: [LocalDateTime], days: [CivilDate]) {
        var dates: [LocalDateTime] = []
        var days: [CivilDate] = []
        for text in try strings(key) {
            guard let time = CalendarText(ofCase: text) else {
                throw CaseError(part: key, reason: "\(text.prefix(64)) is not a date or date-time")
            }
            if case .date(let day) = time, !isAllDay {
                days.append(day)
                continue
            }
            let slots = time.slots(in: zone)
            guard let shown = slots.last else { throw CaseFields.secondPass(key, time) }
            // An exception takes out all at its instant.
            dates += key == "exdate" ? slots : [shown]
        }
        return (dates, days)
    }

    /// The error that no slot takes place at an instant.
    private static func secondPass(_ key: String, _ time: CalendarText) -> CaseError {
        let instant = time.timestamp(in: .utc)
        return CaseError(
            part: key,
            reason: "at \(instant) the clocks show a time again; a series can only have the first"
        )
    }

    func timestamp(_ key: String, _ set: RecurrenceSet) throws(CaseError) -> Timestamp {
        guard let text = try string(key), let time = CalendarText(ofCase: text) else {
            throw CaseError(part: key, reason: "it is not a date or date-time")
        }
        return time.timestamp(in: set.zone ?? .utc)
    }

    private func options() throws(CaseError) -> RecurrenceOptions {
        RecurrenceOptions(
            policy: try choice("policy", ["wall": .wall, "dedupe": .dedupe, "elapsed": .elapsed])
                ?? .wall,
            setPositions: try choice("setpos", ["whole": .whole, "cut": .cut]) ?? .whole,
            reading: try choice("reading", ["table": .table, "fill": .fill]) ?? .table,
            start: try choice("start", ["omit": .omit, "include": .include]) ?? .omit
        )
    }

    private func choice<Choice>(
        _ key: String,
        _ choices: KeyValuePairs<String, Choice>
    ) throws(CaseError) -> Choice? {
        guard let name = try string(key) else { return nil }
        guard let choice = choices.first(where: { $0.key == name }) else {
            let names = choices.map(\.key).joined(separator: ", ")
            throw CaseError(part: key, reason: "it is none of \(names)")
        }
        return choice.value
    }
}

extension CalendarText {
    /// The date-times on the clocks of a zone, or of UTC, that the text means; nothing where the
    /// clocks show one the second time.
    fileprivate func slots(in zone: Zone?) -> [LocalDateTime] {
        let zone = zone ?? .utc
        guard case .instant(let timestamp) = self else { return [local(in: zone)] }
        return zone.localDateTimes(meaning: timestamp)
    }

    /// Reads a case's date or date-time: `19970902`, or `19970902T090000` followed by nothing, `Z`
    /// or an offset.
    fileprivate init?(ofCase text: String) {
        self.init(parsing: text, in: .compact, allowing: [.days, .localTimes, .offsets])
    }
}
