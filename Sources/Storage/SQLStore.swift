package import Tasks

/// The server's data, in the tables of ``Schema``.
///
/// It implements the domain's ports over any SQL driver, with the same statements. Each method is
/// one transaction. A method that only reads sees the database at one moment, except
/// `nextFires()`, whose statements each see what is committed when they begin.
package struct SQLStore<Driver: SQLDriver>: Sendable {
    package let driver: Driver
    package let agenda = FiringAgenda()
    /// Tells of rows that cannot be read.
    package let unreadableRows: UnreadableRows
    let numbers: NumberReserve
    /// The use of tokens that is not stored yet.
    let tokenUses = TokenUses()
    let quotas: QuotaKeeper
    let requestsInProgress = RequestsInProgress()
    package let feedBell = FeedBell()
    package let reminderBell = ReminderBell()
    package let reminderAgenda = ReminderAgenda()

    /// Creates a store over a database that has the tables.
    ///
    /// - Parameters:
    ///   - driver: The database.
    ///   - unreadableRows: Tells of rows that cannot be read.
    ///   - quotas: How much one location may store.
    package init(
        over driver: Driver,
        telling unreadableRows: UnreadableRows,
        quotas: LocationQuotas = LocationQuotas()
    ) {
        self.driver = driver
        self.unreadableRows = unreadableRows
        self.quotas = QuotaKeeper(quotas)
        numbers = NumberReserve(telling: unreadableRows)
    }

    /// The same data in a store that lets no location store more than its quotas.
    package func holdingLocations(to quotas: LocationQuotas) -> SQLStore {
        SQLStore(over: driver, telling: unreadableRows, quotas: quotas)
    }

    /// Refuses new work, finishes what was begun, and closes the database.
    package func close() async {
        await driver.close()
    }
}

extension SQLStore<SQLiteDatabase> {
    /// All steps of a database's history.
    static var migrations: [Migration] {
        Schema.migrations + SQLiteStatistics.migrations + [SQLiteOwnership.migration]
    }

    /// Opens the database in a file and brings its tables up to date.
    ///
    /// Creates the file if it does not exist.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - configuration: How much of the machine it may use.
    ///   - uptime: The time by which reads are ended that take too long; see ``SQLiteDatabase``.
    ///   - unreadableRows: Tells of rows that cannot be read.
    /// - Returns: The store.
    /// - Throws: ``SQLiteOpenError``, or ``SQLError`` if the tables cannot be brought up to date.
    package static func open(
        path: String,
        configuration: SQLiteConfiguration = SQLiteConfiguration(),
        uptime: @escaping @Sendable () -> Duration = { .zero },
        telling unreadableRows: UnreadableRows = UnreadableRows { _ in }
    ) async throws -> SQLStore {
        let database = try SQLiteDatabase(
            path: path,
            configuration: configuration,
            uptime: uptime
        )
        let store = SQLStore(over: database, telling: unreadableRows)
        do {
            try await Migrator(migrations).migrate(database)
            // Its last zones may not have been noted.
            if database.wasLeftOpen { try await database.forgetZoneDigests() }
            await store.raiseCounter()
        } catch {
            await database.close()
            throw SQLiteOpenError(error, path: path) ?? error
        }
        return store
    }
}

extension SQLStore {
    /// Lets the counter of numbers go on after those in use, where it was set back.
    ///
    /// A database that is too damaged for that is opened all the same.
    func raiseCounter() async {
        _ = try? await driver.write { [numbers] connection in
            try numbers.raiseCounter(on: connection)
        }
    }

