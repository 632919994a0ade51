import Recurrence
import RecurrenceWords
import Tasks

/// When something is to repeat: a start, a zone and a rule, as a body says them.
struct SaidRecurrence: Hashable, Sendable {
    let start: WallClockTime
    let rule: SeriesRule
    /// Whether neither a start nor a time of day was said.
    var isAllDay = false
    /// Whether the words say that the next one counts from a completion.
    var countsFromCompletion = false
    /// Further slots, if they were said.
    var dates: [LocalDateTime]?
    /// Slots that are left out, if they were said.
    var exceptionDates: [LocalDateTime]?
}

/// Reads when something is to repeat.
///
/// The rule is given as RFC 5545 has it (`rule`), or in words. Without a start, the first occurrence
/// after the time of the request is the start.
struct RecurrenceReader<Zones: ZoneSource> {
    let zones: Zones
    /// The zone where none is said.
    let zone: Zone
    let now: Timestamp
    /// The start where the recurrence says none; nothing if there is none either.
    var standardStart: WallClockTime?

    /// The most characters of a rule.
    private static var ruleLength: Int { 2000 }

    /// Reads the members of an object.
    ///
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func read(from reader: inout MemberReader, language: Language) -> SaidRecurrence? {
        let start = reader.localTime("start").value
        let zone = reader.zone("timeZone", from: zones).value ?? standardStart?.zone ?? zone
        let text = reader.text("rule", lengths: 1...Self.ruleLength).value
        let words = reader.text("words", lengths: 1...SpokenRecurrence.lengthLimit).value
        let dates = reader.localTimes("dates", limit: SeriesPolicies.dateLimit).value
        let exceptions = reader.localTimes("exceptDates", limit: SeriesPolicies.dateLimit).value
        guard reader.hasOneOf("rule", "words") else { return nil }
        let said = start.map { WallClockTime(local: $0, zone: zone) } ?? standardStart
        if let said, !said.isWithinCalendar {
            reader.note("start", "is beyond the years 1 to 9999 in UTC")
            return nil
        }
        var recurrence: SaidRecurrence?
        if let text { recurrence = self.recurrence(rule: text, said, zone, &reader) }
        if let words { recurrence = self.recurrence(words: words, language, said, zone, &reader) }
        recurrence?.dates = dates
        recurrence?.exceptionDates = exceptions
        return recurrence
    }

    /// Reads the rule by which a task is to repeat that has its own due time, the standard start.
    ///
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func readRule(from reader: inout MemberReader, language: Language) -> SeriesRule? {
        guard let standardStart else { return nil }
        let text = reader.text("rule", lengths: 1...Self.ruleLength).value
        let words = reader.text("words", lengths: 1...SpokenRecurrence.lengthLimit).value
        guard reader.hasOneOf("rule", "words") else { return nil }
        if let text { return recurrence(rule: text, standardStart, zone, &reader)?.rule }
        guard let words else { return nil }
        guard
            let spoken = spoken(
                words,
                language,
                from: standardStart,
                in: standardStart.zone,
                &reader
            )
        else { return nil }
        if spoken.repeatsAfterCompletion {
            reader.note("words", "count from a completion: change that of the series, by `repeats`")
        }
        return SeriesRule(spoken.rule(from: standardStart.local))
    }

    /// Reads what changes of a series' recurrence; what is not said stays.
    ///
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func readChange(
        from reader: inout MemberReader,
        of series: RecurringTask,
        language: Language
    ) -> SaidRecurrence? {
        if reader.has("rule") || reader.has("words") {
            return read(from: &reader, language: language)
        }
        let local = reader.localTime("start").value ?? series.start
        let zone = reader.zone("timeZone", from: zones).value ?? zone
        let dates = reader.localTimes("dates", limit: SeriesPolicies.dateLimit).value
        let exceptions = reader.localTimes("exceptDates", limit: SeriesPolicies.dateLimit).value
        guard let rule = series.rule else {
            reader.note("rule", "is required, or `words`")
            return nil
        }
        let pass: OverlapPass? = local == series.start && series.startsInSecondPass ? .second : nil
        let start = WallClockTime(local: local, zone: zone, pass: pass)
        guard start.isWithinCalendar else {
            reader.note("start", "is beyond the years 1 to 9999 in UTC")
            return nil
        }
        var said = SaidRecurrence(start: start, rule: rule)
        said.dates = dates
        said.exceptionDates = exceptions
        return said
    }

    private func recurrence(
        rule text: String,
        _ start: WallClockTime?,
        _ zone: Zone,
        _ reader: inout MemberReader
    ) -> SaidRecurrence? {
        let rule: SeriesRule
        do {
            rule = try SeriesRule(parsing: text)
        } catch {
            reader.note("rule", "\(error.part): \(error.reason)")
            return nil
        }
        // A series cannot be split at a moved date: the rest would begin on another day.
        guard rule.rule.skip == .omit else {
            reader.note("rule", "SKIP: say it by `monthEnd`")
            return nil
        }
        if let start { return SaidRecurrence(start: start, rule: rule) }
        let set = RecurrenceSet(start: minute(in: zone), zone: zone, rule: rule.rule)
        guard let first = first(of: set) else {
            reader.note("rule", "has no occurrence from now on")
            return nil
        }
        return SaidRecurrence(start: WallClockTime(local: first, zone: zone), rule: rule)
    }

