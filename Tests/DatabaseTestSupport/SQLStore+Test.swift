package import Storage
package import TestSupport

/// A store on the engine that the tests run on.
package typealias TestStore = SQLStore<TestDriver>

extension SQLStore<TestDriver> {
    /// Opens the store that belongs to a folder.
    ///
    /// It is the same one whenever it is opened, also if the engine keeps nothing in the folder.
    package static func forTest(
        in folder: TemporaryFolder,
        uptime: @escaping @Sendable () -> Duration = { .zero },
        telling unreadableRows: UnreadableRows = UnreadableRows { _ in }
    ) async throws -> TestStore {
        let driver: TestDriver
        switch TestEngine.current {
        case .sqlite:
            let store = try await SQLStore<SQLiteDatabase>.open(
                path: folder.database,
                uptime: uptime,
                telling: unreadableRows
            )
            driver = .sqlite(store.driver)
        case .postgreSQL:
            var configuration = PostgreSQLConfiguration()
            configuration.workerCount = 4
            // On SQLite nothing takes too long, since the test's clock stands still.
            configuration.readTimeLimit = .seconds(60)
            let store = try await SQLStore<PostgreSQLDatabase>.open(
                try await schema(of: folder),
                configuration: configuration,
                uptime: uptime,
                telling: unreadableRows
            )
            driver = .postgreSQL(store.driver)
        }
        return SQLStore(over: driver, telling: unreadableRows)
    }
}

/// The URL of the database for tests, with the tables in a schema of their own.
///
/// The schema is made if it is not there.
package func schema(of folder: TemporaryFolder) async throws -> PostgreSQLURL {
    guard case .postgreSQL(let url) = TestEngine.current else {
        preconditionFailure("SQLite has no schemas")
    }
    let name = "t" + folder.path.filter { $0.isLetter || $0.isNumber }.lowercased().suffix(40)
    var configuration = PostgreSQLConfiguration()
    configuration.workerCount = 2
    let database = try PostgreSQLDatabase(url, configuration: configuration)
    do {
        _ = try await database.write { connection in
            try connection.execute(
                SQLStatement(dynamic: "CREATE SCHEMA IF NOT EXISTS \(name)"),
                [:]
            )
        }
    } catch {
        await database.close()
        throw error
    }
    await database.close()
    guard let url = url.adding("options", "-csearch_path=\(name)") else {
        preconditionFailure("libpq does not know its options")
    }
    return url
}
