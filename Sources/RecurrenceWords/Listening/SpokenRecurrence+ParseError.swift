import Recurrence

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
            /// From this word on, the phrase says a second rule.
            case secondRule
            /// No month or year ever has such a day.
            case never
            /// One rule cannot say what the phrase says from this word on.
            case inexpressible
        }

        /// What was expected where the word stands.
        public enum Expectation: String, Hashable, Sendable {
            /// Any part of a phrase.
            case phrase = "days, a period, a time, a first day or an end"
            /// What is repeated.
            case repeated = "a unit such as days or weeks, a weekday or a month"
            /// What lasts.
            case length = "a length such as 2 weeks, or a number of times"
            /// A weekday.
            case weekday = "a weekday"
            /// A weekday or a month.
            case weekdayOrMonth = "a weekday or a month"
            /// Days of the month or weekdays.
            case days = "days of the month or weekdays"
            /// A day of a month.
            case dayOfMonth = "a day of the month from 1 to 31"
            /// A number such as "2nd".
            case ordinal = "an ordinal number such as 2nd, or last"
            /// A weekday's number in a month.
            case weekdayOfMonth = "a weekday of a month from the 1st to the 5th"
            /// A weekday's number in a year.
            case weekdayOfYear = "a weekday of a year from the 1st to the 53rd"
            /// A week's number in a year.
            case weekNumber = "a week of the year from 1 to 53"
            /// A day's number in a year.
            case dayOfYear = "a day of the year from 1 to 366"
            /// A number of periods or of times.
            case positiveNumber = "a whole number from 1 to 2147483647"
            /// A number of days, weeks, months or years that something lasts.
            case lengthNumber = "a whole number from 1 to 100000"
            /// A positive whole number.
            case wholeNumber = "a whole number"
            /// Something that is not only a single date.
            case repetition = "something that repeats; a single date is no rule"
            /// A month.
            case month = "a month"
            /// A period such as "each month".
            case period = "a period such as each month, or a month"
            /// A time of day.
            case time = "a time of day"
            /// A range of times.
            case timeRange = "a first and a last time of day, after steps such as every hour"
            /// The other end of a range.
            case otherEnd = "two times, months or days, as in between March and May"
            /// A date.
            case date = "a date, a weekday, or a word such as tomorrow"
            /// An end that leaves dates.
            case laterEnd = "an end that is not before the first date"
            /// Something that is said only once.
            case once = "nothing that was said already"
            /// One rule.
            case oneRule = "one rule; say the other as a rule of its own"
            /// Clear words.
            case oneMeaning = "words with one meaning"
        }

        /// What is wrong.
        public let problem: Problem
        /// The word or words as they were written; empty at the end of the phrase.
        public let word: String
        /// How many bytes of UTF-8 come before the word.
        public let offset: Int
        /// What was expected instead.
        public let expected: Expectation
        /// What may have been meant: for an unknown word, words that it resembles; for words with
        /// two meanings, phrases in the same language that have one meaning each.
        public let suggestions: [String]

        init(
            _ problem: Problem,
            word: String,
            offset: Int,
            expected: Expectation,
            suggestions: [String] = []
        ) {
            self.problem = problem
            self.word = word
            self.offset = offset
            self.expected = expected
            self.suggestions = suggestions
        }

        /// The same fault, where the phrase came after a prefix that nobody wrote.
        package func without(_ prefix: String) -> ParseError {
            ParseError(
                problem,
                word: word,
                offset: max(0, offset - prefix.utf8.count),
                expected: expected,
                suggestions: suggestions
            )
        }

        init(
            _ problem: Problem,
            _ token: WordToken,
            _ expected: Expectation,
            suggestions: [String] = []
        ) {
            self.init(
                problem,
                word: token.text,
                offset: token.offset,
                expected: expected,
                suggestions: suggestions
            )
        }
    }
}

extension SpokenRecurrence.ParseError: CustomStringConvertible {
    /// One line in English: what is wrong with which word, what was expected, and what may have
    /// been meant.
    public var description: String {
        let place = word.isEmpty ? "at the end" : "\"\(word)\" at \(offset)"
        let reason =
            switch problem {
            case .tooLong: "the phrase is longer than \(SpokenRecurrence.lengthLimit) bytes"
            case .unknownWord: "\(place) is not a word that is understood"
            case .unexpectedWord: "\(place) makes no sense there"
            case .incomplete: "something is missing \(word.isEmpty ? "" : "before ")\(place)"
            case .outOfRange: "\(place) is out of range"
            case .ambiguous: "\(place) has more than one meaning"
            case .secondRule: "\(place) begins a second rule"
            case .never: "\(place) never comes"
            case .inexpressible: "\(place) cannot be said by one rule"
            }
        if problem == .tooLong { return reason }
        let meant = suggestions.map { "\"\($0)\"" }.joined(separator: " or ")
        return "\(reason); expected \(expected.rawValue)" + (meant.isEmpty ? "" : ": \(meant)?")
    }
}
