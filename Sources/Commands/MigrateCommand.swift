import ArgumentParser
import Storage

struct MigrateCommand: AsyncParsableCommand, DatabaseWork {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring a database's tables up to date.",
        discussion: """
            A SQLite file is brought up to date by every command that opens it. A PostgreSQL \
            database is shared, so a server of this version refuses one of an earlier version until \
            this command was run, or one server started with --migrate. Servers of the version \
            before go on with the new tables. It may be run again, and by several at once.
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Flag(
        help: """
            Distribute the tables by shard, where the database has the Citus extension. See \
            docs/postgres.md.
            """
    )
    var distribute = false

    func run() async throws { try await databaseOptions.run(self, migrating: true) }

    package func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        print("The tables of \(try databaseOptions.place()) are up to date.")
        guard distribute else { return }
        guard let database = store.driver as? PostgreSQLDatabase else {
            throw CommandFailure(.unavailable, "A SQLite file cannot be distributed.")
        }
        guard let tables = try await database.distribute() else {
            throw CommandFailure(
                .unavailable,
                """
                The database has no Citus extension. Install it on all machines, and run CREATE \
                EXTENSION citus in the database first.
                """
            )
        }
        print(
            "Distributed: \(tables.isEmpty ? "nothing that was not" : tables.joined(separator: ", "))."
        )
    }
}
