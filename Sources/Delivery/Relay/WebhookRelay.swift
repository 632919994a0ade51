package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Sends each webhook the events of its location's log, one after the other and in their order.
///
/// An event is sent until it is answered with success, and only then the webhook's place in the log
/// moves on. So none is lost; if the server ends in between, the event that was on its way is sent
/// again, under its own identifier. It sleeps until a log grows or the next attempt is due.
package struct WebhookRelay<
    Store: WebhookStore,
    Sender: WebhookSender,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let store: Store
    private let desk: WebhookDesk<Sender>
    private let clock: C
    private let worksShard: @Sendable (Int) -> Bool
    private let jitter: @Sendable () -> Double
    private let refreshInterval: Duration
    private let logger: Logger
    private let agenda = RelayAgenda(workerLimit: 256, slowLimit: 128)

    /// How many events of one webhook are read at a time.
    private static var pageLimit: Int { 50 }
    /// For how long one webhook is worked on while others wait.
    private static var turnDuration: Duration { .seconds(1) }
    /// From when on a receiver takes long to answer.
    private static var slowDuration: Duration { .seconds(1) }
    /// How long a webhook is left alone after the store failed.
    private static var pauseAfterFailure: Duration { .seconds(5) }

    /// Creates the relay.
    ///
    /// - Parameters:
    ///   - store: The webhooks, and the logs.
    ///   - desk: Writes and sends events.
    ///   - clock: The server's clock.
    ///   - refreshInterval: How often the list is read, to learn of what other processes changed.
    ///   - logger: Where failures are told.
    ///   - jitter: A random number from 0 to 1.
    ///   - worksShard: Whether this process works a shard.
    package init(
        store: Store,
        desk: WebhookDesk<Sender>,
        clock: C,
        refreshInterval: Duration = .seconds(60),
        logger: Logger,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        worksShard: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) {
        self.store = store
        self.desk = desk
        self.clock = clock
        self.refreshInterval = refreshInterval
        self.logger = logger
        self.jitter = jitter
        self.worksShard = worksShard
    }

    package var description: String { "WebhookRelay" }

    /// Works until the service is told to stop; requests on their way are waited for then.
    ///
    /// If its task is cancelled, they are given up.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                var refreshAt = clock.now
                while !isStopping {
                    let rung = store.feedBell.takeRung()
                    if rung.hasNewWebhooks || clock.now >= refreshAt {
                        await refresh()
                        refreshAt = clock.now.advanced(by: refreshInterval)
                    }
                    agenda.ring(rung.locationIDs, at: clock.now)
                    let now = clock.now
                    for key in agenda.take(at: now) {
                        group.addTask {
                            await work(on: key)
                            store.feedBell.watcher.ring()
                        }
                    }
                    let wakeAt = min(agenda.nextAt(after: now) ?? refreshAt, refreshAt)
                    _ = await store.feedBell.watcher.wait { [clock] in
                        try await clock.sleep(until: wakeAt, tolerance: nil)
                    }
                }
            }
        } onGracefulShutdown: {
            store.feedBell.watcher.ring()
        }
        agenda.close()
    }

    private var isStopping: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

    /// Returns once every webhook was told of what has changed, or has failed to be.
    ///
    /// It is at once where the relay has stopped.
    package func settle() async {
        await refresh()
        store.feedBell.watcher.ring()
        await agenda.untilQuiet(at: clock.now)
    }

    /// Reads which webhooks there are, and has the bell tell of their locations.
    private func refresh() async {
        do {
            var isNew = true
            while isNew {
                let webhooks = try await store.activeWebhooks()
                    .filter { worksShard($0.key.locationID.shard) }
                // What changed before the bell tells of it is found by another look.
                isNew = store.feedBell.watch(Set(webhooks.map(\.key.locationID)))
                agenda.replace(with: webhooks, at: clock.now)
            }
        } catch is CancellationError {
        } catch {
            logger.error("Could not look up webhooks", metadata: ["error": "\(error)"])
        }
    }

    private func work(on key: WebhookKey) async {
        var turn = RelayTurn()
        do {
            turn.nextAt = try await deliver(key, &turn)
        } catch is CancellationError {
        } catch {
            logger.error(
                "Could not relay events",
                metadata: ["webhook": "\(key.id.rawValue)", "error": "\(error)"]
            )
            turn.nextAt = clock.now.advanced(by: Self.pauseAfterFailure)
        }
        agenda.finish(key, turn, at: clock.now)
    }

    /// Sends what a webhook is to be told of, for some time at most.
    ///
    /// - Returns: When it is to be worked on again; none if it was told of everything.
    private func deliver(_ key: WebhookKey, _ turn: inout RelayTurn) async throws -> Timestamp? {
        let end = clock.now.advanced(by: Self.turnDuration)
        while worksShard(key.locationID.shard), !isStopping {
            guard var webhook = try await store.webhook(key.id, in: key.locationID),
                webhook.progress.pauseReason == nil
            else { return nil }
            if let time = webhook.progress.nextAttemptAt, time > clock.now { return time }
            var (events, isLast) = try await nextEvents(of: &webhook)
            for event in events {
                guard try await sends(event, to: &webhook, &turn) else {
                    isLast = false
                    break
                }
                if webhook.progress.failingSince != nil { return webhook.progress.nextAttemptAt }
                if clock.now >= end || isStopping { return clock.now }
            }
            if isLast { return nil }
        }
        return nil
    }

    /// The next events as they are sent: those that are kept, or else those that are written now.
    ///
    /// What is kept before it is sent is the same bytes at every attempt, whatever becomes of its
    /// record, of the server or of its version.
    ///
    /// - Returns: The events, and whether there is nothing after them.
    private func nextEvents(
        of webhook: inout Webhook
    ) async throws -> (events: [WrittenEvent], isLast: Bool) {
        let waiting = try await store.writtenEvents(for: webhook)
        if !waiting.isEmpty { return (waiting, false) }
        let page: WebhookEventPage
        do {
            page = try await store.events(for: webhook, limit: Self.pageLimit)
        } catch is FeedCut {
            try await pause(webhook, because: "The log does not have its next events any more.")
            return ([], true)
        }
        if page.events.isEmpty {
            return ([], try await skip(to: page, &webhook) && !page.hasMore)
        }
        let written = try await desk.write(page.events, for: webhook, at: clock.now)
        guard let kept = try await store.keep(written, for: webhook) else { return ([], false) }
        return (kept, kept.last?.end == page.end && !page.hasMore)
    }

    /// Sends an event, and keeps what came of it.
    ///
    /// - Returns: Whether it was kept; otherwise somebody has changed the webhook meanwhile.
    private func sends(
        _ event: WrittenEvent,
        to webhook: inout Webhook,
        _ turn: inout RelayTurn
    ) async throws -> Bool {
        guard webhook.wants(event.type) else { return try await passOver(event, &webhook) }
        let begunAt = clock.now
        let answer = await desk.send(event, to: webhook, at: begunAt)
        // A request that was given up tells nothing of its receiver.
        if !answer.isSuccess { try Task.checkCancellation() }
        let now = clock.now
        turn.isSlow = !answer.isSuccess || begunAt.advanced(by: Self.slowDuration) <= now
        let progress = webhook.progress.after(answer, upTo: event.end, at: now, jitter: jitter())
        guard try await store.keep(progress, of: webhook, trying: event, answer, at: now) else {
            return false
        }
        if !answer.isSuccess { tell(of: progress, of: webhook) }
        webhook.progress = progress
        return true
    }

    /// Moves on past an event that the webhook does not want any more.
    private func passOver(_ event: WrittenEvent, _ webhook: inout Webhook) async throws -> Bool {
        let progress = WebhookProgress.goingOn(from: event.end)
        guard try await store.keep(progress, of: webhook) else { return false }
        webhook.progress = progress
        return true
    }

    /// Moves on past what the webhook does not want.
    ///
    /// - Returns: Whether nobody has changed the webhook meanwhile.
    private func skip(to page: WebhookEventPage, _ webhook: inout Webhook) async throws -> Bool {
        if webhook.progress.place == page.end { return true }
        var progress = webhook.progress
        progress.place = page.end
        guard try await store.keep(progress, of: webhook) else { return false }
        webhook.progress = progress
        return true
    }

    private func pause(_ webhook: Webhook, because reason: String) async throws {
        var progress = webhook.progress
        progress.pauseReason = reason
        if try await store.keep(progress, of: webhook) { tell(of: progress, of: webhook) }
    }

    private func tell(of progress: WebhookProgress, of webhook: Webhook) {
        var metadata: Logger.Metadata = [
            "webhook": "\(webhook.id.rawValue)", "location": "\(webhook.locationID.rawValue)",
        ]
        metadata["answer"] = progress.lastAnswer.map { "\($0)" }
        if let reason = progress.pauseReason {
            metadata["reason"] = "\(reason)"
            logger.warning("Paused a webhook", metadata: metadata)
        } else {
            metadata["attempts"] = "\(progress.attemptCount)"
            logger.debug("An event did not arrive", metadata: metadata)
        }
    }
}
