/// What the calendar of a year looks like.
///
/// Weekdays count from 0, Monday. A mask of days depends only on these facts. The calendar repeats
/// them every 400 years, which are 146,097 days or exactly 20,871 weeks.
struct YearShape {
    let year: Int
    /// January 1st, in days since 1970-01-01.
    let firstDay: Int
    /// The weekday of January 1st.
    let firstWeekday: Int
    let isLeap: Bool

    /// How many years the calendar takes to repeat.
    static let cycleYearCount = 400

    init(_ year: Int) {
        self.year = year
        firstDay = YearShape.firstDay(of: year)
        firstWeekday = YearShape.weekday(of: firstDay)
        isLeap = CivilDate.isLeap(year)
    }

    private init(year: Int, firstDay: Int, firstWeekday: Int) {
        self.year = year
        self.firstDay = firstDay
        self.firstWeekday = firstWeekday
        isLeap = CivilDate.isLeap(year)
    }

    /// The year after.
    var next: YearShape {
        let weekday = firstWeekday + (isLeap ? 2 : 1)
        return YearShape(
            year: year + 1,
            firstDay: firstDay + dayCount,
            firstWeekday: weekday < 7 ? weekday : weekday - 7
        )
    }

    var dayCount: Int { isLeap ? 366 : 365 }

    /// The year's kind, 0 to 27.
    ///
    /// It depends on the weekday of January 1st, and on which is a leap year: this year, the one
    /// before, the one after, or none of them. At most one of them is.
    var kind: Int {
        let leap =
            isLeap ? 0 : CivilDate.isLeap(year - 1) ? 1 : CivilDate.isLeap(year + 1) ? 2 : 3
        return leap * 7 + firstWeekday
    }

    static let kindCount = 28

    /// How many of the year's days come before a month, 0 for January to 12 for the year's end.
    func dayCount(beforeMonth index: Int) -> Int {
        YearShape.dayCount(beforeMonth: index, isLeap: isLeap)
    }

    static func dayCount(beforeMonth index: Int, isLeap: Bool) -> Int {
        // From March on, five months in a row have 153 days, spread as evenly as possible.
        index < 2 ? index * 31 : (index * 153 - 9) / 5 + (isLeap ? 1 : 0)
    }

    /// The month, 0 to 11, that holds a day of the year.
    func month(of index: Int) -> Int {
        var month = index / 32
        if index >= dayCount(beforeMonth: month + 1) { month += 1 }
        return month
    }

    static func firstDay(of year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
    }

    static func weekday(of day: Int) -> Int {
        (day + 3).modulo(7)
    }

    /// The year that contains a day; the day is in days since 1970-01-01.
    static func year(of day: Int) -> Int {
        CivilDate(daysSince1970: day).components.year
    }
}

extension Int {
    /// The remainder that has the divisor's sign: 0 up to, but not including, a positive divisor.
    package func modulo(_ divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// The quotient, rounded down.
    func floorDivided(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The greatest common divisor with a positive number.
    func greatestCommonDivisor(_ other: Int) -> Int {
        var (left, right) = (self, other)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }

    /// The inverse of this number modulo a divisor: their product leaves the remainder 1.
    ///
    /// The number and the divisor must have no common divisor except 1.
    func inverse(modulo divisor: Int) -> Int {
        var (left, right) = (modulo(divisor), divisor)
        var (inverse, next) = (1, 0)
        while right != 0 {
            let quotient = left / right
            (left, right) = (right, left - quotient * right)
            (inverse, next) = (next, inverse - quotient * next)
        }
        return inverse.modulo(divisor)
    }
}
