import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// Why a task is due when it is.
struct TaskExplanation {
    private let task: TaskInstance
    private var reasons: [String] = []
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

    /// Adds what its series has to do with it.
    ///
    /// - Parameters:
    ///   - slot: The slot of the task.
    ///   - series: The series; none if it was deleted.
    ///   - course: What the series' policies make of its occurrences; none if it has no rule.
    ///   - zone: The zone in which the series' rule is expanded.
    mutating func add(
        _ slot: Slot,
        of series: RecurringTask?,
        course: SeriesCourse?,
        in zone: Zone
    ) {
        var first: [String] = []
        if let series, let rule = series.rule {
            self.rule = rule.text
            words = series.words(in: zone, .english)
            first.append("Its series repeats: \(words ?? rule.text).")
        } else {
            first.append("Its series does not repeat any more.")
        }
        let shown = slot.recurrenceID.text(in: .extended)
        switch series?.policies.repeats {
        case .afterCompletion?:
            first.append("The occurrence of \(shown) was counted from the one before it.")
        case .onSchedule?, nil:
            first.append(
                "The rule made the occurrence of \(shown) on the clocks of \(zone.identifier)."
            )
        }
        note = zone.note(on: slot.recurrenceID)
        if let note { first.append(note) }
        let planned = course?.planned(slot: slot.recurrenceID)
        if let planned, let course { first += course.reasons(for: planned) }
        let local = planned?.due.recurrenceID ?? slot.recurrenceID
        if series?.dueSchedule == nil, task.due.local != local, note == nil {
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

extension Zone {
    /// What the clocks do at a local time, as a sentence; nothing where they show it once.
    fileprivate func note(on slot: LocalDateTime) -> String? {
        let shown = localDateTime(at: timestamp(of: slot))
        if shown != slot {
            return "The clocks skip this time and show \(shown.text(in: .extended)) then."
        }
        return overlap(around: slot) == nil
            ? nil : "The clocks show this time twice, and the first is meant."
    }
}

extension ChangeHeading {
    /// Who made the change, and its number.
    var said: String {
        let who = actorID.map { "User \($0.rawValue)" } ?? "The location's token or the server"
        return "\(who) (change \(number))"
    }
}
