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
        append("BYMONTH", byMonth.map(String.init))
        append("BYWEEKNO", byWeekNumber.map(String.init))
        append("BYYEARDAY", byYearDay.map(String.init))
        append("BYMONTHDAY", byMonthDay.map(String.init))
        append("BYDAY", byDay.map(\.text))
        append("BYHOUR", byHour.map(String.init))
        append("BYMINUTE", byMinute.map(String.init))
        append("BYSECOND", bySecond.map(String.init))
        append("BYSETPOS", bySetPosition.map(String.init))
        if weekStart != .monday { parts.append("WKST=\(weekStart.name)") }
        switch skip {
        case .omit: break
        case .backward: parts.append("SKIP=BACKWARD")
        case .forward: parts.append("SKIP=FORWARD")
        }
        return parts.joined(separator: ";")
    }
}

extension RecurrenceRule: Codable {
    /// Reads a rule from a single value, its text.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with a ``ParseError`` beneath it where the text is
    ///   not a rule; or whatever the decoder throws where there is no text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(ParseError) {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "not a recurrence rule: \(error.part): \(error.reason)",
                    underlyingError: error
                )
            )
        }
    }

    /// Writes the rule as a single value, its ``description``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension RecurrenceRule.Until: CustomStringConvertible {
    /// The text in the form it was written in.
    public var description: String {
        switch self {
        case .instant(let timestamp): timestamp.text(in: .compact, fraction: .none)
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

extension RecurrenceRule.Day {
    /// The value in a rule's text.
    fileprivate var text: String {
        switch self {
        case .every(let weekday): weekday.name
        case .numbered(let weekday): "\(weekday.ordinal)\(weekday.weekday.name)"
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
