import HTTPServing
import Hummingbird
import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// `/tasks/{id}/why` and `/series/{id}/why`: why a task is due when it is, and why a series has a task
/// on a day, or none.
struct WhyRecords<Store: BrowsingStore & HistoryStore & TaskStore, Zones: ZoneSource>: Sendable {
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
            let zone = try zones.zone(named: series?.series.timeZone ?? entry.task.due.timeZone)
            explanation.add(slot, of: series?.series, in: zone, language: .english)
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
        let zone = try zones.zone(named: entry.series.timeZone)
        let first = LocalDateTime(day)
        // No clocks are set by more than a day.
        let bounds =
            zone.timestamp(of: first).advanced(
                by: .seconds(-86_400)
            )..<zone.timestamp(of: first).advanced(by: .seconds(2 * 86_400))
        let found = try await browsing.occurrences(
            of: entry,
            in: bounds,
            after: nil,
            limit: BrowsingCommands<Store, Zones>.occurrenceLimit,
            seenBy: call.viewer,
            at: call.locationID
        )
        let occurrences = found.occurrences.filter { $0.occurrence.recurrenceID.date == day }
        let explanation = DayExplanation(
            day: day,
            series: entry.series,
            zone: zone,
            occurrences: occurrences,
            language: .english
        )
        return call.tagged(
            try await explanation.json(at: call.now) { id in
                try await store.history(ofTask: id, seenBy: call.viewer, in: call.locationID)?
                    .last { $0.after?["state"] != nil }
            }
        )
    }
}

/// Why a task is due when it is.
private struct TaskExplanation {
    let task: TaskInstance
    private(set) var reasons: [String] = []
    private let history: [HistoryEntry]
    private var rule: String?
    private var words: String?
    private var note: String?

    init(of task: TaskInstance, _ history: [HistoryEntry]) {
        self.task = task
        self.history = history
        let due = "\(task.due.local.text(in: .extended)) (\(task.due.timeZone))"
        if task.slot == nil { reasons.append("It is a single task, due at \(due).") }
        addChange()
    }

    mutating func add(
        _ slot: Slot,
        of series: RecurringTask?,
        in zone: Zone,
        language: RecurrenceLanguage
    ) {
        var first: [String] = []
        let shown = slot.recurrenceID.text(in: .extended)
        if let rule = series?.rule, let series {
            self.rule = rule.text
            words = rule.rule.words(
                start: series.start,
                isAllDay: series.template.isAllDay,
                zone: zone,
                language: language
            )
            first.append("Its series repeats: \(words ?? rule.text).")
        } else {
            first.append("Its series does not repeat any more.")
        }
        first.append(
            "The rule made the occurrence of \(shown) on the clocks of \(zone.identifier)."
        )
        let local = zone.localDateTime(at: zone.timestamp(of: slot.recurrenceID))
        if local != slot.recurrenceID {
            note = "The clocks skip this time and show \(local.text(in: .extended)) then."
        } else if zone.overlap(around: slot.recurrenceID) != nil {
            note = "The clocks show this time twice, and the first is meant."
        }
        if let note { first.append(note) }
        if series?.dueSchedule == nil, task.due.local != slot.recurrenceID, note == nil {
            first.append("It was moved to \(task.due.local.text(in: .extended)).")
        }
        reasons = first + reasons
    }

    /// Tells of the last change of the due time.
    private mutating func addChange() {
        let change = history.last { $0.before != nil && $0.after?["dueAt"] != nil }
        guard let heading = change?.heading else { return }
        reasons.append("\(heading.said) changed when it is due.")
    }

    var json: JSONWriter {
        var json = JSONWriter()
        json.beginObject()
        json.name("why")
        json.beginObject()
        json.write("taskId", task.id)
        json.write("seriesId", task.slot?.seriesID)
        json.write("slot", task.slot?.recurrenceID)
        json.write("dueAt", task.due.timestamp)
        json.write("rule", rule)
        json.write("words", words)
        json.write("note", note)
        json.write("reasons", reasons)
        json.name("changes")
        json.beginArray()
        for entry in history {
            json.beginObject()
            json.writeMembers(of: entry.heading)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endObject()
        return json
    }
}

/// Why a series has tasks on a day, or none.
private struct DayExplanation {
    let day: CivilDate
    let series: RecurringTask
    let zone: Zone
    let occurrences: [SeriesOccurrence]
    let language: RecurrenceLanguage

    func json(
        at now: Timestamp,
        lastChange: (Identifier<TaskInstance>) async throws -> HistoryEntry?
    ) async throws -> JSONWriter {
        var reasons = rule(at: now)
        for occurrence in occurrences {
            let slot = occurrence.occurrence.recurrenceID.text(in: .extended)
            if occurrence.tasks.isEmpty {
                reasons.append("The occurrence of \(slot) has no task yet, or none that you see.")
            }
            for task in occurrence.tasks {
                reasons.append(said(task, slot))
                if task.state != .open, let change = try await lastChange(task.id) {
                    reasons.append("\(change.heading.said) changed its state.")
                }
            }
        }
        var json = JSONWriter()
        json.beginObject()
        json.name("why")
        json.beginObject()
        json.write("seriesId", series.id)
        json.write("on", day.text(in: .extended))
        json.write("comes", occurrences.contains { $0.tasks.contains { $0.state != .deleted } })
        json.write("rule", series.rule?.text)
        json.write("words", words)
        json.write("reasons", reasons)
        json.name("taskIds")
        json.beginArray()
        for task in occurrences.flatMap(\.tasks) { json.write(String(task.id.rawValue)) }
        json.endArray()
        json.endObject()
        json.endObject()
        return json
    }

    private var words: String? {
        series.rule?.rule.words(
            start: series.start,
            isAllDay: series.template.isAllDay,
            zone: zone,
            language: language
        )
    }

    /// What the rule has to do with it.
    private func rule(at now: Timestamp) -> [String] {
        guard let rule = series.rule else { return ["The series does not repeat."] }
        let said = words ?? rule.text
        if !occurrences.isEmpty { return ["The series repeats: \(said)."] }
        if day < series.start.date {
            let start = series.start.text(in: .extended)
            return ["The series repeats: \(said).", "It begins later, on \(start)."]
        }
        let set = rule.occurrences(from: series.start(in: zone))
        let midnight = LocalDateTime(day)
        let names = [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ]
        let shown = "\(names[day.weekday]), \(day.text(in: .extended))"
        var reasons = ["The series repeats: \(said).", "No occurrence falls on \(shown)."]
        if let next = set.occurrences(from: midnight).first(where: { _ in true }) {
            reasons.append("The next one after it is \(next.recurrenceID.text(in: .extended)).")
        } else {
            reasons.append("The series has ended before.")
        }
        return reasons
    }

    private func said(_ task: SlotTask, _ slot: String) -> String {
        let local = zone.localDateTime(at: task.dueAt).text(in: .extended)
        let id = task.id.rawValue
        return switch task.state {
        case .deleted: "The task \(id) of \(slot) was deleted or skipped."
        case .completed: "The task \(id) of \(slot) is complete."
        case .open where local != slot: "The task \(id) of \(slot) is due at \(local)."
        case .open: "The task \(id) of \(slot) is open."
        }
    }
}

extension ChangeHeading {
    /// Who made the change, and when.
    fileprivate var said: String {
        let who = actorID.map { "User \($0.rawValue)" } ?? "The location's token or the server"
        return "\(who) (change \(number))"
    }
}
