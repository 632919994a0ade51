/// The days of a rule whose SKIP moves those that do not exist (RFC 7529, section 4.1).
///
/// INTERVAL applies to the month or year from which a day is moved, not to the one into which it is
/// moved. BYSETPOS counts the day where it is after the move.
struct SkippedDays {
    private let isForward: Bool
    private let months: UInt16
    private let monthDays: [Int]
    private let yearDays: [Int]
    private let interval: Int
    /// The start's month, counted from January of year 0, or its year for yearly rules.
    private let origin: Int
    private let isMonthly: Bool

    /// Nothing where the rule moves no days.
    init?(_ rule: RecurrenceRule, start: LocalDateTime, _ parts: DayParts) {
        guard rule.frequency == .monthly || rule.frequency == .yearly,
            !parts.monthDays.isEmpty || !parts.yearDays.isEmpty
        else { return nil }
        isForward = rule.skip == .forward
        months = parts.months == 0 ? 0xFFF : parts.months
        monthDays = parts.monthDays.numbers
        yearDays = parts.yearDays
        interval = rule.interval
        isMonthly = rule.frequency == .monthly
        let (year, month, _) = start.date.components
        origin = isMonthly ? year * 12 + month - 1 : year
    }

    func mask(_ shape: YearShape) -> YearMask {
        var mask = YearMask(below: shape.dayCount)
        if !monthDays.isEmpty { mask = mask.intersection(monthMask(shape)) }
        if !yearDays.isEmpty { mask = mask.intersection(yearMask(shape)) }
        return mask
    }

    private func isChosen(month: Int, of year: Int) -> Bool {
        guard months >> UInt16(month) & 1 == 1 else { return false }
        let place = isMonthly ? year * 12 + month : year
        return (place - origin).modulo(interval) == 0
    }

    private func monthMask(_ shape: YearShape) -> YearMask {
        var mask = YearMask()
        for month in 0..<12 where isChosen(month: month, of: shape.year) {
            let first = shape.dayCount(beforeMonth: month)
            let end = shape.dayCount(beforeMonth: month + 1)
            for day in monthDays {
                let index = day > 0 ? first + day - 1 : end + day
                // January and December have 31 days, so no day is moved out of the year.
                let moved =
                    index >= end
                    ? (isForward ? end : end - 1)
                    : index < first ? (isForward ? first : first - 1) : index
                mask.insert(1, at: moved)
            }
        }
        return mask
    }

    private func yearMask(_ shape: YearShape) -> YearMask {
        var mask = YearMask()
        for year in shape.year - 1...shape.year + 1 where (year - origin).modulo(interval) == 0 {
            let source = YearShape(year)
            for day in yearDays {
                let index = day > 0 ? day - 1 : source.dayCount + day
                let moved: Int
                switch index {
                case ..<0: moved = isForward ? 0 : -1
                case source.dayCount...: moved = isForward ? source.dayCount : source.dayCount - 1
                default: moved = index
                }
                let place = source.firstDay + moved - shape.firstDay
                if (0..<shape.dayCount).contains(place) { mask.insert(1, at: place) }
            }
        }
        guard months != 0xFFF else { return mask }
        var allowed = YearMask()
        for month in 0..<12 where months >> UInt16(month) & 1 == 1 {
            allowed.insert(
                shape.dayCount(beforeMonth: month)..<shape.dayCount(beforeMonth: month + 1)
            )
        }
        return mask.intersection(allowed)
    }
}
