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
    /// - Throws: ``ParseError`` with the word that was not understood, its place and what was
    ///   expected.
    /// - Complexity: Linear in the phrase's length; some ten microseconds.
    public init(
        words: String,
        language: RecurrenceLanguage,
        dateOrder: DateOrder? = nil,
        now: LocalDateTime
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
    /// If one of them was not said, it is taken from another start.
    ///
    /// The rule may not yield this start. The first occurrence of the set of this start and the
    /// rule is often the better start.
    ///
    /// - Complexity: O(1).
    public func start(default start: LocalDateTime) -> LocalDateTime {
        LocalDateTime(
            firstDay ?? start.date,
            secondOfDay: times.first ?? firstTime ?? start.secondOfDay
        )
    }
}
