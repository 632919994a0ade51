package import ArgumentParser
import Logging

/// What `serve` is told, and how it is carried out.
package struct ServeArguments: ParsableArguments {
    package static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a database over HTTP until told to stop.",
        discussion: """
            LionDesk's Tasks v2.1 is answered at /api/v1, HighLevel's recurring tasks, contacts' \
            tasks and task search at /locations and /contacts, and GET /health tells whether the \
            server is ready. SIGTERM and SIGINT stop it within five seconds: it takes no more requests, \
            finishes those at hand and closes the database.

            One process at a time holds a database: a second server is refused, and so are the \
            other commands while a server runs. A database that does not exist is made.
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions

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
            "From which level on log entries are written. PERENNIAL_LOG_LEVEL; info by default.",
            valueName: "level"
        )
    )
    var logLevel: LogLevel?

    @Option(
        help: ArgumentHelp(
            """
            How log entries are written, to standard error: for people, or a line of JSON each. \
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
            How many records a page has where a request does not say, 1 to the page limit. \
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
            What series made through LionDesk do about occurrences that came while no server ran \
            and that were not stored ahead. PERENNIAL_LIONDESK_CATCH_UP; all by default.
            """,
            valueName: "policy"
        )
    )
    var lionDeskCatchUp: CatchUpPolicy?

    @OptionGroup(title: "HighLevel")
    var highLevel: HighLevelArguments

    @Option(
        help: ArgumentHelp(
            """
            Serve on a clock that stands still at an instant: PUT /test-clock {"now": INSTANT} moves \
            it forward and does in order what comes due. PERENNIAL_TEST_CLOCK.
            """,
            valueName: "instant"
        )
    )
    var testClock: String?

    package init() {}

    package func validate() throws {
        _ = try ServeSettings(self)
    }

    /// Serves until told to stop.
    ///
    /// - Parameter prepare: Adds to the server before it begins.
    /// - Throws: `ExitCode` where the database or the address is not to be had, once the reason is
    ///   told; any other error of a service.
    package func serve(preparing prepare: (inout Server) -> Void = { _ in }) async throws {
        let settings = try ServeSettings(self)
        LoggingSystem.bootstrap(settings.logFormat.handler(at: settings.logLevel))
        try await databaseOptions.withStore { store in
            var server = Server(over: store, with: settings)
            prepare(&server)
            try await server.run()
        }
    }
}
