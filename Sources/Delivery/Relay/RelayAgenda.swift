import Recurrence
import Synchronization
import Tasks

/// What came of the work on a webhook.
struct RelayTurn {
    /// When it is to be worked on again; none if it was told of everything.
    var nextAt: Timestamp?
    /// Whether its receiver failed or took long; none if it was sent nothing.
    var isSlow: Bool?
}

/// Which webhooks have something to send, and when.
final class RelayAgenda: Sendable {
    private struct Entry {
        /// When it is worked on next; none if it has nothing to send.
        var nextAt: Timestamp?
        var isBusy = false
        /// Whether its log has grown since the work on it began.
        var isRung = false
        /// Whether its receiver failed or took long when it was sent something last.
        var isSlow = false
    }

    private let entries = Mutex<[WebhookKey: Entry]>([:])
    /// Who waits until nothing is to be worked on by a time; none once the work has ended.
    private let waiters = Mutex<[(CheckedContinuation<Void, Never>, Timestamp)]?>([])
    /// How many webhooks are worked on at a time.
    private let workerLimit: Int
    /// How many whose receivers are slow, so that the others always find room.
    private let slowLimit: Int

    init(workerLimit: Int, slowLimit: Int) {
        self.workerLimit = workerLimit
        self.slowLimit = slowLimit
    }

    /// Takes the list of webhooks over.
    func replace(with webhooks: [WaitingWebhook], at now: Timestamp) {
        entries.withLock { entries in
            var replaced = entries.filter(\.value.isBusy)
            for webhook in webhooks {
                var entry = entries[webhook.key] ?? Entry()
                if entry.isBusy {
                    entry.isRung = true
                } else if webhook.isBehind {
                    entry.nextAt = webhook.nextAttemptAt ?? now
                    if webhook.nextAttemptAt != nil { entry.isSlow = true }
                }
                replaced[webhook.key] = entry
            }
            entries = replaced
        }
    }

    /// Notes that the logs of locations have grown.
    func ring(_ locationIDs: Set<LocationID>, at now: Timestamp) {
        if locationIDs.isEmpty { return }
        entries.withLock { entries in
            for (key, entry) in entries where locationIDs.contains(key.locationID) {
                if entry.isBusy {
                    entries[key]?.isRung = true
                } else if entry.nextAt == nil {
                    entries[key]?.nextAt = now
                }
            }
        }
    }

    /// Takes the webhooks that are to be worked on now, those first that have waited longest.
    func take(at now: Timestamp) -> [WebhookKey] {
        entries.withLock { entries in
            let busy = entries.values.filter(\.isBusy)
            var free = workerLimit - busy.count
            var freeForSlow = slowLimit - busy.count(where: \.isSlow)
            var taken: [WebhookKey] = []
            let due = entries.filter {
                !$0.value.isBusy && $0.value.nextAt.map { $0 <= now } ?? false
            }
            for (key, entry) in due.sorted(by: {
                ($0.value.nextAt ?? now) < ($1.value.nextAt ?? now)
            }) where free > 0 && (!entry.isSlow || freeForSlow > 0) {
                free -= 1
                if entry.isSlow { freeForSlow -= 1 }
                entries[key] = Entry(isBusy: true, isSlow: entry.isSlow)
                taken.append(key)
            }
            return taken
        }
    }

    /// Notes that the work on a webhook has ended.
    func finish(_ key: WebhookKey, _ turn: RelayTurn, at now: Timestamp) {
        entries.withLock { entries in
            guard let entry = entries[key] else { return }
            let nextAt = turn.nextAt ?? (entry.isRung ? now : nil)
            entries[key] = Entry(nextAt: nextAt, isSlow: turn.isSlow ?? entry.isSlow)
        }
        wakeWaiters()
    }

    /// Returns once no webhook is worked on or is to be by a time, or the work has ended.
    func untilQuiet(at now: Timestamp) async {
        await withCheckedContinuation { continuation in
            let isEnded = waiters.withLock { waiters in
                waiters?.append((continuation, now))
                return waiters == nil
            }
            if isEnded { continuation.resume() }
            wakeWaiters()
        }
    }

    /// Lets go who waits, for good.
    func close() {
        let waiting = waiters.withLock { waiters in
            defer { waiters = nil }
            return waiters ?? []
        }
        for (continuation, _) in waiting { continuation.resume() }
    }

    private func wakeWaiters() {
        if waiters.withLock({ $0?.isEmpty ?? true }) { return }
        let next = entries.withLock { entries in
            entries.values.map { $0.isBusy ? .distantPast : $0.nextAt ?? .distantFuture }.min()
        }
        let awake = waiters.withLock { waiters in
            let next = next ?? .distantFuture
            let awake = (waiters ?? []).filter { $0.1 < next }
            waiters = waiters?.filter { $0.1 >= next }
            return awake
        }
        for (continuation, _) in awake { continuation.resume() }
    }

    /// When the next webhook is to be worked on, of those that are not waited for anyway.
    func nextAt(after now: Timestamp) -> Timestamp? {
        entries.withLock { entries in
            entries.values.compactMap { $0.isBusy ? nil : $0.nextAt }.filter { $0 > now }.min()
        }
    }
}

extension Timestamp {
    /// Earlier than any time.
    fileprivate static var distantPast: Timestamp { Timestamp(microseconds: .min) }
}
