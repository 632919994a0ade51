import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// Why a series has tasks on a day, or none.
struct DayExplanation {
    let day: CivilDate
    /// In which the rule is said.
    let language: RecurrenceLanguage
    let series: RecurringTask
    /// What the series' policies make of its occurrences; none if it has no rule.
    let course: SeriesCourse?
    let zone: Zone
    /// The occurrences whose slots lie on the day.
    let occurrences: [SeriesOccurrence]
    /// The next occurrence to come, if there is one.
    let next: PlannedOccurrence?

    /// How far from its slot an occurrence is looked for that a day off moved to the day, in days.
    private static let reach = 31
    /// The most occurrences that are looked at for that.
    private static let lookLimit = 5000

    func json(
        lastChange: (Identifier<TaskInstance>) async throws -> HistoryEntry?
    ) async throws -> JSONWriter {
        let movedHere = movedHere
        var reasons = rule(comes: !movedHere.isEmpty)
        for occurrence in occurrences {
            let slot = occurrence.occurrence.recurrenceID.text(in: .extended)
            if occurrence.tasks.isEmpty {
                let policies = occurrence.planned.flatMap { course?.reasons(for: $0) } ?? []
                reasons += policies
                if occurrence.planned?.isMade ?? true {
                    reasons.append(
                        "The occurrence of \(slot) has no task yet, or none that you see."
                    )
                }
            }
            for task in occurrence.tasks {
                if task.state == .deleted, let course {
                    let planned = course.planned(slot: occurrence.occurrence.recurrenceID)
                    if !planned.isMade { reasons += course.reasons(for: planned) }
                }
                reasons.append(said(task, slot))
                if task.state != .open, let change = try await lastChange(task.id) {
                    reasons.append("\(change.heading.said) changed its state.")
                }
            }
        }
        if let course { reasons += movedHere.flatMap { course.reasons(for: $0) } }
        var json = JSONWriter()
        json.beginObject()
        json.name("why")
        json.beginObject()
        json.write("seriesId", series.id)
        json.write("on", day.text(in: .extended))
        json.write("comes", occurrences.contains { comes($0) } || !movedHere.isEmpty)
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

    /// Whether a task of an occurrence is there to be done on the day, or will be.
    private func comes(_ occurrence: SeriesOccurrence) -> Bool {
        guard occurrence.tasks.isEmpty else {
            return occurrence.tasks.contains { task in
                task.state != .deleted && zone.localDateTime(at: task.dueAt).date == day
            }
        }
        guard let planned = occurrence.planned else { return false }
        return planned.isMade && planned.due.recurrenceID.date == day
    }

    /// The occurrences of other days that a day off moves to the day.
    private var movedHere: [PlannedOccurrence] {
        guard let course, course.calendar != nil, series.policies.repeats == .onSchedule else {
            return []
        }
        switch series.policies.dayOff?.then {
        case .before?, .after?: break
        case nil, .keep?, .skip?: return []
        }
        let first = max(day.advanced(byDays: -Self.reach), .earliest)
        let last = min(day.advanced(byDays: Self.reach), .latest)
        let near = course.set.occurrences(from: zone.timestamp(of: LocalDateTime(first)))
            .prefix(Self.lookLimit).prefix { $0.recurrenceID.date <= last }
        return near.lazy.filter { $0.recurrenceID.date != day }
            .map { course.planned($0) }
            .filter { $0.isMade && $0.due.recurrenceID.date == day }
    }

    private var words: String? { series.words(in: zone, language) }

    /// What the rule has to do with it.
    private func rule(comes: Bool) -> [String] {
        guard let rule = series.rule else { return ["The series does not repeat."] }
        var reasons = ["The series repeats: \(words ?? rule.text)."]
        guard occurrences.isEmpty, !comes else { return reasons }
        if day < series.start.date {
            reasons.append("It begins later, on \(series.start.text(in: .extended)).")
            return reasons
        }
        reasons.append("No occurrence falls on \(day.shown).")
        if series.policies.repeats == .afterCompletion {
            reasons.append("Only the occurrence whose task is open is known.")
            if let next { reasons.append("That is \(next.slot.text(in: .extended)).") }
            return reasons
        }
        let coming = course?.set.occurrences(from: LocalDateTime(day)).first { _ in true }
        if let coming {
            reasons.append("The next one after it is \(coming.recurrenceID.text(in: .extended)).")
        } else {
            reasons.append("None comes after it.")
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

extension SeriesCourse {
    /// What the policies make of an occurrence, in sentences; none where it is as the rule has it.
    func reasons(for planned: PlannedOccurrence) -> [String] {
        var reasons: [String] = []
        let date = planned.occurrence.recurrenceID.date
        switch planned.omission {
        case .paused?:
            let pause = series.policies.pause
            let until = pause?.until.map { " until \(shown($0))" } ?? ""
            reasons.append("The series is paused from \(shown(pause?.from))\(until).")
        case .ended?: reasons.append("The series ended at \(shown(series.policies.endedAt)).")
        case .dayOff?: reasons.append("\(dayOff(date)), so no task is made of its occurrence.")
        case nil:
            guard planned.isMoved else { break }
            let due = planned.due.recurrenceID.text(in: .extended)
            reasons.append("\(dayOff(date)), so its occurrence is due at \(due).")
        }
        if let turn = planned.turn {
            reasons.append("It is the turn of user \(turn.userID.rawValue).")
            let absent = turn.absentIDs.map { "\($0.rawValue)" }.joined(separator: ", ")
            if turn.isOfAbsentee {
                reasons.append("Everybody who takes turns is absent: user \(absent).")
            } else if !absent.isEmpty {
                reasons.append("Absent, and passed over: user \(absent).")
            }
        }
        return reasons
    }

    private func dayOff(_ date: CivilDate) -> String {
        let name = calendar?.days[date].map { " (\($0))" } ?? ""
        let calendar = calendar.map { " of the calendar \($0.name)" } ?? ""
        return "\(date.shown)\(name) is a day off\(calendar)"
    }

    private func shown(_ time: Timestamp?) -> String {
        time.map { zone.localDateTime(at: $0).text(in: .extended) } ?? "the beginning"
    }
}

extension CivilDate {
    /// The day with the name of its weekday.
    fileprivate var shown: String {
        let names = [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ]
        return "\(names[weekday]) \(text(in: .extended))"
    }
}
