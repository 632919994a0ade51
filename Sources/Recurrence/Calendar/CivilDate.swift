/// A day of the proleptic Gregorian calendar, without a time and without a zone.
///
/// Years run from 1 to 9999, because RFC 5545 writes four digits.
public struct CivilDate: Hashable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSince1970: Int

    /// The first day that can be named: 0001-01-01.
    public static let earliest = CivilDate(daysSince1970: -719_162)
    /// The last day that can be named: 9999-12-31.
    public static let latest = CivilDate(daysSince1970: 2_932_896)

    /// Creates the day that lies a number of days after 1970-01-01.
    public init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// Creates a day from its parts, or nothing where the calendar has no such day.
    ///
    /// - Complexity: O(1).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.dayCount(ofMonth: month, year: year)
        else { return nil }
        daysSince1970 = CivilDate.days(year: year, month: month, day: day)
    }

    /// The year, the month (1 to 12) and the day of the month (1 to 31).
    ///
    /// - Complexity: O(1).
    public var components: (year: Int, month: Int, day: Int) {
        // Years that begin in March put the leap day last.
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day that lies a number of days later.
    ///
    /// - Complexity: O(1).
    public func advanced(byDays count: Int) -> CivilDate {
        CivilDate(daysSince1970: daysSince1970 + count)
    }

    /// The day of the week, 0 for Monday.
    package var weekday: Int { YearShape.weekday(of: daysSince1970) }

    /// How many days a month has.
    ///
    /// - Complexity: O(1).
    public static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Tells whether a year has a February 29th.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension CivilDate: Comparable {
    /// Tells whether one day is before another.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}
