import DatabaseTestSupport
import Foundation
import Logging
import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport

/// An office in a town whose zone file the test exchanges.
///
/// In January the clocks of New York are five hours behind UTC, and those of Chicago six.
struct ZoneTown {
    let office: Office
    /// The zones of the server that runs.
    private(set) var zones: SystemZones
    let log = LogRecorder()
    private let folder: TemporaryFolder

    static let zone = "Test/Town"

    /// Opens the office at a time, in a town that has the clocks of a zone at first.
    init(now: String, clocksOf name: String) async throws {
        office = try await Office(now: now)
        folder = try TemporaryFolder()
        zones = SystemZones(directory: folder.path)
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/Test",
            withIntermediateDirectories: true
        )
        try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/UTC"))
            .write(to: URL(filePath: "\(folder.path)/UTC"))
        try setClocks(to: name)
        try await watch.check()
    }

    /// Gives the town the clocks of another zone.
    func setClocks(to name: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))
        try write(bytes)
    }

    /// Writes the town's zone file.
    func write(_ bytes: Data) throws {
        try bytes.write(to: file)
    }

    var file: URL { URL(filePath: "\(folder.path)/\(Self.zone)") }

    /// Starts the server again.
    mutating func restart() {
        zones = SystemZones(directory: folder.path)
    }

    var watch: ZoneWatch<TestStore, SystemZones, TestClock> {
        watch(over: office.store)
    }

    /// What looks at the zones, over a store that stands in front of the office's.
    func watch<Store: RetimingStore>(
        over store: Store,
        pause: @escaping @Sendable () async throws -> Void = {}
    ) -> ZoneWatch<Store, SystemZones, TestClock> {
        ZoneWatch(
            store: store,
            zones: zones,
            clock: office.clock,
            logger: log.logger(),
            pause: pause
        )
    }

    /// Creates a series that makes its tasks ahead.
    func create(_ rule: String, at start: String) async throws {
        try await office.create(rule, at: start, zone: Self.zone, of: zones)
    }

    /// Creates a series that makes each task when its occurrence comes.
    func createDue(_ rule: String, at start: String, catchUp: CatchUp = .latest) async throws {
        try await office.createDue(rule, at: start, zone: Self.zone, catchUp: catchUp, of: zones)
    }

    /// Moves the clock on to a time and does what is due, as a server does.
    func pass(until time: String) async throws {
        let time = try Timestamp(reading: time)
        try await office.service(zones: zones).settle(upTo: time) { now in
            office.clock.advance(by: office.clock.now.duration(to: now))
        }
    }

    /// When tasks are due, in order, such as `2026-01-05T14:00:00Z`.
    func dueTimes() async throws -> [String] {
        try await office.tasks().map(\.due.timestamp).sorted().map(\.inWords)
    }

    /// When tasks were made, in order.
    func creationTimes() async throws -> [String] {
        try await office.creationTimes().map(\.inWords)
    }
}

/// A store that fails at a write.
struct BrokenOffStore: RetimingStore {
    let base: TestStore
    /// How many writes do well first.
    let writes: LimitedWrites

    func zoneDigests() async throws -> [String: Int64] { try await base.zoneDigests() }

    func note(zoneDigests: [String: Int64]) async throws {
        try writes.countOne()
        try await base.note(zoneDigests: zoneDigests)
    }

    func locationIDs() async throws -> [LocationID] { try await base.locationIDs() }

    func openTasks(
        after place: DuePlace,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DuePlace] {
        try await base.openTasks(after: place, limit: limit, in: locationID)
    }

    func runningSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [SeriesZone] {
        try await base.runningSeries(after: id, limit: limit, in: locationID)
    }

    func retime(
        _ ids: [Identifier<TaskInstance>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide: @escaping @Sendable ([TaskInstance]) throws -> ChangePlan
    ) async throws -> Int {
        try writes.countOne()
        return try await base.retime(ids, in: locationID, at: now, deciding: decide)
    }

    func retime(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> RetimingCount {
        try writes.countOne()
        return try await base.retime(ids, in: locationID, at: now, deciding: decide)
    }
}
