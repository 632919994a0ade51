import Recurrence

/// An end as it was said.
enum SaidEnd: Hashable {
    case count(Int)
    case until(SaidDay)
    /// Until a time of a day.
    case untilTime(CivilDate, Int)
    /// For a length from the first day on.
    case length(days: Int, months: Int)
}

/// A day as it was said.
enum SaidDay: Hashable {
    case date(CivilDate)
    /// The next such day of a year.
    case monthDay(month: Int, day: Int)
    /// The last day before the next such month.
    case beforeMonth(Int)
    /// The last day of the next such month.
    case endOfMonth(Int)
    /// The next such weekday, 0 for Monday.
    case weekday(Int)
}

extension SaidDay {
    /// Finds the day that is meant from an earliest day on.
    func date(from earliest: CivilDate) -> CivilDate {
        switch self {
        case .date(let date): return date
        case .monthDay(let month, let day):
            return SaidDay.next(month, day, from: earliest)
        case .beforeMonth(let month):
            return SaidDay.next(month, 1, from: earliest.advanced(byDays: 1)).advanced(byDays: -1)
        case .endOfMonth(let month):
            let (year, current, _) = earliest.components
            let day = CivilDate(year: current <= month ? year : year + 1, month: month, day: 1)
            return day?.monthsLater(1).advanced(byDays: -1) ?? .latest
        case .weekday(let weekday):
            return earliest.advanced(byDays: (weekday - earliest.weekday).modulo(7))
        }
    }

    /// The next day of a month; a leap day may be eight years away.
    private static func next(_ month: Int, _ day: Int, from earliest: CivilDate) -> CivilDate {
        let year = earliest.components.year
        for year in year...year + 8 {
            if let date = CivilDate(year: year, month: month, day: day), date >= earliest {
                return date
            }
        }
        return .latest
    }
}

extension SaidEnd {
    /// The end of a rule that starts on some day, where the phrase was said today.
    func end(start: CivilDate, today: CivilDate) -> RecurrenceRule.End {
        switch self {
        case .count(let count): return .count(count)
        case .untilTime(let date, let time):
            return .until(.local(LocalDateTime(date, secondOfDay: time)))
        case .until(let day): return .until(.date(day.date(from: max(start, today))))
        case .length(let days, let months):
            let next = start.monthsLater(months).daysLater(days)
            return .until(.date(next.advanced(byDays: -1)))
        }
    }
}

extension CivilDate {
    /// The day some months later, or the last day of that month; at most the last day of all.
    func monthsLater(_ count: Int) -> CivilDate {
        if count == 0 { return self }
        let (year, month, day) = components
        let months = year * 12 + month - 1 + count
        guard months < 120_000 else { return .latest }
        let length = CivilDate.dayCount(ofMonth: months % 12 + 1, year: months / 12)
        return CivilDate(year: months / 12, month: months % 12 + 1, day: min(day, length))
            ?? .latest
    }

    /// The day some days later; at most the last day of all.
    func daysLater(_ count: Int) -> CivilDate {
        min(advanced(byDays: min(count, 4_000_000)), .latest)
    }
}
