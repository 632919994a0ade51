extension RecurrenceRule: CustomStringConvertible {
    /// The rule's canonical text, without `RRULE:`; parsing it gives an equal rule.
    ///
    /// - Complexity: Linear in the number of values of its parts.
    public var description: String {
        var parts: [String] = []
        if skip != .omit { parts.append("RSCALE=GREGORIAN") }
        parts.append("FREQ=\(frequency.name)")
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let until): parts.append("UNTIL=\(until)")
        }
        func append(_ name: String, _ values: [String]) {
            if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
        }
        append("BYMONTH", months.indicesOfSetBits.map { "\($0 + 1)" })
        append("BYWEEKNO", weekNumbers.numbers.map(String.init))
        append("BYYEARDAY", yearDays.map(String.init))
        append("BYMONTHDAY", monthDays.numbers.map(String.init))
        append(
            "BYDAY",
            weekdays.indicesOfSetBits.compactMap { Weekday(rawValue: $0)?.name }
                + ordinalWeekdays.map { "\($0.ordinal)\($0.weekday.name)" }
        )
        append("BYHOUR", hours.indicesOfSetBits.map(String.init))
        append("BYMINUTE", minutes.indicesOfSetBits.map(String.init))
        append("BYSECOND", seconds.indicesOfSetBits.map(String.init))
        append("BYSETPOS", setPositions.map(String.init))
        if weekStart != .monday { parts.append("WKST=\(weekStart.name)") }
        switch skip {
        case .omit: break
        case .backward: parts.append("SKIP=BACKWARD")
        case .forward: parts.append("SKIP=FORWARD")
        }
        return parts.joined(separator: ";")
    }
}

extension RecurrenceRule.Until: CustomStringConvertible {
    /// The text in the form it was written in.
    public var description: String {
        switch self {
        case .instant(let timestamp):
            "\(LocalDateTime(secondsSince1970: timestamp.seconds))Z"
        case .local(let local): "\(local)"
        case .date(let date): "\(date)"
        }
    }
}

extension RecurrenceRule.Frequency {
    /// The name in a rule's text.
    var name: String {
        switch self {
        case .secondly: "SECONDLY"
        case .minutely: "MINUTELY"
        case .hourly: "HOURLY"
        case .daily: "DAILY"
        case .weekly: "WEEKLY"
        case .monthly: "MONTHLY"
        case .yearly: "YEARLY"
        }
    }
}

extension RecurrenceRule.Weekday {
    /// The name in a rule's text.
    var name: String {
        switch self {
        case .monday: "MO"
        case .tuesday: "TU"
        case .wednesday: "WE"
        case .thursday: "TH"
        case .friday: "FR"
        case .saturday: "SA"
        case .sunday: "SU"
        }
    }
}

extension CivilDate: CustomStringConvertible {
    /// The basic form of ISO 8601: `19970902`.
    public var description: String {
        let (year, month, day) = components
        return decimal(year * 10_000 + month * 100 + day, width: 8)
    }
}

extension LocalDateTime: CustomStringConvertible {
    /// The basic form of ISO 8601: `19970902T090000`.
    public var description: String {
        let (hour, minute, second) = time
        return "\(date)T\(decimal(hour * 10_000 + minute * 100 + second, width: 6))"
    }
}

private func decimal(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}
