import Recurrence

/// Puts a rule's meaning into the words of a language.
struct RuleSpeaker {
    private typealias Frequency = RecurrenceRule.Frequency

    private let meaning: RuleMeaning
    private let grammar: any RecurrenceGrammar

    /// The most times of day that are said one by one.
    private static let timeLimit = 24
    /// With at least this many times, equal steps are said as steps.
    private static let stepsMinimum = 5

    private var rule: RecurrenceRule { meaning.rule }

    init(_ meaning: RuleMeaning, _ grammar: any RecurrenceGrammar) {
        self.meaning = meaning
        self.grammar = grammar
    }

    /// The words; nothing where there are too many times of day.
    func words() -> String? {
        guard let times = timeWords() else { return nil }
        let isEveryDay = rule.frequency == .daily && rule.interval == 1 && rule.months == 0
        var words = isEveryDay && times.isSteps ? [] : [dayWords()]
        if rule.weekStart != .monday { words.append(grammar.weeks(startingOn: rule.weekStart)) }
        if let note = skipNote() { words.append(grammar.note(note)) }
        var text = words.joined(separator: " ")
        if !times.text.isEmpty {
            text += (text.isEmpty ? "" : times.isSteps ? ", " : " ") + times.text
        }
        switch rule.end {
        case .never: break
        case .count(let count): text += ", \(grammar.times(count))"
        case .until(.date(let date)): text += " \(grammar.until(date, at: nil))"
        case .until(.local(let local)):
            text += " \(grammar.until(local.date, at: local.secondOfDay))"
        case .until(.instant): return nil
        }
        return text
    }

    // MARK: Days

    private var months: [Int] { rule.months.indicesOfSetBits.map { $0 + 1 } }

    private var monthDays: [Int] { rule.monthDays.numbers.sorted(by: isSaidFirst) }

    private func dayWords() -> String {
        switch rule.frequency {
        case .secondly, .minutely, .hourly, .daily:
            let cycle = grammar.every(rule.frequency, interval: rule.interval)
            return join([cycle, withinMonths(), onlyMonthDays(), onlyWeekdays()])
        case .weekly:
            let days = grammar.weekly(rule.weekdays, interval: rule.interval)
            return join([days, withinMonths()])
        case .monthly: return monthlyWords()
        case .yearly: return yearlyWords()
        }
    }

    private func monthlyWords() -> String {
        let days = daysOfMonth()
        if rule.interval == 1 {
            if let weekday = rule.weekdays.singleWeekday, let day = singleMonthDay {
                return grammar.each(weekday, onMonthDay: day)
            }
            let period = rule.months == 0 ? grammar.ofEach(.monthly) : grammar.of(months: months)
            return join([days, period, onlyWeekdays()])
        }
        let cycle = grammar.every(.monthly, interval: rule.interval)
        let only = rule.months == 0 ? nil : grammar.only(grammar.within(months: months))
        return join([cycle, grammar.on(days), only, onlyWeekdays()])
    }

    private func yearlyWords() -> String {
        let cycle = grammar.every(.yearly, interval: rule.interval)
        if rule.months == 0 {
            let days = daysOfYear()
            let isEach = rule.interval == 1
            let words = isEach ? [days, grammar.ofEach(.yearly)] : [cycle, grammar.on(days)]
            return join(words + [onlyWeekdays()])
        }
        if let day = singleMonthDay, let month = months.first, months.count == 1 {
            let date = grammar.date(day: day, month: month)
            return join([cycle, grammar.on(date), onlyWeekdays()])
        }
        let isAll = rule.months == RecurrenceRule.allMonths
        let period = isAll ? grammar.ofEach(.monthly) : grammar.of(months: months)
        return join([cycle, grammar.on(daysOfMonth()), period, onlyWeekdays()])
    }

    private func daysOfMonth() -> String {
        if let (day, isAfter) = rule.nearDay {
            return grammar.near(grammar.picks(rule.setPositions, of: rule.weekdays), day, isAfter)
        }
        if !rule.monthDays.isEmpty {
            let days = grammar.monthDays(monthDays)
            return saysOrLastDay ? grammar.orLastDay(days) : days
        }
        return weekdays()
    }

