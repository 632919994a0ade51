import Recurrence
import SystemZones
import Tasks
import Testing

/// The records of one location in memory.
///
/// Plans are carried out on them, and the tests read the result.
struct SeriesWorld {
    var tasks: [Identifier<TaskInstance>: TaskInstance] = [:]
    var series: [Identifier<RecurringTask>: RecurringTask] = [:]
    var clocks: [Identifier<RecurringTask>: SeriesClock] = [:]
    var now: Timestamp
    var zone: Zone
    /// Contacts that the directory does not have any more.
    var lostContactIDs: Set<Identifier<Contact>> = []
    var numbers = IdentifierSource(1..<1_000_000) { _ in throw OutOfNumbers() }
    private var planner: TaskPlanner { TaskPlanner(horizon: Horizon(), now: now) }

    static let creator = Identifier<User>(1)

    struct OutOfNumbers: Error {}

    init(now: String = "2018-12-01 08:00:00", zone: String = "UTC") throws {
        self.zone = try SystemZones().zone(named: zone)
        self.now = self.zone.timestamp(of: try LocalDateTime(reading: now))
    }

    mutating func create(
        _ title: String = "Call",
        due: String,
        rule: String? = nil,
        state: TaskState = .open
    ) throws -> [Identifier<TaskInstance>] {
        let draft = TaskDraft(
            template: TaskTemplate(title: title, assigneeID: Identifier(2)),
            due: WallClockTime(local: try LocalDateTime(reading: due), zone: zone),
            state: state,
            rule: try rule.map { try SeriesRule(parsing: $0) }
        )
        let plan = try planner.plan(creating: draft, by: Self.creator, numbers: &numbers)
        try carryOut(plan)
        return plan.tasks.map(\.after.id)
    }

    mutating func update(_ id: Identifier<TaskInstance>, with edit: TaskEdit) throws {
        try carryOut(
            planner.plan(
                updating: snapshot(of: id, following: false),
                with: edit,
                zone: zone,
                numbers: &numbers
            )
        )
    }

    mutating func updateFollowing(_ id: Identifier<TaskInstance>, with edit: TaskEdit) throws {
        try carryOut(
            planner.plan(
                updatingFollowing: snapshot(of: id, following: true),
                with: edit,
                zone: zone,
                numbers: &numbers
            )
        )
    }

    mutating func delete(_ id: Identifier<TaskInstance>, _ extent: Extent) throws {
        try carryOut(
            planner.plan(
                deleting: snapshot(of: id, following: extent != .all),
                extent: extent,
                zone: zone
            )
        )
    }

    mutating func moveHorizon(
        of id: Identifier<RecurringTask>,
        lookingAt bound: String? = nil
    ) throws {
        let clock = try #require(clocks[id])
        try carryOut(
            planner.plan(
                materializing: try #require(series[id]),
                after: clock,
                zone: zone,
                lookingAt: try bound.map { bound in
                    LookAhead(
                        bound: zone.timestamp(of: try LocalDateTime(reading: bound)),
                        limit: .max
                    )
                },
                numbers: &numbers
            )
        )
    }

    func task(_ id: Identifier<TaskInstance>) throws -> TaskInstance {
        try #require(tasks[id])
    }

    /// The rule of a task's series, as it is shown.
    func rule(of id: Identifier<TaskInstance>) throws -> String? {
        try task(id).slot.flatMap { series[$0.seriesID]?.rule?.text }
    }

    /// What the clock shows when a task is due.
    func due(_ id: Identifier<TaskInstance>) throws -> String {
        try task(id).due.local.readable
    }

    func due(at local: String) throws -> FieldEdit<WallClockTime> {
        .set(WallClockTime(local: try LocalDateTime(reading: local), zone: zone))
    }

    /// The stored tasks of a series, by slot.
    func tasks(of id: Identifier<RecurringTask>) -> [TaskInstance] {
        tasks.values.filter { $0.slot?.seriesID == id }.sorted { left, right in
            (left.slot?.recurrenceID.secondsSince1970 ?? 0)
                < (right.slot?.recurrenceID.secondsSince1970 ?? 0)
        }
    }

    private func snapshot(
        of id: Identifier<TaskInstance>,
        following: Bool
    ) throws -> SeriesSnapshot {
        let task = try task(id)
        guard let slot = task.slot else {
            var snapshot = SeriesSnapshot(task: task, tasks: [task])
            snapshot.hasLeftNamesake = series[Identifier(task.id.rawValue)] != nil
            return snapshot
        }
        return SeriesSnapshot(
            task: task,
            series: series[slot.seriesID],
            clock: clocks[slot.seriesID],
            tasks: tasks(of: slot.seriesID).filter { other in
                !following || (other.slot?.recurrenceID).map { $0 >= slot.recurrenceID } ?? false
            }
        )
    }

    /// Carries a plan out.
    ///
    /// In a batch, an occurrence that has its task already makes none.
    mutating func carryOut(_ plan: ChangePlan) throws {
        for change in plan.series {
            #expect(series[change.after.id] == change.before, "a plan starts from what is stored")
            series[change.after.id] = change.after
        }
        let taken = plan.kind == .materialized ? Set(tasks.values.compactMap(\.slot)) : []
        for change in plan.tasks {
            if let slot = change.after.slot, taken.contains(slot) { continue }
            #expect(tasks[change.after.id] == change.before, "a plan starts from what is stored")
            tasks[change.after.id] = change.after
        }
        for setting in plan.clocks { clocks[setting.seriesID] = setting.clock }
        let slots = tasks.values.compactMap(\.slot)
        #expect(Set(slots).count == slots.count, "no two tasks are of one occurrence")
    }
}

extension LocalDateTime {
    struct Unreadable: Error {
        var text: String
    }

    /// Reads `2018-12-16 12:00:00`.
    init(reading text: String) throws {
        let read = CalendarText(
            parsing: text,
            in: .extended,
            allowing: [.localTimes, .blanks]
        )
        guard let read else { throw Unreadable(text: text) }
        self = read.local(in: .utc)
    }

    /// The form that ``init(reading:)`` reads.
    var readable: String { text(in: .extended).replacing("T", with: " ") }
}
