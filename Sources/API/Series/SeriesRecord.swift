import JSON
import Recurrence
import Tasks

/// A series as it is shown, with its next occurrence at the time of the request.
struct SeriesRecord: APIRecord {
    let series: RecurringTask
    let next: Occurrence?

    var tagSalt: Int64 { series.modifiedAt.microseconds }

    func writeMembers(to json: inout JSONWriter) {
        json.write("id", series.id)
        json.write("title", series.template.title)
        json.write("body", series.template.body)
        json.write("isAllDay", series.template.isAllDay)
        json.write("creatorId", series.creatorID)
        json.write("assigneeId", series.template.assigneeID)
        json.write("contactId", series.template.contactID)
        if let schedule = series.dueSchedule {
            json.name("contactIds")
            json.beginArray()
            for id in schedule.contactIDs { json.write(String(id.rawValue)) }
            json.endArray()
        }
        json.write("categoryId", series.template.categoryID)
        json.write("priority", count: series.template.priority)
        json.write("tags", series.template.tags)
        json.write(series.template.reminders)
        json.name("recurrence")
        json.beginObject()
        json.write("start", series.start)
        json.write("timeZone", series.timeZone)
        json.write("rule", series.rule?.text)
        json.endObject()
        json.write("make", series.dueSchedule == nil ? "ahead" : "whenDue")
        json.write("missed", series.missedWork.catchUp.word)
        json.write("whileOverdue", series.missedWork.whileOverdue.word)
        json.write("state", next == nil ? "ended" : "active")
        json.name("next")
        if let next { json.write(next) } else { json.writeNull() }
        json.write("createdAt", series.createdAt)
        json.write("modifiedAt", series.modifiedAt)
    }
}

extension JSONWriter {
    /// Writes an occurrence's slot and its instant.
    mutating func write(_ occurrence: Occurrence) {
        beginObject()
        write("slot", occurrence.recurrenceID)
        write("at", occurrence.timestamp)
        endObject()
    }
}

extension CatchUp {
    fileprivate var word: String {
        switch self {
        case .latest: "latest"
        case .all: "all"
        case .none: "none"
        }
    }
}

extension WhileOverdue {
    fileprivate var word: String {
        switch self {
        case .create: "create"
        case .skip: "skip"
        }
    }
}
