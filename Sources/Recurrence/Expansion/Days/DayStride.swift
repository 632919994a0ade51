/// Which days INTERVAL keeps, such as those of every second week.
enum DayStride {
    case every
    /// Every so many years, counted from the year `origin`.
    case years(Int, origin: Int)
    /// Every so many months, counted from the month `origin`; month 0 is January of year 0.
    case months(Int, origin: Int)
    /// Every so many weeks, counted from the week that begins with the day `origin`.
    case weeks(Int, origin: Int)
    /// Every so many days, counted from the day `origin`; days count from 1970-01-01.
    case days(Int, origin: Int)
    /// The days on which a step falls, where a step is longer than a day. The interval and the step
    /// `origin` are in units; a day has `countPerDay` units.
    case steps(Int, countPerDay: Int, origin: Int)
    /// The days whose number since 1970-01-01, divided by `of`, leaves one of the remainders.
    case remainders([Int], of: Int)

    /// Whether years of one ``YearShape/kind`` have the same days, apart from years that are left
    /// out as a whole.
    var dependsOnYearKindAlone: Bool {
        switch self {
        case .every, .years: true
        case .months(let interval, _): 12 % interval == 0
        case .weeks, .days, .steps, .remainders: false
        }
    }

    /// The distance in years between two years that can have days.
    var yearInterval: Int {
        if case .years(let interval, _) = self { interval } else { 1 }
    }

    /// The first year, at or after `year`, that is not left out as a whole; 10,000 where there is
    /// none up to 9999.
    func firstYear(from year: Int) -> Int {
        switch self {
        case .every: return year
        case .years(let interval, let origin): return year + (origin - year).modulo(interval)
        case .months(let interval, let origin):
            return year + (origin - year * 12).modulo(interval) / 12
        case .weeks, .days, .steps, .remainders:
            let day = YearShape.firstDay(of: year)
            let distance = distance(from: day)
            if distance < 365 { return year }
            let isLate = day + distance > CivilDate.latest.daysSince1970
            return isLate ? 10_000 : YearShape.year(of: day + distance)
        }
    }

    /// How many days after `day` the first day lies that is not left out; 0 for `day` itself.
    private func distance(from day: Int) -> Int {
        switch self {
        case .every, .years, .months: 0
        // A week may have begun before the day.
        case .weeks(let interval, let origin):
            max((origin - day + 6).modulo(interval * 7) - 6, 0)
        case .days(let interval, let origin): (origin - day).modulo(interval)
        case .steps(let interval, let countPerDay, let origin):
            (origin - day * countPerDay).modulo(interval) / countPerDay
        case .remainders(let remainders, let period):
            remainders.reduce(period) { min($0, ($1 - day).modulo(period)) }
        }
    }

    /// The last year, at or before `year`, that an interval of years does not leave out.
    func lastYear(through year: Int) -> Int {
        guard case .years(let interval, let origin) = self else { return year }
        return year - (year - origin).modulo(interval)
    }

    /// Removes the days that INTERVAL leaves out.
    func limit(_ days: YearMask, _ shape: YearShape) -> YearMask {
        switch self {
        case .every, .years: return days
        case .months(let interval, let origin):
            var mask = YearMask()
            let first = (origin - shape.year * 12).modulo(interval)
            for month in Swift.stride(from: first, to: 12, by: interval) {
                mask.insert(
                    shape.dayCount(beforeMonth: month)..<shape.dayCount(beforeMonth: month + 1)
                )
            }
            return mask.intersection(days)
        case .weeks(let interval, let origin):
            var mask = YearMask()
            // A week may have begun in the year before.
            let first = (origin - shape.firstDay + 6).modulo(interval * 7) - 6
            for index in Swift.stride(from: first, to: shape.dayCount, by: interval * 7) {
                mask.insert(0x7F, at: index)
            }
            return mask.intersection(days)
        case .days(let interval, let origin):
            var mask = YearMask()
            let first = (origin - shape.firstDay).modulo(interval)
            for index in Swift.stride(from: first, to: shape.dayCount, by: interval) {
                mask.insert(1, at: index)
            }
            return mask.intersection(days)
        case .remainders(let remainders, let period):
            var mask = YearMask()
            for remainder in remainders {
                let first = (remainder - shape.firstDay).modulo(period)
                for index in Swift.stride(from: first, to: shape.dayCount, by: period) {
                    mask.insert(1, at: index)
                }
            }
            return mask.intersection(days)
        case .steps(let interval, let countPerDay, let origin):
            var mask = YearMask()
            let first = (origin - shape.firstDay * countPerDay).modulo(interval)
            if days.count < 32 {
                var day = days.first(from: 0)
                while let index = day {
                    let phase = (first - index * countPerDay).modulo(interval)
                    if phase < countPerDay { mask.insert(1, at: index) }
                    day = days.first(from: index + 1)
                }
                return mask
            }
            let end = shape.dayCount * countPerDay
            for step in Swift.stride(from: first, to: end, by: interval) {
                mask.insert(1, at: step / countPerDay)
            }
            return mask.intersection(days)
        }
    }
}
