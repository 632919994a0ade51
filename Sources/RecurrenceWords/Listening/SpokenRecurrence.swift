public import Recurrence

/// What a phrase in plain language says about a recurrence: a rule and, if the phrase has them, the
/// times of day and the first day.
///
/// Everything that ``Recurrence/RecurrenceRule/words(start:isAllDay:zone:language:)`` says is
/// understood, and the usual shorter phrases: "every weekday at 9", "2nd and 4th Friday", "the 31st
/// or the last day", "first monday in september", "every other week on mon and thu, 10 times",
/// "every 20 minutes from 9am to 5pm", "daily until 2027-03-03". Case, accents, commas and hyphens
/// do not matter; ordinals and small numbers are words or digits; times have 12 or 24 hours. The
/// start gives what is left out: the weekday of "every week", the day of "every month", and the
/// time of day.
///
/// A phrase with two meanings is refused, not guessed: "twice a month", "biweekly", "every 3rd
/// Friday".
public struct SpokenRecurrence: Hashable, Sendable {
    /// The times of day that were said, in seconds after midnight, ascending; empty if none was.
    ///
    /// If there is one time, put it into the start; see ``start(default:)``.
    public var times: [Int] { meaning.times }

    /// The first day, if one was said: "from 3 March 2027".
    public let firstDay: CivilDate?

    let meaning: RuleMeaning

    /// The longest phrase that is understood, in bytes of UTF-8.
    public static let lengthLimit = 500

    /// Understands a phrase.
    ///
    /// - Parameters:
    ///   - words: The phrase: any text of at most ``lengthLimit`` bytes.
    ///   - language: The language that it is in.
    /// - Throws: ``ParseError`` with the word that was not understood, and its place.
    /// - Complexity: Linear in the phrase's length; some ten microseconds.
    public init(words: String, language: RecurrenceLanguage) throws(ParseError) {
        guard words.utf8.count <= SpokenRecurrence.lengthLimit else {
            throw ParseError(.tooLong, word: "", offset: SpokenRecurrence.lengthLimit)
        }
        var lexer = WordLexer(words, language.grammar)
        var parser = PhraseParser(try lexer.tokens(), length: words.utf8.count)
        (meaning, firstDay) = try parser.parse()
    }

    /// Returns the rule that, with a start, means what was said.
    ///
    /// The start's time of day is not repeated in the rule, so that a person can move it later. A
    /// day that was said is repeated in the rule. An end that was said is a day or a local
    /// date-time. With another start, the rule may mean something else.
    ///
    /// - Complexity: O(1).
    public func rule(from start: LocalDateTime) -> RecurrenceRule {
        meaning.rule(from: start)
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
        LocalDateTime(firstDay ?? start.date, secondOfDay: times.first ?? start.secondOfDay)
    }
}

extension SpokenRecurrence {
    /// Why a phrase was not understood.
    public struct ParseError: Error, Hashable {
        /// What is wrong with a word.
        public enum Problem: Hashable, Sendable {
            /// The phrase is longer than ``SpokenRecurrence/lengthLimit``.
            case tooLong
            /// The word is not in the language's vocabulary.
            case unknownWord
            /// The word makes no sense where it stands.
            case unexpectedWord
            /// Something is missing before this word, or at the end of the phrase.
            case incomplete
            /// There is no such number, day or time.
            case outOfRange
            /// The words have more than one meaning.
            case ambiguous
            /// One rule cannot say what the phrase says from this word on.
            case inexpressible
        }

        /// What is wrong.
        public let problem: Problem
        /// The word or words as they were written; empty at the end of the phrase.
        public let word: String
        /// How many bytes of UTF-8 come before the word.
        public let offset: Int

        init(_ problem: Problem, word: String, offset: Int) {
            self.problem = problem
            self.word = word
            self.offset = offset
        }

        init(_ problem: Problem, _ token: WordToken) {
            self.init(problem, word: token.text, offset: token.offset)
        }
    }
}
