import DirectoryDocument
import Recurrence
import SystemZones
import Tasks

/// Two months of a team's work for the demo: series of all kinds, most of them done, some missed.
struct DemoMonths<Store: BrowsingStore & SeriesStore & TaskStore> {
    let store: Store
    let zones: SystemZones
    let now: Timestamp

    private static var horizon: Horizon { Horizon() }

    private var actor: Actor {
        Actor(
            locationID: LocationID(DemoDirectory.location),
            userID: Identifier(DemoDirectory.userID),
            overseesLocation: true
        )
    }

    /// Makes the series as of two months ago, and does what was due since, but for some.
    func make() async throws {
        let commands = TaskCommands(store: store, zones: zones)
        let begun = now.advanced(by: .seconds(-60 * 86_400))
        for (place, routine) in DemoRoutine.all.enumerated() {
            let zone = try zones.zone(named: routine.user == 1 ? "UTC" : "America/Los_Angeles")
            _ = try await SeriesCommands(store: store, zones: zones).create(
                try draft(of: routine, in: zone, after: begun, place),
                horizon: Self.horizon,
                under: SeriesTerms(),
                by: actor,
                at: begun
            )
        }
        try await workOff(commands, since: begun)
    }

    private func draft(
        of routine: DemoRoutine,
        in zone: Zone,
        after begun: Timestamp,
        _ place: Int
    ) throws -> TaskDraft {
        let rule = try SeriesRule(parsing: routine.rule)
        let local = LocalDateTime(
            zone.localDateTime(at: begun).date,
            secondOfDay: routine.hour * 3600 + (place % 2) * 1800
        )
        let set = RecurrenceSet(start: local, zone: zone, rule: rule.rule)
        let first = set.next(after: begun)?.recurrenceID ?? local
        var draft = TaskDraft(
            template: TaskTemplate(
                title: routine.title,
                body: routine.body,
                assigneeID: Identifier(routine.user),
                contactID: routine.contact.map { Identifier($0) },
                categoryID: routine.category.map { Identifier($0) },
                isAllDay: routine.isAllDay,
                priority: routine.priority,
                tags: routine.tags
            ),
            due: WallClockTime(local: first, zone: zone),
            rule: rule
        )
        draft.policies.repeats = routine.repeats
        draft.policies.monthEnd = routine.monthEnd
        if !routine.rotation.isEmpty {
            draft.policies.rotation = AssigneeRotation(
                userIDs: routine.rotation.map { Identifier($0) },
                by: .week
            )
        }
        return draft
    }

    /// Completes what was due, each some time after; leaves some out, and forgets a few.
    private func workOff(
        _ commands: TaskCommands<Store, SystemZones>,
        since begun: Timestamp
    ) async throws {
        let browsing = BrowsingCommands(store: store, zones: zones)
        let isPast = Predicate<TaskField>.all([
            .isOneOf(.state, [.integer(Int64(TaskState.open.rawValue))]),
            .compares(.dueAt, .less, .timestamp(now)),
            .compares(.dueAt, .greaterOrEqual, .timestamp(begun)),
        ])
        var seen: Set<Identifier<TaskInstance>> = []
        // What counts from a completion comes only once the one before it is done.
        for _ in 0..<16 {
            let page = try await browsing.tasks(
                TaskPageQuery(predicate: isPast, limit: 500),
                seenBy: .wholeLocation,
                in: actor.locationID
            )
            let new = page.records.filter { seen.insert($0.task.id).inserted }
            if new.isEmpty { return }
            try await workOff(new, commands)
        }
    }

    private func workOff(
        _ entries: [TaskEntry],
        _ commands: TaskCommands<Store, SystemZones>
    ) async throws {
        let dayAgo = now.advanced(by: .seconds(-86_400))
        for (place, entry) in entries.enumerated() {
            let task = entry.task
            let due = task.due.timestamp
            // The last day's work is half done; before that every thirtieth task was forgotten.
            let isForgotten = due >= dayAgo ? place % 2 == 0 : place % 30 == 7
            if isForgotten { continue }
            let isSkipped = place % 17 == 3
            let edit =
                isSkipped
                ? TaskEdit(state: .set(.deleted), skip: .set(Skip(because: "Cancelled by them")))
                : TaskEdit(state: .set(.completed))
            let time = min(due.advanced(by: .seconds(Int64(600 + place % 9 * 1100))), now)
            var actor = actor
            actor.userID = task.template.assigneeID
            actor.overseesLocation = true
            actor.door = .api
            _ = try await commands.update(
                task.id,
                with: edit,
                extent: .thisOne,
                seenBy: .wholeLocation,
                by: actor,
                at: time
            )
        }
    }
}
