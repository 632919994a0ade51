import DatabaseTestSupport
import Delivery
import DirectoryDocument
import Logging
import Recurrence
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// Locations with a scheduler and a relay of reminders, whose mails and messages the test takes.
struct ReminderOffice: Sendable {
    let clock: TestClock
    let store: TestStore
    let post = RecordingPost()
    let relay: ReminderRelay<TestStore, RecordingPost, SystemZones, TestClock>
    private let scheduler: FiringCommands<TestStore, SystemZones>
    private let folder: TemporaryFolder

    static let location = LocationID("ve9EPM428h8vShlRW1KT")
    static let other = LocationID("C2QujeCh8ZnC7al2InWR")
    static let ana = Identifier<User>(1)
    static let ben = Identifier<User>(2)
    private static let horizon = Horizon(length: .seconds(30 * 86_400))
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(limits: ReminderLimits = ReminderLimits()) async throws {
        folder = try TemporaryFolder()
        store = try await TestStore.forTest(in: folder)
        clock = TestClock(try #require(Timestamp(parsing: "2030-01-07T08:00:00Z")))
        let document = """
            {"locations": [{"id": "\(Self.location.rawValue)", "name": "Office", "timeZone": "UTC"},
                           {"id": "\(Self.other.rawValue)", "name": "Other"}],
             "users": [\(Self.user(1, "Ana", in: Self.location)),
                       \(Self.user(2, "Ben", in: Self.location)),
                       \(Self.user(3, "Cleo", in: Self.other))],
             "contacts": [{"id": 5, "location": "\(Self.location.rawValue)", "firstName": "Carla",
                           "lastName": "Cruz", "phone": "+15550101", "owner": 1}]}
            """
        let directory = SQLDirectoryStore(
            over: store,
            randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
        )
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: clock.now)
        scheduler = FiringCommands(
            store: store,
            zones: SystemZones(),
            horizon: Self.horizon
        )
        relay = Self.relay(over: store, post, clock, limits)
    }

    static func relay<Store, Sender>(
        over store: Store,
        _ sender: Sender,
        _ clock: TestClock,
        _ limits: ReminderLimits = ReminderLimits()
    ) -> ReminderRelay<Store, Sender, SystemZones, TestClock> {
        ReminderRelay(
            store: store,
            sender: sender,
            zones: SystemZones(),
            clock: clock,
            limits: limits,
            logger: quiet
        )
    }

    private static func user(_ id: Int, _ name: String, in location: LocationID) -> String {
        """
        {"id": \(id), "publicID": "userOfTheTests00000\(id)", "location": "\(location.rawValue)",
         "name": "\(name)", "email": "\(name.lowercased())@example.com", "phone": "+1555010\(id)"}
        """
    }

    var commands: TaskCommands<TestStore, SystemZones> {
        TaskCommands(
            store: store,
            zones: SystemZones(),
            horizon: Self.horizon
        )
    }

    func actor(_ userID: Identifier<User>? = ana) -> Actor {
        Actor(locationID: Self.location, userID: userID, overseesLocation: true)
    }

    /// Makes a task that is due so long after now.
    @discardableResult
    func create(
        _ title: String = "Call back",
        dueAfter seconds: Int64 = 7200,
        rule: String? = nil,
        by userID: Identifier<User>? = ana,
        in locationID: LocationID = location,
        _ change: (inout TaskTemplate) -> Void = { _ in }
    ) async throws -> Identifier<TaskInstance> {
        var template = TaskTemplate(title: title)
        change(&template)
        let draft = TaskDraft(
            template: template,
            due: WallClockTime(at: clock.now.advanced(by: .seconds(seconds)), in: .utc),
            rule: try rule.map { try SeriesRule(parsing: $0) }
        )
        let actor = Actor(locationID: locationID, userID: userID, overseesLocation: true)
        return try await commands.create(draft, by: actor, at: clock.now).entry.id
    }

    func edit(
        _ id: Identifier<TaskInstance>,
        _ edit: TaskEdit,
        extent: Extent = .thisOne,
        by userID: Identifier<User>? = ana
    ) async throws {
        _ = try await commands.update(
            id,
            with: edit,
            extent: extent,
            seenBy: .wholeLocation,
            by: actor(userID),
            at: clock.now
        )
    }

