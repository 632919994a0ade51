import API
import Delivery
import DirectoryDocument
import Foundation
package import HTTPServing
import Hummingbird
import Logging
import Pages
import Scheduling
package import ServiceLifecycle
package import Storage
import SystemZones
import Tasks
import UnixSignals

/// A server over one database.
///
/// Until it runs, a program may add mounts and schedulers to it.
package struct Server<Driver: WatchedDriver> {
    package let store: SQLStore<Driver>
    /// The responders and their paths.
    package var mounts: [Serving.Mount] = []
    /// The schedulers, which carry out what comes due; one is enough.
    package var schedulers: [any Service] = []
    /// What answers at the root alone.
    private var home: any HTTPResponder<BasicRequestContext>
    let settings: ServeSettings
    private let node: (any ClusterNode)?
    private let lead: ClockLead
    let clock: ServerClock
    let zones = SystemZones()
    private let readiness = Readiness()
    private let descriptions = DescriptionResponder()
    private let watch: StoreWatch<SQLStore<Driver>, ContinuousClock>
    private let zoneDataWatch: ZoneDataWatch
    private let relay: WebhookRelay<SQLStore<Driver>, CurlSender, ServerClock>
    private let reminders: ReminderRelay<SQLStore<Driver>, ReminderPost, SystemZones, ServerClock>
    private let signInPost: SignInPost<SQLDirectoryStore<Driver>, ServerClock>?
    private let logger = Logger(label: "perennial")

    /// Creates a server as it is deployed.
    ///
    /// - Parameters:
    ///   - store: The data.
    ///   - settings: The settings.
    ///   - node: The server as one of several over the database; none if it has it to itself.
    ///   - lead: By how much the database's clock is ahead of the machine's.
    init(
        over store: SQLStore<Driver>,
        with settings: ServeSettings,
        as node: (any ClusterNode)?,
        clockLead lead: ClockLead
    ) {
        self.node = node
        self.lead = lead
        self.store = store
        self.settings = settings
        // The disk's time is the machine's, even where a test moves the server's.
        watch = StoreWatch(
            over: store,
            clock: ContinuousClock(),
            probeInterval: settings.probeInterval,
            logger: logger
        )
        zoneDataWatch = ZoneDataWatch(
            look: { [zones] range in (zones.data, zones.newerData(in: range)) },
            now: { WallClock().now },
            logger: logger,
            pause: { [interval = settings.zoneCheckInterval] in
                try await Task.sleep(for: interval)
            }
        )
        let standingClock = settings.testClock.map { StandingClock(at: $0) }
        clock =
            standingClock.map { .standing($0) }
            ?? .wall(.machine(settings.clockLimits, ahead: lead))
        relay = Self.makeRelay(
            over: store,
            zones: zones,
            settings: settings.webhooks,
            clock: clock,
            isOneOfSeveral: node != nil,
            logger: logger
        )
        reminders = Self.makeReminders(
            over: store,
            zones: zones,
            settings: settings,
            clock: clock,
            isOneOfSeveral: node != nil,
            logger: logger
        )
        signInPost = Self.makeSignInPost(over: store, with: settings, clock: clock, logger: logger)
        home = descriptions
        let scheduler = makeScheduler(over: store)
        schedulers = [scheduler]
        mountAll()
        if let standingClock { mounts.append(mount(of: standingClock, settling: scheduler)) }
    }

    /// Mounts what a deployed server answers with.
    private mutating func mountAll() {
        let dialects = dialects
        let api = ownAPI
        mounts = dialects + [Serving.Mount(prefix: type(of: api).prefix, responder: api)]
        // A program that comes to a path of the page is answered by what else is there.
        let page = page(standingOn: api, besides: Serving(dialects, home: descriptions))
        home = page
        mounts += (type(of: page).prefixes + type(of: page).sharedPrefixes).map { prefix in
            Serving.Mount(prefix: prefix, responder: page)
        }
        mounts.append(Serving.Mount(prefix: ["health"], responder: health))
        mounts += DescriptionResponder.prefixes.map { [descriptions] prefix in
            Serving.Mount(prefix: prefix, responder: descriptions)
        }
        mounts.append(links { try await api.answer($0, by: $1) })
    }

    /// By which a test moves the clock, and has everything done that comes due on the way.
    private func mount(
        of clock: StandingClock,
        settling scheduler: Scheduler<SQLStore<Driver>, SystemZones, ServerClock>
    ) -> Serving.Mount {
        let responder = TestClockResponder(clock: clock) { [relay, reminders] time in
            let work = TimedWork(nextAt: { reminders.nextAt }, settle: { await reminders.settle() })
            try await reminders.movingTime {
                try await scheduler.settle(upTo: time, alongside: work) { clock.move(to: $0) }
            }
            await relay.settle()
        }
        return Serving.Mount(prefix: ["test-clock"], responder: responder)
    }

    /// Makes a scheduler with the server's clock and horizon.
    package func scheduler(over store: SQLStore<Driver>) -> any Service {
        makeScheduler(over: store)
    }

    /// Serves until a signal stops the server.
    ///
    /// - Throws: `CommandFailure` where the address is not available.
    func run() async throws {
        if let warning = SQLiteLibrary.warning { logger.debug("\(warning)") }
        for warning in store.driver.warnings { logger.warning("\(warning)") }
        await readZones()
        zoneDataWatch.check()
        let limits = connectionLimits()
        let application = makeApplication(
            Serving(mounts, home: home, crossOrigin: settings.crossOrigin),
            host: settings.host,
            port: settings.port,
            limits: limits,
            logger: logger
        ) { [readiness, logger, host = settings.host] port in
            readiness.set(true)
            logger.info("Serving", metadata: ["host": "\(host)", "port": "\(port)"])
        }
        let doors = try doors
        var configuration = ServiceGroupConfiguration(
            // Services are stopped in reverse order, so `/health` says first that we are not ready.
            services: watches + nodeWatches + schedulers + [relay, reminders] + posts + doors
                + [
                    application,
                    ReadinessService(readiness: readiness, feedBell: store.feedBell),
                ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // A store that was lost stops the server in the same way as a signal.
        configuration.services.insert(
            .init(service: watch, failureTerminationBehavior: .gracefullyShutdownGroup),
            at: 0
        )
        configuration.maximumGracefulShutdownDuration = limits.stopTimeout
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as ServiceGroupError {
            throw error
        } catch is StoreMoved {
            throw CommandFailure(
                .ioError,
                """
                The database was moved, removed, replaced or overwritten while the server had it \
                open. Nothing more can be kept in it, so the server has stopped. If the file was \
                moved, move it back before the next start; what was acknowledged is in it.
                """
            )
        } catch {
            let reason = reasonForNotListening(error, host: settings.host, port: settings.port)
            throw CommandFailure(
                .unavailable,
                "Could not serve on \(settings.host):\(settings.port): \(reason ?? "\(error)")"
            )
        }
        logger.info("Stopped")
    }

    private var posts: [any Service] { signInPost.map { [$0] } ?? [] }

    /// The door for commands, if there is to be one.
    private var doors: [any Service] {
        get throws {
            guard let path = try settings.doorPath() else { return [] }
            return [
                Door(
                    path: path,
                    store: store,
                    clock: clock,
                    webhooks: settings.webhooks,
                    post: settings.post,
                    logger: logger
                )
            ]
        }
    }

    private var health: HealthResponder {
        HealthResponder(
            readiness: readiness,
            setAsideCount: { [agenda = store.agenda] in agenda.setAsideCount },
            heldSeries: { [agenda = store.agenda] in agenda.heldSeries },
            clockTrouble: { [clock] in clock.trouble },
            zones: { [zoneDataWatch] in
                zoneDataWatch.release.map { release in
                    ZoneHealth(release: release, warnings: zoneDataWatch.warnings)
                }
            },
            storeTrouble: { [watch] in watch.trouble },
            storeTroubleOnTrial: { [watch] in await watch.troubleOnTrial() }
        )
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

    /// The limits of connections, whose number leaves the server descriptors for its own files.
    private func connectionLimits() -> ConnectionLimits {
        let asked = settings.connections.count
        let count = DescriptorLimit.raised().connections(
            asked: asked,
            coreCount: ProcessInfo.processInfo.activeProcessorCount,
            databaseCount: store.driver.connectionCount
        )
        if let asked, count < asked {
            logger.warning(
                "Lowered the limit of connections to what the process may open",
                metadata: ["asked": "\(asked)", "limit": "\(count)"]
            )
        }
        return settings.connections.limits(count: count)
    }

    private func makeScheduler(
        over store: SQLStore<Driver>
    ) -> Scheduler<SQLStore<Driver>, SystemZones, ServerClock> {
        Scheduler(
            store: store,
            zones: zones,
            horizon: settings.horizon,
            clock: clock,
            logger: logger
        )
    }

    /// What watches the machine's clock and its time zones, and forgets what is old.
    private var watches: [any Service] {
        let uses = TokenUseKeeper(store: store.directory, logger: logger) {
            try await Task.sleep(for: .seconds(10))
        }
        let zoneWatch = ZoneWatch(store: store, zones: zones, clock: clock, logger: logger) {
            [interval = settings.zoneCheckInterval] in try await Task.sleep(for: interval)
        }
        let seriesWatch = SeriesWatch(store: store, zones: zones, clock: clock, logger: logger) {
            try await Task.sleep(for: .seconds(86_400))
        }
        let cleaning = Cleaning(
            store: store,
            clock: clock,
            logRetention: settings.logRetention,
            reminderRetention: settings.post.reminderRetention,
            logger: logger
        ) {
            try await Task.sleep(for: .seconds(600))
        }
        let watches: [any Service] = [uses, zoneWatch, zoneDataWatch, seriesWatch, cleaning]
        switch clock {
        case .wall(let clock): return watches + [ClockWatch(clock, logger: logger)]
        case .standing: return watches
        }
    }

    /// What shares the work out among nodes, if there can be several.
    private var nodeWatches: [any Service] {
        guard let node else { return [] }
        return [
            NodeWatch(
                node: node,
                agenda: store.agenda,
                feedBell: store.feedBell,
                clock: clock,
                setClock: { [lead] in try await lead.measure(by: node) },
                logger: logger,
                pause: { try await Task.sleep(for: $0) }
            )
        ]
    }

    /// The API of the server's own.
    private var ownAPI: OwnAPIResponder {
        OwnAPIResponder(
            store: store,
            tokens: store.directory,
            format: DirectoryDocumentFormat(zones: zones, digest: Secrets.digest),
            webhooks: settings.webhooks.office,
            zones: zones,
            clock: clock,
            horizon: settings.horizon,
            limiter: RateLimiter(limits: settings.apiRateLimits),
            wallClock: { WallClock().now },
            time: FollowingTime(uptime: Uptime().read) { try await Task.sleep(for: $0) }
        )
    }

    private typealias OwnAPIResponder =
        PerennialAPI<SQLStore<Driver>, SQLDirectoryStore<Driver>, SystemZones, ServerClock>

    /// The page, which stands on the own API.
    private func page(
        standingOn api: OwnAPIResponder,
        besides other: Serving
    ) -> PageServer<SQLDirectoryStore<Driver>, SystemZones, ServerClock> {
        var terms = settings.page
        terms.zoneNames = { [zones] in zones.placeNames }
        return PageServer(
            sessions: store.directory,
            zones: zones,
            clock: clock,
            wallClock: { WallClock().now },
            terms: terms,
            randomBytes: Secrets.randomBytes,
            ways: SignInWays(
                post: signInPost,
                openID: Self.makeOpenIDClient(with: settings)
            ),
            health: health,
            other: other,
            answer: { request, principal in try await api.answer(request, by: principal) }
        )
    }
}

/// What a program adds to a server before it runs, whatever the engine of its database.
package protocol ServerPreparation {
    /// Adds mounts or schedulers.
    func prepare<Driver: WatchedDriver>(_ server: inout Server<Driver>)
}

/// Marks the server as not ready when it begins to stop, and holds no answers back any more.
private struct ReadinessService: Service {
    let readiness: Readiness
    let feedBell: FeedBell

    func run() async throws {
        try await gracefulShutdown()
        readiness.set(false)
        feedBell.close()
    }
}
