package import ArgumentParser
import Foundation
import Logging
import Storage

/// The arguments of `serve`, and the serving itself.
package struct ServeArguments: ParsableArguments {
    package static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a database over HTTP until a signal stops it.",
        discussion: """
            LionDesk's Tasks v2.1 API is at /api/v1. HighLevel's recurring tasks, contacts' tasks \
            and task search are at /locations and /contacts. The page for people is at /; perennial \
            sign-in prints a link that opens it. GET /health tells whether the server \
            is ready, and GET /health?deep tries the database out before it answers. SIGTERM and \
            SIGINT stop the server within five seconds: it accepts no more requests, finishes the \
            current ones and closes the database.

            Only one process at a time can use a SQLite file: while a server runs, a second server \
            is refused, and the commands directory, user, token, sign-in, series, webhook and deliver \
            ask the server through a \
            Unix socket beside the file, which its owner alone can use. A missing file is created. \
            Should the file be moved, removed, replaced or overwritten while the server runs, the \
            server stops with status 74.

            A PostgreSQL database has to exist, and its tables are made; the other commands can be \
            used while a server runs. Any number of servers may use it at the same time, and share \
            the work. One of an earlier version is refused unless --migrate is given.
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Flag(
        help: """
            Bring the tables of a PostgreSQL database of an earlier version up to date. \
            PERENNIAL_MIGRATE=true.
            """
    )
    var migrate = false

    @Option(
        help: ArgumentHelp(
            "The address to listen on. PERENNIAL_HOST; 127.0.0.1 by default.",
            valueName: "address"
        )
    )
    var host: String?

    @Option(
        help: ArgumentHelp(
            "The port, 0 for any that is free. PERENNIAL_PORT; 8080 by default.",
            valueName: "number"
        )
    )
    var port: Int?

    @Option(
        help: ArgumentHelp(
            """
            The origins whose pages may use the APIs from a browser, with commas between, such as \
            https://app.example.com; * means every origin. PERENNIAL_CORS_ORIGINS; none by default.
            """,
            valueName: "origins"
        )
    )
    var corsOrigins: String?

    @Option(
        help: ArgumentHelp(
            "The lowest level of log entries to write. PERENNIAL_LOG_LEVEL; info by default.",
            valueName: "level"
        )
    )
    var logLevel: LogLevel?

    @Option(
        help: ArgumentHelp(
            """
            The format of log entries on standard error: text, or json with one object a line. \
            PERENNIAL_LOG_FORMAT; text by default.
            """,
            valueName: "format"
        )
    )
    var logFormat: LogFormat?

    @Option(
        help: ArgumentHelp(
            """
            How far ahead the tasks of an endless series are stored, 1 to 3653 days. \
            PERENNIAL_HORIZON_DAYS; 366 by default.
            """,
            valueName: "days"
        )
    )
    var horizonDays: Int?

    @Option(
        help: ArgumentHelp(
            """
            How often the database is tried out, with a small write and some reads, 0 to 86400 \
            seconds; 0 tries it only while something is wrong and for GET /health?deep. \
            PERENNIAL_PROBE_SECONDS; 10 by default.
            """,
            valueName: "seconds"
        )
    )
    var probeSeconds: Int?

    @Option(
        help: ArgumentHelp(
            """
            For how many days changes are kept in the locations' logs, by which others follow what \
            changes and by which it is undone, 0 to 36500; 0 keeps them for ever. \
            PERENNIAL_LOG_RETENTION; 0 by default.
            """,
            valueName: "days"
        )
    )
    var logRetention: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many records a page has if a request sets no limit, 1 to the page limit. \
            PERENNIAL_PAGE_SIZE; 10 by default.
            """,
            valueName: "count"
        )
    )
    var pageSize: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many records a page has at most, 1 to 1000. PERENNIAL_PAGE_LIMIT; 50 by default.
            """,
            valueName: "count"
        )
    )
    var pageLimit: Int?

    @Flag(
        name: .customLong("numeric-ids"),
        help: """
            Write LionDesk's identifiers as JSON numbers, not as strings. \
            PERENNIAL_NUMERIC_IDS=true.
            """
    )
    var numericIDs = false

    @Option(
        name: .customLong("liondesk-catch-up"),
        help: ArgumentHelp(
            """
            The catch-up of series made through LionDesk: which occurrences get a task if they \
            came while no server ran and were not stored ahead. PERENNIAL_LIONDESK_CATCH_UP; all \
            by default.
            """,
            valueName: "policy"
        )
    )
    var lionDeskCatchUp: CatchUpPolicy?

    @Option(
        name: .customLong("liondesk-patch"),
        help: ArgumentHelp(
            """
            What LionDesk's PATCH does with fields that are left out: reset sets them to their \
            defaults, as LionDesk did; merge leaves them as they are. PERENNIAL_LIONDESK_PATCH; \
            reset by default.
            """,
            valueName: "way"
        )
    )
    var lionDeskPatch: LionDeskPatch?

    @OptionGroup(title: "The page")
    var page: PageArguments

    @OptionGroup(title: "Queries")
    var queries: QueryArguments

    @OptionGroup(title: "Quotas of a location")
    var quotas: QuotaArguments

    @OptionGroup(title: "Connections")
    var connections: ConnectionArguments

    @OptionGroup(title: "HighLevel")
    var highLevel: HighLevelArguments

    @OptionGroup(title: "Webhooks")
    var webhooks: WebhookArguments

    @OptionGroup(title: "Mail")
    var mail: MailArguments

    @OptionGroup(title: "SMS")
    var sms: SMSArguments

    @OptionGroup(title: "Reminders")
    var reminders: ReminderArguments

    @OptionGroup(title: "Clock and time zones")
    var clock: ClockArguments

    @Option(
        help: ArgumentHelp(
            """
            Serve on a test clock that stands still at this instant. \
            PUT /test-clock {"now": INSTANT} moves it forward and carries out in order what comes \
            due. PERENNIAL_TEST_CLOCK.
            """,
            valueName: "instant"
        )
    )
    var testClock: String?

    package init() {}

    package func validate() throws {
        _ = try ServeSettings(self)
    }

    /// Serves until a signal stops the server.
    ///
    /// - Parameter preparation: Adds mounts or schedulers to the server before it begins.
    /// - Throws: `ExitCode` where the database or the address is not available; the reason is
    ///   written to standard error before. Also any other error of a service.
    package func serve(preparing preparation: (any ServerPreparation)? = nil) async throws {
        let settings = try ServeSettings(self)
        LoggingSystem.bootstrap(settings.logFormat.handler(at: settings.logLevel))
        tellStrangeVariables()
        let work = ServingWork(settings: settings, preparation: preparation)
        try await databaseOptions.run(work, settings.database, migrating: settings.migrates)
    }

    /// Warns of variables that were meant for the server, by their names, and that it does not read.
    private func tellStrangeVariables() {
        let logger = Logger(label: "perennial")
        let variables = StrangeVariable.all(
            in: ProcessInfo.processInfo.environment,
            help: Self.helpMessage(columns: 120)
        )
        for variable in variables {
            var metadata: Logger.Metadata = ["variable": "\(variable.name)"]
            if let likelyName = variable.likelyName { metadata["meant"] = "\(likelyName)?" }
            logger.warning("Ignored a variable that no setting has", metadata: metadata)
        }
    }
}

private struct ServingWork: DatabaseWork {
    let settings: ServeSettings
    let preparation: (any ServerPreparation)?

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        guard try await !store.isBeingFilled() else {
            throw CommandFailure(.unavailable, "A move into the database has not ended.")
        }
        try await store.driver.beginServing()
        let store = store.holdingLocations(to: settings.quotas)
        // A test clock is of one server alone.
        let node = settings.testClock == nil ? store.driver.makeNode() : nil
        let lead = ClockLead()
        if let node { try await lead.measure(by: node) }
        var server = Server(over: store, with: settings, as: node, clockLead: lead)
        preparation?.prepare(&server)
        try await server.run()
    }
}
