package import Recurrence
package import Tasks

extension RRuleOptions {
    /// The recurrence that the options mean.
    ///
    /// Hours are elapsed time, so that a clock change moves nothing. Days, weeks, months and years
    /// are those of the location's calendar, and the time of day is what its clocks show at
    /// ``startDate``, less fractions of a second: nine o'clock stays nine o'clock. Where a month is
    /// too short for a day, its last day counts. The interval counts from the first match on.
    ///
    /// - Parameters:
    ///   - zone: The location's zone.
    ///   - wording: The options as they were sent, as JSON.
    /// - Returns: The recurrence with the first match as its start.
    /// - Throws: ``Contradiction``.
    package func recurrence(in zone: Zone, wording: String) throws -> DueRecurrence {
        let dates = MatchingDates(of: self, in: zone)
        let start = dates.first
        if let endDate {
            guard endDate.timestamp >= startDate.timestamp else {
                throw Contradiction.endsBeforeStart
            }
            guard endDate.timestamp >= start.timestamp else {
                throw Contradiction.endsBefore(HighLevelDate(start.timestamp))
            }
        }
        return DueRecurrence(
            start: start,
            rule: SeriesRule(try rule(of: dates)),
            dueAfter: dueAfterSeconds,
            dueZone: zone,
            occurrenceLimit: count,
            whileOverdue: createTaskIfOverDue ? .create : .skip,
            wording: wording
        )
    }

    /// Why the options, each of them right, cannot be meant together.
    package enum Contradiction: Error, Hashable {
        case endsBeforeStart
        /// The end precedes the first occurrence, which is at this time.
        case endsBefore(HighLevelDate)

        /// The violation, without the path to the options.
        package var violation: String {
            switch self {
            case .endsBeforeStart: "endDate must not be earlier than startDate"
            case .endsBefore(let date):
                "endDate must not be earlier than the first occurrence, which is at \(date.text)"
            }
        }
    }

    /// The rule as any reader of RFC 5545 understands it, without its extensions.
    private func rule(of dates: MatchingDates) throws -> RecurrenceRule {
        let days = dates.monthDays.map(Array.init) ?? []
        return try RecurrenceRule(
            frequency: intervalType.frequency,
            interval: interval,
            byMonth: intervalType == .yearly ? [dates.month] : [],
            byMonthDay: days,
            byDay: intervalType == .weekly ? [.every(dates.weekday)] : [],
            bySetPosition: days.count > 1 ? [-1] : [],
            end: endDate.map { .until(.instant($0.timestamp)) } ?? .never
        )
    }
}

extension RRuleOptions.IntervalType {
    fileprivate var frequency: RecurrenceRule.Frequency {
        switch self {
        case .yearly: .yearly
        case .monthly: .monthly
        case .weekly: .weekly
        case .daily: .daily
        case .hourly: .hourly
        }
    }
}

/// The dates that options name, whatever their interval.
private struct MatchingDates {
    private let intervalType: RRuleOptions.IntervalType
    /// Whose clocks the dates are read from: UTC's for hours, or else the location's.
    private let zone: Zone
    private let start: LocalDateTime
    let weekday: RecurrenceRule.Weekday
    let month: Int
    private let day: Int

    init(of options: RRuleOptions, in zone: Zone) {
        intervalType = options.intervalType
        self.zone = intervalType == .hourly ? .utc : zone
        start = self.zone.localDateTime(at: options.startDate.timestamp)
        let (_, startMonth, startDay) = start.date.components
        weekday = options.dayOfWeek?.weekday ?? start.date.dayOfWeek
        month = options.monthOfYear ?? startMonth
        day = options.dayOfMonth ?? startDay
    }

    /// The first match on or after the start; a time that the clocks show twice means the first
    /// (RFC 5545, section 3.3.5).
    var first: WallClockTime {
        let local = LocalDateTime(firstDate, secondOfDay: start.secondOfDay)
        return WallClockTime(local: local, zone: zone)
    }

    private var firstDate: CivilDate {
        let date = start.date
        let (year, startMonth, _) = date.components
        let candidates: [CivilDate]
        switch intervalType {
        case .hourly, .daily: return date
        case .weekly:
            let days = weekday.rawValue - date.dayOfWeek.rawValue
            return date.advanced(byDays: (days + 7) % 7)
        case .monthly:
            let isDecember = startMonth == 12
            candidates = [
                CivilDate(day, orLastOfMonth: startMonth, year: year),
                CivilDate(
                    day,
                    orLastOfMonth: isDecember ? 1 : startMonth + 1,
                    year: isDecember ? year + 1 : year
                ),
            ]
        case .yearly:
            candidates = [
                CivilDate(day, orLastOfMonth: month, year: year),
                CivilDate(day, orLastOfMonth: month, year: year + 1),
            ]
        }
        return candidates[0] >= date ? candidates[0] : candidates[1]
    }

    /// The days of the month of which a rule takes the last that there is: one where every month
    /// has it, none where the options name no day of the month.
    var monthDays: ClosedRange<Int>? {
        switch intervalType {
        case .hourly, .daily, .weekly: nil
        case .monthly: Self.monthDays(upTo: day, inMonthsOf: 28...31)
        case .yearly: Self.monthDays(upTo: day, inMonthsOf: Self.lengths(of: month))
        }
    }

    /// How many days a month has, in a common year and in a leap year.
    private static func lengths(of month: Int) -> ClosedRange<Int> {
        let ofCommonYear = CivilDate.dayCount(ofMonth: month, year: 2001)
        return ofCommonYear...CivilDate.dayCount(ofMonth: month, year: 2000)
    }

    private static func monthDays(
        upTo day: Int,
        inMonthsOf lengths: ClosedRange<Int>
    ) -> ClosedRange<Int> {
        let day = min(day, lengths.upperBound)
        return min(day, lengths.lowerBound)...day
    }
}

extension CivilDate {
    /// A day of a month, or the month's last where it has no such day.
    fileprivate init(_ day: Int, orLastOfMonth month: Int, year: Int) {
        let last = CivilDate.dayCount(ofMonth: month, year: year)
        guard let date = CivilDate(year: year, month: month, day: min(day, last)) else {
            preconditionFailure("the years of options lie well within the calendar")
        }
        self = date
    }
}
