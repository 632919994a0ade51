import JSON
import Tasks

/// A column of a table, and its value for a record.
///
/// Statements, arguments and the log know the columns only from the lists of these.
struct Column<Record>: Sendable {
    let name: String
    /// How the column is read; none if it is read by its name.
    let expression: String?
    private let key: StaticString
    private let value: Value
    private let standIn: SQLValue

    /// How to get a record's value of a column, by the type that the log shows.
    enum Value: Sendable {
        case integer(@Sendable (Record) -> Int64?)
        case text(@Sendable (Record) -> String?)
        /// Stored as 0 and 1.
        case boolean(@Sendable (Record) -> Bool)
    }

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - name: Its name in the table and in the log.
    ///   - value: How to get a record's value.
    ///   - expression: How it is read, if not by its name.
    ///   - standIn: What the table stores if a record has no value.
    init(
        _ name: StaticString,
        _ value: Value,
        readAs expression: String? = nil,
        orElse standIn: SQLValue = .null
    ) {
        self.name = "\(name)"
        self.expression = expression
        self.standIn = standIn
        self.value = value
        key = name
    }

    /// The value that the table stores for a record.
    func stored(_ record: Record) -> SQLValue {
        switch value {
        case .integer(let value): value(record).map(SQLValue.integer) ?? standIn
        case .text(let value): value(record).map(SQLValue.text) ?? standIn
        case .boolean(let value): .integer(value(record) ? 1 : 0)
        }
    }

    /// Writes the column to the log if a record's value differs from that of another record.
    ///
    /// If there is no other record, writes it if it is not null.
    func log(_ record: Record, unlike other: Record?, to detail: inout DetailWriter) {
        switch value {
        case .integer(let value):
            detail.write(key, value(record), unlike: other.map(value)) { $0.write($1) }
        case .text(let value):
            detail.write(key, value(record), unlike: other.map(value))
        case .boolean(let value):
            detail.write(key, value(record), unlike: other.map(value)) { $0.write($1) }
        }
    }
}

/// A table whose rows are identified by a number within their location, and its columns.
struct RecordTable<Record>: Sendable {
    let name: String
    /// The column of the number.
    ///
    /// The key is the shard, the location and this number.
    let key: String
    /// All columns but those of the key.
    let columns: [Column<Record>]
    /// The names of these columns.
    let names: [String]

    init(name: String, key: String, columns: [Column<Record>]) {
        self.name = name
        self.key = key
        self.columns = columns
        names = columns.map(\.name)
    }

    /// The key and the columns, as they are read.
    var selection: String {
        let columns = columns.map { column in
            column.expression.map { "\($0) AS \(column.name)" } ?? "\(name).\(column.name)"
        }
        return (["\(name).\(key)"] + columns).joined(separator: ", ")
    }

    /// The key and the columns, as they are stored.
    var storedSelection: String {
        ([key] + names).map { "\(name).\($0)" }.joined(separator: ", ")
    }

    var insertion: String {
        let names = columns.map(\.name) + ["shard", "locationID", key]
        return """
            INSERT INTO \(name) (\(names.joined(separator: ", ")))
            VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))
            """
    }

    var update: String {
        """
        UPDATE \(name) SET \(assignments(columns.indices))
        WHERE shard = :shard AND locationID = :locationID AND \(key) = :\(key)
        """
    }

    /// Gives some columns the same values in all records whose numbers lie between two, or in the one
    /// that has the first of these.
    ///
    /// An engine need not get ready to undo half of the statement if it is of one record.
    func update(_ places: some Sequence<Int>, ofOne isOfOne: Bool) -> String {
        """
        UPDATE \(name) SET \(assignments(places))
        WHERE shard = :shard AND locationID = :locationID
            AND \(key) \(isOfOne ? "= :first" : "BETWEEN :first AND :last")
        """
    }

    private func assignments(_ places: some Sequence<Int>) -> String {
        places.map { "\(columns[$0].name) = :\(columns[$0].name)" }.joined(separator: ", ")
    }

    /// What is to be stored so that one record becomes another.
    func differences(from before: Record, to after: Record) -> ColumnValues {
        var values = ColumnValues()
        for (place, column) in columns.enumerated() {
            let value = column.stored(after)
            if value != column.stored(before) { values.append(value, at: place) }
        }
        return values
    }

    /// The place of a column in ``selection``.
    func place(of column: String) -> Int {
        guard let place = columns.firstIndex(where: { $0.name == column }) else {
            preconditionFailure("\(name) has no column \(column)")
        }
        return 1 + place
    }

    /// All columns of a record, in the order of ``insertion``.
    func arguments(_ record: Record, number: Int64, in locationID: LocationID) -> SQLArguments {
        var arguments = SQLArguments(capacity: columns.count + 3)
        for column in columns { arguments.append(column.stored(record), for: column.name) }
        arguments.append(.integer(locationID.shard), for: "shard")
        arguments.append(.text(locationID.rawValue), for: "locationID")
        arguments.append(.integer(number), for: key)
        return arguments
    }

    /// Writes to the log the columns in which a record differs from another, or those of them that
    /// have some places.
    func log(
        _ record: Record,
        unlike other: Record?,
        at places: [Int]? = nil,
        to detail: inout DetailWriter
    ) {
        for place in places ?? Array(columns.indices) {
            columns[place].log(record, unlike: other, to: &detail)
        }
    }
}

/// Values of some of a table's columns.
struct ColumnValues: Hashable {
    /// The places of the columns in ``RecordTable/columns``.
    private(set) var places: [Int] = []
    private(set) var values: [SQLValue] = []

    mutating func append(_ value: SQLValue, at place: Int) {
        places.append(place)
        values.append(value)
    }
}
