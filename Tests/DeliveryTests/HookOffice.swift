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
    static let key = SecretKey(fileContents: Array(repeating: 7, count: 32))

    init() async throws {
        folder = try TemporaryFolder()
        store = try await TestStore.forTest(in: folder)
        clock = TestClock(try #require(Timestamp(parsing: "2030-01-07T08:00:00Z")))
        let document = """
            {"locations": [{"id": "\(Self.locationID.rawValue)", "name": "Office"}],
             "users": [{"id": 1, "location": "\(Self.locationID.rawValue)", "name": "Ana"}]}
            """
        let directory = SQLDirectoryStore(
            over: store,
            randomBytes: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
        )
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: clock.now)
        let desk = WebhookDesk(sender: receivers, key: Self.key) { event, _, _ in
            Array("\(event.type.rawValue) \(event.id)".utf8)
        }
        relay = WebhookRelay(
            store: store,
            desk: desk,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0.5 }
        )
        let rules = ReceiverAddress(allowsPrivate: true)
        let office = DeliveryOffice(rules: rules, key: Self.key)
        webhooks = WebhookCommands(store: store, office: office)
    }

    func add(
        _ url: String,
        types: Set<WebhookEventType>? = nil
    ) async throws -> (webhook: Webhook, secret: NewWebhookSecret) {
        try await webhooks.add(
            url: url,
            form: .standard,
            types: types,
            in: Self.locationID,
            by: .operatorByCommand,
            at: clock.now
        )
    }

    func webhook(_ id: Identifier<Webhook>) async throws -> Webhook {
        try #require(try await store.webhook(id, in: Self.locationID))
    }

    private var commands: TaskCommands<TestStore, SystemZones> {
        TaskCommands(store: store, zones: SystemZones())
    }

    private var actor: Actor { Actor(locationID: Self.locationID, userID: nil) }

    @discardableResult
    func createTask(_ title: String) async throws -> Identifier<TaskInstance> {
        let draft = TaskDraft(
            template: TaskTemplate(title: title),
            due: WallClockTime(at: clock.now.advanced(by: .seconds(3600)), in: .utc)
        )
        return try await commands.create(draft, by: actor, at: clock.now).entry.id
    }

    /// Lets the relay work while a closure runs.
    func relaying(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [relay] in try await relay.run() }
            await clock.untilSomebodySleeps()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
        await store.close()
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

    /// What a receiver was sent, as texts.
    func bodies(of url: String) -> [String] {
        messages(of: url).map { String(decoding: $0.body, as: UTF8.self) }
    }

    func messages(of url: String) -> [WebhookMessage] {
        state.withLock { $0.messages.filter { $0.url == url } }
    }
}
