package import Tasks

/// What the server keeps, in the tables of ``Schema``.
///
/// It implements the domain's ports over any SQL driver, with the same statements. Each method is
/// one transaction; reading methods see one moment.
package struct Store<Driver: SQLDriver>: Sendable {
    package let driver: Driver
    let numbers = NumberReserve()

    /// Creates a store over a database that has the tables.
    package init(over driver: Driver) {
        self.driver = driver
    }

    /// Refuses what is asked for from now on, finishes what was, and lets go of the database.
    package func close() async {
        await driver.close()
    }
}

extension Store<SQLiteDatabase> {
    /// Opens the database in a file, creates it unless it exists, and brings its tables up to date.
    ///
    /// - Throws: ``SQLiteOpenError``, or ``SQLError`` if the tables cannot be brought up to date.
    package static func open(
        path: String,
        configuration: SQLiteConfiguration = SQLiteConfiguration()
    ) async throws -> Store {
        let database = try SQLiteDatabase(path: path, configuration: configuration)
        do {
            let tables = Schema.steps.map { Migration($0.name, $0.statement) }
            try await Migrator(tables + SQLiteStatistics.migrations).migrate(database)
        } catch {
            await database.close()
            throw error
        }
        return Store(over: database)
    }
}

/// A change was asked for in a location that the directory does not know or has deleted.
package struct UnknownLocation: Error, Hashable {
    package let locationID: LocationID

    package init(locationID: LocationID) {
        self.locationID = locationID
    }
}
