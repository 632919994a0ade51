import JSON
import Recurrence
import Tasks

/// A value whose columns are written to the log.
protocol LoggedColumns {
    /// Writes the columns that differ from another value's. If there is no other value, writes
    /// those that are not null.
    func writeColumns(unlike other: Self?, to json: inout JSONWriter)
}

/// A record that has a number.
protocol LoggedRecord: LoggedColumns, Hashable, Sendable {
    var number: Int64 { get }
}

extension TaskInstance: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: TaskInstance?, to json: inout JSONWriter) {
        TaskColumns.table.log(self, unlike: other, to: &json)
    }
}

extension RecurringTask: LoggedRecord {
    var number: Int64 { id.rawValue }

    func writeColumns(unlike other: RecurringTask?, to json: inout JSONWriter) {
        SeriesColumns.table.log(self, unlike: other, to: &json)
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
}
