package import Recurrence

/// A series: its template, its start, its zone, its rule, and how its tasks are made.
package struct RecurringTask: Hashable, Sendable {
    package let id: Identifier<RecurringTask>
    package var creatorID: Identifier<User>?
    package var template: TaskTemplate
    /// The first occurrence, on the wall clock of ``timeZone``.
    package var start: LocalDateTime
    /// Whether the second is meant, where the clocks show the start twice.
    package var startsInSecondPass: Bool
    /// The IANA name of the zone in which the rule is expanded.
    package var timeZone: String
    /// How the task repeats; none after it was told to stop repeating.
    package var rule: SeriesRule?
    package var materialization: Materialization
    package var missedWork: MissedWork
    package var policies: SeriesPolicies
    /// Whether the whole series was deleted: it makes no more tasks.
    package var isDeleted: Bool
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp

    package init(
        id: Identifier<RecurringTask>,
        creatorID: Identifier<User>?,
        template: TaskTemplate,
        start: LocalDateTime,
        startsInSecondPass: Bool = false,
        timeZone: String,
        rule: SeriesRule?,
        materialization: Materialization = .ahead,
        missedWork: MissedWork = MissedWork(),
        policies: SeriesPolicies = SeriesPolicies(),
        isDeleted: Bool = false,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.creatorID = creatorID
        self.template = template
        self.start = start
        self.startsInSecondPass = startsInSecondPass
        self.timeZone = timeZone
        self.rule = rule
        self.materialization = materialization
        self.missedWork = missedWork
        self.policies = policies
        self.isDeleted = isDeleted
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}

extension RecurringTask {
    /// The first occurrence, on the clocks of the zone that ``timeZone`` names.
    package func start(in zone: Zone) -> WallClockTime {
        WallClockTime(local: start, zone: zone, pass: startsInSecondPass ? .second : nil)
    }

    /// The occurrences of the rule and of the dates beside it, less the exceptions; none if there is
    /// no rule.
    package func occurrences(in zone: Zone) -> SeriesOccurrences? {
        rule.map { SeriesOccurrences(of: $0.rule, from: start(in: zone), with: policies) }
    }

    /// The schedule of a series that makes its tasks when their occurrences come.
    ///
    /// None for a series that makes them ahead.
    package var dueSchedule: DueSchedule? {
        switch materialization {
        case .ahead: nil
        case .whenDue(let schedule): schedule
        }
    }

    /// Changes the schedule of a series that makes its tasks when their occurrences come.
    mutating func changeSchedule(_ change: (inout DueSchedule) -> Void) {
        switch materialization {
        case .ahead: break
        case .whenDue(var schedule):
            change(&schedule)
            materialization = .whenDue(schedule)
        }
    }
}
