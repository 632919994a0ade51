import DatabaseTestSupport
import DirectoryDocument
import Foundation
import Logging
import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport

/// A location with one user, and a branch, which is a second location.
///
/// They have their own database, and the test sets the time.
struct Office {
    let clock: TestClock
    let store: TestStore
    private let folder: TemporaryFolder

    static let locationID = LocationID("ve9EPM428h8vShlRW1KT")
    /// The second location.
    ///
    /// It is in another shard.
    static let branchID = LocationID("C2QujeCh8ZnC7al2InWR")
    /// The shard of the location.
    static var shard: Int { locationID.shard }
    private static let userID = Identifier<User>(1)

    init(now: String) async throws {
        folder = try TemporaryFolder()
        store = try await TestStore.forTest(in: folder)
        clock = TestClock(try Timestamp(reading: now))
        let document = """
            {"locations": [{"id": "\(Self.locationID.rawValue)", "name": "Office"},
                           {"id": "\(Self.branchID.rawValue)", "name": "Branch"}],
             "users": [{"id": 1, "location": "\(Self.locationID.rawValue)", "name": "Ana"}]}
            """
        let directory = SQLDirectoryStore(
            over: store,
            randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
        )
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: clock.now)
    }

    func close() async {
        await store.close()
    }

    /// A service over a store that stands in front of the office's store.
    func service<Held: SeriesClockStore>(
        over held: (TestStore) -> Held
    ) -> Scheduler<Held, SystemZones, TestClock> {
        Scheduler(
            store: held(store),
            zones: SystemZones(),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    func service<Zones: ZoneSource>(
        zones: Zones,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) -> Scheduler<TestStore, Zones, TestClock> {
        Scheduler(store: store, zones: zones, clock: clock, logger: logger)
    }

    /// A service that goes by another clock than the office's own.
    func service<Other: Clock & Sendable>(
        by clock: Other
    ) -> Scheduler<TestStore, SystemZones, Other>
    where Other.Instant == Timestamp, Other.Duration == Duration {
        Scheduler(
            store: store,
            zones: SystemZones(),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Creates a series whose first task is due when UTC's clocks show a time.
    func create(
        _ rule: String,
        at start: String,
        zone: String = "UTC",
        of zones: SystemZones = SystemZones()
    ) async throws {
        let zone = try zones.zone(named: zone)
        let local = Zone.utc.localDateTime(at: try Timestamp(reading: start))
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call", assigneeID: Self.userID),
            due: WallClockTime(local: local, zone: zone),
            rule: try SeriesRule(parsing: rule)
        )
        _ = try await TaskCommands(store: store, zones: SystemZones()).create(
            draft,
            by: Actor(locationID: Self.locationID, userID: Self.userID),
            at: clock.now
        )
    }

    /// Creates a series that makes its tasks when its occurrences come.
    ///
    /// The first comes when UTC's clocks show `start`. The series is stored at the current time,
    /// unless the test gives another.
    func createDue(
        _ rule: String,
        at start: String,
        zone: String = "UTC",
        in locationID: LocationID = locationID,
        catchUp: CatchUp = .latest,
        storedAt now: Timestamp? = nil,
        of zones: SystemZones = SystemZones()
    ) async throws {
        let zone = try zones.zone(named: zone)
        let local = Zone.utc.localDateTime(at: try Timestamp(reading: start))
        let draft = SeriesDraft(
            title: "Call",
            recurrence: DueRecurrence(
                start: WallClockTime(local: local, zone: zone),
                rule: try SeriesRule(parsing: rule),
                dueAfter: 600,
                dueZone: .utc
            ),
            makesFirstTasks: false
        )
        let commands = SeriesCommands(store: store, zones: zones, catchUp: catchUp)
        _ = try await commands.create(
            draft,
            by: Actor(locationID: locationID, userID: nil),
            at: now ?? clock.now
        )
    }

    /// When the tasks of both locations were made, in order.
    func creationTimes() async throws -> [Timestamp] {
        try await tasks().map(\.createdAt).sorted()
    }

    /// The first hundred tasks of each location.
    func tasks() async throws -> [TaskInstance] {
        var tasks: [TaskInstance] = []
        for locationID in [Self.locationID, Self.branchID] {
            let page = try await store.tasks(
                Query(limit: 100),
                seenBy: .wholeLocation,
                in: locationID
            )
            tasks += page.records.map(\.task)
        }
        return tasks
    }

    /// How many tasks the location has, and how many times of one task there are.
    func countsOfDueTasks() async throws -> (tasks: Int, times: Int) {
        let total = try await store.tasks(
            Query(limit: 0),
            seenBy: .wholeLocation,
            in: Self.locationID
        ).total
        var times: Set<Timestamp> = []
        var skip = 0
        while skip < total {
            let page = try await store.tasks(
                Query(limit: 1_000, skip: skip),
                seenBy: .wholeLocation,
                in: Self.locationID
            )
            times.formUnion(page.records.map(\.task.createdAt))
            skip += page.records.count
        }
        return (total, times.count)
    }

    func taskCount() async throws -> Int {
        try await store.tasks(
            Query(limit: 0),
            seenBy: .creator(Self.userID),
            in: Self.locationID
        ).total
    }
}

extension Timestamp {
    /// Reads `2024-01-01T00:00:00Z`.
    init(reading text: String) throws {
        let date = try Date(text, strategy: .iso8601)
        self.init(seconds: Int64(date.timeIntervalSince1970))
    }

    /// The same text, to the second.
    var inWords: String { text(in: .extended, fraction: .none) }
}