    private func recurrence(
        words: String,
        _ language: Language,
        _ start: WallClockTime?,
        _ zone: Zone,
        _ reader: inout MemberReader
    ) -> SaidRecurrence? {
        guard let spoken = spoken(words, language, from: start, in: zone, &reader) else {
            return nil
        }
        if let start {
            let base = spoken.start(default: start.local)
            let set = RecurrenceSet(start: base, zone: zone, rule: spoken.rule(from: base))
            return recurrence(spoken, from: set.occurrence(at: 0)?.recurrenceID, zone, &reader)
        }
        let isAllDay = !spoken.saysTimes
        let base = spoken.start(default: isAllDay ? midnight(in: zone) : minute(in: zone))
        var said = recurrence(spoken, from: first(of: spoken, from: base, zone), zone, &reader)
        said?.isAllDay = isAllDay
        return said
    }

    private func recurrence(
        _ spoken: SpokenRecurrence,
        from start: LocalDateTime?,
        _ zone: Zone,
        _ reader: inout MemberReader
    ) -> SaidRecurrence? {
        guard let start else {
            reader.note("words", "have no occurrence from now on")
            return nil
        }
        return SaidRecurrence(
            start: WallClockTime(local: start, zone: zone),
            rule: SeriesRule(spoken.rule(from: start)),
            countsFromCompletion: spoken.repeatsAfterCompletion
        )
    }

    /// The first of the days and times that were said, from the time of the request on unless a first
    /// day was said: "every other Friday" begins with the next Friday, and "3 times" are to come.
    private func first(
        of spoken: SpokenRecurrence,
        from base: LocalDateTime,
        _ zone: Zone
    ) -> LocalDateTime? {
        var rule = spoken.rule(from: base).ending(.never)
        if !rule.isStepped { rule.interval = 1 }
        let set = RecurrenceSet(start: base, zone: zone, rule: rule)
        let isFromToday = spoken.firstDay != nil || !spoken.saysTimes
        let first = isFromToday ? set.occurrence(at: 0) : set.next(after: now)
        return first?.recurrenceID
    }

    private func spoken(
        _ words: String,
        _ language: Language,
        from start: WallClockTime?,
        in zone: Zone,
        _ reader: inout MemberReader
    ) -> SpokenRecurrence? {
        do throws(SpokenRecurrence.ParseError) {
            return try SpokenRecurrence(
                words: words,
                language: language.language,
                dateOrder: language.dateOrder,
                now: zone.localDateTime(at: now),
                start: start?.local
            )
        } catch {
            reader.note("words", error.description)
        }
        return nil
    }

    /// The first occurrence after the time of the request.
    private func first(of set: RecurrenceSet) -> LocalDateTime? {
        set.next(after: now)?.recurrenceID
    }

    private func midnight(in zone: Zone) -> LocalDateTime {
        LocalDateTime(zone.localDateTime(at: now).date)
    }

    /// What the clocks of a zone show, in whole minutes.
    private func minute(in zone: Zone) -> LocalDateTime {
        let local = zone.localDateTime(at: now)
        return local.advanced(bySeconds: -Int64(local.secondOfDay % 60))
    }
}

/// A language that rules are said in, and the order of dates in it.
struct Language: Hashable, Sendable {
    let language: RecurrenceLanguage
    let dateOrder: DateOrder?

    /// English, without an order of dates.
    static let standard = Language(language: .english, dateOrder: nil)

    private init(language: RecurrenceLanguage, dateOrder: DateOrder?) {
        self.language = language
        self.dateOrder = dateOrder
    }

    /// The language of a locale such as `en-US`; none for one that is not spoken here.
    init?(locale: String) {
        guard let language = RecurrenceLanguage(locale: locale) else { return nil }
        self.init(language: language, dateOrder: DateOrder(locale: locale))
    }
}

extension MemberReader {
    /// Reads a locale; English where none is said.
    mutating func language(_ name: String) -> Language {
        guard let text = text(name, lengths: 2...35).value else { return .standard }
        if let language = Language(locale: text) { return language }
        let known = RecurrenceLanguage.allCases.map(\.rawValue).joined(separator: ", ")
        note(name, "is a locale of none of the languages \(known)")
        return .standard
    }
}

extension SpokenRecurrence {
    /// Whether times of day were said, or steps of them.
    fileprivate var saysTimes: Bool {
        let noon = LocalDateTime(CivilDate.earliest, secondOfDay: 43_200)
        let midnight = LocalDateTime(CivilDate.earliest)
        return start(default: noon).secondOfDay == start(default: midnight).secondOfDay
            || !times.isEmpty || rule(from: noon).isStepped
    }
}

extension RecurrenceRule {
    /// Whether the rule has steps of hours, minutes or seconds.
    fileprivate var isStepped: Bool { frequency.rawValue < Frequency.daily.rawValue }
}

extension MemberReader {
    /// Whether one of two members is there; notes if both are there, or none.
    mutating func hasOneOf(_ name: String, _ other: String) -> Bool {
        switch (has(name), has(other)) {
        case (true, false), (false, true): return true
        case (true, true): note(other, "stands beside `\(name)`: say it in one way")
        case (false, false): note(name, "is required, or `\(other)`")
        }
        return false
    }
}

extension WallClockTime {
    /// Whether the clocks of the zone and those of UTC both show a year that can be written.
    var isWithinCalendar: Bool {
        let days = CivilDate.earliest...CivilDate.latest
        return days.contains(local.date)
            && days.contains(Zone.utc.localDateTime(at: timestamp).date)
    }
}