    private func daysOfYear() -> String {
        if !rule.weekNumbers.isEmpty {
            let weeks = rule.weekNumbers.numbers.sorted(by: isSaidFirst)
            return grammar.days(rule.weekdays, ofWeeks: weeks)
        }
        if !rule.yearDays.isEmpty {
            return grammar.yearDays(rule.yearDays.sorted(by: isSaidFirst))
        }
        return weekdays()
    }

    /// Weekdays within a month or a year: numbered, picked by BYSETPOS, all, or numbered and all.
    private func weekdays() -> String {
        if !rule.ordinalWeekdays.isEmpty {
            let weekdays = rule.ordinalWeekdays.sorted { isSaidFirst($0.ordinal, $1.ordinal) }
            let ordinals = grammar.ordinalWeekdays(weekdays)
            return rule.weekdays == 0
                ? ordinals : grammar.both(grammar.each(rule.weekdays), ordinals)
        }
        if rule.setPositions.isEmpty { return grammar.each(rule.weekdays) }
        return grammar.picks(rule.setPositions.sorted(by: isSaidFirst), of: rule.weekdays)
    }

    // MARK: What limits the days

    private var singleMonthDay: Int? {
        let days = rule.monthDays.numbers
        guard days.count == 1, let day = days.first, day > 0, !saysOrLastDay else { return nil }
        return day
    }

    private func withinMonths() -> String? {
        rule.months == 0 ? nil : grammar.within(months: months)
    }

    private func onlyMonthDays() -> String? {
        rule.monthDays.isEmpty ? nil : grammar.only(grammar.on(grammar.monthDays(monthDays)))
    }

    /// The weekdays on which another part's days must fall; nothing where weekdays are themselves
    /// said as the days.
    private func onlyWeekdays() -> String? {
        let areDays =
            rule.frequency.rawValue >= Frequency.monthly.rawValue && rule.monthDays.isEmpty
            && rule.yearDays.isEmpty
        if rule.weekdays == 0 || areDays || rule.nearDay != nil { return nil }
        return grammar.only(grammar.on(weekdays: rule.weekdays))
    }

    /// Whether the last day is used instead of missing days, in months of any length.
    private var saysOrLastDay: Bool {
        rule.skip == .backward && rule.monthDays.negative == 0
            && (rule.months == 0 || rule.months == RecurrenceRule.allMonths)
    }

    private func skipNote() -> SkipNote? {
        if rule.yearDays.contains(where: { abs($0) == 366 }) { return .otherYears }
        let shortest = rule.monthLengths.shortest
        guard rule.frequency.rawValue >= Frequency.monthly.rawValue,
            rule.monthDays.numbers.contains(where: { abs($0) > shortest })
        else { return nil }
        switch rule.skip {
        case .omit: return rule.months.nonzeroBitCount == 1 ? .otherYears : .shorterMonths
        case .backward: return saysOrLastDay ? nil : .dayBefore
        case .forward: return .dayAfter
        }
    }

    // MARK: Times

    /// The times of day, and whether they are said as steps.
    private func timeWords() -> (text: String, isSteps: Bool)? {
        let times = meaning.times
        guard let first = times.first, let last = times.last else { return ("", false) }
        if let step = equalStep() {
            let unit: Frequency =
                step % 3600 == 0 ? .hourly : step % 60 == 0 ? .minutely : .secondly
            let interval = unit == .hourly ? step / 3600 : unit == .minutely ? step / 60 : step
            return (grammar.every(unit, interval: interval, from: first, to: last), true)
        }
        return times.count <= RuleSpeaker.timeLimit ? (grammar.at(times), false) : nil
    }

    private func equalStep() -> Int? {
        let times = meaning.times
        guard times.count >= RuleSpeaker.stepsMinimum else { return nil }
        let steps = Set(zip(times.dropFirst(), times).map { $0 - $1 })
        return steps.count == 1 ? steps.first : nil
    }
}

/// Numbers from the beginning come first, then those from the end, both ascending.
private func isSaidFirst(_ left: Int, _ right: Int) -> Bool {
    (left < 0 ? 1 : 0, left) < (right < 0 ? 1 : 0, right)
}

private func join(_ words: [String?]) -> String {
    words.compactMap(\.self).joined(separator: " ")
}
