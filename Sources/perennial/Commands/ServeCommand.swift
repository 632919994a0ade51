import ArgumentParser
import HTTPServing
import HighLevel
import Hummingbird
import LionDesk
import Logging
import Recurrence
import Scheduling
import ServiceLifecycle
import Storage
import SystemZones
import Tasks
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

    @Flag(help: .hidden)
    var yardstick = false

    @Option(help: .hidden)
    var schedulers = 1

    func validate() throws {
        _ = try ServeSettings(self)
    }

    func run() async throws {
        let settings = try ServeSettings(self)
        LoggingSystem.bootstrap(settings.logFormat.handler(at: settings.logLevel))
        try await databaseOptions.withStore { store in
            try await serve(store, with: settings)
        }
    }

    private func serve(_ store: SQLStore<SQLiteDatabase>, with settings: ServeSettings) async throws
    {
        let logger = Logger(label: "perennial")
        if let warning = SQLiteLibrary.warning { logger.debug("\(warning)") }
        let zones = SystemZones()
        let standingClock = settings.testClock.map { StandingClock(at: $0) }
        let clock = standingClock.map { ServerClock.standing($0) } ?? .wall(WallClock())
        let scheduler = Scheduler(
            store: store,
            zones: zones,
            horizon: settings.horizon,
            clock: clock,
            logger: logger
        )
        let readiness = Readiness()
        var mounts = dialects(over: store, zones: zones, clock: clock, settings)
        mounts.append(
            Serving.Mount(prefix: ["health"], responder: HealthResponder(readiness: readiness))
        )
        if let standingClock {
            let responder = TestClockResponder(clock: standingClock) { time in
                try await scheduler.settle(upTo: time) { standingClock.move(to: $0) }
            }
            mounts.append(Serving.Mount(prefix: ["test-clock"], responder: responder))
        }
        if yardstick {
            mounts.append(Serving.Mount(prefix: ["yardstick"], responder: Yardstick()))
        }
        let application = makeApplication(
            Serving(mounts),
            host: settings.host,
            port: settings.port,
            logger: logger
        ) { port in
            readiness.set(true)
            logger.info("Serving", metadata: ["host": "\(settings.host)", "port": "\(port)"])
        }
        // Others know of each other's work as little as those of other nodes would.
        let others = (1..<max(1, schedulers)).map { _ in
            Scheduler(
                store: SQLStore(over: store.driver),
                zones: zones,
                horizon: settings.horizon,
                clock: clock,
                logger: logger
            )
        }
        var configuration = ServiceGroupConfiguration(
            // Stopped in reverse: first nobody is told any more that the server is ready.
            services: others + [scheduler, application, ReadinessService(readiness: readiness)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as ServiceGroupError {
            throw error
        } catch {
            throw CommandFailure(
                .unavailable,
                "Could not serve on \(settings.host):\(settings.port): \(error)"
            )
        }
        logger.info("Stopped")
    }

    /// The dialects, each at its paths, over one store.
    private func dialects(
        over store: SQLStore<SQLiteDatabase>,
        zones: SystemZones,
        clock: ServerClock,
        _ settings: ServeSettings
    ) -> [Serving.Mount] {
        let lionDesk = LionDeskAPI(
            store: store,
            tokens: store.directory,
            zones: zones,
            clock: clock,
            horizon: settings.horizon,
            options: settings.lionDesk
        )
        let highLevel = HighLevelAPI(
            store: store,
            tokens: store.directory,
            zones: zones,
            clock: clock,
            horizon: settings.horizon,
            options: settings.highLevel,
            limiter: RateLimiter(limits: settings.rateLimits),
            wallClock: { WallClock().now }
        )
        return [Serving.Mount(prefix: type(of: lionDesk).prefix, responder: lionDesk)]
            + type(of: highLevel).prefixes.map { prefix in
                Serving.Mount(prefix: prefix, responder: highLevel)
            }
    }
}

/// Says that the server is not ready any more once it is told to stop.
private struct ReadinessService: Service {
    let readiness: Readiness

    func run() async throws {
        try await gracefulShutdown()
        readiness.set(false)
    }
}

/// Answers the least that can be answered, for measurements to be compared with.
private struct Yardstick: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain"],
            body: .init(byteBuffer: .init(string: "ok\n"))
        )
    }
}
