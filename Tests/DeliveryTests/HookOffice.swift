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

/// A location with a relay whose receivers the test plays.
struct HookOffice: Sendable {
    let clock: TestClock
    let store: TestStore
    let receivers = PlayedReceivers()
    let relay: WebhookRelay<TestStore, PlayedReceivers, TestClock>
    let webhooks: WebhookCommands<TestStore>
    private let folder: TemporaryFolder

    static let locationID = LocationID("ve9EPM428h8vShlRW1KT")
    static let locationIDs = [locationID] + (1...3).map { LocationID("elsewhere0elsewhere\($0)") }
    static let key = SecretKey(fileContents: Array(repeating: 7, count: 32))

    init() async throws {
        folder = try TemporaryFolder()
        store = try await TestStore.forTest(in: folder)
        clock = TestClock(try #require(Timestamp(parsing: "2030-01-07T08:00:00Z")))
        let locations = Self.locationIDs.map { #"{"id": "\#($0.rawValue)", "name": "Office"}"# }
        let document = """
            {"locations": [\(locations.joined(separator: ", "))],
             "users": [{"id": 1, "location": "\(Self.locationID.rawValue)", "name": "Ana"}]}
            """
        let directory = SQLDirectoryStore(
            over: store,
            randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
        )
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: clock.now)
        let desk = WebhookDesk(sender: receivers, key: Self.key) { event, _, _ in
            Array("\(event.type.rawValue) \(event.id) | \(event.record.text)".utf8)
        }
        relay = Self.relay(over: store, desk, clock)
        let rules = ReceiverAddress(allowsPrivate: true)
        let office = DeliveryOffice(rules: rules, key: Self.key)
        webhooks = WebhookCommands(store: store, office: office)
    }

    /// A relay that tells nobody of its failures.
    static func relay<Sender>(
        over store: TestStore,
        _ desk: WebhookDesk<Sender>,
        _ clock: TestClock
    ) -> WebhookRelay<TestStore, Sender, TestClock> {
        WebhookRelay(
            store: store,
            desk: desk,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0.5 }
        )
    }

    func add(
        _ url: String,
        form: WebhookForm = .standard,
        events: [String]? = nil,
        in locationID: LocationID = HookOffice.locationID
    ) async throws -> (webhook: Webhook, secret: NewWebhookSecret) {
        let (outcome, secret) = try await webhooks.add(
            url: url,
            form: form,
            events: events,
            in: locationID,
            under: .ofOperator,
            at: clock.now
        )
        return (outcome.webhook, secret)
    }

    func replay(_ id: Identifier<Webhook>, since time: Timestamp? = nil) async throws {
        _ = try await webhooks.replay(
            id,
            since: time,
            in: Self.locationID,
            under: .ofOperator,
            at: clock.now
        )
    }

    /// What became of the events of a webhook: each with how often it was tried, and whether it was
    /// sent.
    func deliveries(of id: Identifier<Webhook>) async throws -> [String] {
        let found = try await webhooks.deliveries(
            of: id,
            in: Self.locationID,
            before: nil,
            limit: 500
        )
        return try #require(found).deliveries.map { delivery in
            "\(delivery.id) \(delivery.attemptCount) \(delivery.sentAt == nil ? "waits" : "sent")"
        }
    }

    func webhook(_ id: Identifier<Webhook>) async throws -> Webhook {
        try #require(try await store.webhook(id, in: Self.locationID))
    }

    private var commands: TaskCommands<TestStore, SystemZones> {
        TaskCommands(store: store, zones: SystemZones())
    }

    @discardableResult
    func createTask(
        _ title: String,
        in locationID: LocationID = HookOffice.locationID
    ) async throws -> Identifier<TaskInstance> {
        let draft = TaskDraft(
            template: TaskTemplate(title: title),
            due: WallClockTime(at: clock.now.advanced(by: .seconds(3600)), in: .utc)
        )
        let actor = Actor(locationID: locationID, userID: nil)
        return try await commands.create(draft, by: actor, at: clock.now).entry.id
    }

    func renameTask(_ id: Identifier<TaskInstance>, to title: String) async throws {
        _ = try await commands.update(
            id,
            with: TaskEdit(title: .set(title)),
            extent: .thisOne,
            seenBy: .wholeLocation,
            by: Actor(locationID: Self.locationID, userID: nil),
            at: clock.now
        )
    }

    /// Lets the relay work while a closure runs.
    func relaying(_ body: () async throws -> Void) async throws {
        try await relaying(by: relay, body)
        await store.close()
    }

    /// Lets a relay work while a closure runs.
    func relaying(
        by relay: WebhookRelay<TestStore, some WebhookSender, TestClock>,
        _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            await clock.untilSomebodySleeps()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Lets the clock go on, and waits until what is due by then was tried.
    func pass(_ duration: Duration) async {
        clock.advance(by: duration)
        await relay.settle()
    }
}

/// Receivers that take down what they are sent.
final class PlayedReceivers: WebhookSender {
    private struct State {
        var messages: [WebhookMessage] = []
        var answers: [String: WebhookAnswer] = [:]
    }

    private let state = Mutex(State())

    func send(_ message: WebhookMessage) async -> WebhookAnswer {
        state.withLock { state in
            state.messages.append(message)
            return state.answers[message.url] ?? .status(200)
        }
    }

    func answer(_ url: String, with answer: WebhookAnswer) {
        state.withLock { $0.answers[url] = answer }
    }

    /// The types and the names of the events that a receiver was sent.
    func events(of url: String) -> [String] {
        bodies(of: url).map { String($0.prefix { $0 != "|" }.dropLast()) }
    }

    /// What a receiver was sent, as texts.
    func bodies(of url: String) -> [String] {
        messages(of: url).map { String(decoding: $0.body, as: UTF8.self) }
    }

    func messages(of url: String) -> [WebhookMessage] {
        state.withLock { $0.messages.filter { $0.url == url } }
    }
}

extension WebhookRecord {
    /// What the test's bodies tell of it: its title, or its number; of one task too much.
    fileprivate var text: String {
        switch self {
        case .task(let entry) where entry.task.template.title == "Too much":
            String(repeating: "x", count: 2 << 20)
        case .task(let entry): entry.task.template.title
        case .series(let entry): entry.series.template.title
        case .removedTask(let id): "\(id.rawValue)"
        case .removedSeries(let id): "\(id.rawValue)"
        }
    }
}
