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
