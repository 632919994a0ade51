import JSON
import Recurrence
import Tasks

/// What is told of by its columns in the log.
protocol LoggedColumns {
    /// Writes the columns in which this differs from another, or that are not null if there is none.
    func writeColumns(unlike other: Self?, to json: inout JSONWriter)
}

/// A record that has a number.
protocol LoggedRecord: LoggedColumns, Hashable, Sendable {
    var number: Int64 { get }
}

extension TaskInstance: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: TaskInstance?, to json: inout JSONWriter) {
        json.column("seriesID", self, other) { $0.slot?.seriesID.rawValue }
        json.column("recurrenceID", self, other) { $0.slot?.recurrenceID.secondsSince1970 }
        json.column("slotContactID", self, other) { $0.slot?.contactID?.rawValue }
        json.column("creatorID", self, other) { $0.creatorID?.rawValue }
        json.column("title", self, other) { $0.inheritsWording ? nil : $0.template.title }
        json.column("body", self, other) { $0.inheritsWording ? nil : $0.template.body }
        template.writeColumns(unlike: other?.template, to: &json)
        json.column("dueAt", self, other) { $0.due.timestamp.microseconds }
        json.column("dueLocal", self, other) { $0.due.local.secondsSince1970 }
        json.column("timeZone", self, other) { $0.due.timeZone }
        json.column("state", self, other) { Int64($0.state.rawValue) }
        json.column("createdAt", self, other) { $0.createdAt.microseconds }
        json.column("modifiedAt", self, other) { $0.modifiedAt.microseconds }
    }
}

extension RecurringTask: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: RecurringTask?, to json: inout JSONWriter) {
        json.column("creatorID", self, other) { $0.creatorID?.rawValue }
        json.column("title", self, other) { $0.template.title }
        json.column("body", self, other) { $0.template.body }
        template.writeColumns(unlike: other?.template, to: &json)
        json.column("startLocal", self, other) { $0.start.secondsSince1970 }
        json.column("timeZone", self, other) { $0.timeZone }
        json.column("ruleText", self, other) { $0.rule?.text }
        json.column("dueSchedule", self, other) { $0.dueSchedule?.storedText }
        json.column("catchUp", self, other) { Int64($0.missedWork.catchUp.rawValue) }
        json.column("whileOverdue", self, other) { Int64($0.missedWork.whileOverdue.rawValue) }
        json.column("isDeleted", self, other) { $0.isDeleted }
        json.column("createdAt", self, other) { $0.createdAt.microseconds }
        json.column("modifiedAt", self, other) { $0.modifiedAt.microseconds }
    }
}

extension TaskTemplate: LoggedColumns {
    /// Writes what does not depend on whether a task has its own wording.
    func writeColumns(unlike other: TaskTemplate?, to json: inout JSONWriter) {
        json.column("assigneeID", self, other) { $0.assigneeID?.rawValue }
        json.column("contactID", self, other) { $0.contactID?.rawValue }
        json.column("categoryID", self, other) { $0.categoryID?.rawValue }
        json.column("reminder", self, other) { Int64($0.reminder.rawValue) }
        json.column("isAllDay", self, other) { $0.isAllDay }
        json.column("notifiesAssignee", self, other) { $0.notifiesAssignee }
    }
}

extension SeriesClock: LoggedColumns {
    func writeColumns(unlike other: SeriesClock?, to json: inout JSONWriter) {
        json.column("materializedThrough", self, other) {
            $0.materializedThrough.secondsSince1970
        }
        json.column("nextAt", self, other) { $0.nextAt?.microseconds }
        json.column("fireAt", self, other) { $0.fireAt?.microseconds }
        json.column("occurrenceCount", self, other) { Int64($0.occurrenceCount) }
    }
}

extension TaskCategory: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: TaskCategory?, to json: inout JSONWriter) {
        json.column("name", self, other) { $0.name }
        json.column("ownerID", self, other) { $0.ownerID?.rawValue }
        json.column("createdAt", self, other) { $0.createdAt.microseconds }
        json.column("modifiedAt", self, other) { $0.modifiedAt.microseconds }
    }
}

extension JSONWriter {
    fileprivate mutating func column<Record>(
        _ name: StaticString,
        _ record: Record,
        _ other: Record?,
        _ value: (Record) -> Int64?
    ) {
        write(name, value(record), unlike: other.map(value)) { $0.write($1) }
    }

    fileprivate mutating func column<Record>(
        _ name: StaticString,
        _ record: Record,
        _ other: Record?,
        _ value: (Record) -> String?
    ) {
        write(name, value(record), unlike: other.map(value)) { $0.write($1) }
    }

    fileprivate mutating func column<Record>(
        _ name: StaticString,
        _ record: Record,
        _ other: Record?,
        _ value: (Record) -> Bool
    ) {
        write(name, value(record), unlike: other.map(value)) { $0.write($1) }
    }

    /// Writes a value under a name where it differs from another, which is null if there is none.
    private mutating func write<Value: Equatable>(
        _ name: StaticString,
        _ value: Value?,
        unlike other: Value??,
        _ write: (inout JSONWriter, Value) -> Void
    ) {
        guard value != other ?? nil else { return }
        self.name(name)
        if let value { write(&self, value) } else { writeNull() }
    }
}
