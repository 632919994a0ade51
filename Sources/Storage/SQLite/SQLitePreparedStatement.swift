import CSQLite
import Glibc

/// A statement that SQLite has compiled for one connection.
@safe
final class SQLitePreparedStatement {
    /// The statement that was compiled.
    ///
    /// It is kept so that no other statement gets its identity.
    let statement: SQLStatement

    let handle: OpaquePointer

    /// The parameters' names without the colon, in the order of their numbers.
    private let parameterNames: [String]

    /// Where among the arguments each parameter's value was the last time.
    private var places: [Int]

    /// Compiles a statement.
    ///
    /// - Throws: SQLite's result code.
    /// - Precondition: The text holds one statement and nothing else, its parameters all named.
    init(_ statement: SQLStatement, on database: OpaquePointer) throws(SQLiteResultCode) {
        let parameters = SQLParameters(numbering: statement.text, after: "?")
        var handle: OpaquePointer?
        var isWhole = false
        let code = unsafe parameters.text.withUnsafeBytes { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let code = unsafe sqlite3_prepare_v3(
                    database,
                    characters.baseAddress,
                    Int32(characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT),
                    &handle,
                    &tail
                )
                let end = unsafe characters.baseAddress.map { unsafe $0 + characters.count }
                isWhole = unsafe tail == end
                return code
            }
        }
        guard code == SQLITE_OK else { throw SQLiteResultCode(rawValue: code) }
        guard let handle = unsafe handle, isWhole else {
            preconditionFailure("not one statement: \(statement.text)")
        }
        precondition(
            unsafe Int(sqlite3_bind_parameter_count(handle)) == parameters.names.count,
            "a parameter has no name: \(statement.text)"
        )
        self.statement = statement
        unsafe self.handle = handle
        parameterNames = parameters.names
        places = Array(parameters.names.indices)
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Gives the parameters their values, in time linear in their number.
    ///
    /// - Throws: SQLite's result code, for example if a text is too long.
    /// - Precondition: The arguments name each parameter once, and the statement is not running.
    func bind(_ arguments: SQLArguments) throws(SQLiteResultCode) {
        precondition(
            unsafe sqlite3_stmt_busy(handle) == 0,
            "a statement is run within its own rows: \(statement.text)"
        )
        let elements = arguments.elements
        precondition(
            elements.count == parameterNames.count,
            "\(elements.count) arguments for \(parameterNames.count) parameters: \(statement.text)"
        )
        if !arguments.isNamed(parameterNames, at: places) { findPlaces(in: arguments) }
        for (index, place) in places.enumerated() {
            let code = bind(elements[place].value, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw SQLiteResultCode(rawValue: code) }
        }
    }

    private func findPlaces(in arguments: SQLArguments) {
        let places = arguments.placesByName
        self.places = parameterNames.map { name in
            guard let place = places[name] else {
                preconditionFailure("no argument for :\(name): \(statement.text)")
            }
            return place
        }
    }

    /// Goes to the next row.
    ///
    /// Returns whether there is one.
    ///
    /// - Throws: SQLite's result code.
    func step() throws(SQLiteResultCode) -> Bool {
        errno = 0
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw SQLiteResultCode(rawValue: code, systemError: errno)
    }

    /// Makes the statement ready for its next use.
    func reset() {
        // The step has reported the error already; a reset reports it again.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null:
            return unsafe sqlite3_bind_null(handle, index)
        case .integer(let integer):
            return unsafe sqlite3_bind_int64(handle, index, integer)
        case .text(var text):
            return text.withUTF8 { utf8 in
                // A null address would bind null, so an empty text is given some address.
                let start = unsafe utf8.baseAddress.map { unsafe UnsafeRawPointer($0) }
                return unsafe bind(text: start, count: utf8.count, at: index)
            }
        case .blob(let bytes) where bytes.isEmpty:
            return unsafe sqlite3_bind_zeroblob(handle, index, 0)
        case .blob(let bytes):
            return unsafe bytes.withUnsafeBytes { buffer in
                unsafe sqlite3_bind_blob64(
                    handle,
                    index,
                    buffer.baseAddress,
                    UInt64(buffer.count),
                    Self.copying
                )
            }
        }
    }

    private func bind(text: UnsafeRawPointer?, count: Int, at index: Int32) -> Int32 {
        guard let text = unsafe text else {
            return unsafe sqlite3_bind_text(handle, index, "", 0, Self.copying)
        }
        return unsafe sqlite3_bind_text64(
            handle,
            index,
            text.assumingMemoryBound(to: CChar.self),
            UInt64(count),
            Self.copying,
            UInt8(SQLITE_UTF8)
        )
    }

    /// SQLite's `SQLITE_TRANSIENT`: SQLite makes its own copy of the value.
    static var copying: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
