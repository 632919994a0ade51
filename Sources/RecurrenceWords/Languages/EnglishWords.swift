import Recurrence

extension EnglishGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        for (phrase, kind) in structure { words.add(phrase, kind) }
        words.add(units)
        words.add(
            [
                ["monday", "mondays", "mon"], ["tuesday", "tuesdays", "tue", "tues"],
                ["wednesday", "wednesdays", "wed"],
                ["thursday", "thursdays", "thu", "thur", "thurs"],
                ["friday", "fridays", "fri"], ["saturday", "saturdays", "sat"],
                ["sunday", "sundays", "sun"],
            ]
        ) { .weekdays(1 << UInt8($0)) }
        words.add(
            [
                ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"],
                ["may"], ["june", "jun"], ["july", "jul"], ["august", "aug"],
                ["september", "sep", "sept"], ["october", "oct"], ["november", "nov"],
                ["december", "dec"],
            ]
        ) { .month($0 + 1) }
        words.add(
            [
                ["one"], ["two"], ["three"], ["four"], ["five"], ["six"], ["seven"], ["eight"],
                ["nine"], ["ten"], ["eleven"], ["twelve"], ["thirteen"], ["fourteen"],
                ["fifteen"], ["sixteen"], ["seventeen"], ["eighteen"], ["nineteen"], ["twenty"],
            ]
        ) { .number($0 + 1) }
        words.add(
            [
                ["first"], [], ["third"], ["fourth"], ["fifth"], ["sixth"], ["seventh"],
                ["eighth"], ["ninth"], ["tenth"], ["eleventh"], ["twelfth"], ["thirteenth"],
                ["fourteenth"], ["fifteenth"], ["sixteenth"], ["seventeenth"], ["eighteenth"],
                ["nineteenth"], ["twentieth"], ["twenty first"], ["twenty second"],
                ["twenty third"], ["twenty fourth"], ["twenty fifth"], ["twenty sixth"],
                ["twenty seventh"], ["twenty eighth"], ["twenty ninth"], ["thirtieth"],
                ["thirty first"],
            ]
        ) { .ordinal($0 + 1) }
        return words
    }()

    private static let units: [WordToken.Kind: [String]] = [
        .second: ["second"],
        .unit(.secondly): ["seconds", "secs", "sec"],
        .unit(.minutely): ["minute", "minutes", "mins", "min"],
        .unit(.hourly): ["hour", "hours", "hrs", "hr"],
        .unit(.daily): ["day", "days"],
        .unit(.weekly): ["week", "weeks"],
        .unit(.monthly): ["month", "months"],
        .unit(.yearly): ["year", "years"],
        .cycle(.hourly, 1): ["hourly"],
        .cycle(.daily, 1): ["daily"],
        .cycle(.weekly, 1): ["weekly"],
        .cycle(.weekly, 2): ["fortnightly", "fortnight"],
        .cycle(.monthly, 1): ["monthly"],
        .cycle(.monthly, 3): ["quarterly", "quarter"],
        .cycle(.yearly, 1): ["yearly", "annually"],
        .ambiguous: ["biweekly", "bimonthly", "biannually", "semiweekly"],
    ]

    private static let structure: [String: WordToken.Kind] = [
        "every": .every, "each": .every, "other": .other, "alternate": .other, "last": .last,
        "to last": .fromEnd, "from the end": .fromEnd, "next to last": .ordinal(-2),
        "penultimate": .ordinal(-2),
        "weekday": .weekdays(.workdays), "weekdays": .weekdays(.workdays),
        "workday": .weekdays(.workdays), "workdays": .weekdays(.workdays),
        "working day": .weekdays(.workdays), "working days": .weekdays(.workdays),
        "business day": .weekdays(.workdays), "business days": .weekdays(.workdays),
        "weekend": .weekend, "weekends": .weekend,
        "weekend day": .weekdays(.weekend), "weekend days": .weekdays(.weekend),
        "and": .and, "or": .or, "of": .of, "in": .of, "during": .of, "per": .of,
        "at": .at, "to": .to, "through": .to, "thru": .to,
        "from": .from, "starting": .from, "beginning": .from, "between": .from,
        "until": .until, "till": .until, "up to": .until,
        "times": .times, "time": .times, "occurrences": .times, "occurrence": .times,
        "once": .count(1), "twice": .count(2), "thrice": .count(3),
        "noon": .time(43_200), "midday": .time(43_200), "midnight": .time(0),
        "am": .meridiem(isAfternoon: false), "a m": .meridiem(isAfternoon: false),
        "pm": .meridiem(isAfternoon: true), "p m": .meridiem(isAfternoon: true),
        "in the morning": .meridiem(isAfternoon: false),
        "in the afternoon": .meridiem(isAfternoon: true),
        "in the evening": .meridiem(isAfternoon: true),
        "weeks starting on": .weekStart, "weeks start on": .weekStart,
        "skipping shorter months": .note(.shorterMonths),
        "skipping years without it": .note(.otherYears),
        "or the day before if there is none": .note(.dayBefore),
        "or the day before": .note(.dayBefore),
        "or the day after if there is none": .note(.dayAfter),
        "or the day after": .note(.dayAfter),
        "the": .filler, "a": .filler, "an": .filler, "on": .filler, "for": .filler,
        "only": .only, "if": .only, "when": .only, "but": .filler, "it": .filler,
        "is": .filler, "falls": .filler, "date": .filler, "oclock": .filler,
        "repeat": .filler, "repeats": .filler, "then": .filler,
    ]
}
