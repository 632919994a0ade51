/// How a transaction begins, with the limits that hold for it alone.
///
/// So a pooler may give the next transaction to anybody.
struct PostgreSQLMode: Sendable {
    let begin: SQLStatement
    let limits: SQLArguments

    fileprivate init(
        _ begin: SQLStatement,
        limit: Duration?,
        of configuration: PostgreSQLConfiguration
    ) {
        self.begin = begin
        limits = [
            "statement": .text(String(limit?.milliseconds ?? 0)),
            "lock": .text(String(configuration.lockTimeLimit.milliseconds)),
            "idle": .text(String(configuration.stallTimeLimit.milliseconds)),
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
    fileprivate static let beginWrite = SQLStatement("BEGIN READ WRITE")
    fileprivate static let beginSnapshot = SQLStatement(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    )
}

extension PostgreSQLConfiguration {
    /// How a transaction of a location's begins that writes.
    var writeMode: PostgreSQLMode {
        PostgreSQLMode(PostgreSQLMode.beginWrite, limit: writeTimeLimit, of: self)
    }

    /// How a transaction begins with which the server itself writes.
    var ownWriteMode: PostgreSQLMode {
        PostgreSQLMode(PostgreSQLMode.beginWrite, limit: nil, of: self)
    }

    /// How a transaction begins whose statements all see the database at one moment.
    ///
    /// - Parameter limit: How long a statement may take; none if it may take any time.
    /// - Returns: The mode.
    func snapshotMode(limit: Duration?) -> PostgreSQLMode {
        PostgreSQLMode(PostgreSQLMode.beginSnapshot, limit: limit, of: self)
    }
}

extension Duration {
    /// The whole milliseconds, at least one.
    fileprivate var milliseconds: Int64 { max(1, Int64(self / .milliseconds(1))) }
}
