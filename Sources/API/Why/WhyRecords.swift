import HTTPServing
import Hummingbird
import Recurrence
import Tasks

/// `/tasks/{id}/why` and `/series/{id}/why`: why a task is due when it is, and why a series has a task
/// on a day, or none.
struct WhyRecords<
    Store: BrowsingStore & HistoryStore & PolicyStore & TaskStore,
    Zones: ZoneSource
>: Sendable {
    let store: Store
    let browsing: BrowsingCommands<Store, Zones>
    let records: TaskRecords<Store, Zones>
    let zones: Zones

    /// Answers why a task is due then.
    func ofTask(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        let entry = try await records.task(at: TaskAddress(text), call)
        let history = try await store.history(
            ofTask: entry.task.id,
            seenBy: call.viewer,
            in: call.locationID
        )
        var explanation = TaskExplanation(of: entry.task, history ?? [])
        if let slot = entry.task.slot {
            let series = try await store.series(
                slot.seriesID,
                seenBy: .wholeLocation,
                in: call.locationID
            )
            let name = series?.series.timeZone ?? entry.task.due.timeZone
            explanation.add(
                slot,
                of: series?.series,
                course: try series.flatMap { try browsing.course(of: $0) },
                in: try zones.zone(named: name)
            )
        }
        return call.tagged(explanation.json)
    }

    /// Answers why a series has tasks on a day, or none.
    func ofSeries(_ call: APICall, _ text: String) async throws -> Response {
        var parameters = try call.parameters()
        let day = parameters.date("on")
        if day == nil, parameters.faults.isEmpty {
            parameters.note("on", "is required, a day such as 2026-12-25")
        }
        try parameters.finish()
        guard let id = Identifier<RecurringTask>(written: text), let day else {
            throw Problem.noRecord
        }
        let entry = try await browsing.series(id, seenBy: call.viewer, in: call.locationID)
        let explanation = DayExplanation(
            day: day,
            series: entry.series,
            course: try browsing.course(of: entry),
            zone: try browsing.zone(of: entry),
            occurrences: try await occurrences(of: entry, on: day, call),
            next: try browsing.next(of: entry, after: call.now)
        )
        let json = try await explanation.json { id in
            try await store.history(ofTask: id, seenBy: call.viewer, in: call.locationID)?
                .last { $0.after?["state"] != nil }
        }
        return call.tagged(json)
    }

    /// The occurrences whose slots lie on a day.
    private func occurrences(
        of entry: SeriesEntry,
        on day: CivilDate,
        _ call: APICall
    ) async throws -> [SeriesOccurrence] {
        let zone = try browsing.zone(of: entry)
        let midnight = zone.timestamp(of: LocalDateTime(day))
        // No clocks are set by more than a day.
        let first = midnight.advanced(by: .seconds(-86_400))
        let last = midnight.advanced(by: .seconds(2 * 86_400))
        let found = try await browsing.occurrences(
            of: entry,
            in: first..<last,
            after: LocalDateTime(day).advanced(bySeconds: -1),
            limit: BrowsingCommands<Store, Zones>.occurrenceLimit,
            seenBy: call.viewer,
            at: call.locationID
        )
        return found.occurrences.filter { $0.occurrence.recurrenceID.date == day }
    }
}
