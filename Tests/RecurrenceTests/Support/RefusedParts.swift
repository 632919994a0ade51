import Recurrence

/// Parts that are refused, and what the refusal says.
struct RefusedParts: Sendable {
    var parts: RuleParts
    var part: String
    var reason: String

    private init(_ parts: RuleParts, _ part: String, _ reason: String) {
        self.parts = parts
        self.part = part
        self.reason = reason
    }

    static let all = outOfRange + together

    private static let outOfRange = [
        RefusedParts(
            RuleParts(frequency: .daily, interval: 0),
            "INTERVAL",
            "0 is not between 1 and 2147483647"
        ),
        RefusedParts(
            RuleParts(frequency: .daily, interval: 1 << 31),
            "INTERVAL",
            "2147483648 is not between 1 and 2147483647"
        ),
        RefusedParts(
            RuleParts(frequency: .daily, end: .count(0)),
            "COUNT",
            "0 is not between 1 and 2147483647"
        ),
        RefusedParts(
            RuleParts(frequency: .daily, end: .until(.date(CivilDate.latest.advanced(byDays: 1)))),
            "UNTIL",
            "it is not in the years 1 to 9999"
        ),
        RefusedParts(
            RuleParts(
                frequency: .daily,
                end: .until(.instant(Timestamp(microseconds: .min)))
            ),
            "UNTIL",
            "it is not in the years 1 to 9999"
        ),
        RefusedParts(
            RuleParts(
                frequency: .daily,
                end: .until(.local(LocalDateTime(CivilDate.earliest).advanced(bySeconds: -1)))
            ),
            "UNTIL",
            "it is not in the years 1 to 9999"
        ),
        number(\.byMonth, -1, "BYMONTH", "between 1 and 12"),
        number(\.byMonth, 13, "BYMONTH", "between 1 and 12"),
        number(\.byWeekNumber, .min, "BYWEEKNO", "between 1 and 53 or -1 and -53"),
        number(\.byYearDay, 367, "BYYEARDAY", "between 1 and 366 or -1 and -366"),
        number(\.byMonthDay, 0, "BYMONTHDAY", "between 1 and 31 or -1 and -31"),
        number(\.byHour, 24, "BYHOUR", "between 0 and 23"),
        number(\.byMinute, -1, "BYMINUTE", "between 0 and 59"),
        number(\.bySecond, 61, "BYSECOND", "between 0 and 60"),
        number(\.bySetPosition, .max, "BYSETPOS", "between 1 and 366 or -1 and -366"),
        RefusedParts(
            RuleParts(frequency: .monthly, byDay: [.nth(0, .monday)]),
            "BYDAY",
            "0 is not between 1 and 53 or -1 and -53"
        ),
        RefusedParts(
            RuleParts(frequency: .yearly, byDay: [.nth(-54, .monday)]),
            "BYDAY",
            "-54 is not between 1 and 53 or -1 and -53"
        ),
    ]

    private static let together = [
        RefusedParts(
            RuleParts(frequency: .monthly, byWeekNumber: [1]),
            "BYWEEKNO",
            "it cannot go with FREQ=MONTHLY"
        ),
        RefusedParts(
            RuleParts(frequency: .daily, byYearDay: [1]),
            "BYYEARDAY",
            "it cannot go with FREQ=DAILY"
        ),
        RefusedParts(
            RuleParts(frequency: .weekly, byMonthDay: [1]),
            "BYMONTHDAY",
            "it cannot go with FREQ=WEEKLY"
        ),
        RefusedParts(
            RuleParts(frequency: .weekly, byDay: [.first(.monday)]),
            "BYDAY",
            "numbered weekdays cannot go with FREQ=WEEKLY"
        ),
        RefusedParts(
            RuleParts(frequency: .yearly, byWeekNumber: [1], byDay: [.first(.monday)]),
            "BYDAY",
            "numbered weekdays cannot go with BYWEEKNO"
        ),
        RefusedParts(
            RuleParts(frequency: .daily, bySetPosition: [1]),
            "BYSETPOS",
            "it needs another BY part"
        ),
    ]

    private static func number(
        _ keyPath: WritableKeyPath<RuleParts, [Int]>,
        _ number: Int,
        _ part: String,
        _ range: String
    ) -> RefusedParts {
        var parts = RuleParts(frequency: .yearly)
        parts[keyPath: keyPath] = [1, number]
        return RefusedParts(parts, part, "\(number) is not \(range)")
    }
}
