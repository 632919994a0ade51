import JSON
import Recurrence
import Tasks

/// A value whose columns are written to the log.
protocol LoggedColumns {
    /// Writes the columns that differ from another value's. If there is no other value, writes
    /// those that are not null.
    func writeColumns(unlike other: Self?, to detail: inout DetailWriter)
}

/// A record that has a number.
protocol LoggedRecord: LoggedColumns, Hashable, Sendable {
    var number: Int64 { get }

    /// Writes the columns that differ, under `before` and `after`.
    static func writeImages(
        before: Self,
        after: Self,
        to detail: inout DetailWriter
    )
}

extension LoggedRecord {
    static func writeImages(before: Self, after: Self, to detail: inout DetailWriter) {
        detail.image("before") { before.writeColumns(unlike: after, to: &$0) }
        detail.image("after") { after.writeColumns(unlike: before, to: &$0) }
    }
}

extension DetailWriter {
    /// Writes an object of columns under a name.
    mutating func image(_ name: StaticString, _ columns: (inout DetailWriter) -> Void) {
        json.name(name)
        json.beginObject()
        columns(&self)
        json.endObject()
    }
}

extension TaskInstance: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: TaskInstance?, to detail: inout DetailWriter) {
        TaskColumns.table.log(self, unlike: other, to: &detail)
    }

    static func writeImages(
        before: TaskInstance,
        after: TaskInstance,
        to detail: inout DetailWriter
    ) {
        // Of hundreds of tasks, few columns differ; so these are looked for once.
        let table = TaskColumns.table
        let places = table.differences(from: before, to: after).places
        detail.image("before") { table.log(before, unlike: after, at: places, to: &$0) }
        detail.image("after") { table.log(after, unlike: before, at: places, to: &$0) }
    }
}

extension RecurringTask: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: RecurringTask?, to detail: inout DetailWriter) {
        SeriesColumns.table.log(self, unlike: other, to: &detail)
    }
}

extension SeriesClock: LoggedColumns {
    func writeColumns(unlike other: SeriesClock?, to detail: inout DetailWriter) {
        detail.column("materializedThrough", self, other) {
            $0.materializedThrough.secondsSince1970
        }
        detail.column("nextAt", self, other) { $0.nextAt?.microseconds }
        detail.column("fireAt", self, other) { $0.fireAt?.microseconds }
        detail.column("occurrenceCount", self, other) { Int64($0.occurrenceCount) }
        detail.column("missedCount", self, other) {
            $0.missedCount == 0 ? nil : Int64($0.missedCount)
        }
        detail.column("doneAt", self, other) { $0.doneAt?.microseconds }
    }
}

extension TaskCategory: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: TaskCategory?, to detail: inout DetailWriter) {
        detail.column("name", self, other) { $0.name }
        detail.column("ownerID", self, other) { $0.ownerID?.rawValue }
        detail.column("createdAt", self, other) { $0.createdAt.microseconds }
        detail.column("modifiedAt", self, other) { $0.modifiedAt.microseconds }
    }
}

extension DetailWriter {
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
        write(name, value(record), unlike: other.map(value))
    }
}
