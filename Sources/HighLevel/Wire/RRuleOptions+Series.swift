package import Recurrence
package import Tasks

extension RRuleOptions {
    /// The options that come nearest to a series which was not written as options.
    ///
    /// - Parameters:
    ///   - series: The series.
    ///   - zone: The series' zone.
    package init(nearestTo series: RecurringTask, in zone: Zone) {
        let rule = series.rule?.rule
        let parts = series.rule.map { RuleParts(of: $0.text) }
        let (_, month, day) = series.start.date.components
        let type = rule.map { IntervalType(nearestTo: $0.frequency) } ?? .daily
        self.init(
            intervalType: type,
            interval: rule?.interval ?? 1,
            startDate: HighLevelDate(zone.timestamp(of: series.start)),
            createTaskIfOverDue: series.missedWork.whileOverdue == .create,
            dueAfterSeconds: series.dueSchedule?.dueAfter ?? 0
        )
        switch type {
        case .hourly, .daily: break
        case .weekly: dayOfWeek = parts?.weekday ?? DayOfWeek(of: series.start.date)
        case .monthly: dayOfMonth = parts?.dayOfMonth ?? day
        case .yearly:
            dayOfMonth = parts?.dayOfMonth ?? day
            monthOfYear = parts?.month ?? month
        }
        // Without a rule there is but the one occurrence.
        count = rule == nil ? 1 : series.dueSchedule?.occurrenceLimit
        switch rule?.end {
        case nil, .never: break
        case .count(let number): count = min(count ?? number, number)
        case .until(let until): endDate = HighLevelDate(until: until, in: zone)
        }
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
    /// The end of a rule; a day that is the last one counts whole.
    fileprivate init(until: RecurrenceRule.Until, in zone: Zone) {
        switch until {
        case .instant(let timestamp): self.init(timestamp)
        case .local(let local): self.init(zone.timestamp(of: local))
        case .date(let date):
            self.init(zone.timestamp(of: LocalDateTime(date, secondOfDay: 86_399)))
        }
    }
}

/// The parts of a rule that options can say, where they say one thing.
private struct RuleParts {
    private var values: [String: [String]] = [:]

    init(of text: String) {
        for part in text.uppercased().split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            values[String(sides[0])] = sides[1].split(separator: ",").map(String.init)
        }
    }

    var weekday: RRuleOptions.DayOfWeek? {
        only("BYDAY").flatMap { RRuleOptions.DayOfWeek(rawValue: $0) }
    }

    var month: Int? { only("BYMONTH").flatMap { Int($0) } }

    /// The day of the month; a last day is the 31st, as a month too short for it takes its last.
    var dayOfMonth: Int? {
        guard let days = values["BYMONTHDAY"]?.compactMap({ Int($0) }) else { return nil }
        if days == [-1] { return 31 }
        if days.count == 1 { return days[0] > 0 ? days[0] : nil }
        let clamped = Array(28...31).prefix(days.count)
        return values["BYSETPOS"] == ["-1"] && days == Array(clamped) ? clamped.last : nil
    }

    private func only(_ name: String) -> String? {
        guard let values = values[name], values.count == 1 else { return nil }
        return values[0]
    }
}
