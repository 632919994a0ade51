import CPostgreSQL
import Tasks

/// What PostgreSQL answers if it does not do what it was asked.
struct PostgreSQLRefusal: Error, Hashable {
    /// The five characters of the SQL standard.
    let state: String
    let message: String
    /// More about it, for example the key that is there already.
    let detail: String
    let table: String

    /// Whether the same transaction may succeed if it is run again.
    var isConflict: Bool { ["40001", "40P01"].contains(state) || isOfStatementName }

    /// Whether the server does not know a statement that was prepared, or knows another by its name.
    ///
    /// So does one behind a pooler that has each transaction run on another connection.
    var isOfStatementName: Bool { ["26000", "42P05"].contains(state) }

    /// Whether the connection is of no more use.
    ///
    /// A server that only reads has lost its role to another one.
    var endsConnection: Bool {
        state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "25006"].contains(state)
    }

    /// The error for callers.
    ///
    /// - Parameters:
    ///   - statement: The statement. PostgreSQL writes all names in small letters, and the statement
    ///     has them as they are meant.
    ///   - stopped: What it means that the statement was stopped.
    /// - Returns: The error.
    func error(of statement: String, stopped: SQLError) -> SQLError {
        if isConflict { return .busy }
        if endsConnection { return unavailable }
        switch state {
        // Somebody has held a lock for too long.
        case "55P03": return .busy
        case "23505":
            return .uniquenessViolated(
                table: statement.spelling(of: table),
                columns: keyColumns.map { statement.spelling(of: $0) }
            )
        case "57014": return stopped
        case "25P02", "25P03": return .transactionEnded
        case "XX001", "XX002": return .corrupt(message: message)
        default: break
        }
        switch state.prefix(2) {
        case "22", "23": return .constraintViolated(message: message)
        case "53", "57", "58": return unavailable
        default: return .other(code: code, message: "\(message) (\(state))")
        }
    }

    private var unavailable: SQLError {
        .unavailable(code: code, message: "\(message) (\(state))")
    }

    /// The state where it is a number; most are.
    private var code: Int { Int(state) ?? 0 }

    private var keyColumns: [String] {
        guard let start = detail.firstIndex(of: "("), let end = detail.firstIndex(of: ")"),
            start < end
        else { return [] }
        return detail[detail.index(after: start)..<end].split(separator: ", ").map(String.init)
    }
}

extension PostgreSQLRefusal {
    /// Reads what a result says.
    init(of result: OpaquePointer) {
        func field(_ code: Int32) -> String {
            guard let text = unsafe PQresultErrorField(result, code) else { return "" }
            return unsafe String(cString: text)
        }
        let state = field(.sqlState)
        self.state = state.isEmpty ? "XX000" : state
        message = field(.primaryMessage)
        detail = field(.detail)
        table = field(.tableName)
    }
}

/// The codes of libpq's fields, which are characters.
extension Int32 {
    fileprivate static var sqlState: Int32 { Int32(UInt8(ascii: "C")) }
    fileprivate static var primaryMessage: Int32 { Int32(UInt8(ascii: "M")) }
    fileprivate static var detail: Int32 { Int32(UInt8(ascii: "D")) }
    fileprivate static var tableName: Int32 { Int32(UInt8(ascii: "t")) }
}

extension StoreFault {
    /// The fault that an error tells of, if it does.
    init?(ofPostgreSQL error: SQLError, while activity: Activity) {
        switch error {
        case .unavailable(let code, let message):
            // 53100 is disk_full.
            self.init(
                code == 53_100 ? .full : .failing,
                while: activity,
                reason: "PostgreSQL answers: \(message)"
            )
        case .outcomeUnknown(let message):
            self.init(.failing, while: activity, reason: message)
        case .corrupt(let message):
            self.init(.damaged, while: activity, reason: message)
        case .uniquenessViolated, .constraintViolated, .busy, .moved, .interrupted,
            .transactionEnded, .timedOut, .closed, .newerSchema, .other:
            return nil
        }
    }
}

extension Schema {
    /// The names of tables and columns, by how they are in small letters.
    fileprivate static let spellings: [String: String] = {
        let words = migrations.flatMap { migration -> [Substring] in
            switch migration.action {
            case .statement(let text): text.sqlWords
            case .adding: []
            }
        }
        return Dictionary(words.map { ($0.lowercased(), String($0)) }) { first, _ in first }
    }()
}

extension String {
    /// How a name is written in this text, which is SQL.
    ///
    /// A name that is not in it is written as in the definitions of the tables, or as it is.
    func spelling(of name: String) -> String {
        if let word = sqlWords.first(where: { $0.lowercased() == name }) { return String(word) }
        return Schema.spellings[name] ?? name
    }

    fileprivate var sqlWords: [Substring] {
        split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    }
}
