package import Recurrence

/// How many reminders a change plans and withdraws.
package struct ReminderCounts: Hashable, Sendable {
    /// Those that are to come now, and did not before, or at another time.
    package var planned = 0
    /// Those that were to come and are not any more.
    package var withdrawn = 0

    package init() {}
}

/// Tells what planning will make of a change, by the functions that plan.
///
/// What is still to be planned of earlier changes counts as planned, so what is told does not depend
/// on how far planning has come.
package struct ReminderForecast {
    package private(set) var counts = ReminderCounts()
    private var assignments = Assignments()
    private let zones: any ZoneSource
    private let now: Timestamp

    /// - Parameters:
    ///   - now: The time of the change.
    ///   - zones: The zones of due times and of people.
    package init(at now: Timestamp, in zones: any ZoneSource) {
        self.now = now
        self.zones = zones
    }

    /// Counts what becomes of the reminders of a task.
    ///
    /// - Parameters:
    ///   - stored: The task's reminders.
    ///   - before: What they go by before the change; none of a task that it makes.
    ///   - after: What they go by after it.
    ///   - snoozer: Who put the next reminder off by it.
    package mutating func note(
        _ stored: [StandingReminder],
        before: ReminderFacts?,
        after: ReminderFacts,
        snoozing snoozer: Identifier<User>? = nil
    ) {
        var standing = Dictionary(stored.map { ($0.reminder.key, $0) }) { first, _ in first }
        if let before {
            let planner = ReminderPlanner(before, in: zones)
            for step in planner.revise(stored, from: now) {
                switch step {
                case .add(let reminder): standing[reminder.key] = StandingReminder(reminder)
                case .replace(let former, let reminder):
                    standing[former] = nil
                    standing[reminder.key] = StandingReminder(reminder)
                }
            }
        }
        let planner = ReminderPlanner(after, in: zones)
        for step in planner.revise(Array(standing.values), from: now, snoozing: snoozer) {
            switch step {
            case .add(let reminder): if reminder.state == .waiting { counts.planned += 1 }
            case .replace(let former, let reminder):
                if reminder.state == .waiting {
                    counts.planned += 1
                } else if standing[former]?.isWaiting ?? false {
                    counts.withdrawn += 1
                }
            }
        }
    }

    /// Notes that a task is somebody's now, who is to be told so.
    package mutating func note(assigned facts: ReminderFacts) {
        assignments.note(facts)
    }

    /// Counts those who are told that something is theirs.
    ///
    /// - Parameter actorID: Who makes the change; none if that is no user.
    package mutating func countNotices(by actorID: Identifier<User>?) {
        for facts in assignments.facts {
            let notice = ReminderPlanner(facts, in: zones).notice(by: actorID, at: now)
            if notice?.state == .waiting { counts.planned += 1 }
        }
    }
}

/// Of what people are told once: that a series or a single task is theirs, by the first of its tasks.
package struct Assignments {
    /// Whose a series or a single task is.
    package struct Assignment: Hashable, Sendable {
        package var originID: Int64
        package var assigneeID: Identifier<User>

        /// Creates that of a task; none if it is nobody's.
        package init?(_ task: TaskInstance) {
            guard let assigneeID = task.template.assigneeID else { return nil }
            originID = task.originID
            self.assigneeID = assigneeID
        }
    }

    private var found: [Assignment: ReminderFacts] = [:]

    package init() {}

    /// What the reminders go by of the task that each assignment is told by.
    package var facts: [ReminderFacts] { Array(found.values) }

    /// Notes an open task that is somebody's now.
    package mutating func note(_ facts: ReminderFacts) {
        guard let task = facts.task, task.state == .open, let assignment = Assignment(task) else {
            return
        }
        if let other = found[assignment]?.task, other.due.timestamp <= task.due.timestamp { return }
        found[assignment] = facts
    }
}
