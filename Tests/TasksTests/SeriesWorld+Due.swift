import Recurrence
import Tasks
import Testing

/// A series that makes its tasks when their occurrences come, as a test describes it.
struct DueTerms {
    var start = "2024-01-01 09:00:00"
    var rule = "FREQ=DAILY"
    /// In seconds.
    var dueAfter: Int64 = 3600
    var limit: Int?
    var contacts: [Int64] = []
    var owners: [Int64] = []
    var whileOverdue = WhileOverdue.create
    var catchUp = CatchUp.latest
    var makesFirstTasks = true
    var wording: String?
}

extension SeriesWorld {
    /// What a series of this world does about missed occurrences when it gets such a schedule for
    /// the first time.
    static let catchUp = CatchUp.latest

    private var duePlanner: DueSeriesPlanner { DueSeriesPlanner(now: now) }

    func recurrence(_ terms: DueTerms) throws -> DueRecurrence {
        DueRecurrence(
            start: WallClockTime(local: try LocalDateTime(reading: terms.start), zone: zone),
            rule: try SeriesRule(parsing: terms.rule),
            dueAfter: terms.dueAfter,
            dueZone: zone,
            occurrenceLimit: terms.limit,
            whileOverdue: terms.whileOverdue,
            wording: terms.wording
        )
    }

    mutating func create(
        _ terms: DueTerms,
        by creatorID: Identifier<User>? = creator
    ) throws -> Identifier<RecurringTask> {
        let draft = SeriesDraft(
            title: "Call",
            body: "By phone",
            contactIDs: terms.contacts.map { Identifier($0) },
            ownerIDs: terms.owners.map { Identifier($0) },
            recurrence: try recurrence(terms),
            makesFirstTasks: terms.makesFirstTasks
        )
        let plan = try duePlanner.plan(
            creating: draft,
            catchUp: terms.catchUp,
            by: creatorID,
            numbers: &numbers
        )
        try carryOut(plan)
        return try #require(plan.series.first?.after.id)
    }

    /// Edits a series by its own number, and returns the plan.
    @discardableResult
    mutating func update(
        _ id: Identifier<RecurringTask>,
        with edit: SeriesEdit
    ) throws -> ChangePlan {
        var state = try state(of: id)
        if case .set(let recurrence) = edit.recurrence {
            state.slotIsTaken = tasks.values.contains { task in
                task.slot?.seriesID == id && task.slot?.recurrenceID == recurrence.start.local
            }
        }
        let plan = try duePlanner.plan(
            updating: state,
            with: edit,
            zone: zone,
            catchUp: Self.catchUp,
            numbers: &numbers
        )
        try carryOut(plan)
        return plan
    }

    mutating func delete(_ id: Identifier<RecurringTask>) throws {
        try carryOut(duePlanner.plan(deleting: try state(of: id)))
    }

    private func state(of id: Identifier<RecurringTask>) throws -> SeriesState {
        let series = try #require(series[id])
        return SeriesState(
            series: series,
            clock: clocks[id],
            tasks: series.dueSchedule == nil ? tasks(of: id) : []
        )
    }

    // MARK: - Time

    mutating func stand(at local: String) throws {
        now = zone.timestamp(of: try LocalDateTime(reading: local))
    }

    /// Moves to a time in one jump, and makes what has come by then.
    mutating func jump(to local: String) throws {
        try stand(at: local)
        try takeTurns()
    }

    /// Moves to a time, stopping at each occurrence.
    mutating func run(to local: String) throws {
        let end = zone.timestamp(of: try LocalDateTime(reading: local))
        while let fireAt = clocks.values.compactMap(\.fireAt).min(), fireAt <= end {
            now = max(now, fireAt)
            try takeTurns()
        }
        now = end
    }

    /// Takes turns until nothing is due.
    private mutating func takeTurns() throws {
        for _ in 0..<100 where try takeTurn() == 0 { return }
        throw EndlessTurns()
    }

    struct EndlessTurns: Error {}

    /// Takes up every series whose clock has fired, and returns how many there were.
    @discardableResult
    mutating func takeTurn() throws -> Int {
        let fired = clocks.filter { $0.value.fireAt.map { $0 <= now } ?? false }
        for (id, clock) in fired {
            let series = try #require(series[id])
            let plan = try duePlanner.plan(
                making: snapshot(of: series, after: clock),
                zone: zone,
                dueZone: zone,
                numbers: &numbers
            )
            try carryOut(plan)
        }
        return fired.count
    }

    private func snapshot(of series: RecurringTask, after clock: SeriesClock) -> FiringSnapshot {
        let contactIDs = (series.dueSchedule?.contactIDs ?? []).filter { id in
            !lostContactIDs.contains(id)
        }
        var snapshot = FiringSnapshot(series: series, clock: clock, contactIDs: contactIDs)
        guard series.missedWork.whileOverdue == .skip else { return snapshot }
        for task in tasks(of: series.id) {
            guard let slot = task.slot, slot.recurrenceID <= clock.materializedThrough else {
                continue
            }
            snapshot.newestTasks[slot.contactID] = NewestTask(
                isOpen: task.state == .open,
                dueAt: task.due.timestamp
            )
        }
        return snapshot
    }

    // MARK: - Reading

    /// The slots of a series' tasks, each with its contact if it has one: `2024-01-01 09:00:00 1`.
    func slots(of id: Identifier<RecurringTask>) -> [String] {
        let slots = tasks(of: id).compactMap(\.slot).map { slot in
            slot.recurrenceID.readable + (slot.contactID.map { " \($0.rawValue)" } ?? "")
        }
        return slots.sorted()
    }

    /// The days of January 2024 on which a series has tasks.
    func days(of id: Identifier<RecurringTask>) -> [Int] {
        tasks(of: id).compactMap { $0.slot?.recurrenceID.date.components.day }
    }

    /// The tasks of a series whose slot is on a day of the month, in the order of their contacts.
    func tasks(of id: Identifier<RecurringTask>, onDay day: Int) -> [TaskInstance] {
        tasks(of: id).filter { $0.slot?.recurrenceID.date.components.day == day }.sorted {
            ($0.slot?.contactID?.rawValue ?? 0) < ($1.slot?.contactID?.rawValue ?? 0)
        }
    }

    /// When the next occurrence of a series comes.
    func next(of id: Identifier<RecurringTask>) -> String? {
        clocks[id]?.fireAt.map { zone.localDateTime(at: $0).readable }
    }

    func occurrenceCount(of id: Identifier<RecurringTask>) throws -> Int {
        try #require(clocks[id]).occurrenceCount
    }
}
