import Recurrence
import ServiceLifecycle
import Tasks

/// Sends reminders that were taken, many at a time.
struct ReminderHand<
    Store: ReminderStore,
    Sender: ReminderSender,
    Zones: ZoneSource,
    C: Clock & Sendable
>: Sendable
where C.Instant == Timestamp, C.Duration == Duration {
    let store: Store
    let sender: Sender
    let zones: Zones
    let clock: C
    let judge: ReminderJudge
    /// How long before the lease ends nothing is given to the sender any more.
    let leaseReserve: Duration

    let mailSlots = SendingSlots(16)
    let messageSlots = SendingSlots(32)

    /// How many of those that were taken together are looked at at a time.
    private static var width: Int { 64 }
    /// How many are kept in one transaction at most, so that a slow one does not hold the others up.
    private static var keepLimit: Int { 100 }
    /// From when on it is looked again whether a reminder that was taken is wanted.
    private static var trustDuration: Duration { .seconds(1) }

    /// Sends what was taken at a time, as far as it is wanted.
    ///
    /// - Parameters:
    ///   - claimed: What was taken.
    ///   - way: Mail or SMS.
    ///   - keep: Keeps what became of some of them.
    func send(
        _ claimed: [ClaimedReminder],
        by way: ReminderWay,
        keeping keep: ([ReminderOutcome]) async -> Void
    ) async {
        let claimedAt = clock.now
        var outcomes: [ReminderOutcome] = []
        var wanted: [ClaimedReminder] = []
        var counts: [Identifier<User>: Int] = [:]
        for one in claimed {
            let userID = one.reminder.key.userID
            if let verdict = verdict(on: one, sentBeside: counts[userID] ?? 0, at: claimedAt) {
                outcomes.append(ended(one, verdict))
            } else {
                counts[userID, default: 0] += 1
                wanted.append(one)
            }
        }
        if !outcomes.isEmpty { await keep(outcomes) }
        await withTaskGroup(of: ReminderOutcome?.self) { group in
            var kept: [ReminderOutcome] = []
            var next = wanted.makeIterator()
            for one in (0..<Self.width).compactMap({ _ in next.next() }) {
                group.addTask { await send(one, by: way, takenAt: claimedAt) }
            }
            while let outcome = await group.next() {
                if let one = next.next() {
                    group.addTask { await send(one, by: way, takenAt: claimedAt) }
                }
                if let outcome { kept.append(outcome) }
                if kept.count >= Self.keepLimit {
                    await keep(kept)
                    kept = []
                }
            }
            if !kept.isEmpty { await keep(kept) }
        }
    }

    // MARK: - Deciding

    private static var unreadable: ReminderVerdict { .missed("the task cannot be read") }

    /// What becomes of a reminder that is not sent; none if it is to be sent.
    private func verdict(
        on claimed: ClaimedReminder,
        sentBeside count: Int,
        at now: Timestamp
    ) -> ReminderVerdict? {
        let (reminder, matter) = (claimed.reminder, claimed.matter)
        if matter.isUnreadable { return Self.unreadable }
        if let verdict = judge.verdict(on: reminder, matter.facts, at: now) { return verdict }
        guard matter.location != nil, let user = matter.user else {
            return .withdrawn("the person is gone")
        }
        let way = reminder.key.way
        guard sender.canSend(by: way) else {
            return .missed(
                way == .sms ? "no SMS gateway is set up" : "no mail server is set up"
            )
        }
        switch way {
        case .email where user.email ?? "" == "": return .failed("the person has no address")
        case .sms where user.phone ?? "" == "": return .failed("the person has no number")
        case .email, .sms, .webhook, .page, .call: break
        }
        if case .digest = reminder.key.cause, matter.digest?.tasks.isEmpty ?? true {
            return .withdrawn("nothing is due")
        }
        return judge.excess(
            sentInHour: matter.sentInHour + count,
            inDay: matter.sentInDay + count
        )
    }

    /// What becomes of a reminder that a location's log tells of.
    func decisionToTell(
        of reminder: PlannedReminder,
        _ matter: ReminderMatter,
        at now: Timestamp
    ) -> ReminderDecision {
        if matter.isUnreadable { return ReminderDecision(Self.unreadable) }
        if let verdict = judge.verdict(on: reminder, matter.facts, at: now) {
            return decision(verdict, on: reminder, matter.facts)
        }
        guard matter.location != nil, matter.user != nil else {
            return ReminderDecision(.withdrawn("the person is gone"))
        }
        return decision(.sent(at: now, "in the log"), on: reminder, matter.facts)
    }

    private func ended(
        _ claimed: ClaimedReminder,
        _ verdict: ReminderVerdict
    ) -> ReminderOutcome {
        ReminderOutcome(claimed, decision(verdict, on: claimed.reminder, claimed.matter.facts))
    }

    /// A verdict, and what is planned after the reminder where it is the last word on it.
    private func decision(
        _ verdict: ReminderVerdict,
        on reminder: PlannedReminder,
        _ facts: ReminderFacts
    ) -> ReminderDecision {
        let planner = ReminderPlanner(facts, in: zones)
        let key = reminder.key
        switch (verdict, key.cause) {
        case (.refused, _), (.postponed, _): return ReminderDecision(verdict)
        case (_, .digest):
            let next = key.plannedAt.advanced(by: .microseconds(1))
            let digest = planner.digest(of: key.userID, from: next)
            return ReminderDecision(verdict, successor: digest)
        case (.withdrawn, _), (_, .assignment): return ReminderDecision(verdict)
        case (.sent, .due), (.missed, .due), (.failed, .due):
            return ReminderDecision(verdict, successor: planner.successor(of: key))
        }
    }

    // MARK: - Sending

    /// Sends one; none if it is not this process's any more, or nobody knows what became of it.
    private func send(
        _ claimed: ClaimedReminder,
        by way: ReminderWay,
        takenAt: Timestamp
    ) async -> ReminderOutcome? {
        let slots = way == .sms ? messageSlots : mailSlots
        return await slots.withSlot { await sendNow(claimed, by: way, takenAt: takenAt) }
    }

    private func sendNow(
        _ claimed: ClaimedReminder,
        by way: ReminderWay,
        takenAt: Timestamp
    ) async -> ReminderOutcome? {
        var claimed = claimed
        let now = clock.now
        let isTooLate = now >= claimed.leasedUntil.advanced(by: .zero - leaseReserve)
        if isTooLate || Task.isShuttingDownGracefully || Task.isCancelled {
            return ReminderOutcome(claimed, ReminderDecision(.postponed(until: now)))
        }
        if now > takenAt.advanced(by: Self.trustDuration) {
            do {
                guard let matter = try await store.matter(of: claimed) else { return nil }
                claimed.matter = matter
            } catch {
                return ReminderOutcome(claimed, ReminderDecision(.postponed(until: now)))
            }
            if let verdict = judge.verdict(on: claimed.reminder, claimed.matter.facts, at: now) {
                return ended(claimed, verdict)
            }
        }
        guard let notice = ReminderNotice(claimed, at: now, in: zones) else {
            return ended(claimed, .withdrawn("the person is gone"))
        }
        switch await sender.send(notice, by: way) {
        case .taken(let answer): return ended(claimed, .sent(at: clock.now, answer))
        case .refused(let answer, isFinal: true): return ended(claimed, .failed(answer))
        case .refused(let answer, isFinal: false):
            // What was given up on the way to a stop is taken up by the next start.
            if Task.isCancelled { return nil }
            return ended(
                claimed,
                judge.verdict(afterRefusal: answer, of: claimed.reminder, at: clock.now)
            )
        }
    }
}
