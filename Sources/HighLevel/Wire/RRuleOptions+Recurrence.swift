package import Recurrence
package import Tasks

extension RRuleOptions {
    /// The recurrence that the options mean.
    ///
    /// Hours are elapsed time, so a change of the clocks has no effect on them. Days, weeks, months
    /// and years are those of the location's calendar. The time of day is the location's local time
    /// at ``startDate``, without fractions of a second; it stays the same when the clocks change.
    /// Where the clocks show it twice, the first is meant (RFC 5545, section 3.3.5), but for an
    /// occurrence at ``startDate`` itself, which is then.
    /// Where a month is too short for a day, its last day counts. The interval counts from the
    /// first match.
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

    /// Why the options contradict each other, although each is valid by itself.
    package enum Contradiction: Error, Hashable {
        case endsBeforeStart
        /// The end precedes the first occurrence, which is at this time.
        case endsBefore(HighLevelDate)

        /// The violation, without the path to the options.
        var violation: String {
            switch self {
            case .endsBeforeStart: "endDate must not be earlier than startDate"
            case .endsBefore(let date):
                "endDate must not be earlier than the first occurrence, which is at \(date.text)"
            }
        }
    }

    /// The rule in plain RFC 5545, without extensions.
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

/// The dates that match the options, if the interval is ignored.
private struct MatchingDates {
    private let intervalType: RRuleOptions.IntervalType
    /// The zone of the dates: UTC for hourly options, else the location's.
    private let zone: Zone
    private let start: WallClockTime
    let weekday: RecurrenceRule.Weekday
    let month: Int
    private let day: Int

    init(of options: RRuleOptions, in zone: Zone) {
        intervalType = options.intervalType
        self.zone = intervalType == .hourly ? .utc : zone
        let second = Timestamp(seconds: options.startDate.timestamp.seconds)
        start = WallClockTime(at: second, in: self.zone)
        let (_, startMonth, startDay) = start.local.date.components
        weekday = options.dayOfWeek?.weekday ?? start.local.date.dayOfWeek
        month = options.monthOfYear ?? startMonth
        day = options.dayOfMonth ?? startDay
    }

    /// The first match on or after the start.
    var first: WallClockTime {
        let date = firstDate
        if date == start.local.date { return start }
        let local = LocalDateTime(date, secondOfDay: start.local.secondOfDay)
        return WallClockTime(local: local, zone: zone)
    }

    private var firstDate: CivilDate {
        let date = start.local.date
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

    /// The days of the month for the rule, which takes the last of them that a month has.
    ///
    /// It is a single day where every such month has that day. It is nil where the options are
    /// hourly, daily or weekly.
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
    /// A day of a month, or the month's last day if the month is shorter.
    fileprivate init(_ day: Int, orLastOfMonth month: Int, year: Int) {
        let last = CivilDate.dayCount(ofMonth: month, year: year)
        guard let date = CivilDate(year: year, month: month, day: min(day, last)) else {
            preconditionFailure("the years of options lie well within the calendar")
        }
        self = date
    }
}
