import HTTPServing
import Hummingbird
import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// `/recurrence/preview`: what a rule, or words, would mean with the policies of a series.
struct RecurrencePreview<Store: PolicyStore, Zones: ZoneSource>: Sendable {
    let store: Store
    let zones: Zones

    /// The most occurrences that are shown.
    private static var countLimit: Int64 { 500 }

    func answer(_ call: APICall) async throws -> Response {
        try call.expectNoParameters()
        var reader = MemberReader(try await call.body())
        let count = reader.integer("count", in: 1...Self.countLimit).value ?? 10
        let language = reader.language("locale", else: call.language)
        var policies = PolicyReader(&reader)
        let assignee: Given<Identifier<User>> = reader.identifier("assigneeId")
        let recurrences = RecurrenceReader(zones: zones, zone: call.zone, now: call.now)
        let said: SaidRecurrence?
        if reader.has("recurrence") {
            said =
                reader.object("recurrence") { reader in
                    recurrences.read(from: &reader, language: language)
                }.value
        } else {
            said = recurrences.read(from: &reader, language: language)
        }
        if let said { policies.take(said, &reader) }
        try reader.finish()
        guard let said else { throw Problem(.internalError, "A fault was not told.") }
        var draft = TaskDraft(
            template: TaskTemplate(
                title: "",
                assigneeID: assignee.edit.applied(to: call.principal.userID),
                isAllDay: said.isAllDay
            ),
            due: said.start,
            rule: said.rule
        )
        policies.revision.apply(to: &draft)
        let series = RecurringTask(previewing: draft, at: call.now)
        try series.checkPolicies()
        let facts = try await store.facts(of: draft.references, for: call.actor)
        try ReferenceVerdict(on: facts, for: call.actor).check()
        let zone = said.start.zone
        let known = facts.policyFacts
        guard let course = SeriesCourse(of: series, in: zone, knowing: known) else {
            throw Problem(.internalError, "A rule has no occurrences.")
        }
        var json = JSONWriter()
        json.beginObject()
        json.write("rule", said.rule.text)
        json.write("words", series.words(in: zone, language.language))
        json.write("start", said.start.local)
        json.write("timeZone", zone.identifier)
        json.write("isAllDay", said.isAllDay)
        try await write(course, count: Int(count), to: &json, call)
        json.endObject()
        return .json(json.bytes)
    }

    /// Writes the first occurrences, what is unusual about them, and what their days hold already.
    private func write(
        _ course: SeriesCourse,
        count: Int,
        to json: inout JSONWriter,
        _ call: APICall
    ) async throws {
        let occurrences = course.preview(count: count)
        let load = try await load(of: occurrences, course, call)
        json.name("occurrences")
        json.beginArray()
        for planned in occurrences { json.write(planned, of: course) }
        json.endArray()
        json.name("notes")
        json.beginArray()
        for note in CourseOutlook(of: course, from: call.now).notes(of: course) { json.write(note) }
        json.endArray()
        json.name("load")
        json.beginArray()
        for load in load { json.write(load) }
        json.endArray()
    }

    /// How many open tasks those who would do the tasks have on the same days.
    private func load(
        of occurrences: [PlannedOccurrence],
        _ course: SeriesCourse,
        _ call: APICall
    ) async throws -> [DayLoad] {
        var days: [DayLoad] = []
        for planned in occurrences {
            guard let userID = planned.turn?.userID ?? course.series.template.assigneeID else {
                continue
            }
            let date = planned.due.recurrenceID.date
            let midnight = LocalDateTime(date)
            let from = course.zone.timestamp(of: midnight)
            let to = course.zone.timestamp(of: midnight.advanced(bySeconds: 86_400))
            let day = DayLoad(userID: userID, date: date, from: from, to: to)
            if days.last != day { days.append(day) }
        }
        return try await store.loads(of: days, in: call.locationID)
    }
}

extension RecurringTask {
    /// The series that a draft would make.
    fileprivate init(previewing draft: TaskDraft, at now: Timestamp) {
        self.init(
            id: Identifier(0),
            creatorID: nil,
            template: draft.template,
            start: draft.due.local,
            startsInSecondPass: draft.due.pass == .second,
            timeZone: draft.due.zone.identifier,
            rule: draft.rule,
            missedWork: draft.missedWork ?? MissedWork(),
            policies: draft.policies,
            createdAt: now,
            modifiedAt: now
        )
        if draft.makesWhenDue { materialization = .whenDue(DueSchedule(of: self)) }
    }
}

extension JSONWriter {
    /// Writes an occurrence, with a note where it is not at its own time.
    fileprivate mutating func write(_ planned: PlannedOccurrence, of course: SeriesCourse) {
        beginObject()
        write("slot", planned.slot)
        write("at", planned.due.timestamp)
        if let turn = planned.turn { write(turn) }
        let shown = course.zone.localDateTime(at: planned.due.timestamp)
        if planned.isMoved {
            let date = planned.slot.date
            let name = course.nameOfDayOff(date).map { ": \($0)" } ?? ""
            write(
                "note",
                "It falls on a day off\(name), and is due on \(shown.date.text(in: .extended))."
            )
        } else if shown != planned.due.recurrenceID {
            write("note", "The clocks skip this time and show \(shown.text(in: .extended)) then.")
        }
        endObject()
    }

    fileprivate mutating func write(_ load: DayLoad) {
        beginObject()
        write("date", load.date.text(in: .extended))
        write("assigneeId", load.userID)
        write("count", count: load.taskCount)
        endObject()
    }
}