    /// Lends a connection for a short read; each statement sees what is committed when it begins.
    ///
    /// - Throws: `StoreUnavailable`, `UnreadableRow`, any other ``SQLError``, or what the closure
    ///   throws.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Driver.Connection) throws -> Value
    ) async throws -> Value {
        do { return try await driver.read(body) } catch { throw toCaller(error) }
    }

    /// Lends a connection for a short read; all statements see the database at one moment.
    ///
    /// - Throws: `StoreUnavailable`, `UnreadableRow`, any other ``SQLError``, or what the closure
    ///   throws.
    func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Driver.Connection) throws -> Value
    ) async throws -> Value {
        do { return try await driver.readSnapshot(body) } catch { throw toCaller(error) }
    }

    /// Lends a connection for a read that may take long.
    ///
    /// A location's read begins on the calling thread, since it is short most of the time and another
    /// thread would cost more than it. All statements see the database at one moment.
    ///
    /// - Parameters:
    ///   - locationID: The location that reads; none for the server's own reads.
    ///   - body: What is read.
    /// - Returns: What the closure returns.
    /// - Throws: `QueryTooCostly`, `StoreUnavailable`, `UnreadableRow`, any other ``SQLError``, or
    ///   what the closure throws.
    func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Driver.Connection) throws -> Value
    ) async throws -> Value {
        do {
            if locationID != nil, let value = try driver.shortScan(body) { return value }
            return try await driver.scan(for: locationID, body)
        } catch SQLError.timedOut(let limit) {
            throw QueryTooCostly(timeLimit: limit)
        } catch {
            throw toCaller(error)
        }
    }

    /// Runs a closure in a transaction and returns once it is durable.
    ///
    /// While it runs, no other transaction writes in the location.
    ///
    /// - Parameters:
    ///   - locationID: The location that writes; none for the server's own writes.
    ///   - body: What is written.
    /// - Returns: What the closure returns.
    /// - Throws: `StoreUnavailable`, `UnreadableRow`, any other ``SQLError``, or what the closure
    ///   throws.
    func write<Value: Sendable>(
        for locationID: LocationID? = nil,
        _ body: @escaping @Sendable (Driver.Connection) throws -> Value
    ) async throws -> Value {
        let markCount = reminderBell.markCount
        do {
            let value = try await driver.write(for: locationID) { connection in
                if let locationID { try connection.lock([locationID]) }
                return try body(connection)
            }
            if let locationID { feedBell.ring(locationID) }
            reminderBell.ring(ifMarkedSince: markCount)
            return value
        } catch {
            // A block of numbers that was set aside may not be after all.
            if let error = error as? SQLError, error.isOfDatabase, error != .busy {
                numbers.forget()
            }
            throw toCaller(error)
        }
    }

    /// One transaction's view of a location.
    func transaction(
        in locationID: LocationID,
        on connection: Driver.Connection
    ) -> LocationTransaction<Driver.Connection> {
        LocationTransaction(
            in: locationID,
            on: connection,
            telling: unreadableRows,
            quotas: quotas,
            markingOn: reminderBell
        )
    }

    /// Returns an error as the domain knows it, and tells of a row that cannot be read.
    private func toCaller(_ error: any Error) -> any Error {
        switch error {
        case let error as SQLError: return error.toCaller
        case let error as UnreadableRow: unreadableRows.note(error)
        default: break
        }
        return error
    }
}

extension SQLConnection {
    /// Has the transaction wait for others that write in these locations, and others for it.
    ///
    /// All take the locations in the same order, so that no two wait for each other.
    func lock(_ locationIDs: [LocationID]) throws {
        if Self.writesAlone { return }
        for locationID in locationIDs.sorted(by: { $0.rawValue < $1.rawValue }) {
            try executeLater(LockStatements.location, SQLArguments(in: locationID))
        }
    }
}

extension SQLConnection {
    /// Locks those of some locations that no other transaction has locked.
    ///
    /// - Returns: Those that it has locked.
    func lockFree(_ locationIDs: [LocationID]) throws -> [LocationID] {
        if Self.writesAlone { return locationIDs }
        return try locationIDs.sorted { $0.rawValue < $1.rawValue }.filter { locationID in
            try row(LockStatements.freeLocation, SQLArguments(in: locationID)) { _ in true }
                ?? false
        }
    }
}

private enum LockStatements {
    /// For engines that let several transactions write.
    static let location = SQLStatement(
        """
        SELECT 1 FROM location WHERE shard = :shard AND locationID = :locationID FOR UPDATE
        """
    )

    static let freeLocation = SQLStatement(
        """
        SELECT 1 FROM location WHERE shard = :shard AND locationID = :locationID
        FOR UPDATE SKIP LOCKED
        """
    )
}

extension SQLError {
    /// The error for the caller.
    ///
    /// It is the domain's own error if another try may help.
    fileprivate var toCaller: any Error {
        switch self {
        case .busy: StoreUnavailable(reason: "The database is busy")
        case .unavailable(let code, let message):
            StoreUnavailable(reason: "The database answers \(code): \(message)")
        case .closed: StoreUnavailable(reason: "The database has been closed")
        case .moved(let path): StoreUnavailable(reason: "\(path) is not the file that was opened")
        case .outcomeUnknown(let message):
            StoreUnavailable(reason: "It is not known whether a change was kept: \(message)")
        case .interrupted: StoreUnavailable(reason: "The read was stopped")
        case .timedOut(let limit):
            StoreUnavailable(reason: "A read by key took longer than \(limit)")
        case .corrupt(let message):
            StoreUnavailable(reason: "The database is damaged: \(message)")
        case .uniquenessViolated, .constraintViolated, .transactionEnded, .newerSchema, .other:
            self
        }
    }
}

/// A change was requested in a location that the directory does not know or has deleted.
package struct UnknownLocation: Error, Hashable {
    package let locationID: LocationID

    package init(locationID: LocationID) {
        self.locationID = locationID
    }
}
