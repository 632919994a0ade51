import JSON
import Recurrence
import Tasks

/// The detail of a log entry as it is read again: what ``ChangeDetail`` wrote.
struct LoggedDetail {
    /// A record that the change concerned, by the columns that it changed.
    struct Record {
        let id: Int64
        /// None where the change made the record.
        var before: [String: SQLValue]?
        /// None where the change removed it.
        var after: [String: SQLValue]?
    }

    private(set) var series: [Record] = []
    private(set) var tasks: [Record] = []
    private(set) var clocks: [Record] = []
    /// Whether all that the change did is told by these records.
    private(set) var isWhole = true

    /// The long texts, in the order in which they were first written; see ``DetailWriter``.
    private var texts: [String] = []

    /// Reads a detail.
    ///
    /// - Throws: `JSONSyntaxError` where it is no JSON.
    init(parsing detail: String) throws {
        guard let members = try JSONValue(parsing: Array(detail.utf8)).object else { return }
        for member in members.members {
            guard case .array(let items) = member.value else {
                isWhole = false
                continue
            }
            let records = items.compactMap { record($0) }
            switch member.name {
            case "series": series += records
            case "tasks": tasks += records
            case "clocks": clocks += records
            case "removedSeries": series += records
            case "removedTasks": tasks += records
            default: isWhole = false
            }
        }
    }

    private mutating func record(_ item: JSONValue) -> Record? {
        guard let members = item.object, case .integer(let id)? = members["id"] else { return nil }
        return Record(id: id, before: image(members["before"]), after: image(members["after"]))
    }

    private mutating func image(_ value: JSONValue?) -> [String: SQLValue]? {
        guard let members = value?.object else { return nil }
        var image: [String: SQLValue] = [:]
        for member in members.members { image[member.name] = column(member.value) }
        return image
    }

    private mutating func column(_ value: JSONValue) -> SQLValue {
        switch value {
        case .integer(let number): return .integer(number)
        case .bool(let flag): return .integer(flag ? 1 : 0)
        case .string(let text):
            if text.utf8.count >= DetailWriter.longTextLength { texts.append(text) }
            return .text(text)
        case .object(let reference):
            guard case .integer(let number)? = reference["text"], let place = Int(exactly: number),
                texts.indices.contains(place)
            else { return .null }
            return .text(texts[place])
        case .null, .number, .array: return .null
        }
    }
}

extension RecordTable {
    /// All columns of a record, as they are stored.
    func image(of record: Record) -> [String: SQLValue] {
        Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.stored(record)) })
    }
}

/// Values in the place of a row's columns.
struct ImageRow: SQLRow {
    let names: [String]
    let values: [SQLValue]

    func isNull(_ column: Int) -> Bool { values[column] == .null }

    func int64(_ column: Int) throws(UnreadableValue) -> Int64 {
        guard case .integer(let value) = values[column] else {
            throw UnreadableValue(column: names[column], reason: "is no integer")
        }
        return value
    }

    func text(_ column: Int, lengths: ClosedRange<Int>) throws(UnreadableValue) -> String {
        guard case .text(let value) = values[column], lengths.contains(value.utf8.count) else {
            throw UnreadableValue(column: names[column], reason: "is no text")
        }
        return value
    }

    func blob(_ column: Int) throws(UnreadableValue) -> [UInt8] {
        throw UnreadableValue(column: names[column], reason: "is no blob")
    }

    func name(of column: Int) -> String { names[column] }
}

extension RecurringTask {
    /// Creates a series from all of its columns.
    init(
        _ id: Int64,
        image: [String: SQLValue],
        in locationID: LocationID
    ) throws(UnreadableRow) {
        let names = SeriesColumns.all.map(\.name)
        let row = ImageRow(
            names: ["seriesID"] + names,
            values: [.integer(id)] + names.map { image[$0] ?? .null }
        )
        try self.init(row, in: locationID)
    }
}

extension TaskInstance {
    /// Creates a task from all of its columns; what it says may be its series'.
    init(
        _ id: Int64,
        image: [String: SQLValue],
        of template: TaskTemplate?,
        in locationID: LocationID
    ) throws(UnreadableRow) {
        var image = image
        let inherits = image["title"] ?? .null == .null
        if inherits, let template {
            image["title"] = .text(template.title)
            image["body"] = .text(template.body)
        }
        if image["slotContactID"] ?? .null == .null { image["slotContactID"] = .integer(0) }
        let names = TaskColumns.all.map(\.name)
        let row = ImageRow(
            names: ["taskID"] + names + ["inheritsWording", "ruleText", "overrides"],
            values: [.integer(id)] + names.map { image[$0] ?? .null }
                + [.integer(inherits ? 1 : 0), .null, .integer(0)]
        )
        self = try TaskEntry(row, in: locationID).task
    }
}

extension SeriesClock {
    /// Creates a clock from the columns of a log entry.
    init?(image: [String: SQLValue]) {
        let names = [
            "materializedThrough", "nextAt", "fireAt", "occurrenceCount", "missedCount", "doneAt",
        ]
        let row = ImageRow(names: names, values: names.map { image[$0] ?? .null })
        guard let clock = try? SeriesClock(row) else { return nil }
        self = clock
    }
}
