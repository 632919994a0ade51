package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Moves the horizons of series that are due to move, for as long as the server runs.
///
/// A series whose rule or zone cannot be followed is set aside with an entry in its location's log,
/// so that it never holds up the others. Told to stop, the service finishes the series at hand and
/// returns.
package struct HorizonService<
    Store: TaskStore & SeriesClockStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let commands: TaskCommands<Store, Zones>
    private let store: Store
    private let clock: C
    private let logger: Logger

    /// How many series one look takes up.
    private static var batchLimit: Int { 100 }
    /// How long the service waits before it looks again when nothing is due.
    private static var pollInterval: Duration { .seconds(1) }

    package init(
        commands: TaskCommands<Store, Zones>,
        store: Store,
        clock: C,
        logger: Logger
    ) {
        self.commands = commands
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Moves horizons until the service is told to stop.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let moved = try await moveDueHorizons()
                    if moved == Self.batchLimit { continue }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Could not look for due series", metadata: ["error": "\(error)"])
                }
                try? await clock.sleep(for: Self.pollInterval)
            }
        }
    }

    package var description: String { "HorizonService" }

    /// Moves the horizons that are due by now, and tells how many were taken up.
    package func moveDueHorizons() async throws -> Int {
        let now = clock.now
        let due = try await store.dueSeries(at: now, limit: Self.batchLimit)
        for address in due {
            if Task.isCancelled { throw CancellationError() }
            try await move(address, at: now)
        }
        return due.count
    }

    private func move(_ address: SeriesAddress, at now: Timestamp) async throws {
        let metadata: Logger.Metadata = [
            "location": "\(address.locationID.rawValue)",
            "series": "\(address.seriesID.rawValue)",
        ]
        do {
            let count = try await commands.materialize(address, at: now)
            logger.debug(
                "Moved a horizon",
                metadata: metadata.merging(["tasks": "\(count)"]) { $1 }
            )
        } catch let error as UnknownZone {
            logger.error(
                "Set a series aside",
                metadata: metadata.merging(["zone": "\(error.identifier)"]) { $1 }
            )
            try await store.setAside(
                address,
                because: "unknown time zone \(error.identifier)",
                at: now
            )
        }
    }
}
