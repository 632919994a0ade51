/// The statements that a connection has compiled.
struct SQLiteStatementCache {
    /// How many dynamic statements are kept.
    static let dynamicLimit = 100

    /// The longest text, in bytes, of a dynamic statement that is kept.
    ///
    /// Longer ones are seldom used again, and a hundred of them would take much memory.
    static let keptTextLimit = 8192

    /// Far more than the fixed statements of the stores.
    ///
    /// It detects a fixed statement that is created anew at each use.
    static let fixedLimit = 1000

    private var fixed: [ObjectIdentifier: SQLitePreparedStatement] = [:]
    private var dynamic: [String: (prepared: SQLitePreparedStatement, lastUse: Int)] = [:]
    private var useCount = 0

    /// Returns a statement that was compiled before, or compiles it.
    ///
    /// - Throws: SQLite's result code.
    mutating func prepared(
        _ statement: SQLStatement,
        on database: OpaquePointer
    ) throws(SQLiteResultCode) -> SQLitePreparedStatement {
        if statement.isDynamic { return try unsafe preparedDynamic(statement, on: database) }
        if let known = fixed[ObjectIdentifier(statement)] { return known }
        precondition(fixed.count < Self.fixedLimit, "fixed statements are made at each use")
        let prepared = try unsafe SQLitePreparedStatement(statement, on: database)
        fixed[ObjectIdentifier(statement)] = prepared
        return prepared
    }

    private mutating func preparedDynamic(
        _ statement: SQLStatement,
        on database: OpaquePointer
    ) throws(SQLiteResultCode) -> SQLitePreparedStatement {
        if statement.text.utf8.count > Self.keptTextLimit {
            return try unsafe SQLitePreparedStatement(statement, on: database)
        }
        useCount += 1
        if let index = dynamic.index(forKey: statement.text) {
            dynamic.values[index].lastUse = useCount
            return dynamic.values[index].prepared
        }
        let prepared = try unsafe SQLitePreparedStatement(statement, on: database)
        if dynamic.count == Self.dynamicLimit,
            let oldest = dynamic.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            dynamic[oldest.key] = nil
        }
        dynamic[statement.text] = (prepared, useCount)
        return prepared
    }
}
