package import Recurrence

/// The commands by which tasks and series are read page by page, for a viewer at a given time.
package struct BrowsingCommands<Store: BrowsingStore, Zones: ZoneSource>: Sendable {
    let store: Store
    package let zones: Zones

    /// The most occurrences of a series that are told of at once.
    package static var occurrenceLimit: Int { 500 }
    /// The most tasks of occurrences that are told of at once, beside those of one more occurrence.
    private static var slotTaskLimit: Int { 2000 }

    package init(store: Store, zones: Zones) {
        self.store = store
        self.zones = zones
    }

    /// One page of tasks.
    package func tasks(
        _ query: TaskPageQuery,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskPage {
        try await store.taskPage(query, seenBy: viewer, in: locationID)
    }

    /// One page of series by rising number.
    package func series(
        after id: Identifier<RecurringTask>?,
        limit: Int,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesPage {
        try await store.seriesPage(after: id, limit: limit, seenBy: viewer, in: locationID)
    }

    /// One series, if the viewer may see it and it was not deleted.
    ///
    /// - Throws: ``TaskRefusal/notFound``.
    package func series(
        _ id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesEntry {
        let entry = try await store.series(id, seenBy: viewer, in: locationID)
        guard let entry else { throw TaskRefusal.notFound }
        return entry
    }

    /// The next occurrence of a series after a time; none if no more come.
    ///
    /// Of a series that counts from completions it is that of its open task.
    ///
    /// - Throws: `UnknownZone` if the series' zone cannot be read.
    package func next(of entry: SeriesEntry, after now: Timestamp) throws -> PlannedOccurrence? {
        guard let course = try course(of: entry) else { return nil }
        return course.next(of: entry, after: now)
    }

    /// What becomes of the occurrences of a series; nothing if it has no rule.
    ///
    /// - Throws: `UnknownZone` if the series' zone cannot be read.
    package func course(of entry: SeriesEntry) throws -> SeriesCourse? {
        let zone = try zone(of: entry)
        return SeriesCourse(of: entry.series, in: zone, knowing: entry.policyFacts)
    }

    /// The zone in which the rule of a series is expanded.
    ///
    /// - Throws: `UnknownZone`.
    package func zone(of entry: SeriesEntry) throws -> Zone {
        try zones.zone(named: entry.series.timeZone)
    }

    /// The occurrence of a series after one of its slots; none if no more come, or if the series or
    /// its zone cannot be read.
    ///
    /// - Throws: What else the store throws.
    package func next(
        after slot: Slot,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> PlannedOccurrence? {
        do {
            let entry = try await store.series(
                slot.seriesID,
                seenBy: .wholeLocation,
                in: locationID
            )
            guard let entry, let course = try course(of: entry) else { return nil }
            switch entry.series.policies.repeats {
            case .afterCompletion: return course.next(of: entry, after: now)
            case .onSchedule:
                return course.coming(after: slot.recurrenceID).lazy.prefix(1000)
                    .first { $0.planned.isMade }?.planned
            }
        } catch is UnreadableRow {
            return nil
        } catch is UnknownZone {
            return nil
        }
    }

    /// The occurrences of a series in a range of time, with what is stored of them.
    ///
    /// Occurrences that the rule does not have any more are among them if they have tasks.
    ///
    /// - Parameters:
    ///   - entry: The series.
    ///   - range: The range of the occurrences' own times; tasks may have been moved out of it.
    ///   - slot: The last occurrence of the page before.
    ///   - limit: The most occurrences, at most ``occurrenceLimit``.
    ///   - viewer: Whose tasks are told of.
    ///   - locationID: The location.
    /// - Returns: The occurrences, and whether there are more of them.
    /// - Throws: `UnknownZone` if the series' zone cannot be read, or what the store throws.
    package func occurrences(
        of entry: SeriesEntry,
        in range: Range<Timestamp>,
        after slot: LocalDateTime?,
        limit: Int,
        seenBy viewer: Viewer,
        at locationID: LocationID
    ) async throws -> (occurrences: [SeriesOccurrence], hasMore: Bool) {
        let zone = try zone(of: entry)
        var computed: [Occurrence] = []
        let course = try course(of: entry)
        let set = course?.set
        if let set, entry.series.policies.repeats == .onSchedule {
            computed = Self.occurrences(of: set, in: range, after: slot, limit: limit + 1)
        }
        // What the clocks show at two instants that are far apart has the same order.
        let day: Int64 = 86_400
        var first = zone.localDateTime(at: range.lowerBound).advanced(bySeconds: -day)
        if let slot { first = max(first, slot.advanced(bySeconds: 1)) }
        var last = zone.localDateTime(at: range.upperBound).advanced(bySeconds: day)
        if computed.count > limit, let end = computed.last { last = min(last, end.recurrenceID) }
        guard first <= last else { return ([], false) }
        let tasks = try await store.slots(
            of: entry.series.id,
            in: first...last,
            limit: Self.slotTaskLimit + 1,
            seenBy: viewer,
            at: locationID
        )
        var slots = SlotTable(computed: computed)
        slots.add(tasks, within: range) { slot in
            set?.timestamp(of: slot) ?? zone.timestamp(of: slot)
        }
        // The last slot may have more tasks than were read.
        if tasks.count > Self.slotTaskLimit, let cut = tasks.last?.slot { slots.cut(from: cut) }
        let page = slots.page(limit: limit)
        var planning = course.map { AscendingCourse(of: $0) }
        return (page.occurrences.map { $0.planned(by: &planning) }, page.hasMore)
    }

    /// The first occurrences of a series in a range of time, after a slot; none is passed over one
    /// by one that comes long before.
    private static func occurrences(
        of set: SeriesOccurrences,
        in range: Range<Timestamp>,
        after slot: LocalDateTime?,
        limit: Int
    ) -> [Occurrence] {
        if let slot, set.timestamp(of: slot) >= range.lowerBound {
            return first(limit, of: set.occurrences(after: slot), before: range.upperBound)
        }
        return first(limit, of: set.occurrences(from: range.lowerBound), before: range.upperBound)
    }

    private static func first(
        _ limit: Int,
        of occurrences: some Sequence<Occurrence>,
        before end: Timestamp
    ) -> [Occurrence] {
        var found: [Occurrence] = []
        for occurrence in occurrences {
            guard found.count < limit, occurrence.timestamp < end else { break }
            found.append(occurrence)
        }
        return found
    }
}

/// An occurrence of a series, with the tasks that are stored for it.
package struct SeriesOccurrence: Hashable, Sendable {
    package var occurrence: Occurrence
    /// Those that the viewer sees; none for an occurrence that is only computed.
    package var tasks: [SlotTask]
    /// What the policies of the series make of it, if it has no task.
    package var planned: PlannedOccurrence?

    package init(occurrence: Occurrence, tasks: [SlotTask]) {
        self.occurrence = occurrence
        self.tasks = tasks
    }
}

extension SeriesOccurrence {
    /// The occurrence with what becomes of it, if it has no task.
    fileprivate func planned(by course: inout AscendingCourse?) -> SeriesOccurrence {
        guard tasks.isEmpty else { return self }
        var occurrence = self
        occurrence.planned = course?.planned(self.occurrence)
        return occurrence
    }
}

/// The slots of a page: those that a rule gives, and those that have tasks.
private struct SlotTable {
    private var occurrences: [LocalDateTime: SeriesOccurrence] = [:]
    private var isCut = false

    init(computed: [Occurrence]) {
        for occurrence in computed {
            occurrences[occurrence.recurrenceID] = SeriesOccurrence(
                occurrence: occurrence,
                tasks: []
            )
        }
    }

    mutating func add(
        _ tasks: [SlotTask],
        within range: Range<Timestamp>,
        timestamp: (LocalDateTime) -> Timestamp
    ) {
        for task in tasks {
            let own = Occurrence(recurrenceID: task.slot, timestamp: timestamp(task.slot))
            guard range.contains(own.timestamp) else { continue }
            let none = SeriesOccurrence(occurrence: own, tasks: [])
            occurrences[task.slot, default: none].tasks.append(task)
        }
    }

    /// Leaves a slot and all later ones to the next page, unless the page would have no other.
    mutating func cut(from slot: LocalDateTime) {
        let kept = occurrences.filter { $0.key < slot }
        if kept.isEmpty { return }
        occurrences = kept
        isCut = true
    }

    func page(limit: Int) -> (occurrences: [SeriesOccurrence], hasMore: Bool) {
        let sorted = occurrences.values.sorted { left, right in
            left.occurrence.recurrenceID < right.occurrence.recurrenceID
        }
        return (Array(sorted.prefix(limit)), isCut || sorted.count > limit)
    }
}
