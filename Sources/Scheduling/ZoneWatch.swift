package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Takes the changes of time zones, and moves what is stored by the tables before.
///
/// The store remembers by which table of each zone its instants were computed. Where the zone has
/// another table now, because it changed while the server ran or while it did not, the due times of
/// open tasks and the times at which series fire are moved in the background.
package struct ZoneWatch<
    Store: RetimingStore,
    Zones: ChangingZoneSource,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let store: Store
    private let zones: Zones
    private let clock: C
    private let pause: @Sendable () async throws -> Void
    private let logger: Logger

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - store: Where the instants are stored.
    ///   - zones: The zones, for all parts of the server.
    ///   - clock: The server's clock.
    ///   - logger: Where changes are told.
    ///   - pause: Waits until it is time for the next look at the zones. The service ends if it
    ///     throws.
    package init(
        store: Store,
        zones: Zones,
        clock: C,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void
    ) {
        self.store = store
        self.zones = zones
        self.clock = clock
        self.logger = logger
        self.pause = pause
    }

    package var description: String { "ZoneWatch" }

    /// Works until the service is told to stop.
    package func run() async throws {
        await workRepeatedly(
            telling: "Could not move what is due by changed time zones",
            to: logger,
            pausing: pause
        ) { try await check() }
        do { _ = try await noteNewZones() } catch {
            logger.error("Could not note time zones", metadata: ["error": "\(error)"])
        }
    }

    /// Looks once whether zones have changed, and moves what is to be moved.
    ///
    /// Requests that are under way while a table is exchanged may still store instants of the table
    /// before. So a pass counts only if no table was exchanged at its beginning. Otherwise the next
    /// look begins another.
    ///
    /// - Throws: What the store throws, or `CancellationError`.
    package func check() async throws {
        let stored = try await noteNewZones()
        let refresh = zones.refresh()
        tell(refresh)
        var concerned: Set<String>?
        if !stored.isEmpty {
            let names = stored.filter { name, digest in
                (try? zones.zone(named: name)).map { $0.tableDigest != digest } ?? false
            }.keys
            if names.isEmpty { return }
            concerned = Set(names)
        }
        let isWhole = try await pass(concerning: concerned)
        guard isWhole, refresh.changed.isEmpty else { return }
        // The zone UTC stands for the fact that a pass was made.
        let passed = zones.loaded.filter { concerned?.contains($0.identifier) ?? true } + [.utc]
        let digests = passed.map { zone in (zone.identifier, zone.tableDigest) }
        try await store.note(zoneDigests: Dictionary(digests) { first, _ in first })
    }

    /// Notes the zones that came into use, so that they are known when the server starts again.
    ///
    /// - Returns: The digests that are stored.
    private func noteNewZones() async throws -> [String: Int64] {
        var stored = try await store.zoneDigests()
        // If there are none, the first pass notes all.
        if stored.isEmpty { return stored }
        let new = zones.loaded.map(\.identifier).filter { stored[$0] == nil }
        if new.isEmpty { return stored }
        let digests = Dictionary(new.map { ($0, 0) }) { $1 } as [String: Int64]
        try await store.note(zoneDigests: digests)
        stored.merge(digests) { $1 }
        return stored
    }

    /// Moves what is to be moved in all locations.
    ///
    /// - Returns: Whether another pass would do no more.
    private func pass(concerning names: Set<String>?) async throws -> Bool {
        var count = RetimingCount()
        var isWhole = true
        let commands = RetimingCommands(store: store, zones: zones)
        for locationID in try await store.locationIDs() {
            try Task.checkCancellation()
            let outcome = try await commands.retime(
                locationID,
                concerning: names,
                at: clock.now
            )
            count += outcome.count
            if outcome.isWorthAnotherTry { isWhole = false }
            if let failure = outcome.failure {
                logger.error(
                    "Left instants as they were, though their time zone has changed",
                    metadata: ["location": "\(locationID.rawValue)", "reason": "\(failure)"]
                )
            }
        }
        logger.log(
            level: count == RetimingCount() ? .debug : .info,
            "Moved what is due by changed time zones",
            metadata: [
                "tasks": "\(count.tasks)", "series": "\(count.series)", "made": "\(count.made)",
            ]
        )
        return isWhole
    }

    private func tell(_ refresh: ZoneRefresh) {
        for name in refresh.unreadable {
            logger.error(
                "Cannot read a time zone any more. The server keeps what it has read before",
                metadata: ["zone": "\(name)"]
            )
        }
        if refresh.changed.isEmpty { return }
        let names = refresh.changed.sorted().joined(separator: ", ")
        logger.info("Time zones have changed", metadata: ["zones": "\(names)"])
    }
}
