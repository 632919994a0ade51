package import Recurrence

/// How far ahead the occurrences of a series are stored as tasks.
///
/// A finite rule with few occurrences is stored completely. Of any other rule, all occurrences are
/// stored that come within the horizon's length after now or after the series' start, whichever is
/// later. At least one is always stored. The horizon moves by a day or more at a time, in steps of
/// bounded size. If the rule is so dense that a step ends before the horizon does, the next move
/// comes when half of the step is past.
package struct Horizon: Hashable, Sendable {
    /// How far the horizon lies ahead.
    package var length: Duration

    /// The most tasks that one step makes.
    ///
    /// A rule with more occurrences is not stored completely at once.
    package static let stepLimit = 720
    /// How far ahead a reader may look.
    static let lookAheadLimit = Duration.days(3_653)
    /// The most tasks that a series may have ahead of now because a reader looked.
    ///
    /// It is also the most missed occurrences that a series catches up with; earlier ones are given
    /// up.
    package static let taskLimit = 5_000

    /// How many tasks one query makes at most because it looks ahead, of all series together.
    package static let queryLimit = 3_600

    /// How many tasks one transaction makes at most because a reader looked.
    package static let lookAheadStep = 120

    package init(length: Duration = .days(366)) {
        precondition(length >= .days(1), "a horizon is at least a day long")
        self.length = length
    }

    /// What one move of the horizon makes.
    package struct Step: Hashable, Sendable {
        package var occurrences: [Occurrence]
        /// The clock with the time of the next move; none if the rule ends with this step.
        package var clock: SeriesClock?
    }

    /// The occurrences that a series begins with.
    func firstStep(of set: SeriesOccurrences, at now: Timestamp) -> Step {
        let head = Array(set.occurrences().prefix(Horizon.stepLimit + 1))
        guard let first = head.first, head.count > Horizon.stepLimit else {
            return Step(occurrences: head, clock: nil)
        }
        let bound = max(now, first.timestamp).advanced(by: length)
        let count = head.firstIndex { $0.timestamp > bound } ?? Horizon.stepLimit
        let occurrences = Array(head.prefix(max(count, 1)))
        return Step(
            occurrences: occurrences,
            clock: clock(of: set, storedThrough: occurrences, at: now)
        )
    }

    /// The occurrences that a series has stored from now on after it was changed.
    func step(of course: SeriesCourse, at now: Timestamp) -> Step {
        let set = course.set
        let head = Array(
            set.occurrences(from: course.earliestSlot(dueAfter: now))
                .prefix(Horizon.stepLimit + 1)
        )
        guard let first = head.first, head.count > Horizon.stepLimit else {
            return Step(occurrences: head, clock: nil)
        }
        let bound = max(now, first.timestamp).advanced(by: length)
        let count = head.firstIndex { $0.timestamp > bound } ?? Horizon.stepLimit
        let occurrences = Array(head.prefix(max(count, 1)))
        return Step(
            occurrences: occurrences,
            clock: clock(of: set, storedThrough: occurrences, at: now)
        )
    }

    /// The occurrences that are added when the horizon moves.
    ///
    /// If occurrences without a task came before now, only as many of them are added as the series
    /// is to catch up with. The earlier ones are given up.
    func nextStep(
        of set: SeriesOccurrences,
        after clock: SeriesClock,
        catchingUp catchUp: CatchUp,
        at now: Timestamp
    ) -> Step {
        let behind = ordinal(of: now, in: set) - ordinal(of: clock.materializedThrough, in: set)
        var last = clock.materializedThrough
        if behind > catchUp.limit,
            let resumed = set.occurrence(at: ordinal(of: now, in: set) - catchUp.limit)
        {
            last = resumed.recurrenceID
        }
        return step(
            of: set,
            after: last,
            upTo: now.advanced(by: length),
            limit: Horizon.stepLimit,
            at: now
        )
    }

    /// The occurrences that are not stored yet, up to the time that a reader looks at.
    ///
    /// Beyond ``lookAheadLimit`` a reader means whatever there is, and is shown it within the limits.
    ///
    /// - Throws: ``LookAheadRefused`` if the reader looks less far, and the series would have more
    ///   than ``taskLimit`` tasks ahead of now up to that time.
    package func step(
        of set: SeriesOccurrences,
        after clock: SeriesClock,
        lookingAt look: LookAhead,
        at now: Timestamp
    ) throws(LookAheadRefused) -> Step {
        let last = clock.materializedThrough
        let ahead = ordinal(of: last, in: set) - ordinal(of: now, in: set)
        let furthest = now.advanced(by: Horizon.lookAheadLimit)
        let limit = min(look.limit, max(0, Horizon.taskLimit - ahead))
        let step = step(
            of: set,
            after: last,
            upTo: min(look.bound, furthest),
            limit: limit,
            at: now
        )
        if look.bound <= furthest, limit < look.limit, step.occurrences.count == limit,
            let next = step.clock?.nextAt, next <= look.bound
        {
            throw LookAheadRefused(
                reason: "A series has more than \(Horizon.taskLimit) tasks up to that time"
            )
        }
        return step
    }

    /// The clock of a series whose tasks are stored through the last of these occurrences.
    package func clock(
        of set: SeriesOccurrences,
        storedThrough occurrences: [Occurrence],
        at now: Timestamp
    ) -> SeriesClock? {
        guard let last = occurrences.last,
            let next = set.occurrences(after: last.recurrenceID).first(where: { _ in true })
        else { return nil }
        let isWithinHorizon = next.timestamp <= now.advanced(by: length)
        let middle = occurrences[max(0, occurrences.count - Horizon.stepLimit / 2)]
        let shortened = next.timestamp.advanced(by: .zero - length)
        return SeriesClock(
            materializedThrough: last.recurrenceID,
            nextAt: next.timestamp,
            fireAt: isWithinHorizon ? middle.timestamp : max(shortened, nextMove(at: now))
        )
    }

    private func step(
        of set: SeriesOccurrences,
        after slot: LocalDateTime,
        upTo bound: Timestamp,
        limit: Int,
        at now: Timestamp
    ) -> Step {
        var occurrences: [Occurrence] = []
        var next: Occurrence?
        for occurrence in set.occurrences(after: slot) {
            guard occurrence.timestamp <= bound, occurrences.count < limit else {
                next = occurrence
                break
            }
            occurrences.append(occurrence)
        }
        guard occurrences.isEmpty, let next else {
            return Step(
                occurrences: occurrences,
                clock: clock(of: set, storedThrough: occurrences, at: now)
            )
        }
        let clock = SeriesClock(
            materializedThrough: slot,
            nextAt: next.timestamp,
            fireAt: nextMove(at: now)
        )
        return Step(occurrences: [], clock: clock)
    }

    private func nextMove(at now: Timestamp) -> Timestamp {
        now.advanced(by: .days(1))
    }

    /// How many occurrences come up to a time, less one.
    private func ordinal(of now: Timestamp, in set: SeriesOccurrences) -> Int {
        guard let last = set.previous(before: now, inclusive: true) else { return -1 }
        return ordinal(of: last.recurrenceID, in: set)
    }

    private func ordinal(of slot: LocalDateTime, in set: SeriesOccurrences) -> Int {
        set.ordinal(of: slot) ?? -1
    }
}

/// How far beyond what is stored a reader looks.
package struct LookAhead: Hashable, Sendable {
    /// The latest due time that the reader asks for.
    package var bound: Timestamp
    /// How many tasks are made for it in one transaction at most.
    package var limit: Int

    package init(bound: Timestamp, limit: Int) {
        self.bound = bound
        self.limit = limit
    }
}

extension Duration {
    package static func days(_ count: Int) -> Duration {
        .seconds(count * 86_400)
    }
}

extension CatchUp {
    /// The most missed occurrences that are carried out.
    package var limit: Int {
        switch self {
        case .latest: 1
        case .all: Horizon.taskLimit
        case .none: 0
        }
    }
}
