import Recurrence

extension EnglishGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        words.add(periods)
        words.add(joints)
        words.add(times)
        words.add(phrases)
        words.add([
            "monday, mondays, mon, mo", "tuesday, tuesdays, tue, tues, tu",
            "wednesday, wednesdays, wed, weds, we", "thursday, thursdays, thu, thur, thurs, th",
            "friday, fridays, fri, fr", "saturday, saturdays, sat, sa",
            "sunday, sundays, sun, su",
        ]) { .weekdays(1 << UInt8($0)) }
        words.add([
            "january, jan", "february, feb", "march, mar", "april, apr", "may", "june, jun",
            "july, jul", "august, aug", "september, sep, sept", "october, oct",
            "november, nov", "december, dec",
        ]) { .month($0 + 1) }
        words.add([
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty",
        ]) { .number($0 + 1) }
        words.addNumbers(
            tens: ["twenty", "thirty", "forty", "fifty"],
            digits: ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        ) { _ in " " }
        words.add([
            "first", "", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
            "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
            "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth",
            "twenty sixth", "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth",
            "thirty first",
        ]) { .ordinal($0 + 1) }
        return words
    }()

    private static let periods: [WordToken.Kind: String] = [
        .every: "every, each, each and every",
        .other: "other, alternate",
        .second: "second",
        .unit(.secondly): "seconds, secs, sec",
        .unit(.minutely): "minute, minutes, mins, min",
        .unit(.hourly): "hour, hours, hrs, hr",
        .unit(.daily): "day, days",
        .unit(.weekly): "week, weeks, wk, wks",
        .unit(.monthly): "month, months, mos, mth, mths",
        .unit(.yearly): "year, years, yr, yrs",
        .cycle(.hourly, 1): "hourly",
        .cycle(.daily, 1): "daily",
        .cycle(.weekly, 1): "weekly, wkly",
        .cycle(.weekly, 2): "fortnightly, fortnight",
        .cycle(.monthly, 1): "monthly",
        .cycle(.monthly, 6): "half year, half yearly",
        .cycle(.monthly, 3): "quarterly, quarter, quarters, qtr, qtrs",
        .cycle(.yearly, 1): "yearly, annually",
        .ambiguous(.half): "half",
        .ambiguous(.biweekly): "biweekly, bi weekly",
        .ambiguous(.bimonthly): "bimonthly, bi monthly",
        .ambiguous(.biannually): "biannually, biannual",
        .ambiguous(.timesAPeriod(2, .weekly)): "semiweekly, semi weekly",
        .ambiguous(.timesAPeriod(2, .monthly)): "semimonthly, semi monthly",
        .ambiguous(.timesAPeriod(2, .yearly)): "semiannually, semi annually",
        .weekdays(.workdays):
            "weekday, weekdays, week day, week days, workday, workdays, working day, "
            + "working days, business day, business days, biz day, biz days",
        .weekdays(0b001_0101): "mwf",
        .weekdays(0b000_1010): "tth, tuth",
        .weekdays(.weekend): "weekend day, weekend days",
        .weekend: "weekend, weekends",
        .last: "last",
        .fromEnd: "to last, from the end",
        .ordinal(-2): "next to last, penultimate",
        .times: "times, time, occurrences, occurrence, x",
        .count(1): "once",
        .count(2): "twice",
        .count(3): "thrice",
    ]

    private static let joints: [WordToken.Kind: String] = [
        .and: "and", .or: "or",
        .of: "of, in, during", .per: "per",
        .lasting: "for, ending after, ends after", .at: "at",
        .to: "to",
        .from: "from, starting, starting from, beginning", .between: "between",
        .until(.excluded): "until, till, til, up to, ending",
        .until(.included): "through, thru",
        .only: "only, but only, if, if it is, if it falls on, when it is, when it falls on",
        .except: "except, but, but not, not, except for, excluding, without, other than, "
            + "with the exception of, apart from, aside from",
        .today(0): "today", .today(1): "tomorrow, tmrw", .today(2): "day after tomorrow",
        .now: "now",
        .next: "next",
        .before(includingDay: false): "before",
        .before(includingDay: true): "on or before",
        .after(includingDay: false): "after",
        .after(includingDay: true): "on or after",
        .completion:
            "after completion, after completing, after it is done, after it is completed, "
            + "after done, after its done, after its completed, after finishing, from completion",
        .inexpressible: "holiday, holidays, public holiday, public holidays",
        .filler: "the, a, an, on, please, pls, plz, repeat, repeats",
    ]

    private static let times: [WordToken.Kind: String] = [
        .time(43_200): "noon, midday",
        .time(0): "midnight",
        .hourMark: "oclock",
        .minutesBefore(15): "quarter past, a quarter past",
        .minutesBefore(30): "half past",
        .minutesBefore(-15): "quarter to, a quarter to",
        .minutesPast: "past",
        .dayPart(.beforeNoon): "am, a m",
        .dayPart(.afterNoon): "pm, p m",
        .dayPart(.morning): "morning, mornings, in the morning",
        .dayPart(.afternoon): "afternoon, afternoons, in the afternoon",
        .dayPart(.evening): "evening, evenings, in the evening",
        .dayPart(.night): "night, nights, at night, nightly",
        .monthDay(month: 12, day: 25): "christmas, christmas day, xmas",
        .monthDay(month: 12, day: 24): "christmas eve",
        .monthDay(month: 12, day: 31): "new years eve",
        .monthDay(month: 1, day: 1): "new year, new years day",
        .weekStart: "weeks starting on, weeks start on",
        .note(.shorterMonths): "skipping shorter months",
        .note(.otherYears): "skipping years without it",
        .note(.dayBefore): "or the day before if there is none, or the day before",
        .note(.dayAfter): "or the day after if there is none, or the day after",
    ]

    private static let phrases: [String: [WordToken.Kind]] = [
        "everyday": [.every, .unit(.daily)],
        "every half hour, each half hour, half hourly": [.every, .number(30), .unit(.minutely)],
        "month end, months end": [.last, .unit(.daily), .of, .unit(.monthly)],
        "quarter end, quarters end": [.last, .unit(.daily), .of, .cycle(.monthly, 3)],
        "year end, years end": [.last, .unit(.daily), .of, .unit(.yearly)],
        "end of": [.last, .unit(.daily), .of],
        "end of month, eom": [.last, .unit(.daily), .of, .unit(.monthly)],
        "start of month, start of the month, beginning of month, beginning of the month":
            [.ordinal(1), .unit(.daily), .of, .unit(.monthly)],
        "start of each month, start of every month, beginning of each month, "
            + "beginning of every month":
            [.ordinal(1), .unit(.daily), .of, .every, .unit(.monthly)],
        "start of the quarter, start of each quarter, start of every quarter, "
            + "beginning of the quarter, beginning of each quarter, beginning of every quarter":
            [.ordinal(1), .unit(.daily), .of, .every, .cycle(.monthly, 3)],
    ]
}
