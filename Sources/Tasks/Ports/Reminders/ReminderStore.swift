package import Recurrence

/// Where planned reminders are kept, for those who plan and send them.
package protocol ReminderStore: Sendable {
    /// Rings when there is something to plan.
    var reminderBell: ReminderBell { get }

    /// When the next reminders of each shard are to be sent.
    var reminderAgenda: ReminderAgenda { get }

    /// The locations in which something is to be planned.
    func locationsToPlan() async throws -> [LocationID]

    /// Plans what is to be planned in a location, as much as one transaction should.
    ///
    /// What cannot be read is passed over and told of.
    ///
    /// - Parameters:
    ///   - locationID: The location.
    ///   - now: The time.
    ///   - lateness: How late a reminder may be of what the scheduler made.
    ///   - zones: The zones of due times and of people.
    /// - Returns: Whether there may be more.
    /// - Throws: `StoreUnavailable`, or any other error of the store.
    func planReminders(
        in locationID: LocationID,
        at now: Timestamp,
        lateness: Duration,
        zones: any ZoneSource
    ) async throws -> Bool

    /// When the first reminders of shards are to be sent, on each lane that has one.
    func firstAttempts(inShards shards: [Int]) async throws -> [ReminderAgenda.Lane: Timestamp]

    /// Takes up what was being sent when its sender's time was over.
    ///
    /// - Parameters:
    ///   - shards: Their shards.
    ///   - time: Before when their senders' time has ended.
    ///   - ways: The ways by which they wait again. By others nobody knows what became of them, so
    ///     they have failed.
    /// - Returns: How many there were.
    /// - Throws: `StoreUnavailable`, or any other error of the store.
    func takeUpAbandonedReminders(
        inShards shards: [Int],
        before time: Timestamp,
        sendingAgainBy ways: Set<ReminderWay>
    ) async throws -> Int

    /// Takes reminders to be sent, in the order of their time.
    ///
    /// - Parameters:
    ///   - shard: Their shard.
    ///   - way: Their way, mail or SMS.
    ///   - now: The time.
    ///   - limit: How many at most.
    ///   - leaseDuration: How long the caller has to send them.
    ///   - zones: The zones of people, to know the day of a digest.
    /// - Returns: What was taken.
    /// - Throws: `StoreUnavailable`, or any other error of the store.
    func claimReminders(
        inShard shard: Int,
        by way: ReminderWay,
        at now: Timestamp,
        limit: Int,
        leaseDuration: Duration,
        zones: any ZoneSource
    ) async throws -> ReminderClaim

    /// What a reminder that was taken is about, as it is now; none if it is not the caller's any more.
    func matter(of claimed: ClaimedReminder) async throws -> ReminderMatter?

    /// Keeps what became of reminders that were taken in a shard.
    ///
    /// - Returns: How many were kept; the others are not the caller's any more.
    func finish(_ outcomes: [ReminderOutcome], inShard shard: Int) async throws -> Int

    /// Tells in the logs of locations of the reminders that go there and are to be sent by now, some
    /// at most.
    ///
    /// - Parameters:
    ///   - shard: Their shard.
    ///   - way: Their way, the page or webhooks.
    ///   - now: The time.
    ///   - limit: How many at most.
    ///   - decide: What is to become of a reminder; it is told of where it counts as sent.
    /// - Returns: What was done.
    /// - Throws: `StoreUnavailable`, or any other error of the database as a whole.
    func tellReminders(
        inShard shard: Int,
        by way: ReminderWay,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping @Sendable (PlannedReminder, ReminderMatter) -> ReminderDecision
    ) async throws -> ReminderTelling
}

/// Reminders that were taken to be sent.
package struct ReminderClaim: Sendable {
    package var reminders: [ClaimedReminder] = []
    /// When the next one that was not taken is to be sent.
    package var nextAt: Timestamp?

    package init() {}
}

/// What was told in logs.
package struct ReminderTelling: Sendable {
    package var count = 0
    /// When the next one is to be told.
    package var nextAt: Timestamp?
    /// Why nothing could be told in some locations.
    package var failures: [LocationID: String] = [:]

    package init() {}
}

/// A reminder that somebody has taken to send it.
package struct ClaimedReminder: Sendable {
    /// Its attempts count the one that was begun.
    package var reminder: PlannedReminder
    /// Until when it is the sender's alone; it tells this attempt from any other.
    package var leasedUntil: Timestamp
    package var matter: ReminderMatter

    package init(reminder: PlannedReminder, leasedUntil: Timestamp, matter: ReminderMatter) {
        self.reminder = reminder
        self.leasedUntil = leasedUntil
        self.matter = matter
    }
}

/// What a reminder is about, and whom.
package struct ReminderMatter: Sendable {
    package var facts: ReminderFacts
    /// Whether the task is there and cannot be read.
    package var isUnreadable = false
    /// The name and the zone of the location; none if it is not there any more.
    package var location: DirectoryLocation?
    /// Who is reminded; none if there is no such user any more.
    package var user: DirectoryUser?
    package var contact: DirectoryContact?
    /// Who assigned the task, in a notice of that.
    package var assignerName: String?
    /// What a digest tells of.
    package var digest: DigestMatter?
    /// How many mails and messages the person was sent within the last hour and day.
    package var sentInHour = 0
    package var sentInDay = 0

    package init(_ facts: ReminderFacts) {
        self.facts = facts
    }
}

/// The tasks of a person's day, overdue ones first.
package struct DigestMatter: Sendable {
    package var tasks: [(task: TaskInstance, contact: DirectoryContact?)] = []
    /// How many more there are.
    package var furtherCount = 0

    package init() {}
}

/// What is to become of a reminder whose time has come.
package struct ReminderDecision: Hashable, Sendable {
    package var verdict: ReminderVerdict
    /// What is planned after it: the next one of a repeated one.
    package var successor: PlannedReminder?

    package init(_ verdict: ReminderVerdict, successor: PlannedReminder? = nil) {
        self.verdict = verdict
        self.successor = successor
    }
}

/// What became of a reminder that was taken.
package struct ReminderOutcome: Sendable {
    package var claimed: ClaimedReminder
    package var decision: ReminderDecision

    package init(_ claimed: ClaimedReminder, _ decision: ReminderDecision) {
        self.claimed = claimed
        self.decision = decision
    }
}
