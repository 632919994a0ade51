import Recurrence

extension RuleMeaning {
    // MARK: What makes no difference

    /// Turns an UNTIL into a day where the rule has one time of day; otherwise into what the zone's
    /// clocks show.
    mutating func readEnd(_ zone: Zone) -> Bool {
        guard case .until(let until) = rule.end else { return true }
        let time = times.count == 1 ? times.first : nil
        let local: LocalDateTime
        switch until {
        case .date: return true
        case .local(let date): local = date
        case .instant(let timestamp):
            local = zone.localDateTime(at: timestamp)
            if let time {
                let isIncluded =
                    zone.timestamp(of: .init(local.date, secondOfDay: time)) <= timestamp
                rule.end = .until(.date(isIncluded ? local.date : local.date.advanced(byDays: -1)))
                return true
            }
            guard zone.timestamp(of: local).seconds == timestamp.seconds else { return false }
        }
        if let time {
            let isIncluded = time <= local.secondOfDay
            rule.end = .until(.date(isIncluded ? local.date : local.date.advanced(byDays: -1)))
        } else if local.secondOfDay == 86_399 {
            rule.end = .until(.date(local.date))
        } else {
            rule.end = .until(.local(local))
        }
        return true
    }

    /// Drops SKIP where no date is missing; returns whether a SKIP that stays can be put into
    /// words.
    mutating func readSkip() -> Bool {
        guard rule.skip != .omit else { return true }
        let shortest = rule.monthLengths.shortest
        let isMissing = rule.monthDays.numbers.contains { abs($0) > shortest }
        if !isMissing, !rule.yearDays.contains(where: { abs($0) == 366 }) {
            rule.skip = .omit
            return true
        }
        return isMissing && rule.weekdays == 0 && rule.monthDays.negative >> 28 == 0
    }

    /// Drops WKST where the weeks' first day makes no difference.
    mutating func readWeekStart(_ start: CivilDate) {
        guard rule.weekStart != .monday, rule.weekNumbers.isEmpty else { return }
        let isFree = rule.frequency != .weekly || rule.interval == 1
        if isFree || occurrenceDays(start, .monday) == occurrenceDays(start, rule.weekStart) {
            rule.weekStart = .monday
        }
    }

    /// The days of a rule of weeks, modulo its interval, if weeks start with a weekday.
    private func occurrenceDays(_ start: CivilDate, _ first: RecurrenceRule.Weekday) -> Set<Int> {
        let passed = (start.weekday - first.rawValue).modulo(7)
        return Set(
            rule.weekdays.indicesOfSetBits.map { weekday in
                let day = start.daysSince1970 - passed + (weekday - first.rawValue).modulo(7)
                return day.modulo(7 * rule.interval)
            }
        )
    }
}

extension UInt8 {
    /// The only weekday of a set that has one.
    var singleWeekday: RecurrenceRule.Weekday? {
        guard nonzeroBitCount == 1 else { return nil }
        return RecurrenceRule.Weekday(rawValue: trailingZeroBitCount)
    }
}
