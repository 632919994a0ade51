import Recurrence
import RecurrenceWords
import Tasks

/// When something is to repeat: a start, a zone and a rule, as a body says them.
struct SaidRecurrence: Hashable, Sendable {
    let start: WallClockTime
    let rule: SeriesRule

    /// The occurrences, which are those of a series that is made of it.
    var occurrences: RecurrenceSet { rule.occurrences(from: start.local, in: start.zone) }
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
        if reader.has("rule"), reader.has("words") {
            reader.note("words", "stands beside `rule`: say it in one way")
            return nil
        }
        if !reader.has("rule"), !reader.has("words") {
            reader.note("rule", "is required, or `words`")
            return nil
        }
        let said = start.map { WallClockTime(local: $0, zone: zone) } ?? standardStart
        if let text { return recurrence(rule: text, said, zone, &reader) }
        if let words { return recurrence(words: words, language, said, zone, &reader) }
        return nil
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
            reader.note("rule", "SKIP: is not taken")
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
        let spoken: SpokenRecurrence
        do throws(SpokenRecurrence.ParseError) {
            spoken = try SpokenRecurrence(
                words: words,
                language: language.language,
                dateOrder: language.dateOrder,
                now: zone.localDateTime(at: now)
            )
        } catch {
            reader.note("words", error.description)
            return nil
        }
        if spoken.repeatsAfterCompletion {
            reader.note("words", "count from a completion, which series do not do")
            return nil
        }
        let base = spoken.start(default: start?.local ?? minute(in: zone))
        let set = RecurrenceSet(start: base, zone: zone, rule: spoken.rule(from: base))
        let first =
            start == nil ? first(of: set) : set.occurrences().first { _ in true }?.recurrenceID
        guard let first else {
            reader.note("words", "have no occurrence from now on")
            return nil
        }
        return SaidRecurrence(
            start: WallClockTime(local: first, zone: zone),
            rule: SeriesRule(spoken.rule(from: first))
        )
    }

    /// The first occurrence after the time of the request.
    private func first(of set: RecurrenceSet) -> LocalDateTime? {
        set.next(after: now)?.recurrenceID
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
