/// A table as the schema defines it, to be copied whole.
struct StoredTable: Hashable, Sendable {
    enum Kind: Hashable {
        case integer
        case text
        case blob
    }

    let name: String
    var columns: [String] = []
    var kinds: [Kind] = []
    /// The columns of the primary key.
    var key: [String] = []

    /// The tables that both engines have, in the order in which they are defined.
    static let all: [StoredTable] = {
        var tables: [StoredTable] = []
        for migration in Schema.migrations {
            guard case .statement(let text) = migration.action else { continue }
            let lines = text.split(separator: "\n").map { line in
                line.split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }.map(String.init)
            }
            guard let first = lines.first, first.count > 2 else { continue }
            if first[0] == "CREATE", first[1] == "TABLE" {
                var table = StoredTable(name: first[2])
                for words in lines.dropFirst() { table.add(words) }
                tables.append(table)
            } else if first.starts(with: ["ALTER", "TABLE"]), first.count > 6, first[3] == "ADD",
                let place = tables.firstIndex(where: { $0.name == first[2] })
            {
                tables[place].add(Array(first.dropFirst(5)))
            }
        }
        return tables
    }()

    /// Adds what a line of a definition says.
    private mutating func add(_ words: [String]) {
        guard words.count > 1 else { return }
        if words.starts(with: ["PRIMARY", "KEY"]) {
            key = Array(words.dropFirst(2))
            return
        }
        let kind: Kind
        switch words[1] {
        case "@I8", "@I2": kind = .integer
        case "text": kind = .text
        case "@BLOB": kind = .blob
        default: return
        }
        columns.append(words[0])
        kinds.append(kind)
        if words.contains("PRIMARY") { key = [words[0]] }
    }

    private var list: String { columns.joined(separator: ", ") }
    private var keyList: String { key.joined(separator: ", ") }

    /// Selects the first rows in the order of their keys.
    var first: SQLStatement {
        SQLStatement(dynamic: "SELECT \(list) FROM \(name) ORDER BY \(keyList) LIMIT :limit")
    }

    /// Selects the rows after one whose key is given.
    var following: SQLStatement {
        let places = key.map { ":\($0)" }.joined(separator: ", ")
        return SQLStatement(
            dynamic:
                """
                SELECT \(list) FROM \(name) WHERE (\(keyList)) > (\(places))
                ORDER BY \(keyList) LIMIT :limit
                """
        )
    }

    /// Selects the row with the last key.
    var last: SQLStatement {
        let order = key.map { "\($0) DESC" }.joined(separator: ", ")
        return SQLStatement(dynamic: "SELECT \(list) FROM \(name) ORDER BY \(order) LIMIT 1")
    }

    var count: SQLStatement { SQLStatement(dynamic: "SELECT COUNT(*) FROM \(name)") }

    var insert: SQLStatement {
        let places = columns.map { ":\($0)" }.joined(separator: ", ")
        return SQLStatement(dynamic: "INSERT INTO \(name) (\(list)) VALUES (\(places))")
    }

    /// Reads a row's values.
    ///
    /// - Throws: `UnreadableValue` where a value is of another kind than its column.
    func values(_ row: some SQLRow) throws(UnreadableValue) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for (column, kind) in kinds.enumerated() {
            if row.isNull(column) {
                values.append(.null)
                continue
            }
            switch kind {
            case .integer: values.append(.integer(try row.int64(column)))
            case .text: values.append(.text(try row.text(column)))
            case .blob: values.append(.blob(try row.blob(column)))
            }
        }
        return values
    }

    /// A row's values as the arguments of ``insert``.
    func arguments(_ values: [SQLValue]) -> SQLArguments {
        var arguments = SQLArguments(capacity: values.count)
        for (column, value) in zip(columns, values) { arguments.append(value, for: column) }
        return arguments
    }

    /// The arguments of ``following`` that name the place after a row.
    func place(after values: [SQLValue], limit: Int) -> SQLArguments {
        var arguments = SQLArguments(capacity: key.count + 1)
        for column in key {
            guard let place = columns.firstIndex(of: column) else { continue }
            arguments.append(values[place], for: column)
        }
        arguments.append(.integer(limit), for: "limit")
        return arguments
    }
}
