import Recurrence
import RecurrenceWords

/// Phrases that are refused: with the problem, the word and its place.
enum RefusedPhrases {
    typealias Row = (
        phrase: String, problem: SpokenRecurrence.ParseError.Problem, word: String, offset: Int
    )

    static let english: [Row] = [
        ("10 times", .incomplete, "", 8),
        ("twice a month", .ambiguous, "twice", 0),
        ("biweekly", .ambiguous, "biweekly", 0),
        ("every 3rd friday", .ambiguous, "3rd", 6),
        ("every 2nd tuesday in june", .ambiguous, "2nd", 6),
        ("every 2nd day of the month", .unexpectedWord, "month", 21),
        ("every second tuesday", .ambiguous, "second", 6),
        ("first weekend of the month", .ambiguous, "weekend", 6),
        ("2 June and 4 July", .secondRule, "4", 11),
        ("every 0 days", .outOfRange, "0", 6),
        ("every 99999999999 days", .outOfRange, "99999999999", 6),
        ("last friday at 9:00 and 17:30", .inexpressible, "at", 12),
        ("monthly on monday", .ambiguous, "monday", 11),
        ("tue /thu", .unknownWord, "/", 4),
        ("every blursday", .unknownWord, "blursday", 6),
        ("every day at 25", .outOfRange, "25", 13),
        ("every day at 9:75", .outOfRange, "9:75", 13),
        ("the 32nd", .outOfRange, "32nd", 4),
        ("every", .incomplete, "", 5),
        ("every day and", .incomplete, "", 13),
        ("and", .unexpectedWord, "and", 0),
        ("twice every week", .ambiguous, "twice", 0),
        ("every week or the day before", .incomplete, "", 28),
    ]

    static let spanish: [Row] = [
        ("10 veces", .incomplete, "", 8),
        ("dos veces al mes", .ambiguous, "dos", 0),
        ("dos veces a la semana", .ambiguous, "dos", 0),
        ("quincenal", .ambiguous, "quincenal", 0),
        ("cada tercer viernes", .ambiguous, "tercer", 5),
        ("2 de junio y 4 de julio", .secondRule, "4", 13),
        ("todos los blursday", .unknownWord, "blursday", 10),
        ("todos los", .incomplete, "", 9),
        ("cada día a las 25", .outOfRange, "25", 16),
    ]
}
