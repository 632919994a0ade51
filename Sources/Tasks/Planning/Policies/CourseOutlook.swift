package import Recurrence

/// What is unusual about the occurrences of a series within some years, and where.
package struct CourseOutlook: Hashable, Sendable {
    /// The dates that stand in for days that a month does not have.
    package private(set) var movedMonthEnds: [CivilDate] = []
    /// The months that have no such day and are passed over, by their first days.
    package private(set) var shortMonths: [CivilDate] = []
    /// The slots that the clocks skip.
    package private(set) var gaps: [Occurrence] = []
    /// The slots that the clocks show twice.
    package private(set) var overlaps: [Occurrence] = []
    /// The occurrences on days off.
    package private(set) var daysOff: [PlannedOccurrence] = []
    /// The occurrences whose turn falls on somebody absent.
    package private(set) var absences: [PlannedOccurrence] = []

    /// How far it looks, in days: five years.
    package static let dayCount = 1827
    /// How many occurrences it looks at.
    package static let occurrenceLimit = 5000

    /// Looks at a series from its start or a time on, whichever is later.
    package init(of course: SeriesCourse, from now: Timestamp) {
        let zone = course.zone
        let begin = max(now, course.set.timestamp(of: course.series.start))
        let end = begin.advanced(by: .days(Self.dayCount))
        var planning = AscendingCourse(of: course)
        for occurrence in course.set.occurrences(from: begin).prefix(Self.occurrenceLimit) {
            guard occurrence.timestamp < end else { break }
            let planned = planning.planned(occurrence)
            if zone.localDateTime(at: occurrence.timestamp) != occurrence.recurrenceID {
                gaps.append(occurrence)
            } else if zone.overlap(around: occurrence.recurrenceID) != nil {
                overlaps.append(occurrence)
            }
            if course.isDayOff(occurrence.recurrenceID.date) { daysOff.append(planned) }
            if planned.turn.map({ !$0.absentIDs.isEmpty }) ?? false { absences.append(planned) }
        }
        compareMonthEnds(of: course, from: begin, to: end)
    }

    /// Finds the months that lack the day, by what the rule does if their last day stands in for it.
    private mutating func compareMonthEnds(
        of course: SeriesCourse,
        from begin: Timestamp,
        to end: Timestamp
    ) {
        guard let rule = course.series.rule?.rule,
            rule.frequency == .monthly || rule.frequency == .yearly
        else { return }
        let slots = { (monthEnd: MonthEndPolicy) -> [LocalDateTime] in
            var series = course.series
            series.policies.monthEnd = monthEnd
            guard let set = series.occurrences(in: course.zone) else { return [] }
            return set.occurrences(from: begin).prefix(Self.occurrenceLimit)
                .prefix { $0.timestamp < end }.map(\.recurrenceID)
        }
        let plain = Set(slots(.skip))
        switch course.series.policies.monthEnd {
        case .skip:
            shortMonths = slots(.lastDay).filter { !plain.contains($0) }.map { slot in
                slot.date.advanced(byDays: 1 - slot.date.components.day)
            }
        case .lastDay, .nextDay:
            movedMonthEnds = slots(course.series.policies.monthEnd)
                .filter { !plain.contains($0) }.map(\.date)
        }
    }
}

extension SeriesCourse {
    /// Whether a day is off by the series' calendar.
    package func isDayOff(_ date: CivilDate) -> Bool { calendar?.isDayOff(date) ?? false }

    /// The name of a single day off; none of a weekend's.
    package func nameOfDayOff(_ date: CivilDate) -> String? { calendar?.days[date] }

    /// The first occurrences that make tasks, as the series would go on if nothing came between.
    ///
    /// Of a series that counts from completions each task is taken to be done when it is due.
    package func preview(count: Int) -> [PlannedOccurrence] {
        switch series.policies.repeats {
        case .onSchedule:
            var made: [PlannedOccurrence] = []
            let coming = coming(after: series.start.advanced(bySeconds: -1))
            for (planned, _) in coming.prefix(count + 5000) where planned.isMade {
                made.append(planned)
                if made.count == count { break }
            }
            return made
        case .afterCompletion:
            var chain: [PlannedOccurrence] = []
            while chain.count < count {
                let next: PlannedOccurrence?
                if let last = chain.last {
                    next = self.next(
                        doneAt: last.due.timestamp,
                        doneCount: chain.count,
                        after: last.slot
                    )
                } else {
                    next = first()
                }
                guard let next else { break }
                chain.append(next)
            }
            return chain
        }
    }
}
