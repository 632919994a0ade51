import HTTPServing
import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// A series as it is shown at the time of a request.
struct SeriesRecord: APIRecord {
    let entry: SeriesEntry
    /// Its next occurrence; none if no more come, or if its zone cannot be read.
    let next: PlannedOccurrence?
    let zone: Zone?
    let now: Timestamp
    /// The caller's.
    let language: RecurrenceLanguage

    private var series: RecurringTask { entry.series }

    /// The tag of what a write changes: not of what follows from its tasks and from the time.
    var ownTag: EntityTag? { Self.stableTag(of: series) }

    static func stableTag(of series: RecurringTask) -> EntityTag {
        var json = JSONWriter()
        json.beginObject()
        json.writeTemplate(of: series)
        json.writePolicies(of: series)
        json.endObject()
        return EntityTag(of: json.bytes[...], salt: series.modifiedAt.microseconds)
    }

    func writeMembers(to json: inout JSONWriter) {
        json.writeTemplate(of: series)
        json.name("recurrence")
        json.beginObject()
        json.writeRecurrence(of: series)
        json.write("words", words)
        json.endObject()
        json.writePolicies(of: series)
        json.write("state", state)
        if let reason = entry.setAsideReason { json.write("reason", reason) }
        json.name("next")
        if let next { json.write(next.shown) } else { json.writeNull() }
        json.name("counts")
        let tally = entry.tally ?? SeriesTally()
        json.beginObject()
        json.write("made", count: tally.made)
        json.write("completed", count: tally.completed)
        json.write("skipped", count: tally.skipped)
        json.write("missed", count: entry.clock?.missedCount ?? 0)
        json.endObject()
        json.write("createdAt", series.createdAt)
        json.write("modifiedAt", series.modifiedAt)
    }

    private var words: String? { zone.flatMap { series.words(in: $0, language) } }

    private var state: String {
        if entry.setAsideReason != nil { return "setAside" }
        if let endedAt = series.policies.endedAt, endedAt <= now { return "ended" }
        if series.policies.pause?.contains(now) ?? false { return "paused" }
        return next == nil ? "ended" : "active"
    }
}

extension JSONWriter {
    /// Writes what a series gives to its tasks.
    fileprivate mutating func writeTemplate(of series: RecurringTask) {
        write("id", series.id.isOfTrial ? nil : series.id)
        write("title", series.template.title)
        write("body", series.template.body)
        write("isAllDay", series.template.isAllDay)
        write("creatorId", series.creatorID)
        write("assigneeId", series.template.assigneeID)
        write("contactId", series.template.contactID)
        if let schedule = series.dueSchedule {
            name("contactIds")
            beginArray()
            for id in schedule.contactIDs { write(String(id.rawValue)) }
            endArray()
        }
        write("categoryId", series.template.categoryID)
        write("priority", count: series.template.priority)
        write("tags", series.template.tags)
        write(series.template.reminders)
    }

    fileprivate mutating func writeRecurrence(of series: RecurringTask) {
        write("start", series.start)
        write("timeZone", series.timeZone)
        write("rule", series.rule?.text)
        write("dates", series.policies.dates)
        write("exceptDates", series.policies.exceptionDates)
    }

    private mutating func write(_ name: StaticString, _ times: [LocalDateTime]) {
        self.name(name)
        beginArray()
        for time in times { write(time) }
        endArray()
    }

    fileprivate mutating func writePolicies(of series: RecurringTask) {
        let policies = series.policies
        write("repeats", PolicyWords.repeats.word(for: policies.repeats))
        write("make", PolicyWords.makesWhenDue.word(for: series.dueSchedule != nil))
        write("missed", PolicyWords.missed.word(for: series.missedWork.catchUp))
        write(
            "whileOverdue",
            PolicyWords.whileOverdue.word(for: series.missedWork.whileOverdue)
        )
        write("monthEnd", PolicyWords.monthEnd.word(for: policies.monthEnd))
        name("dayOff")
        if let dayOff = policies.dayOff {
            beginObject()
            write("calendarId", dayOff.calendarID)
            write("then", PolicyWords.dayOff.word(for: dayOff.then))
            endObject()
        } else {
            writeNull()
        }
        name("assignment")
        beginObject()
        if let rotation = policies.rotation {
            name("rotate")
            beginArray()
            for id in rotation.userIDs { write(String(id.rawValue)) }
            endArray()
            write("by", PolicyWords.rotation.word(for: rotation.by))
        } else {
            write("fixed", series.template.assigneeID)
        }
        endObject()
        name("pause")
        if let pause = policies.pause {
            beginObject()
            write("from", pause.from)
            write("until", pause.until)
            endObject()
        } else {
            writeNull()
        }
    }

    /// Writes an occurrence's slot and its instant.
    mutating func write(_ occurrence: Occurrence) {
        beginObject()
        write("slot", occurrence.recurrenceID)
        write("at", occurrence.timestamp)
        endObject()
    }
}

extension PlannedOccurrence {
    /// The occurrence as it is shown: its slot, and when it is due.
    var shown: Occurrence {
        Occurrence(recurrenceID: slot, timestamp: due.timestamp)
    }
}
