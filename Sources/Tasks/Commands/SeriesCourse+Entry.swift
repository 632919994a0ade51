package import Recurrence

extension SeriesCourse {
    /// The next occurrence of a series as it is stored; none if no more come.
    ///
    /// Of a series that counts from completions it is that of its open task.
    package func next(of entry: SeriesEntry, after now: Timestamp) -> PlannedOccurrence? {
        switch (series.policies.repeats, series.materialization) {
        case (.afterCompletion, _):
            guard let clock = entry.clock else { return nil }
            if clock.fireAt != nil { return next(after: clock) }
            guard entry.tally?.open != 0, series.policies.endedAt == nil,
                clock.materializedThrough >= series.start
            else { return nil }
            return planned(
                Occurrence(
                    recurrenceID: clock.materializedThrough,
                    timestamp: zone.timestamp(of: clock.materializedThrough)
                ),
                ordinal: clock.occurrenceCount
            )
        case (.onSchedule, .ahead): return next(after: now)
        case (.onSchedule, .whenDue):
            guard let clock = entry.clock, clock.nextAt != nil else { return nil }
            return coming(after: clock.materializedThrough).lazy.prefix(1000)
                .first { $0.planned.isMade }?.planned
        }
    }

    /// The occurrences of a series that are not stored yet, from a due time on, in order of slots.
    ///
    /// Of a series that counts from completions there are none.
    package func computed(
        of entry: SeriesEntry,
        dueFrom first: Timestamp
    ) -> some Sequence<PlannedOccurrence> {
        let through = entry.clock?.materializedThrough ?? series.start
        let hasMore = series.policies.repeats == .onSchedule && entry.clock?.nextAt != nil
        let local = zone.localDateTime(at: earliestSlot(dueAfter: first))
        // No clocks are set back by more than a day.
        let slot = max(through, local.advanced(bySeconds: -86_400))
        return coming(after: slot).lazy.prefix { _ in hasMore }.map { $0.planned }
            .filter { $0.isMade && $0.due.timestamp >= first }
    }

    /// The task of an occurrence that is not stored.
    package func task(at planned: PlannedOccurrence) -> TaskInstance {
        let dueAfter = series.dueSchedule?.dueAfter ?? 0
        var template = series.template.taking(planned.turn)
        let contactID = series.dueSchedule?.contactIDs.first
        if series.dueSchedule != nil { template.contactID = contactID }
        return TaskInstance(
            id: Identifier(0),
            slot: Slot(
                seriesID: series.id,
                recurrenceID: planned.slot,
                contactID: contactID
            ),
            creatorID: series.creatorID,
            template: template,
            inheritsWording: series.dueSchedule == nil,
            due: DueTime(at: planned.due.timestamp.advanced(by: .seconds(dueAfter)), in: zone),
            state: .open,
            createdAt: series.createdAt,
            modifiedAt: series.modifiedAt
        )
    }
}
