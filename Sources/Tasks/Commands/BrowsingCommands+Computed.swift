package import Recurrence

extension TaskCommands {
    /// How the task of an occurrence is stored when it is written to.
    package func storing(
        _ slot: LocalDateTime,
        of seriesID: Identifier<RecurringTask>,
        at now: Timestamp
    ) -> OccurrenceStoring {
        let planner = TaskPlanner(horizon: horizon, now: now)
        return OccurrenceStoring(seriesID: seriesID, slot: slot) { [zones] entry, numbers in
            let zone = try zones.zone(named: entry.series.timeZone)
            let course = SeriesCourse(of: entry.series, in: zone, knowing: entry.policyFacts)
            guard let course, let planned = course.computed(slot, of: entry) else {
                return ChangePlan(.materialized)
            }
            return try planner.plan(storing: planned, of: course, numbers: &numbers)
        }
    }
}

extension TaskPlanner {
    /// Decides what stores the task of an occurrence before it is its turn.
    func plan(
        storing planned: PlannedOccurrence,
        of course: SeriesCourse,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        var task = course.task(at: planned)
        task = TaskInstance(
            id: try numbers.next(),
            slot: task.slot,
            creatorID: task.creatorID,
            template: task.template,
            inheritsWording: task.inheritsWording,
            due: task.due,
            state: .open,
            createdAt: task.createdAt,
            modifiedAt: task.modifiedAt
        )
        return ChangePlan(.materialized, tasks: [Replacement(after: task)])
    }
}

extension SeriesCourse {
    /// The occurrence of a slot, if its task is to come and not stored as a matter of course.
    func computed(_ slot: LocalDateTime, of entry: SeriesEntry) -> PlannedOccurrence? {
        guard series.policies.repeats == .onSchedule, let clock = entry.clock,
            clock.nextAt != nil, slot > clock.materializedThrough, set.ordinal(of: slot) != nil
        else { return nil }
        let planned = planned(slot: slot)
        return planned.isMade ? planned : nil
    }
}

