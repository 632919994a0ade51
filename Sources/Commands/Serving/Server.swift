package import HTTPServing
import HighLevel
import LionDesk
import Logging
import Scheduling
package import ServiceLifecycle
package import Storage
import SystemZones
import Tasks
import UnixSignals

/// A server over one database.
///
/// Until it runs, a program may add mounts and schedulers to it.
package struct Server {
    package let store: SQLStore<SQLiteDatabase>
    /// The responders and their paths.
    package var mounts: [Serving.Mount] = []
    /// The schedulers, which carry out what comes due; one is enough.
    package var schedulers: [any Service] = []
    private let settings: ServeSettings
    private let clock: ServerClock
    private let zones = SystemZones()
    private let readiness = Readiness()
    private let logger = Logger(label: "perennial")

    /// Creates a server as it is deployed.
    init(over store: SQLStore<SQLiteDatabase>, with settings: ServeSettings) {
        self.store = store
        self.settings = settings
        let standingClock = settings.testClock.map { StandingClock(at: $0) }
        clock = standingClock.map { .standing($0) } ?? .wall(.machine(settings.clockLimits))
        let scheduler = makeScheduler(over: store)
        schedulers = [scheduler]
        mounts = dialects
        let health = HealthResponder(
            readiness: readiness,
            setAsideCount: { [agenda = store.agenda] in agenda.setAsideCount },
            clockTrouble: { [clock] in clock.trouble }
        )
        mounts.append(Serving.Mount(prefix: ["health"], responder: health))
        if let standingClock {
            let responder = TestClockResponder(clock: standingClock) { time in
                try await scheduler.settle(upTo: time) { standingClock.move(to: $0) }
            }
            mounts.append(Serving.Mount(prefix: ["test-clock"], responder: responder))
        }
    }

    /// Makes a scheduler with the server's clock and horizon.
    package func scheduler(over store: SQLStore<SQLiteDatabase>) -> any Service {
        makeScheduler(over: store)
    }

    /// Serves until a signal stops the server.
    ///
    /// - Throws: `CommandFailure` where the address is not available.
    func run() async throws {
        if let warning = SQLiteLibrary.warning { logger.debug("\(warning)") }
        await readZones()
        let application = makeApplication(
            Serving(mounts),
            host: settings.host,
            port: settings.port,
            logger: logger
        ) { [readiness, logger, host = settings.host] port in
            readiness.set(true)
            logger.info("Serving", metadata: ["host": "\(host)", "port": "\(port)"])
        }
        var configuration = ServiceGroupConfiguration(
            // Services are stopped in reverse order, so `/health` says first that we are not ready.
            services: watches + schedulers
                + [application, ReadinessService(readiness: readiness)],
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

    /// Reads the time zones in use, so that none is missed once its file cannot be read.
    private func readZones() async {
        do {
            for name in try await store.timeZones() {
                do {
                    _ = try zones.zone(named: name)
                } catch {
                    logger.error("Could not read a time zone", metadata: ["zone": "\(name)"])
                }
            }
        } catch {
            logger.error("Could not look up time zones", metadata: ["error": "\(error)"])
        }
    }

    private func makeScheduler(
        over store: SQLStore<SQLiteDatabase>
    ) -> Scheduler<SQLStore<SQLiteDatabase>, SystemZones, ServerClock> {
        Scheduler(
            store: store,
            zones: zones,
            horizon: settings.horizon,
            clock: clock,
            logger: logger
        )
    }

    /// What watches the machine's clock and its time zones.
    private var watches: [any Service] {
        let zoneWatch = ZoneWatch(store: store, zones: zones, clock: clock, logger: logger) {
            [interval = settings.zoneCheckInterval] in try await Task.sleep(for: interval)
        }
        switch clock {
        case .wall(let clock): return [zoneWatch, ClockWatch(clock, logger: logger)]
        case .standing: return [zoneWatch]
        }
    }

    /// The dialects, each at its paths, over one store.
    private var dialects: [Serving.Mount] {
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

/// Marks the server as not ready when it begins to stop.
private struct ReadinessService: Service {
    let readiness: Readiness

    func run() async throws {
        try await gracefulShutdown()
        readiness.set(false)
    }
}
