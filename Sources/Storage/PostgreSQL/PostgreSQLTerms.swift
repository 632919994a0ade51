import Synchronization
import Tasks

/// What the connections of a database share.
final class PostgreSQLTerms: Sendable {
    let url: PostgreSQLURL
    let configuration: PostgreSQLConfiguration
    let condition: DatabaseCondition
    let uptime: @Sendable () -> Duration

    /// Whether statements are prepared by name.
    ///
    /// A pooler that has each transaction run on another connection, and does not know of names,
    /// does not allow it; see ``PostgreSQLRefusal/isOfStatementName``.
    let preparesByName = Atomic(true)

    /// How often a connection has waited for answers of the server.
    let roundTripCount = Atomic(0)

    /// The connection for what is kept whatever becomes of the transaction at hand; none for that
    /// connection itself.
    let side: PostgreSQLSide?

    /// Creates the terms of the connections that do the work, with a connection at their side.
    init(
        _ url: PostgreSQLURL,
        _ configuration: PostgreSQLConfiguration,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.url = url
        self.configuration = configuration
        self.uptime = uptime
        condition = DatabaseCondition { StoreFault(ofPostgreSQL: $0, while: $1) }
        side = PostgreSQLSide(
            PostgreSQLTerms(url, configuration, uptime: uptime, sharing: condition)
        )
    }

    /// Makes a place for a connection beside those that do the work.
    func makeSide() -> PostgreSQLSide {
        PostgreSQLSide(PostgreSQLTerms(url, configuration, uptime: uptime, sharing: condition))
    }

    private init(
        _ url: PostgreSQLURL,
        _ configuration: PostgreSQLConfiguration,
        uptime: @escaping @Sendable () -> Duration,
        sharing condition: DatabaseCondition
    ) {
        self.url = url
        self.configuration = configuration
        self.uptime = uptime
        self.condition = condition
        side = nil
    }
}

/// The connection for what is kept whatever becomes of the transaction at hand, used by one thread at
/// a time.
final class PostgreSQLSide: Sendable {
    private let terms: PostgreSQLTerms
    private let connection: Mutex<PostgreSQLConnection?> = Mutex(nil)

    init(_ terms: PostgreSQLTerms) {
        self.terms = terms
    }

    /// Runs a closure in a transaction, and returns once it is durable.
    ///
    /// If the answer to the commit is lost, it is run once more, whatever became of it.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func run<Value: Sendable>(
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        try connection.withLock { connection in
            do { return try run(on: &connection, body) } catch SQLError.outcomeUnknown {
                return try run(on: &connection, body)
            }
        }
    }

    private func run<Value: Sendable>(
        on connection: inout PostgreSQLConnection?,
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        try terms.trying(on: &connection) { connection in
            connection.begin(.writing, limit: terms.configuration.writeTimeLimit)
            return try connection.transaction(terms.configuration.writeMode, body)
        }
    }

    /// Closes the connection once it is free.
    func close() {
        connection.withLock { $0 = nil }
    }
}