extension BrowsingCommands {
    /// The task of an occurrence that is not stored.
    ///
    /// - Throws: ``TaskRefusal/notFound`` if the series has no such occurrence to come, or the viewer
    ///   does not see it; what the store throws.
    package func computedTask(
        _ slot: LocalDateTime,
        of seriesID: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskEntry {
        let entry = try await series(seriesID, seenBy: viewer, in: locationID)
        guard let course = try course(of: entry),
            let planned = course.computed(slot, of: entry)
        else { throw TaskRefusal.notFound }
        return course.entry(at: planned)
    }

    /// The first task that a series will make, if none is stored.
    ///
    /// - Throws: `UnknownZone` if the series' zone cannot be read.
    package func firstTask(of entry: SeriesEntry, after now: Timestamp) throws -> TaskEntry? {
        guard let course = try course(of: entry) else { return nil }
        return course.next(of: entry, after: now).map { course.entry(at: $0) }
    }

    /// The number of the task that is stored for an occurrence, if the viewer sees one.
    package func storedTask(
        _ slot: LocalDateTime,
        of seriesID: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Identifier<TaskInstance>? {
        try await store.slots(
            of: seriesID,
            in: slot...slot,
            limit: 1,
            seenBy: viewer,
            at: locationID
        ).first?.id
    }

    /// The tasks of occurrences that are not stored and that a query asks for, in its order.
    ///
    /// - Parameters:
    ///   - query: The query; only its order by due time is known here.
    ///   - range: The due times that are looked at.
    ///   - place: After which of them the page begins.
    ///   - viewer: Who sees them.
    ///   - locationID: The location.
    /// - Returns: As many as the query's limit, and one more if there are more.
    /// - Throws: What the store throws; `UnknownZone` is passed over. ``LookAheadRefused`` if too many
    ///   occurrences would have to be looked at; `CancellationError`.
    package func computedTasks(
        _ query: TaskPageQuery,
        dueIn range: Range<Timestamp>,
        after place: ComputedPlace?,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [TaskEntry] {
        let entries = try await store.seriesComing(
            upTo: range.upperBound.advanced(by: Self.reach),
            seenBy: viewer,
            in: locationID
        )
        var found: [TaskEntry] = []
        var effort = ComputingEffort()
        for entry in entries where query.predicate.mayMatch(entry.series) {
            guard let course = try? course(of: entry) else { continue }
            let stored = try await storedSlots(of: entry, seenBy: viewer, in: locationID)
            let tasks = try await course.tasks(
                of: entry,
                dueIn: range,
                order: query.order,
                limit: query.limit,
                effort: &effort
            ) { task in
                guard query.predicate.matches(task),
                    task.slot.map({ !stored.contains($0.recurrenceID) }) ?? false
                else { return false }
                guard let place else { return true }
                let own = ComputedPlace(of: task)
                return query.order.isAscending ? own > place : own < place
            }
            found += tasks.map { course.entry(of: $0) }
        }
        found.sort { left, right in
            let places = (ComputedPlace(of: left.task), ComputedPlace(of: right.task))
            return query.order.isAscending ? places.0 < places.1 : places.0 > places.1
        }
        return Array(found.prefix(query.limit + 1))
    }

    /// How much earlier than its slot a day off may make a task due.
    private static var reach: Duration { .days(31) }

    private func storedSlots(
        of entry: SeriesEntry,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Set<LocalDateTime> {
        guard let clock = entry.clock else { return [] }
        let first = clock.materializedThrough.advanced(bySeconds: 1)
        let last = LocalDateTime(CivilDate.latest)
        guard first <= last else { return [] }
        let tasks = try await store.slots(
            of: entry.series.id,
            in: first...last,
            limit: 2000,
            seenBy: .wholeLocation,
            at: locationID
        )
        return Set(tasks.map(\.slot))
    }
}

/// The place of a computed task in the order of due times.
package struct ComputedPlace: Hashable, Sendable, Comparable {
    package var dueAt: Timestamp
    package var seriesID: Identifier<RecurringTask>
    package var slot: LocalDateTime

    package init(dueAt: Timestamp, seriesID: Identifier<RecurringTask>, slot: LocalDateTime) {
        self.dueAt = dueAt
        self.seriesID = seriesID
        self.slot = slot
    }

    package init(of task: TaskInstance) {
        self.init(
            dueAt: task.due.timestamp,
            seriesID: task.slot?.seriesID ?? Identifier(0),
            slot: task.slot?.recurrenceID ?? task.due.local
        )
    }

    package static func < (left: ComputedPlace, right: ComputedPlace) -> Bool {
        (left.dueAt, left.seriesID, left.slot) < (right.dueAt, right.seriesID, right.slot)
    }
}

/// How many occurrences one query may have looked at.
private struct ComputingEffort {
    private var left = 1_000_000
    /// After so many, others have their turn, and whoever does not wait any more is noticed.
    private static let turn = 1000

    /// Counts one more.
    ///
    /// - Throws: ``LookAheadRefused``, or `CancellationError`.
    mutating func spend() async throws {
        guard left > 0 else {
            throw LookAheadRefused(reason: "Too many occurrences lie before these due times")
        }
        left -= 1
        guard left.isMultiple(of: Self.turn) else { return }
        try Task.checkCancellation()
        await Task.yield()
    }
}

extension SeriesCourse {
    fileprivate func entry(at planned: PlannedOccurrence) -> TaskEntry {
        entry(of: task(at: planned))
    }

    fileprivate func entry(of task: TaskInstance) -> TaskEntry {
        var entry = TaskEntry(task: task, ruleText: series.rule?.text)
        entry.ruleSetting = series.ruleSetting
        entry.isComputed = true
        return entry
    }

    /// The first computed tasks of a range, or the last in the opposite order.
    fileprivate func tasks(
        of entry: SeriesEntry,
        dueIn range: Range<Timestamp>,
        order: TaskOrder,
        limit: Int,
        effort: inout ComputingEffort,
        where isWanted: (TaskInstance) -> Bool
    ) async throws -> [TaskInstance] {
        if order.isAscending {
            return try await tasks(
                of: entry,
                dueIn: range,
                limit: limit + 1,
                effort: &effort,
                where: isWanted
            )
        }
        // From the end, in growing parts: a rule may come every second, or once in years.
        var length = Duration.seconds(3600)
        var end = range.upperBound
        var found: [TaskInstance] = []
        while found.count <= limit, end > range.lowerBound {
            let begin = max(range.lowerBound, end.advanced(by: .zero - length))
            let earlier = try await tasks(
                of: entry,
                dueIn: begin..<end,
                limit: .max,
                effort: &effort,
                where: isWanted
            )
            found = earlier + found
            end = begin
            length *= 2
        }
        return Array(found.suffix(limit + 1))
    }

    private func tasks(
        of entry: SeriesEntry,
        dueIn range: Range<Timestamp>,
        limit: Int,
        effort: inout ComputingEffort,
        where isWanted: (TaskInstance) -> Bool
    ) async throws -> [TaskInstance] {
        let dueAfter = Duration.seconds(series.dueSchedule?.dueAfter ?? 0)
        let first = range.lowerBound.advanced(by: .zero - dueAfter)
        var found: [TaskInstance] = []
        for planned in computed(of: entry, dueFrom: first) {
            try await effort.spend()
            let task = task(at: planned)
            // Those of one day may come in another order than they are due.
            let isFull = found.count >= limit && found.last?.due.local.date != task.due.local.date
            if isFull || task.due.timestamp >= range.upperBound.advanced(by: .days(1)) { break }
            if range.contains(task.due.timestamp), isWanted(task) { found.append(task) }
        }
        return found.sorted { ComputedPlace(of: $0) < ComputedPlace(of: $1) }
    }
}