    func change(
        of userID: Identifier<User>?,
        _ change: @escaping @Sendable (inout ReminderSettings) -> Void
    ) async throws {
        _ = try await store.changeReminderSettings(
            of: userID,
            in: Self.location,
            by: .operatorByCommand,
            isTrial: false,
            at: clock.now,
            to: change
        )
    }

    func snooze(
        _ id: Identifier<TaskInstance>,
        for seconds: Int64,
        by userID: Identifier<User> = ana
    ) async throws {
        _ = try await store.snooze(
            id,
            until: clock.now.advanced(by: .seconds(seconds)),
            seenBy: .wholeLocation,
            under: WriteTerms(),
            by: actor(userID),
            at: clock.now
        )
    }

    /// Lets the clock go on, and has everything done on the way, in order.
    func pass(_ seconds: Int64) async throws {
        let end = clock.now.advanced(by: .seconds(seconds))
        try await relay.movingTime {
            await relay.settle()
            while true {
                try await scheduler.refreshAgenda(at: clock.now)
                let next = min(
                    scheduler.nextFireAt ?? .distantFuture,
                    relay.nextAt ?? .distantFuture
                )
                if clock.now >= end, next > end { return }
                let time = min(max(next, clock.now), end)
                clock.advance(by: clock.now.duration(to: time))
                while try await scheduler.takeTurn(at: clock.now) != nil {}
                await relay.settle()
            }
        }
    }

    /// Lets the clock go on while no server runs.
    func sleep(_ seconds: Int64) { clock.advance(by: .seconds(seconds)) }

    /// The ledger: each reminder's way, how long after the test's beginning it is sent, its state, its
    /// attempts and its answer.
    func ledger(_ query: ReminderQuery = ReminderQuery()) async throws -> [String] {
        try await reminders(query).map { reminder in
            let time = reminder.fireAt.text(in: .extended, fraction: .none).dropFirst(5)
            let answer = reminder.answer.isEmpty ? "" : " (\(reminder.answer))"
            return "\(time) \(reminder.key.userID.rawValue) \(reminder.key.way) \(reminder.state)"
                + "\(answer)"
        }
    }

    func reminders(_ query: ReminderQuery = ReminderQuery()) async throws -> [PlannedReminder] {
        try await store.reminders(query, in: Self.location, after: nil, limit: 5000)
    }
}

/// Takes notices, and answers as the test says.
final class RecordingPost: ReminderSender {
    private struct State {
        var sent: [(notice: ReminderNotice, way: ReminderWay)] = []
        var answers: [ReminderAnswer] = []
        var ways: Set<ReminderWay> = [.email, .sms]
        var knowsRepeats = false
    }

    private let state = Mutex(State())

    func canSend(by way: ReminderWay) -> Bool { state.withLock { $0.ways.contains(way) } }

    func knowsRepeats(by way: ReminderWay) -> Bool {
        way == .email || state.withLock { $0.knowsRepeats }
    }

    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        state.withLock { state in
            state.sent.append((notice, way))
            return state.answers.isEmpty ? .taken("250 ok") : state.answers.removeFirst()
        }
    }

    /// What the next notices are answered; then they are taken again.
    func answer(_ answers: ReminderAnswer...) { state.withLock { $0.answers = answers } }

    func offer(_ ways: Set<ReminderWay>) { state.withLock { $0.ways = ways } }

    func knowRepeats() { state.withLock { $0.knowsRepeats = true } }

    var notices: [ReminderNotice] { state.withLock { $0.sent.map(\.notice) } }

    /// When each notice came, to whom, by which way, and about what.
    var texts: [String] {
        state.withLock { state in
            state.sent.map { notice, way in
                let time = notice.now.text(in: .extended, fraction: .none).dropFirst(5)
                let titles = notice.tasks.map(\.title).joined(separator: ", ")
                return "\(time) \(notice.recipient.name) \(way): \(titles)"
            }
        }
    }
}
