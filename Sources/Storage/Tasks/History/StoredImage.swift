import Recurrence
import Tasks

/// All columns of a record but its number, as they are stored.
struct StoredImage {
    /// The names of the columns, in the order of the table.
    private let names: [String]
    private(set) var values: [SQLValue]

    fileprivate init(names: [String], values: [SQLValue]) {
        self.names = names
        self.values = values
    }

    subscript(name: String) -> SQLValue {
        get { names.firstIndex(of: name).map { values[$0] } ?? .null }
        set {
            if let place = names.firstIndex(of: name) { values[place] = newValue }
        }
    }

    /// Whether the values of some columns are here, too, but for the time of the last change.
    func agrees(with columns: [String: SQLValue]) -> Bool {
        columns.allSatisfy { name, value in name == "modifiedAt" || self[name] == value }
    }

    /// Whether another image has the same values, but for the time of the last change.
    func agrees(with other: StoredImage) -> Bool {
        names.indices.allSatisfy { place in
            names[place] == "modifiedAt" || values[place] == other.values[place]
        }
    }

    /// The image with other values of some columns.
    func overwritten(by columns: [String: SQLValue]) -> StoredImage {
        var image = self
        for (name, value) in columns { image[name] = value }
        return image
    }
}

extension RecordTable {
    /// All columns of a record, as they are stored.
    func image(of record: Record) -> StoredImage {
        StoredImage(names: names, values: columns.map { $0.stored(record) })
    }

    /// An image of some columns; the others are null.
    func image(of columns: [String: SQLValue]) -> StoredImage {
        StoredImage(names: names, values: names.map { columns[$0] ?? .null })
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
    private static let columnNames = ["seriesID"] + SeriesColumns.table.names

    /// Creates a series from all of its columns.
    init(
        _ id: Int64,
        image: StoredImage,
        in locationID: LocationID
    ) throws(UnreadableRow) {
        let row = ImageRow(names: Self.columnNames, values: [.integer(id)] + image.values)
        try self.init(row, in: locationID)
    }
}

extension TaskInstance {
    private static let columnNames = ["taskID"] + TaskColumns.table.names

    /// Creates a task from all of its columns; what it says may be its series'.
    init(
        _ id: Int64,
        image: StoredImage,
        of template: TaskTemplate?,
        in locationID: LocationID
    ) throws(UnreadableRow) {
        var image = image
        if image["slotContactID"] == .null { image["slotContactID"] = .integer(0) }
        let row = ImageRow(names: Self.columnNames, values: [.integer(id)] + image.values)
        try self.init(stored: row, of: template, in: locationID)
    }
}
