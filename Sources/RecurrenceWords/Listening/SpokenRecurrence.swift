public import Recurrence

/// What a phrase in plain language says about a recurrence: a rule, and what stands beside it.
///
/// Beside the rule a phrase may say the times of day, the first day, the end and that the next
/// occurrence is counted from the completion of the last.
///
/// Everything that ``Recurrence/RecurrenceRule/words(start:isAllDay:zone:language:)`` says is
/// understood, and the usual shorter phrases: "every weekday at 9", "2nd and 4th Friday", "the 31st
/// or the last day", "first monday in september", "every other week on mon and thu, 10 times",
/// "every 20 minutes from 9am to 5pm", "daily until christmas", "every 3 days after completion".
/// Case, accents, commas and hyphens within words do not matter; ordinals and small numbers are
/// words or digits; times have 12 or 24 hours, and an hour alone is one of 24. The start gives what
/// is left out: the weekday of "every week", the day of "every month", and the time of day.
///
/// No word is dropped that could mean something: it is understood in its place, or the phrase is
/// refused. A phrase with two meanings is refused too, not guessed: "twice a month", "biweekly",
/// "every 3rd Friday". So is a phrase that says two rules: "the 15th and every Tuesday".
public struct SpokenRecurrence: Hashable, Sendable {
    /// The times of day that were said, in seconds after midnight, ascending; empty if none was.
    ///
    /// If there is one time, put it into the start; see ``start(default:)``.
    public var times: [Int] { meaning.times }

    /// The first day, if one was said: "from 3 March 2027", "starting tomorrow".
    public let firstDay: CivilDate?

    /// Whether the next occurrence is counted from the day on which the last one was completed:
    /// "every 3 days after completion", "every! 3 days".
    ///
    /// The rule is then one for `RepeatAfterCompletion` of `Recurrence`; by itself it means other
    /// days.
    public let repeatsAfterCompletion: Bool

    let meaning: RuleMeaning
    private let firstTime: Int?
    private let end: SaidEnd?
    private let today: CivilDate

    /// The longest phrase that is understood, in bytes of UTF-8.
    public static let lengthLimit = 500

    /// Understands a phrase.
    ///
    /// - Parameters:
    ///   - words: The phrase: any text of at most ``lengthLimit`` bytes.
    ///   - language: The language that it is in.
    ///   - dateOrder: How to read `3/4/2027`. If it is not given, the day comes first in all
    ///     languages but English, in which such a date is refused.
    ///   - now: What the clocks of the person show, for "tomorrow" and "starting now".
    ///   - start: Where the recurrence begins if the phrase does not say it; now if it is not given.
    ///     A phrase by which nothing comes from there on is refused.
    /// - Throws: ``ParseError`` with the word that was not understood, its place and what was
    ///   expected.
    /// - Complexity: Linear in the phrase's length; some ten microseconds.
    public init(
        words: String,
        language: RecurrenceLanguage,
        dateOrder: DateOrder? = nil,
        now: LocalDateTime,
        start: LocalDateTime? = nil
    ) throws(ParseError) {
        guard words.utf8.count <= SpokenRecurrence.lengthLimit else {
            throw ParseError(
                .tooLong,
                word: "",
                offset: SpokenRecurrence.lengthLimit,
                expected: .phrase
            )
        }
        let grammar = language.grammar
        var lexer = WordLexer(words, grammar)
        var parser = PhraseParser(
            try lexer.tokens(),
            length: words.utf8.count,
            grammar,
            dateOrder,
            now: now
        )
        let (meaning, said) = try parser.parse()
        self.meaning = meaning
        firstDay = said.firstDay
        firstTime = said.firstTime
        repeatsAfterCompletion = said.completionToken != nil
        end = said.end
        today = now.date
        let given = start ?? now
        if let token = said.endToken, !hasOccurrence(from: given) {
            throw ParseError(.never, token, .laterEnd)
        }
        if let token = said.namedMonthToken ?? said.exceptMonths?.1, lacksDay(of: given) {
            throw ParseError(.never, token, .days, suggestions: daysOfMonth(in: grammar))
        }
    }

