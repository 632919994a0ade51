import Recurrence

/// Words that leave the days open, such as "twice a week": they are understood where what stands
/// beside them tells the days, as in "twice a week on Monday and Thursday".
extension SaidParts {
    /// Takes a period whose days are said elsewhere, or nowhere.
    mutating func setOpenPeriod(
        _ ambiguity: Ambiguity,
        _ token: WordToken
    ) throws(ParseError) {
        guard openPeriod == nil, !isJoined else { throw openError(ambiguity, token) }
        openPeriod = (ambiguity, token)
    }

    /// Puts in the period that goes with the days or times which were said.
    ///
    /// - Throws: An error with the readings, where none does.
    mutating func settleOpenPeriod() throws(ParseError) {
        settleWeeks()
        guard let (ambiguity, token) = openPeriod else { return }
        let isFree =
            cycle == nil && steps == nil && !hasPeriod && !hasException && limitWeekdays == 0
            && limitNumbers.isEmpty
        guard isFree, let (unit, interval) = settledPeriod(ambiguity) else {
            throw openError(ambiguity, token)
        }
        cycle = unit
        rule.interval = interval
    }

    /// Turns "every 14 days on Monday" into weeks.
    private mutating func settleWeeks() {
        guard cycle == .daily, rule.interval > 1, rule.interval.isMultiple(of: 7),
            plainWeekdayCount == 1, !hasException, limitWeekdays == 0, limitNumbers.isEmpty
        else { return }
        cycle = .weekly
        rule.interval /= 7
    }

    private func openError(_ ambiguity: Ambiguity, _ token: WordToken) -> ParseError {
        ambiguous(token, ambiguity.readings(in: grammar))
    }

    /// The only period that has as many days, or times of day, as were said.
    private func settledPeriod(_ ambiguity: Ambiguity) -> (Frequency, Int)? {
        let isAtOneTime = saidTimes.count <= 1
        switch ambiguity {
        case .timesAPeriod(saidTimes.count, .daily): return (.daily, 1)
        case .timesAPeriod(plainWeekdayCount, .weekly) where isAtOneTime: return (.weekly, 1)
        case .timesAPeriod(monthDayCount, .monthly) where isAtOneTime: return (.monthly, 1)
        case .biweekly where plainWeekdayCount == 1: return (.weekly, 2)
        case .fortnight where plainWeekdayCount == 1: return (.weekly, 2)
        case .fortnight where monthDayCount == 2 && isAtOneTime: return (.monthly, 1)
        default: return nil
        }
    }

    private var plainWeekdayCount: Int {
        let isPlain =
            hasPlainWeekdays && !isCycleOfWeekdays && dayNumbers.isEmpty && rule.months == 0
            && rule.ordinalWeekdays.isEmpty && rule.weekNumbers.isEmpty
        return isPlain ? rule.weekdays.nonzeroBitCount : 0
    }

    /// How many days of the month were said, by number or as weekdays with numbers.
    private var monthDayCount: Int {
        let isPlain = rule.weekdays == 0 && rule.months == 0 && rule.weekNumbers.isEmpty
        guard isPlain, dayNumbers.isEmpty || rule.ordinalWeekdays.isEmpty else { return 0 }
        return dayNumbers.count + rule.ordinalWeekdays.count
    }
}
