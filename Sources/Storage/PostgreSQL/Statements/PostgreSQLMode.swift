/// How a transaction begins, with the limits that hold for it alone.
///
/// So a pooler may give the next transaction to anybody.
struct PostgreSQLMode: Sendable {
    let begin: SQLStatement
    let limits: SQLArguments

    private init(_ begin: SQLStatement, _ statementLimit: Duration?, _ lockLimit: Duration) {
        self.begin = begin
        limits = [
            "statement": .text(String(statementLimit?.milliseconds ?? 0)),
            "lock": .text(String(lockLimit.milliseconds)),
            "idle": .text("2000"),
        ]
    }

    static let setLimits = SQLStatement(
        """
        SELECT set_config('statement_timeout', :statement, true),
            set_config('lock_timeout', :lock, true),
            set_config('idle_in_transaction_session_timeout', :idle, true)
        """
    )
    static let commit = SQLStatement("COMMIT")
    static let rollBack = SQLStatement("ROLLBACK")
    private static let beginWrite = SQLStatement("BEGIN READ WRITE")
    private static let beginSnapshot = SQLStatement(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    )
}

extension PostgreSQLConfiguration {
    /// How a transaction of a location's begins that writes.
    var writeMode: PostgreSQLMode { .writing(limit: writeTimeLimit, lock: lockTimeLimit) }

    /// How a transaction begins with which the server itself writes.
    var ownWriteMode: PostgreSQLMode { .writing(limit: nil, lock: lockTimeLimit) }

    /// How a transaction begins whose statements all see the database at one moment.
    ///
    /// - Parameter limit: How long a statement may take; none if it may take any time.
    /// - Returns: The mode.
    func snapshotMode(limit: Duration?) -> PostgreSQLMode {
        .reading(limit: limit, lock: lockTimeLimit)
    }
}

extension PostgreSQLMode {
    fileprivate static func writing(limit: Duration?, lock: Duration) -> PostgreSQLMode {
        PostgreSQLMode(beginWrite, limit, lock)
    }

    fileprivate static func reading(limit: Duration?, lock: Duration) -> PostgreSQLMode {
        PostgreSQLMode(beginSnapshot, limit, lock)
    }
}

extension Duration {
    /// The whole milliseconds, at least one.
    fileprivate var milliseconds: Int64 { max(1, Int64(self / .milliseconds(1))) }
}
