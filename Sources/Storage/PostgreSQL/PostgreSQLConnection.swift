import Synchronization
import Tasks

/// One connection to a PostgreSQL database, used by one thread at a time.
package final class PostgreSQLConnection {
    private let session: PostgreSQLSession
    private let terms: PostgreSQLTerms
    private var statements = PostgreSQLStatementCache()

    /// What a failure is noted as.
    private var activity = StoreFault.Activity.reading

    /// What stops the work at hand from outside.
    private var stop: ReadStop?

    /// Whether the work at hand met something that another try may not meet.
    private(set) var hasConflict = false

    /// Whether the connection was lost since the work at hand began.
    var isLost: Bool { session.loss != nil || isOutdated }
    private var isOutdated = false

    /// Whether the connection was given up because the server did not answer.
    var isSilent: Bool { session.isSilent }

    /// Connects.
    ///
    /// - Throws: ``PostgreSQLOpenError``.
    init(_ terms: PostgreSQLTerms) throws {
        self.terms = terms
        session = try PostgreSQLSession(terms.url, uptime: terms.uptime)
        guard session.version >= 150_000 else {
            throw PostgreSQLOpenError.tooOld(terms.url, version: session.version)
        }
        guard session.encoding == "UTF8" else {
            throw PostgreSQLOpenError.encoding(terms.url, name: session.encoding)
        }
    }

    /// What the operator should know about how durable the database is.
    func warnings(about url: PostgreSQLURL) throws -> [String] {
        try rows(
            SQLStatement(
                dynamic: """
                    SELECT name FROM pg_settings
                    WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')
                        AND setting = 'off'
                    ORDER BY name
                    """
            ),
            [:]
        ) { row in
            """
            The setting \(try row.text(0)) of \(url) is off: what is acknowledged can be lost if the \
            database's machine fails
            """
        }
    }

    /// What stops a statement of the connection from another thread.
    func makeCancelKey() -> PostgreSQLCancelKey? { session.makeCancelKey() }

    /// Begins a piece of work.
    ///
    /// - Parameters:
    ///   - activity: What a failure is noted as.
    ///   - limit: How long one statement may take; none if it may take any time.
    ///   - stop: What stops the work from outside.
    func begin(
        _ activity: StoreFault.Activity,
        limit: Duration?,
        stop: ReadStop? = nil
    ) {
        self.activity = activity
        self.stop = stop
        hasConflict = false
        session.deadline = limit.map { $0 + terms.configuration.silenceLimit + terms.uptime() }
    }

    /// Runs a closure in a transaction.
    ///
    /// - Parameters:
    ///   - mode: How the transaction begins, after `BEGIN`, with the settings that hold for it alone.
    ///   - body: What is done.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, ``SQLError/outcomeUnknown(message:)`` among them, or what the closure
    ///   throws.
    func transaction<Value>(
        _ mode: String,
        _ body: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        let value: Value
        do {
            try run("BEGIN \(mode)")
            value = try body(self)
        } catch {
            if !isLost, session.isInTransaction { _ = try? run("ROLLBACK") }
            throw error
        }
        try commit()
        return value
    }

    private func commit() throws {
        guard session.isInTransaction else { throw SQLError.transactionEnded }
        do {
            let result = try run("COMMIT")
            // The server answers so if a statement failed and the closure did not mind.
            guard result.command == "COMMIT" else { throw SQLError.transactionEnded }
        } catch {
            guard let loss = session.loss else { throw error }
            let error = SQLError.outcomeUnknown(message: loss)
            terms.condition.note(error, while: activity)
            throw error
        }
    }

    /// Runs statements without parameters and results.
    @discardableResult
    private func run(_ statements: String) throws -> PostgreSQLResult {
        do {
            let result = try session.run(statements)
            if let refusal = result.refusal { throw noted(refusal, of: statements) }
            return result
        } catch {
            throw noted(error)
        }
    }

    private func run(
        _ statement: SQLStatement,
        _ arguments: SQLArguments
    ) throws -> PostgreSQLResult {
        if stop?.isSet == true { throw SQLError.interrupted }
        let known = statements.known(statement)
        let values = known.values(arguments)
        do {
            let result: PostgreSQLResult
            if known.name != nil, terms.preparesByName.load(ordering: .relaxed) {
                let types = try types(of: known, for: values)
                result = try session.runPrepared(known, values, types)
            } else {
                result = try session.run(known, values)
            }
            if let refusal = result.refusal { throw refusal }
            return result
        } catch let error as SQLError {
            throw noted(error)
        } catch let refusal as PostgreSQLRefusal {
            throw noted(refusal, of: statement.text)
        }
    }

    /// The types of a statement's parameters, after it was prepared for these values if need be.
    private func types(of statement: PostgreSQLStatement, for values: [SQLValue]) throws -> [UInt32]
    {
        let old = statement.types
        if let old, zip(values, old).allSatisfy({ $0.fits($1) }) { return old }
        if old != nil {
            let release = try session.run("DEALLOCATE \(statement.quotedName)")
            if let refusal = release.refusal { throw refusal }
            statement.types = nil
        }
        var types = values.enumerated().map { index, value in
            if let old, value == .null { return old[index] }
            return value.postgreSQLType
        }
        if let refusal = try session.prepare(statement, types).refusal { throw refusal }
        if types.contains(PostgreSQLType.unknown) {
            let description = try session.describe(statement)
            if let refusal = description.refusal { throw refusal }
            types = description.parameterTypes
        }
        statement.types = types
        return types
    }

    /// Notes a refusal, and returns the error for the caller.
    private func noted(_ refusal: PostgreSQLRefusal, of statement: String) -> SQLError {
        if refusal.isOfStatementName { terms.preparesByName.store(false, ordering: .relaxed) }
        if refusal.isConflict { hasConflict = true }
        if refusal.endsConnection { isOutdated = true }
        let stopped: SQLError =
            stop?.isSet == true ? .interrupted : .timedOut(limit: terms.configuration.readTimeLimit)
        return noted(refusal.error(of: statement, stopped: stopped))
    }

    private func noted(_ error: any Error) -> any Error {
        guard let error = error as? SQLError else { return error }
        return noted(error) as SQLError
    }

    private func noted(_ error: SQLError) -> SQLError {
        terms.condition.note(error, while: activity)
        return error
    }
}

extension PostgreSQLConnection: SQLConnection {
    package static var writesAlone: Bool { false }

    @discardableResult
    package func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int {
        try run(statement, arguments).affectedCount
    }

    package func query(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (PostgreSQLRow) throws -> Void
    ) throws {
        let result = try run(statement, arguments)
        for row in 0..<result.rowCount {
            try body(PostgreSQLRow(row, of: result, to: statement))
        }
    }

    package func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (PostgreSQLRow) throws -> Value
    ) throws -> Value? {
        let result = try run(statement, arguments)
        guard result.rowCount > 0 else { return nil }
        return try body(PostgreSQLRow(0, of: result, to: statement))
    }

    package func apart<Value: Sendable>(
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        guard let side = terms.side else {
            preconditionFailure("what is apart has nothing apart from it")
        }
        return try side.run(body)
    }
}