    /// Returns the rule that, with a start, means what was said.
    ///
    /// The start's time of day is not repeated in the rule, so that a person can move it later. A
    /// day that was said is repeated in the rule. An end that was said is a day or a local
    /// date-time: "until Dec 25" is the next such day from the start or from today, whichever is
    /// later, and "for 2 weeks" lasts from the start. With another start, the rule may mean
    /// something else.
    ///
    /// - Complexity: O(1).
    public func rule(from start: LocalDateTime) -> RecurrenceRule {
        var rule = meaning.rule(from: start)
        if let end { rule.end = end.end(start: start.date, today: today) }
        return rule
    }

    /// Returns the start that was said: the first day and the first time.
    ///
    /// If one of them was not said, it is taken from another start, before which the returned one
    /// does not lie: after 10:00, "at 9" begins on the next day of the rule. "Every other Monday
    /// starting Dec 1" begins with the first Monday on or after that day, and so do other rules that
    /// leave out weeks, months or years.
    ///
    /// The rule may not yield this start. The first occurrence of the set of this start and the
    /// rule is often the better start.
    ///
    /// - Complexity: O(1), or that of finding the rule's first occurrence.
    public func start(default start: LocalDateTime) -> LocalDateTime {
        let base = LocalDateTime(
            firstDay ?? start.date,
            secondOfDay: times.first ?? firstTime ?? start.secondOfDay
        )
        let isPassed = firstDay == nil && base < start
        var rule = meaning.rule(from: base)
        guard rule.frequency.rawValue >= RecurrenceRule.Frequency.daily.rawValue,
            isPassed || rule.interval > 1
        else { return base }
        rule.interval = 1
        let set = RecurrenceSet(start: base, zone: nil, rule: rule)
        let first = set.occurrences(from: isPassed ? start : base).first { _ in true }
        return first?.recurrenceID ?? base
    }

    /// Whether the months that were said have no day like that of the start, which no other word
    /// says: "every February", said on the 30th.
    private func lacksDay(of given: LocalDateTime) -> Bool {
        let rule = meaning.rule
        guard rule.frequency.rawValue >= RecurrenceRule.Frequency.monthly.rawValue, rule.hasNoDays
        else { return false }
        let start = start(default: given)
        if start.date.components.day <= rule.monthLengths.shortest { return false }
        return RecurrenceSet(start: start, zone: nil, rule: self.rule(from: start))
            .occurrence(at: 0) == nil
    }

    /// Phrases for the last and for the first day of the months that were said.
    private func daysOfMonth(in grammar: any RecurrenceGrammar) -> [String] {
        [-1, 1].compactMap { day in
            var meaning = meaning
            meaning.rule.monthDays.insert(day)
            return RuleSpeaker(meaning, grammar).words()
        }
    }

    /// Whether anything comes before the end that was said, where the person gave a start.
    private func hasOccurrence(from given: LocalDateTime) -> Bool {
        let start = start(default: given)
        let rule = rule(from: start)
        guard let last = lastDay(of: rule.end) else { return true }
        // The end that is meant does not move with a start that moves to the first of the days.
        let said = end?.end(start: firstDay ?? given.date, today: today)
        if let said, let lastSaid = lastDay(of: said), lastSaid < start.date { return false }
        let days = last.daysSince1970 - start.date.daysSince1970
        let isOfWeeks = rule.frequency.rawValue <= RecurrenceRule.Frequency.weekly.rawValue
        if isOfWeeks, rule.months == 0, rule.monthDays.isEmpty {
            // The start has a day of the rule, and so has each of its weeks.
            let isEveryDay =
                rule.weekdays == 0
                && rule.frequency.rawValue >= RecurrenceRule.Frequency.daily.rawValue
            if days >= (isEveryDay ? 1 : 14 * rule.interval) { return true }
            let week = (0..<max(0, min(days, 7))).map { (start.date.weekday + $0) % 7 }
            if rule.interval == 1, week.contains(where: { rule.weekdays >> UInt8($0) & 1 == 1 }) {
                return true
            }
        }
        return RecurrenceSet(start: start, zone: nil, rule: rule).occurrence(at: 0) != nil
    }

    private func lastDay(of end: RecurrenceRule.End) -> CivilDate? {
        guard case .until(let until) = end else { return nil }
        return switch until {
        case .date(let date): date
        case .local(let local): local.date
        case .instant: .latest
        }
    }
}
