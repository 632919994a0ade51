/// How much of a PostgreSQL server one process may use.
package struct PostgreSQLConfiguration: Hashable, Sendable {
    /// How many connections do the work, each on a thread of its own; at least 2.
    ///
    /// Few are faster than many: what counts are the cores of the database's machine.
    package var workerCount = 8

    /// How many reads by key may wait for a connection.
    ///
    /// Further ones are refused.
    package var waitingReadLimit = 10_000

    /// How many scans may wait for a connection.
    ///
    /// Further ones are refused.
    package var waitingScanLimit = 1000

    /// How many writes may wait for a connection.
    ///
    /// Further ones are refused; a location has half of the places that others leave.
    package var waitingWriteLimit = 10_000

    /// How long work of a location may wait for a connection.
    package var waitLimit = Duration.seconds(10)

    /// How long one read may take.
    package var readTimeLimit = Duration.seconds(2)

    /// How long one statement of a location's write may take.
    package var writeTimeLimit = Duration.seconds(10)

    /// How long a statement waits for a row that another transaction has locked.
    package var lockTimeLimit = Duration.seconds(5)

    /// How long the database waits for the next statement of a transaction before it ends the
    /// connection, so that a node that has stopped does not keep its locks.
    package var stallTimeLimit = Duration.seconds(2)

    /// How long the server may be silent beyond a limit before the connection is given up.
    package var silenceLimit = Duration.seconds(3)

    /// How often a transaction is run again that others stood in the way of.
    package var retryLimit = 8

    /// How many scans run at once; a location runs half as many.
    package var scanCount: Int { max(1, workerCount / 2) }

    /// How many connections are open together: those that do the work, the one that sets numbers
    /// aside, and the one by which nodes share the work out.
    package var connectionCount: Int { workerCount + 2 }

    /// Creates a configuration with eight connections.
    package init() {}
}
