package import Recurrence

/// The occurrences of a series with what its policies make of each.
///
/// What is previewed, what is made ahead and what is made when it comes are all decided here. It is
/// the same for a slot whenever it is asked, as long as the series and the facts are the same.
package struct SeriesCourse: Sendable {
    package let set: SeriesOccurrences
    package let series: RecurringTask
    package let zone: Zone
    package let calendar: DayCalendar?
    private let facts: PolicyFacts

    /// Prepares the course of a series; none if it has no rule or was deleted.
    ///
    /// - Parameters:
    ///   - series: The series.
    ///   - zone: The zone in which its rule is expanded.
    ///   - facts: What its policies need to know. A calendar that is not among them has no days off.
    package init?(of series: RecurringTask, in zone: Zone, knowing facts: PolicyFacts) {
        guard !series.isDeleted, let set = series.occurrences(in: zone) else { return nil }
        self.set = set
        self.series = series
        self.zone = zone
        self.facts = facts
        calendar = series.policies.dayOff.flatMap { facts.calendars[$0.calendarID] }
    }

    /// Decides what becomes of an occurrence.
    ///
    /// - Parameters:
    ///   - occurrence: An occurrence of ``set``, or of a task that is counted from a completion.
    ///   - ordinal: Its place among the occurrences, from 0, where the set does not know it.
    /// - Returns: What becomes of it. It costs a search for its ordinal where users take turns with
    ///   every occurrence.
    package func planned(_ occurrence: Occurrence, ordinal: Int? = nil) -> PlannedOccurrence {
        var planned = PlannedOccurrence(occurrence: occurrence, due: occurrence)
        let policies = series.policies
        if let endedAt = policies.endedAt, occurrence.timestamp >= endedAt {
            planned.omission = .ended
            return planned
        }
        if policies.pause?.contains(occurrence.timestamp) ?? false {
            planned.omission = .paused
            return planned
        }
        let date = occurrence.recurrenceID.date
        if let then = policies.dayOff?.then, let calendar, calendar.isDayOff(date) {
            switch then {
            case .keep: break
            case .skip:
                planned.omission = .dayOff
                return planned
            case .before: planned.due = moved(occurrence, from: date, step: -1, by: calendar)
            case .after: planned.due = moved(occurrence, from: date, step: 1, by: calendar)
            }
        }
        planned.turn = turn(of: occurrence, on: planned.due.recurrenceID.date, ordinal: ordinal)
        return planned
    }

    /// What becomes of a slot that a task has.
    ///
    /// A slot that the rule does not have any more is planned like one that it has.
    package func planned(slot: LocalDateTime) -> PlannedOccurrence {
        planned(Occurrence(recurrenceID: slot, timestamp: set.timestamp(of: slot)))
    }

    private func moved(
        _ occurrence: Occurrence,
        from date: CivilDate,
        step: Int,
        by calendar: DayCalendar
    ) -> Occurrence {
        guard let day = calendar.workingDay(from: date, step: step) else { return occurrence }
        let local = LocalDateTime(day, secondOfDay: occurrence.recurrenceID.secondOfDay)
        return Occurrence(recurrenceID: local, timestamp: zone.timestamp(of: local))
    }

    // MARK: - Turns

    private func turn(
        of occurrence: Occurrence,
        on day: CivilDate,
        ordinal: Int?
    ) -> PlannedOccurrence.Turn? {
        guard let rotation = series.policies.rotation else { return nil }
        let count = rotation.userIDs.count
        let first = place(of: occurrence, in: rotation, ordinal: ordinal)
        var absentIDs: [Identifier<User>] = []
        for offset in 0..<count {
            let userID = rotation.userIDs[(first + offset) % count]
            if facts.isPresent(userID, on: day) {
                return PlannedOccurrence.Turn(userID: userID, absentIDs: absentIDs)
            }
            absentIDs.append(userID)
        }
        // Where nobody is there, the turn stays with whose it is.
        return PlannedOccurrence.Turn(userID: rotation.userIDs[first], absentIDs: absentIDs)
    }

    /// The place in a rotation of whose turn an occurrence is.
    func place(of occurrence: Occurrence, in rotation: AssigneeRotation, ordinal: Int?) -> Int {
        let slot = occurrence.recurrenceID
        let steps =
            switch rotation.by {
            case .occurrence: ordinal ?? set.ordinal(of: slot) ?? 0
            case .day: slot.date.daysSince1970 - series.start.date.daysSince1970
            case .week: week(of: slot.date) - week(of: series.start.date)
            }
        let count = rotation.userIDs.count
        let place = (rotation.firstTurn + steps) % count
        return place < 0 ? place + count : place
    }

    /// The number of the week that a day lies in, by the first day of the rule's weeks.
    private func week(of date: CivilDate) -> Int {
        let weekStart = series.rule?.rule.weekStart.rawValue ?? 0
        // 1970-01-05 was a Monday.
        let days = date.daysSince1970 - 4 - weekStart
        return days >= 0 ? days / 7 : (days - 6) / 7
    }
}

