package import Recurrence
package import Tasks

extension RRuleOptions {
    /// The options nearest to a series that was not created from options.
    ///
    /// - Parameters:
    ///   - series: The series.
    ///   - zone: The series' zone.
    package init(nearestTo series: RecurringTask, in zone: Zone) {
        let rule = series.rule?.rule
        let (_, month, day) = series.start.date.components
        let type = rule.map { IntervalType(nearestTo: $0.frequency) } ?? .daily
        self.init(
            intervalType: type,
            interval: min(rule?.interval ?? 1, Limit.interval),
            startDate: HighLevelDate(series.start(in: zone).timestamp),
            createTaskIfOverDue: series.missedWork.whileOverdue == .create,
            dueAfterSeconds: series.dueSchedule?.dueAfter ?? 0
        )
        switch type {
        case .hourly, .daily: break
        case .weekly: dayOfWeek = DayOfWeek(rule?.onlyWeekday ?? series.start.date.dayOfWeek)
        case .monthly: dayOfMonth = rule?.onlyMonthDay ?? day
        case .yearly:
            dayOfMonth = rule?.onlyMonthDay ?? day
            monthOfYear = rule?.onlyMonth ?? month
        }
        // A series without a rule has one occurrence only.
        count = rule == nil ? 1 : series.dueSchedule?.occurrenceLimit
        switch rule?.end {
        case nil, .never: break
        case .count(let number): count = min(count ?? number, number)
        case .until(let until): endDate = HighLevelDate(until: until, in: zone)
        }
        count = count.map { min($0, Limit.count) }
    }
}

extension RRuleOptions.IntervalType {
    fileprivate init(nearestTo frequency: RecurrenceRule.Frequency) {
        switch frequency {
        case .secondly, .minutely, .hourly: self = .hourly
        case .daily: self = .daily
        case .weekly: self = .weekly
        case .monthly: self = .monthly
        case .yearly: self = .yearly
        }
    }
}

extension HighLevelDate {
    /// The end of a rule.
    ///
    /// An end that is a date means the last second of that day.
    fileprivate init(until: RecurrenceRule.Until, in zone: Zone) {
        switch until {
        case .instant(let timestamp): self.init(timestamp)
        case .local(let local): self.init(zone.timestamp(of: local))
        case .date(let date):
            self.init(zone.timestamp(of: LocalDateTime(date, secondOfDay: 86_399)))
        }
    }
}

// The parts of a rule that options can express: each is nil unless the rule has one value there.
extension RecurrenceRule {
    fileprivate var onlyWeekday: Weekday? {
        guard byDay.count == 1, case .every(let weekday) = byDay[0] else { return nil }
        return weekday
    }

    fileprivate var onlyMonth: Int? { byMonth.count == 1 ? byMonth[0] : nil }

    /// The day of the month.
    ///
    /// A last day becomes 31: a shorter month then takes its last day.
    fileprivate var onlyMonthDay: Int? {
        let days = byMonthDay
        if days == [-1] { return 31 }
        if days.count == 1 { return days[0] > 0 ? days[0] : nil }
        let clamped = Array(28...31).prefix(days.count)
        return bySetPosition == [-1] && days == Array(clamped) ? clamped.last : nil
    }
}
