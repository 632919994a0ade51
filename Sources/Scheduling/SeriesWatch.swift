package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Looks for series that have stopped though occurrences are to come, when the server starts and
/// again and again.
///
/// Nothing else would notice them, because they wait for a clock that does not fire.
package struct SeriesWatch<
    Store: StoppedSeriesStore & SeriesClockStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let commands: StoppedSeriesCommands<Store, Zones>
    private let clock: C
    private let pause: @Sendable () async throws -> Void
    private let logger: Logger

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - store: Where the series are.
    ///   - zones: The zones, for all parts of the server.
    ///   - clock: The server's clock.
    ///   - logger: Where it is told what was found.
    ///   - pause: Waits until it is time for the next look. The service ends if it throws.
    package init(
        store: Store,
        zones: Zones,
        clock: C,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void
    ) {
        commands = StoppedSeriesCommands(store: store, zones: zones, agenda: store.agenda)
        self.clock = clock
        self.logger = logger
        self.pause = pause
    }

    package var description: String { "SeriesWatch" }

    /// Works until the service is told to stop.
    package func run() async throws {
        await workRepeatedly(
            telling: "Could not look for series that have stopped",
            to: logger,
            pausing: pause
        ) { try await check() }
    }

    /// Looks once.
    ///
    /// - Throws: What the store throws, or `CancellationError`.
    package func check() async throws {
        try await commands.mend(at: clock.now) { finding in
            switch finding {
            case .goesOn(let address, let fireAt):
                logger.error(
                    "A series had stopped for no reason, and goes on",
                    metadata: address.metadata([
                        "from": "\(fireAt.text(in: .extended, fraction: .milliseconds))"
                    ])
                )
            case .failed(let address, let reason):
                logger.error(
                    "Could not let a series go on that had stopped for no reason",
                    metadata: address.metadata(["reason": "\(reason)"])
                )
            case .setAside(let address, let reason):
                logger.error(
                    "Set a series aside",
                    metadata: address.metadata(["reason": "\(reason)"])
                )
            }
        }
    }
}
