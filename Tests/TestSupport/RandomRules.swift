package import Recurrence

/// Rules and starts drawn from a seed.
package struct RandomRules {
    private var generator: SplitMix64

    package init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// A start between 1990 and 2050, usually at a multiple of five minutes.
    package mutating func start() -> LocalDateTime {
        let day = CivilDate(daysSince1970: number(in: 7_305...29_219))
        let minute = number(in: 0...287) * 5
        let second = isOne(in: 8) ? number(in: 0...59) : 0
        return LocalDateTime(day, secondOfDay: minute * 60 + second)
    }

    /// A rule such as people choose: one kind of days, and perhaps a time and an end.
    package mutating func simpleRule() -> String {
        let interval = isOne(in: 2) ? "" : ";INTERVAL=\(number(in: 2...6))"
        let rule =
            switch number(in: 0...9) {
            case 0: "FREQ=DAILY\(interval)"
            case 1, 2: "FREQ=WEEKLY\(interval);BYDAY=\(weekdays(upTo: 4))"
            case 3: "FREQ=MONTHLY\(interval);BYMONTHDAY=\(numbers(upTo: 3, in: 1...31))"
            case 4: "FREQ=MONTHLY\(interval);BYDAY=\(ordinalWeekdays(upTo: 2))"
            case 5: "FREQ=YEARLY\(interval);BYMONTH=\(months());BYMONTHDAY=\(number(in: 1...31))"
            case 6: "FREQ=YEARLY\(interval);BYMONTH=\(months());BYDAY=\(ordinalWeekdays(upTo: 1))"
            case 7: "FREQ=MONTHLY\(interval);BYDAY=MO,TU,WE,TH,FR;BYSETPOS=\(position())"
            case 8: "FREQ=\(pick(["WEEKLY", "MONTHLY", "YEARLY", "DAILY"]))\(interval)"
            default: "FREQ=\(pick(["HOURLY", "MINUTELY"]))\(interval)"
            }
        return rule + (rule.contains("LY;BY") || isOne(in: 3) ? simpleTime() : "") + end()
    }

    /// Any parts that the RFC allows together.
    package mutating func anyRule() -> String {
        let frequency = pick([
            "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
        ])
        var rule = "FREQ=\(frequency)"
        if isOne(in: 2) { rule += ";INTERVAL=\(number(in: 2...(isOne(in: 4) ? 40 : 6)))" }
        let isLong = frequency == "MONTHLY" || frequency == "YEARLY"
        if isOne(in: 4) { rule += ";BYMONTH=\(months())" }
        let hasWeeks = frequency == "YEARLY" && isOne(in: 6)
        if hasWeeks { rule += ";BYWEEKNO=\(numbers(upTo: 3, in: 1...53))" }
        if frequency == "YEARLY", isOne(in: 6) {
            rule += ";BYYEARDAY=\(numbers(upTo: 3, in: 1...366))"
        }
        if frequency != "WEEKLY", isOne(in: 3) {
            rule += ";BYMONTHDAY=\(numbers(upTo: 4, in: 1...31))"
        }
        if isOne(in: 2) {
            let isNumbered = isLong && !hasWeeks && isOne(in: 2)
            rule += ";BYDAY=\(isNumbered ? ordinalWeekdays(upTo: 3) : weekdays(upTo: 5))"
        }
        if isOne(in: 4) { rule += ";BYHOUR=\(list(upTo: 4, in: 0...23))" }
        if isOne(in: 4) { rule += ";BYMINUTE=\(list(upTo: 3, in: 0...59))" }
        if isOne(in: 8) { rule += ";BYSECOND=\(list(upTo: 2, in: 0...59))" }
        if rule.contains(";BY"), isOne(in: 4) {
            rule += ";BYSETPOS=\(numbers(upTo: 2, in: 1...4))"
        }
        if isOne(in: 5) { rule += ";WKST=\(weekdays(upTo: 1))" }
        if isLong, isOne(in: 6) {
            rule = "RSCALE=GREGORIAN;\(rule);SKIP=\(pick(["OMIT", "BACKWARD", "FORWARD"]))"
        }
        return rule + end()
    }

    // MARK: Parts

    private mutating func simpleTime() -> String {
        switch number(in: 0...3) {
        case 0: ";BYHOUR=\(number(in: 0...23))"
        case 1: ";BYHOUR=\(number(in: 0...23));BYMINUTE=\(number(in: 0...59))"
        case 2: ";BYHOUR=\(list(upTo: 3, in: 0...23));BYMINUTE=0"
        default: ""
        }
    }

    private mutating func end() -> String {
        switch number(in: 0...5) {
        case 0: ";COUNT=\(number(in: 1...60))"
        case 1: ";UNTIL=\(start().date)"
        case 2: ";UNTIL=\(start())"
        case 3: ";UNTIL=\(start())Z"
        default: ""
        }
    }

    private mutating func weekdays(upTo count: Int) -> String {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        return (1...number(in: 1...count)).map { _ in pick(names) }.joined(separator: ",")
    }

    private mutating func ordinalWeekdays(upTo count: Int) -> String {
        (1...number(in: 1...count)).map { _ in "\(position())\(weekdays(upTo: 1))" }
            .joined(separator: ",")
    }

    private mutating func months() -> String {
        list(upTo: isOne(in: 2) ? 1 : 4, in: 1...12)
    }

    private mutating func position() -> Int { pick([-2, -1, 1, 2, 3, 4, 5]) }

    private mutating func list(upTo count: Int, in range: ClosedRange<Int>) -> String {
        (1...number(in: 1...count)).map { _ in "\(number(in: range))" }.joined(separator: ",")
    }

    /// Some numbers; a quarter of them are negative.
    private mutating func numbers(upTo count: Int, in range: ClosedRange<Int>) -> String {
        (1...number(in: 1...count)).map { _ in
            "\(number(in: range) * (isOne(in: 4) ? -1 : 1))"
        }.joined(separator: ",")
    }

    // MARK: Chance

    package mutating func number(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    package mutating func isOne(in count: Int) -> Bool { number(in: 1...count) == 1 }

    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(in: 0...elements.count - 1)]
    }
}
