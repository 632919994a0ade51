import CSQLite
import Tasks

/// One handle to a SQLite database, used by one thread at a time.
@safe
package final class SQLiteConnection {
    private let handle: OpaquePointer
    private var statements = SQLiteStatementCache()

    /// The file.
    ///
    /// It stays locked while a handle to it exists.
    private let file: SQLiteFile

    private let purpose: Purpose

    /// What ends statements that run too long.
    ///
    /// None if every statement runs to its end.
    let watch: SQLiteWatch?

    /// The failure after which the handle must not be used any more; none if there was none.
    ///
    /// After a failed write the system may forget data that it has not written. A second try on the
    /// same handle could then succeed, although the data is lost.
    private(set) var failure: SQLError?

    /// Opens a handle without any setting.
    ///
    /// - Throws: ``SQLError``.
    init(_ file: SQLiteFile, for purpose: Purpose, watch: SQLiteWatch? = nil) throws {
        self.file = file
        self.purpose = purpose
        self.watch = watch
        var opened: OpaquePointer?
        let flags = purpose.openFlags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(purpose.name(of: file), &opened, flags, nil)
        let functionsCode = unsafe opened.map { unsafe Self.addFunctions(to: $0) } ?? code
        guard let opened = unsafe opened, code == SQLITE_OK, functionsCode == SQLITE_OK else {
            let message = unsafe String(cString: sqlite3_errstr(code))
            unsafe sqlite3_close(opened)
            let error = SQLiteResultCode(rawValue: code).error(message: message)
            file.condition.note(error, while: purpose.activity)
            throw error
        }
        unsafe handle = opened
        try file.checkPlace()
        unsafe watch?.follow(opened)
    }

    deinit {
        statements = SQLiteStatementCache()
        unsafe sqlite3_close(handle)
    }

    /// Has the log stay as it is when the handle is closed.
    func leaveLog() {
        _ = unsafe perennial_sqlite3_leave_log(handle)
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// How many rows were inserted, updated or deleted since the handle was opened.
    var changedRowCount: Int { Int(unsafe sqlite3_total_changes64(handle)) }

    /// Runs a statement that is needed only once.
    ///
    /// It is not kept in the cache.
    ///
    /// - Parameters:
    ///   - text: The statement.
    ///   - activity: What a failure is noted as; by default the purpose of the connection.
    /// - Returns: The first column of its first row, as text.
    /// - Throws: ``SQLError``.
    @discardableResult
    func runOnce(_ text: String, noting activity: StoreFault.Activity? = nil) throws -> String? {
        do throws(SQLiteResultCode) {
            let prepared = try unsafe SQLitePreparedStatement(SQLStatement(text), on: handle)
            guard try prepared.step() else { return nil }
            return unsafe sqlite3_column_text(prepared.handle, 0).map { unsafe String(cString: $0) }
        } catch {
            throw recorded(error, while: activity)
        }
    }

    private func prepare(
        _ statement: SQLStatement,
        _ arguments: SQLArguments
    ) throws -> SQLitePreparedStatement {
        do throws(SQLiteResultCode) {
            let prepared = try unsafe statements.prepared(statement, on: handle)
            try prepared.bind(arguments)
            return prepared
        } catch {
            throw recorded(error)
        }
    }

    private func step(_ prepared: SQLitePreparedStatement) throws -> Bool {
        do throws(SQLiteResultCode) {
            return try prepared.step()
        } catch {
            throw recorded(error)
        }
    }

    /// Returns the error of a result code.
    ///
    /// If the handle must not be used any more, remembers the error. Notes a fault in the file's
    /// condition.
    private func recorded(
        _ code: SQLiteResultCode,
        while activity: StoreFault.Activity? = nil
    ) -> SQLError {
        let hasMessage = unsafe sqlite3_extended_errcode(handle) == code.rawValue
        let message = unsafe String(
            cString: hasMessage ? sqlite3_errmsg(handle) : sqlite3_errstr(code.rawValue)
        )
        let error = code.error(message: message)
        if case .unavailable = error { failure = error }
        if case .interrupted = error, let reason = watch?.ending { return reason }
        file.condition.note(error, while: activity ?? purpose.activity)
        return error
    }
}

extension SQLiteConnection: SQLConnection {
    package static var writesAlone: Bool { true }

    package func apart<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try body(self)
    }

    @discardableResult
    package func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int {
        let prepared = try prepare(statement, arguments)
        defer { prepared.reset() }
        while try step(prepared) {}
        return Int(unsafe sqlite3_changes64(handle))
    }

    package func query(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (SQLiteRow) throws -> Void
    ) throws {
        let prepared = try prepare(statement, arguments)
        defer { prepared.reset() }
        while try step(prepared) {
            try body(unsafe SQLiteRow(of: prepared.handle))
        }
    }

    package func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (SQLiteRow) throws -> Value
    ) throws -> Value? {
        let prepared = try prepare(statement, arguments)
        defer { prepared.reset() }
        guard try step(prepared) else { return nil }
        return try body(unsafe SQLiteRow(of: prepared.handle))
    }
}
