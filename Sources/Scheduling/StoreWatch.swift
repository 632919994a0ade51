package import Logging
import ServiceLifecycle
import Synchronization
package import Tasks

/// Watches over a store while the server runs.
///
/// It looks at the store every second, tries it out now and then, and every second while something
/// is wrong, so that the store is found to work again without a request. It logs the faults.
package final class StoreWatch<
    Store: WatchedStore,
    C: Clock & Sendable
>: Service, CustomStringConvertible where C.Duration == Duration, C.Instant: Sendable {
    private let store: Store
    private let clock: C
    private let probeInterval: Duration?
    private let logger: Logger
    private let state = Mutex(State())

    /// Each element asks for a probe.
    private let wishes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    private struct State {
        var probeBeganAt: C.Instant?
        var probedAt: C.Instant?
        /// Each is finished when the next probe ends.
        var waiters: [AsyncStream<Never>.Continuation] = []
        var faults = RepeatedTroubles<StoreFault, C.Instant>()
        /// That the store works again is the one kind.
        var recoveries = RepeatedTroubles<Bool, C.Instant>()
        /// Whether writes failed, or there was trouble, when the store was last looked at.
        var wasFailing = false
    }

    /// What a request for a trial meets.
    private enum Trial {
        /// The store was tried out within the last second.
        case recent
        /// Too many requests wait already.
        case crowded
        /// The stream finishes when the next probe ends.
        case awaited(AsyncStream<Never>)
    }

    /// How often the store is looked at; a probe on request is not repeated sooner either.
    private static var lookInterval: Duration { .seconds(1) }
    /// How long a probe may take before the store counts as stalled.
    private static var stallLimit: Duration { .seconds(5) }
    /// How long a request waits for a probe.
    private static var patience: Duration { .seconds(2) }
    /// How many requests wait for a probe.
    private static var waiterLimit: Int { 100 }

    /// Creates a watch.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - clock: The clock by which it looks.
    ///   - probeInterval: The time between two probes while all is well; `nil` for none then.
    ///   - logger: Where faults are logged, at `error`.
    package init(over store: Store, clock: C, probeInterval: Duration?, logger: Logger) {
        self.store = store
        self.clock = clock
        self.probeInterval = probeInterval
        self.logger = logger
    }

    package var description: String { "StoreWatch" }

    /// Why the store cannot be relied on, as far as is known; no cost worth mention.
    package var trouble: StoreTrouble? {
        if let trouble = store.trouble { return trouble }
        guard let beganAt = state.withLock({ $0.probeBeganAt }) else { return nil }
        return clock.now < beganAt.advanced(by: Self.stallLimit) ? nil : .stalled
    }

    /// Tries the store out and returns what is wrong with it.
    ///
    /// Requests within a second share one probe, and none waits longer than two seconds. So it costs
    /// little, however often it is asked.
    package func troubleOnTrial() async -> StoreTrouble? {
        // No trial helps a store that was lost.
        if store.trouble == .moved { return .moved }
        switch joinTrial() {
        case .recent: return trouble
        case .crowded: return .stalled
        case .awaited(let end):
            wishes.continuation.yield()
            return await hasCome(end) ? trouble : .stalled
        }
    }

    /// Watches until the service is told to stop.
    ///
    /// - Throws: `StoreMoved` as soon as it is noticed.
    package func run() async throws {
        defer { logFaults() }
        try await cancelWhenGracefulShutdown { [self] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in self.wishes.stream where !self.wasJustProbed {
                        await self.probe()
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        try self.look()
                        try? await self.clock.sleep(for: Self.lookInterval)
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    /// Looks at the store once, logs what has failed, and asks for a probe if one is due.
    ///
    /// - Throws: `StoreMoved`.
    package func look() throws {
        store.inspect()
        logFaults()
        let trouble = trouble
        if trouble == .moved { throw StoreMoved() }
        if trouble != nil || isProbeDue { wishes.continuation.yield() }
    }

    /// Tries the store out, and lets those go on who wait for it.
    package func probe() async {
        state.withLock { $0.probeBeganAt = clock.now }
        await store.probe()
        let waiters = state.withLock { state in
            state.probeBeganAt = nil
            state.probedAt = clock.now
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Whether a wish for a probe came while the last one was under way.
    private var wasJustProbed: Bool {
        guard let probedAt = state.withLock({ $0.probedAt }) else { return false }
        return clock.now < probedAt.advanced(by: Self.lookInterval / 2)
    }

    private var isProbeDue: Bool {
        guard let probeInterval else { return false }
        guard let probedAt = state.withLock({ $0.probedAt }) else { return true }
        return probedAt.advanced(by: probeInterval) <= clock.now
    }

    private func joinTrial() -> Trial {
        let now = clock.now
        return state.withLock { state in
            if let probedAt = state.probedAt, now < probedAt.advanced(by: Self.lookInterval) {
                return .recent
            }
            guard state.waiters.count < Self.waiterLimit else { return .crowded }
            let (stream, waiter) = AsyncStream<Never>.makeStream()
            state.waiters.append(waiter)
            return .awaited(stream)
        }
    }

    /// Waits for the end of a probe, and returns whether it has come in time.
    private func hasCome(_ end: AsyncStream<Never>) async -> Bool {
        await withTaskGroup(of: Bool.self) { [clock] group in
            group.addTask {
                for await _ in end {}
                return !Task.isCancelled
            }
            group.addTask {
                try? await clock.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    private func logFaults() {
        var faults = store.takeFaults()
        let trouble = trouble
        if trouble == .stalled {
            faults[StoreFault(.stalled, while: .answering, reason: "A probe has not returned")] = 1
        }
        // What began and ended since the last look is in the faults alone.
        let isFailing = trouble != nil || faults.keys.contains { $0.activity == .writing }
        let now = clock.now
        let (lines, hasRecovered) = state.withLock { state in
            defer { state.wasFailing = isFailing }
            let hasRecovered =
                state.wasFailing && !isFailing && state.recoveries.add(true, at: now) != nil
            return (state.faults.add(faults, at: now), hasRecovered)
        }
        for (fault, count) in lines {
            logger.error(
                "The store failed",
                metadata: [
                    "activity": "\(fault.activity.rawValue)",
                    "trouble": "\(fault.trouble.rawValue)",
                    "reason": "\(fault.reason)",
                    "count": "\(count)",
                ]
            )
        }
        if hasRecovered { logger.notice("The store works again") }
    }
}