// MARK: - When occurrences come

extension SeriesCourse {
    /// Whether each occurrence is due at its own time or not at all.
    private var keepsTimes: Bool {
        switch series.policies.dayOff?.then {
        case nil, .keep, .skip: true
        case .before, .after: false
        }
    }

    /// The occurrences after a slot, by slot, each with when it comes.
    ///
    /// An occurrence comes when it is due, or when a later one is due that a day off moved before it:
    /// so occurrences come in the order of their slots. Those of a pause are left out where the pause
    /// is passed at once; after a pause without end, or after the end of the series, there are none.
    package func coming(after slot: LocalDateTime) -> ComingOccurrences {
        ComingOccurrences(of: self, keepingTimes: keepsTimes, after: slot)
    }

    /// The first occurrence that makes a task and is due after a point in time, as far as no more
    /// than 1,000 others are passed over.
    package func next(after timestamp: Timestamp) -> PlannedOccurrence? {
        let first = earliestSlot(dueAfter: timestamp)
        var rest = AnyIterator(set.occurrences(from: first).makeIterator())
        var course = AscendingCourse(of: self)
        for _ in 0..<1000 {
            guard let occurrence = rest.next() else { return nil }
            let planned = course.planned(occurrence)
            switch planned.omission {
            case .ended: return nil
            case .paused:
                guard let until = series.policies.pause?.until else { return nil }
                rest = AnyIterator(set.occurrences(from: until).makeIterator())
            case .dayOff: break
            case nil: if planned.due.timestamp > timestamp { return planned }
            }
        }
        return nil
    }

    /// A point in time before which no occurrence is that is due after another one.
    func earliestSlot(dueAfter timestamp: Timestamp) -> Timestamp {
        guard series.policies.dayOff?.then == .after, let calendar else { return timestamp }
        // The days off before a working day are due on it.
        let date = zone.localDateTime(at: timestamp).date
        let last = calendar.workingDay(from: date, step: -1) ?? date.advanced(byDays: -366)
        return zone.timestamp(of: LocalDateTime(max(last, .earliest)))
    }
}

/// Occurrences with when they come; see ``SeriesCourse/coming(after:)``.
package struct ComingOccurrences: Sequence, IteratorProtocol {
    private let course: SeriesCourse
    private var planning: AscendingCourse
    private let keepsTimes: Bool
    private var rest: AnyIterator<Occurrence>
    private var ahead: PlannedOccurrence?
    /// The occurrences that are due on one day, in reverse.
    private var group: [(planned: PlannedOccurrence, comesAt: Timestamp)] = []
    private var isEnded = false

    /// The most occurrences of one day that are looked at together.
    private static let groupLimit = 2000

    init(of course: SeriesCourse, keepingTimes: Bool, after slot: LocalDateTime) {
        self.course = course
        planning = AscendingCourse(of: course)
        keepsTimes = keepingTimes
        rest = AnyIterator(course.set.occurrences(after: slot).makeIterator())
    }

    package mutating func next() -> (planned: PlannedOccurrence, comesAt: Timestamp)? {
        if keepsTimes { return advance().map { ($0, $0.due.timestamp) } }
        if group.isEmpty { fillGroup() }
        return group.popLast()
    }

    private mutating func fillGroup() {
        guard let first = ahead ?? advance() else { return }
        ahead = nil
        var sameDay = [first]
        while sameDay.count < Self.groupLimit, let next = advance() {
            guard next.due.recurrenceID.date == first.due.recurrenceID.date else {
                ahead = next
                break
            }
            sameDay.append(next)
        }
        var comesAt: Timestamp?
        for planned in sameDay.reversed() {
            let earliest = Swift.min(planned.due.timestamp, comesAt ?? planned.due.timestamp)
            comesAt = earliest
            group.append((planned, earliest))
        }
    }

    /// The next occurrence that is not one of a pause.
    private mutating func advance() -> PlannedOccurrence? {
        while !isEnded, let occurrence = rest.next() {
            let planned = planning.planned(occurrence)
            switch planned.omission {
            case nil, .dayOff: return planned
            case .ended: isEnded = true
            case .paused:
                guard let until = course.series.policies.pause?.until else {
                    isEnded = true
                    break
                }
                rest = AnyIterator(course.set.occurrences(from: until).makeIterator())
            }
        }
        return nil
    }
}
