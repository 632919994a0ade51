import Recurrence

/// What a single word has to do with when something is done, whatever stands beside it.
package enum TimeWord: Int, Comparable, Sendable {
    /// It says nothing of when, or may as well say something else, as numbers do.
    case other
    /// It is of a day or a time, such as "tomorrow" or "9:00", or of an end.
    case moment
    /// It names a day of the week.
    case weekday
    /// It says that something repeats, or how often.
    case repetition

    /// Looks a word up in a language's vocabulary.
    package init(_ word: Substring, _ language: RecurrenceLanguage) {
        var lexer = WordLexer(String(word), language.grammar)
        let tokens = (try? lexer.tokens()) ?? []
        self = tokens.map { TimeWord($0.kind) }.max() ?? .other
        // An hour as it is written in French and Portuguese.
        if self == .other, word.wholeMatch(of: /\d{1,2}[hH:]\d{0,2}\p{P}?/) != nil {
            self = .moment
        }
    }

    private init(_ kind: WordToken.Kind) {
        switch kind {
        case .every, .cycle, .outOf, .unit, .count, .times: self = .repetition
        case .weekdays, .weekend, .weekdayOrOrdinal: self = .weekday
        case .month, .date, .monthDay, .slashDate, .today, .next, .time, .dayPart, .until,
            .ambiguous:
            self = .moment
        default: self = .other
        }
    }

    package static func < (left: TimeWord, right: TimeWord) -> Bool {
        left.rawValue < right.rawValue
    }
}
