import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// The reads of `/series`.
struct SeriesRecords<Store: BrowsingStore & PolicyStore, Zones: ZoneSource>: Sendable {
    let store: Store
    let browsing: BrowsingCommands<Store, Zones>

    /// Answers with a page of series; one whose zone cannot be read is left out.
    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("series")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        let page = try await browsing.series(
            after: place.map { Identifier($0[0]) },
            limit: limit,
            seenBy: call.viewer,
            in: call.locationID
        )
        let records = try page.records.compactMap { entry -> SeriesRecord? in
            do {
                return try record(entry, call)
            } catch is UnknownZone {
                return nil
            }
        }
        return call.response(
            "series",
            records,
            next: page.end.map { Cursor(query: fingerprint, place: [$0.rawValue]) }
        )
    }

    /// Answers with one series.
    func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        return call.response("series", try record(try await entry(text, call), call))
    }

    /// Answers with the occurrences of a series in a range of time, and with their tasks.
    func occurrences(_ call: APICall, _ text: String) async throws -> Response {
        var parameters = try call.parameters()
        let from = parameters.instant("from") ?? call.now
        let to = parameters.instant("to") ?? max(from, call.now).advanced(by: .seconds(Self.year))
        if to <= from { parameters.note("to", "is not after `from`") }
        let limit = parameters.limit()
        let fingerprint = call.fingerprint(
            "occurrences",
            // The time of the request is in no cursor, as the next page is asked for later.
            [text, parameters.text("from") ?? "", parameters.text("to") ?? ""]
        )
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        if let place, !Self.slots.contains(place[0]) { parameters.note("cursor", "is of no slot") }
        try parameters.finish()
        let page = try await browsing.occurrences(
            of: try await entry(text, call),
            in: from..<to,
            after: place.map { LocalDateTime(secondsSince1970: $0[0]) },
            limit: limit,
            seenBy: call.viewer,
            at: call.locationID
        )
        var json = JSONWriter()
        json.beginObject()
        json.name("occurrences")
        json.beginArray()
        for occurrence in page.occurrences { json.write(occurrence) }
        json.endArray()
        if page.hasMore, let last = page.occurrences.last {
            let slot = last.occurrence.recurrenceID.secondsSince1970
            json.write("nextCursor", Cursor(query: fingerprint, place: [slot]).text)
        }
        json.endObject()
        return call.tagged(json)
    }

    /// Answers with how a series' tasks of a range of time were done.
    func adherence(_ call: APICall, _ text: String) async throws -> Response {
        var parameters = try call.parameters()
        let to = parameters.instant("to") ?? call.now
        let from = parameters.instant("from") ?? to.advanced(by: .seconds(-Self.year))
        if to <= from { parameters.note("to", "is not after `from`") }
        try parameters.finish()
        let entry = try await entry(text, call)
        let counts = try await store.taskCounts(
            of: entry.series.id,
            dueIn: from..<max(from, to),
            seenBy: call.viewer,
            in: call.locationID
        )
        let (open, completed) = (counts[.open] ?? 0, counts[.completed] ?? 0)
        var json = JSONWriter()
        json.beginObject()
        json.name("adherence")
        json.beginObject()
        json.write("from", from)
        json.write("to", to)
        json.write("due", count: open + completed)
        json.write("completed", count: completed)
        json.write("open", count: open)
        json.write("skipped", count: counts[.deleted] ?? 0)
        json.endObject()
        json.endObject()
        return call.tagged(json)
    }

    /// How far occurrences are looked up where nothing is said, in seconds.
    private static var year: Int64 { 366 * 86_400 }

    /// The seconds since 1970 that a slot can have.
    private static var slots: ClosedRange<Int64> {
        let last = LocalDateTime(CivilDate.latest, secondOfDay: 86_399).secondsSince1970
        return LocalDateTime(CivilDate.earliest).secondsSince1970...last
    }

    private func entry(_ text: String, _ call: APICall) async throws -> SeriesEntry {
        guard let id = Identifier<RecurringTask>(written: text) else { throw Problem.noRecord }
        return try await browsing.series(id, seenBy: call.viewer, in: call.locationID)
    }

    private func record(_ entry: SeriesEntry, _ call: APICall) throws -> SeriesRecord {
        _ = try browsing.zone(of: entry)
        return browsing.record(of: entry, for: call)
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ occurrence: SeriesOccurrence) {
        beginObject()
        write("slot", occurrence.occurrence.recurrenceID)
        write("at", occurrence.planned?.due.timestamp ?? occurrence.occurrence.timestamp)
        write("isComputed", occurrence.tasks.isEmpty)
        if let omission = occurrence.planned?.omission { write("omitted", omission.word) }
        if let turn = occurrence.planned?.turn { write(turn) }
        name("tasks")
        beginArray()
        for task in occurrence.tasks {
            beginObject()
            write("id", task.id)
            write("state", task.state.written)
            write("dueAt", task.dueAt)
            write("assigneeId", task.assigneeID)
            write("contactId", task.contactID)
            endObject()
        }
        endArray()
        endObject()
    }
}

extension JSONWriter {
    /// Writes whose turn an occurrence is, and who is absent.
    mutating func write(_ turn: PlannedOccurrence.Turn) {
        write("assigneeId", turn.userID)
        guard !turn.absentIDs.isEmpty else { return }
        name("absent")
        beginArray()
        for id in turn.absentIDs { write(String(id.rawValue)) }
        endArray()
    }
}

extension PlannedOccurrence.Omission {
    /// The word for why no task is made.
    var word: String {
        switch self {
        case .paused: "paused"
        case .ended: "ended"
        case .dayOff: "dayOff"
        }
    }
}
