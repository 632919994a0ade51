package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// Plans the reminders of all locations, and sends them when their time has come.
///
/// A reminder is taken with a lease before it is sent, and what came of it is kept only while the lease
/// holds. So it is sent once; if the server ends in between, a mail is sent again under its own
/// identifier. It sleeps until the next reminder is to be sent, or there is something to plan.
package struct ReminderRelay<
    Store: ReminderStore,
    Sender: ReminderSender,
    Zones: ZoneSource,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    let store: Store
    let hand: ReminderHand<Store, Sender, Zones, C>
    let zones: Zones
    let clock: C
    let judge: ReminderJudge
    let flow = ReminderFlow()
    let worksShard: @Sendable (Int) -> Bool
    let logger: Logger
    private let refreshInterval: Duration
    private let isAlone: Bool
    private let pause: @Sendable () async throws -> Void
    private let gate = TurnGate()

    /// How many reminders are taken at a time.
    static var batchLimit: Int { 250 }
    /// How long who has taken reminders has to send them.
    static var leaseDuration: Duration { .seconds(30) }
    /// How long a sender takes at most, and what came of it to be kept.
    private static var sendingDuration: Duration { .seconds(22) }
    /// How often it is tried to keep what became of reminders.
    private static var keepAttempts: Int { 50 }
    /// For how long a lane is left alone after the store failed.
    private static var pauseAfterFailure: Duration { .seconds(5) }

    /// Creates the relay.
    ///
    /// - Parameters:
    ///   - store: The reminders.
    ///   - sender: Sends mails and messages.
    ///   - zones: The zones of due times and of people.
    ///   - clock: The server's clock.
    ///   - limits: How late and how many reminders may be.
    ///   - isAlone: Whether no other process works on the store.
    ///   - logger: Where failures are told.
    ///   - pause: Waits until it is time to try again what the store did not keep.
    ///   - worksShard: Whether this process works a shard.
    package init(
        store: Store,
        sender: Sender,
        zones: Zones,
        clock: C,
        limits: ReminderLimits = ReminderLimits(),
        isAlone: Bool = true,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void = {},
        worksShard: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) {
        self.store = store
        self.zones = zones
        self.clock = clock
        self.isAlone = isAlone
        self.pause = pause
        self.logger = logger
        self.worksShard = worksShard
        judge = ReminderJudge(limits, zones: zones)
        refreshInterval = isAlone ? .seconds(60) : .seconds(1)
        hand = ReminderHand(
            store: store,
            sender: sender,
            zones: zones,
            clock: clock,
            judge: judge,
            leaseReserve: Self.sendingDuration
        )
    }

    package var description: String { "ReminderRelay" }

    /// Works until the service is told to stop; what is being sent is waited for then.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                if isAlone { await takeUpAbandoned(before: .distantFuture) }
                group.addTask { await plan() }
                await send(in: &group)
            }
        } onGracefulShutdown: {
            store.reminderBell.planner.ring()
            store.reminderAgenda.sender.ring()
        }
    }

    private var isStopping: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

    private var shards: [Int] { (0..<LocationID.shardCount).filter(worksShard) }

    // MARK: - Planning

    private func plan() async {
        while !isStopping {
            try? await gate.turn { await planAll() }
            let wakeAt = min(flow.nextPlanAt(after: clock.now) ?? .distantFuture, nextRefreshAt)
            _ = await store.reminderBell.planner.wait { [clock] in
                try await clock.sleep(until: wakeAt, tolerance: nil)
            }
        }
    }

    private var nextRefreshAt: Timestamp { clock.now.advanced(by: refreshInterval) }

    /// Plans everything that is to be planned, a part of each location in turn.
    private func planAll() async {
        do {
            var locationIDs = try await store.locationsToPlan()
            while !locationIDs.isEmpty, !isStopping {
                var left: [LocationID] = []
                for locationID in locationIDs where worksShard(locationID.shard) {
                    if flow.mayPlan(locationID, at: clock.now), await hasMore(in: locationID) {
                        left.append(locationID)
                    }
                }
                locationIDs = left
            }
        } catch is CancellationError {
        } catch {
            tell("Could not look up what reminders are to be planned", error)
        }
    }

    /// Plans a part of what is to be planned in a location; one that fails is left alone for a while.
    private func hasMore(in locationID: LocationID) async -> Bool {
        do {
            let hasMore = try await store.planReminders(
                in: locationID,
                at: clock.now,
                lateness: judge.limits.lateness,
                zones: zones
            )
            flow.succeed(locationID)
            return hasMore
        } catch is CancellationError {
            return false
        } catch {
            if flow.fail(locationID, at: clock.now) {
                tell("Could not plan reminders", error, ["location": "\(locationID.rawValue)"])
            }
            return false
        }
    }

    // MARK: - Sending

    private func send(in group: inout DiscardingTaskGroup) async {
        var refreshAt = clock.now
        while !isStopping {
            let now = clock.now
            if now >= refreshAt {
                await refresh()
                refreshAt = clock.now.advanced(by: isAlone ? .seconds(60) : .seconds(5))
            }
            // What is to be sent while a test moves the time is taken by who moves it.
            try? await gate.turn {
                for lane in flow.take(from: store.reminderAgenda, at: clock.now) {
                    group.addTask {
                        await work(on: lane)
                        store.reminderAgenda.sender.ring()
                    }
                }
            }
            let wakeAt = min(flow.wakeAt(by: store.reminderAgenda, at: now), refreshAt)
            _ = await store.reminderAgenda.sender.wait { [clock] in
                try await clock.sleep(until: wakeAt, tolerance: nil)
            }
        }
    }

    /// Takes up what others left, and looks up when the next reminders are to be sent.
    private func refresh() async {
        await takeUpAbandoned(before: clock.now)
        do {
            for (lane, time) in try await store.firstAttempts(inShards: shards) {
                store.reminderAgenda.note(time, in: lane)
            }
        } catch is CancellationError {
        } catch {
            tell("Could not look up reminders", error)
        }
    }

    private func takeUpAbandoned(before time: Timestamp) async {
        do {
            let count = try await store.takeUpAbandonedReminders(
                inShards: shards,
                before: time,
                sendingAgainBy: Set([.email, .sms].filter { hand.sender.knowsRepeats(by: $0) })
            )
            if count > 0 {
                logger.info("Took up reminders on their way", metadata: ["count": "\(count)"])
            }
        } catch is CancellationError {
        } catch {
            tell("Could not take up reminders", error)
        }
    }

    /// Sends what is to be sent on a lane by now, some at most.
    private func work(on lane: ReminderAgenda.Lane) async {
        defer { flow.end(lane) }
        guard worksShard(lane.shard) else { return }
        do {
            switch lane.way {
            case .email, .sms: try await sendBatch(on: lane)
            case .page, .webhook: try await tellBatch(on: lane)
            case .call: break
            }
        } catch is CancellationError {
            store.reminderAgenda.note(clock.now, in: lane)
        } catch {
            tell("Could not send reminders", error, ["shard": "\(lane.shard)"])
            let time = clock.now.advanced(by: Self.pauseAfterFailure)
            store.reminderAgenda.note(time, in: lane)
        }
    }

    private func sendBatch(on lane: ReminderAgenda.Lane) async throws {
        let claim = try await store.claimReminders(
            inShard: lane.shard,
            by: lane.way,
            at: clock.now,
            limit: Self.batchLimit,
            leaseDuration: Self.leaseDuration,
            zones: zones
        )
        // The next ones are taken while these are being sent.
        flow.begin(claim.reminders.count, by: lane.way)
        flow.end(lane)
        store.reminderAgenda.note(claim.nextAt, in: lane)
        defer { flow.finish(claim.reminders.count, by: lane.way) }
        if claim.reminders.isEmpty { return }
        await hand.send(claim.reminders, by: lane.way) { outcomes in
            await keep(outcomes, inShard: lane.shard)
        }
    }

    /// Keeps what became of reminders, or tries to for as long as they are this process's.
    private func keep(_ outcomes: [ReminderOutcome], inShard shard: Int) async {
        for attempt in 1... {
            do {
                let count = try await store.finish(outcomes, inShard: shard)
                if count < outcomes.count {
                    logger.warning(
                        "Reminders were not this process's any more",
                        metadata: ["count": "\(outcomes.count - count)"]
                    )
                }
                return
            } catch {
                tell("Could not keep what became of reminders", error)
                if outcomes.count > 1, !(error is StoreUnavailable) {
                    // One that cannot be kept concerns itself alone.
                    for outcome in outcomes { await keep([outcome], inShard: shard) }
                    return
                }
                if attempt >= Self.keepAttempts { return }
                try? await pause()
            }
        }
    }

    private func tellBatch(on lane: ReminderAgenda.Lane) async throws {
        let now = clock.now
        let telling = try await store.tellReminders(
            inShard: lane.shard,
            by: lane.way,
            at: now,
            limit: Self.batchLimit
        ) { [hand] reminder, matter in hand.decisionToTell(of: reminder, matter, at: now) }
        store.reminderAgenda.note(telling.nextAt, in: lane)
        for (locationID, reason) in telling.failures {
            logger.error(
                "Could not tell of reminders in a log",
                metadata: ["location": "\(locationID.rawValue)", "error": "\(reason)"]
            )
        }
    }

    private func tell(_ message: Logger.Message, _ error: any Error, _ more: Logger.Metadata = [:])
    {
        logger.error(message, metadata: more.merging(["error": "\(error)"]) { $1 })
    }
}

// MARK: - A test's clock

extension ReminderRelay {
    /// Runs a closure that moves time, while nothing is planned or sent but by ``settle()``.
    package func movingTime(_ body: () async throws -> Void) async throws {
        try await gate.movingTime {
            await flow.untilQuiet()
            await refresh()
            try await body()
        }
    }

    /// When the next reminder is to be sent, as far as this process knows.
    package var nextAt: Timestamp? { store.reminderAgenda.nextAt }

    /// Plans what is to be planned, and sends what is to be sent by now or fails to.
    package func settle() async {
        await planAll()
        await sendDue()
    }

    /// Sends what is to be sent by now or fails to.
    package func sendDue() async {
        while !Task.isCancelled {
            let lanes = flow.take(from: store.reminderAgenda, at: clock.now)
            if lanes.isEmpty { return }
            await withDiscardingTaskGroup { group in
                for lane in lanes { group.addTask { await work(on: lane) } }
            }
        }
    }
}
