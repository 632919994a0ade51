// What every rule must satisfy, whether it is read from text or made from its parts.
extension RecurrenceRule {
    /// Adds a number to a part.
    mutating func insert(_ number: Int, into numbers: NumberPart) throws(ParseError) {
        try numbers.range.check(number, of: numbers.part)
        numbers.insert(&self, number)
    }

    /// Adds a weekday to BYDAY.
    mutating func insert(_ day: Day) throws(ParseError) {
        switch day {
        case .every(let weekday): weekdays |= 1 << UInt8(weekday.rawValue)
        case .numbered(let weekday):
            try NumberRange.ordinals.check(weekday.ordinal, of: .weekdays)
            ordinalWeekdays.append(weekday)
        }
    }

    /// Refuses parts that must not stand together, and puts the lists in order.
    mutating func finish() throws(ParseError) {
        try refuse(.weekNumbers, if: !weekNumbers.isEmpty && frequency != .yearly)
        try refuse(
            .yearDays,
            if: !yearDays.isEmpty && [.daily, .weekly, .monthly].contains(frequency)
        )
        try refuse(.monthDays, if: !monthDays.isEmpty && frequency == .weekly)
        if !ordinalWeekdays.isEmpty {
            guard frequency == .monthly || frequency == .yearly else {
                throw RulePart.weekdays.error(
                    "numbered weekdays cannot go with FREQ=\(frequency.name)"
                )
            }
            guard weekNumbers.isEmpty else {
                throw RulePart.weekdays.error("numbered weekdays cannot go with BYWEEKNO")
            }
        }
        guard setPositions.isEmpty || hasOtherPart else {
            throw RulePart.setPositions.error("it needs another BY part")
        }
        RecurrenceRule.sortAndUnite(&yearDays)
        RecurrenceRule.sortAndUnite(&ordinalWeekdays)
        RecurrenceRule.sortAndUnite(&setPositions)
    }

    private func refuse(_ part: RulePart, if isWrong: Bool) throws(ParseError) {
        guard !isWrong else { throw part.error("it cannot go with FREQ=\(frequency.name)") }
    }

    /// Whether there is a BY part besides BYSETPOS.
    private var hasOtherPart: Bool {
        months != 0 || !weekNumbers.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty
            || weekdays != 0 || !ordinalWeekdays.isEmpty || hours != 0 || minutes != 0
            || seconds != 0
    }

    private static func sortAndUnite<Value: Comparable>(_ values: inout [Value]) {
        guard values.count > 1 else { return }
        values.sort()
        var unique: [Value] = []
        for value in values where unique.last != value { unique.append(value) }
        values = unique
    }
}

extension RecurrenceRule.End {
    /// Refuses an end that cannot be written in a rule's text.
    func check() throws(RecurrenceRule.ParseError) {
        let date: CivilDate
        switch self {
        case .never: return
        case .count(let count): return try NumberPart.count.range.check(count, of: .count)
        case .until(.instant(let timestamp)):
            date = LocalDateTime(secondsSince1970: timestamp.seconds).date
        case .until(.local(let local)): date = local.date
        case .until(.date(let day)): date = day
        }
        guard (CivilDate.earliest...CivilDate.latest).contains(date) else {
            throw RulePart.until.error("it is not in the years 1 to 9999")
        }
    }

    /// The same end in whole seconds, as in text.
    ///
    /// A fraction of a second lets in no more slots.
    var inWholeSeconds: RecurrenceRule.End {
        guard case .until(.instant(let timestamp)) = self else { return self }
        // The earliest timestamp lies within a second whose beginning is before all timestamps.
        return .until(.instant(Timestamp(seconds: max(timestamp.seconds, .min / 1_000_000))))
    }
}
