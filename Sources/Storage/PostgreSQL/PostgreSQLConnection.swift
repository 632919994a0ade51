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

    /// The statements that were sent and not answered yet.
    private var sent: [SQLStatement] = []

    /// Answers that came before the others because a statement had to be prepared.
    private var earlyAnswers: [PostgreSQLResult] = []

    /// After so many, the answers are read.
    private static var sentLimit: Int { 256 }

    /// What proves that the transaction at hand was kept.
    private(set) var proof: PostgreSQLProof?

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
    ///   - mode: How the transaction begins.
    ///   - body: What is done.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, ``SQLError/outcomeUnknown(message:)`` among them, or what the closure
    ///   throws.
    func transaction<Value>(
        _ mode: PostgreSQLMode,
        _ body: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        let value: Value
        do {
            try begin(mode)
            value = try body(self)
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Begins a transaction, with its first statement.
    func begin(_ mode: PostgreSQLMode) throws {
        proof = nil
        try executeLater(mode.begin, [:])
        try executeLater(PostgreSQLMode.setLimits, mode.limits)
    }

    /// Ends a transaction so that nothing of it is kept.
    func rollBack() {
        if isLost { return }
        // What was sent may have failed, and is undone in any case.
        _ = try? answers()
        if !isLost, session.isInTransaction { _ = try? run(PostgreSQLMode.rollBack, [:]) }
    }

    /// Waits for what was put off.
    ///
    /// - Throws: ``SQLError``; ``SQLError/transactionEnded`` if a statement failed before, and nobody
    ///   minded.
    func confirm() throws {
        _ = try answers()
        if session.hasFailedTransaction { throw SQLError.transactionEnded }
    }

    /// Goes back to a savepoint, whatever became of what was put off.
    func undo(by rollBack: SQLStatement) throws {
        _ = try? answers()
        try execute(rollBack, [:])
    }

    /// Has an earlier proof hold again, because what a later one proves was undone.
    func restore(_ proof: PostgreSQLProof?) {
        self.proof = proof
    }

    /// Makes a transaction durable.
    ///
    /// - Throws: ``SQLError``; ``SQLError/outcomeUnknown(message:)`` if the answer was lost.
    func commit() throws {
        do { try session.checkIsOpen() } catch { throw noted(error) }
        do {
            let result = try run(PostgreSQLMode.commit, [:])
            // The server answers otherwise if a statement failed and the closure did not mind.
            guard result.command == "COMMIT" else { throw SQLError.transactionEnded }
        } catch {
            guard let loss = session.loss else {
                rollBack()
                throw error
            }
            let error = SQLError.outcomeUnknown(message: loss)
            terms.condition.note(error, while: activity)
            throw error
        }
    }

    /// Runs a statement, and those before it that were put off.
    private func run(
        _ statement: SQLStatement,
        _ arguments: SQLArguments
    ) throws -> PostgreSQLResult {
        try send(statement, arguments)
        guard let last = try answers().last else {
            preconditionFailure("a statement that was sent is answered")
        }
        return last
    }

    private func send(_ statement: SQLStatement, _ arguments: SQLArguments) throws {
        if stop?.isSet == true { throw SQLError.interrupted }
        let known = statements.known(statement)
        let values = known.values(arguments)
        guard known.name != nil, terms.preparesByName.load(ordering: .relaxed) else {
            try noting(statement) { try session.send(known, values) }
            sent.append(statement)
            return
        }
        if !known.isPrepared(for: values) {
            // What was sent before is answered apart from what follows.
            earlyAnswers = try answers()
            try noting(statement) { try prepare(known, for: values) }
        }
        try noting(statement) { try session.sendPrepared(known, values, known.types ?? []) }
        sent.append(statement)
    }

    /// Reads the answers to all that was sent.
    ///
    /// - Throws: ``SQLError``; that of the first statement that was refused.
    private func answers() throws -> [PostgreSQLResult] {
        let (sent, early) = (sent, earlyAnswers)
        self.sent = []
        earlyAnswers = []
        if sent.isEmpty { return early }
        terms.roundTripCount.add(1, ordering: .relaxed)
        let results: [PostgreSQLResult]
        do { results = try session.answers() } catch { throw noted(error) }
        for (result, statement) in zip(results, sent) {
            if let refusal = result.refusal { throw noted(refusal, of: statement.text) }
        }
        return early + results
    }

    /// Has the server prepare a statement for values of these types.
    private func prepare(_ statement: PostgreSQLStatement, for values: [SQLValue]) throws {
        let old = statement.types
        if old != nil {
            let release = SQLStatement(dynamic: "DEALLOCATE \(statement.quotedName)")
            try session.send(PostgreSQLStatement(release, name: nil), [])
            statement.types = nil
        }
        var types = values.enumerated().map { index, value in
            if let old, value == .null { return old[index] }
            return value.postgreSQLType
        }
        try session.sendPreparation(statement, types)
        let isOpen = types.contains(PostgreSQLType.unknown)
        if isOpen { try session.sendDescription(statement) }
        let results = try session.answers()
        if let refusal = results.lazy.compactMap(\.refusal).first { throw refusal }
        if isOpen, let description = results.last { types = description.parameterTypes }
        statement.types = types
    }

    /// Has the server do something about a statement; what fails is noted.
    private func noting(_ statement: SQLStatement, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as SQLError {
            throw noted(error)
        } catch let refusal as PostgreSQLRefusal {
            throw noted(refusal, of: statement.text)
        }
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

    package func executeLater(_ statement: SQLStatement, _ arguments: SQLArguments) throws {
        if sent.count >= Self.sentLimit { _ = try answers() }
        try send(statement, arguments)
    }

    package func executeEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments]
    ) throws -> [Int] {
        var counts: [Int] = []
        try runEach(statement, arguments) { _, result in counts.append(result.affectedCount) }
        return counts
    }

    package func queryEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments],
        _ body: (Int, PostgreSQLRow) throws -> Void
    ) throws {
        try runEach(statement, arguments) { place, result in
            for row in 0..<result.rowCount {
                try body(place, PostgreSQLRow(row, of: result, to: statement))
            }
        }
    }

    /// Runs a statement for each of some arguments, and calls a closure with each result, in order.
    ///
    /// What was put off runs with the first of them.
    private func runEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments],
        _ body: (Int, PostgreSQLResult) throws -> Void
    ) throws {
        var place = 0
        while place < arguments.count {
            let part = arguments[place...].prefix(Self.sentLimit)
            for arguments in part { try send(statement, arguments) }
            for result in try answers().suffix(part.count) {
                try body(place, result)
                place += 1
            }
        }
    }

    package func finish() throws { _ = try answers() }

    package func keepProof(_ statement: SQLStatement, _ arguments: SQLArguments) {
        proof = PostgreSQLProof(statement: statement, arguments: arguments)
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

/// A query that has a row if a transaction was kept, and none if it was not.
struct PostgreSQLProof: Sendable {
    let statement: SQLStatement
    let arguments: SQLArguments
}
