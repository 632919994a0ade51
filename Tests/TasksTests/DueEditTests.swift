import Recurrence
import Tasks
import Testing

/// What happens to a series that makes its tasks when their occurrences come, when it is addressed
/// by its own number.
@Suite struct DueEditTests {
    /// A daily series from the first of January 2024 on, at ten o'clock on the third.
    private func begun(
        _ terms: DueTerms = DueTerms()
    ) throws -> (SeriesWorld, Identifier<RecurringTask>) {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(terms)
        try world.run(to: "2024-01-03 10:00:00")
        return (world, id)
    }

    @Test func `an edit is for the tasks to come, and those that were made stay`() throws {
        var (world, id) = try begun(DueTerms(contacts: [1, 2], owners: [5], wording: "daily"))
        let made = world.tasks
        try world.update(
            id,
            with: SeriesEdit(
                title: .set("Visit"),
                body: .set(""),
                contactIDs: .set([Identifier(2), Identifier(3)]),
                ownerIDs: .set([Identifier(6), Identifier(5)])
            )
        )
        #expect(world.tasks == made)
        #expect(world.series[id]?.dueSchedule?.wording == "daily")
        #expect(world.series[id]?.modifiedAt == world.now)
        try world.run(to: "2024-01-04 10:00:00")
        let new = world.tasks(of: id, onDay: 4)
        #expect(new.map(\.template.title) == ["Visit", "Visit"])
        #expect(new.map(\.template.body) == ["", ""])
        #expect(new.map(\.template.contactID) == [Identifier(2), Identifier(3)])
        #expect(new.map(\.template.assigneeID) == [Identifier(6), Identifier(6)])
        #expect(try world.occurrenceCount(of: id) == 4)
    }

    @Test func `empty lists clear, and the series goes on with a task for nobody`() throws {
        var (world, id) = try begun(DueTerms(contacts: [1, 2], owners: [5]))
        try world.update(id, with: SeriesEdit(contactIDs: .set([]), ownerIDs: .set([])))
        try world.run(to: "2024-01-04 10:00:00")
        let new = world.tasks(of: id, onDay: 4)
        #expect(new.map(\.slot?.contactID) == [nil])
        #expect(new.map(\.template.contactID) == [nil])
        #expect(new.map(\.template.assigneeID) == [nil])
    }

    @Test func `an edit that changes nothing plans nothing`() throws {
        var (world, id) = try begun(DueTerms(contacts: [1], owners: [5]))
        let plan = try world.update(
            id,
            with: SeriesEdit(
                title: .set("Call"),
                body: .set("By phone"),
                contactIDs: .set([Identifier(1)]),
                ownerIDs: .set([Identifier(5)])
            )
        )
        #expect(plan.isEmpty)
        #expect(try world.update(id, with: SeriesEdit()).isEmpty)
    }

    // MARK: - Another schedule

    @Test func `another schedule keeps the count, and the limit counts from the beginning`() throws
    {
        var (world, id) = try begun()
        let terms = DueTerms(
            start: "2024-01-02 15:00:00",
            dueAfter: 60,
            limit: 5,
            whileOverdue: .skip,
            wording: "other"
        )
        try world.update(id, with: SeriesEdit(recurrence: .set(try world.recurrence(terms))))
        // The occurrence of the second at 15:00 came before the edit, so it makes no tasks.
        #expect(world.days(of: id) == [1, 2, 3])
        #expect(try world.occurrenceCount(of: id) == 3)
        #expect(world.next(of: id) == "2024-01-03 15:00:00")
        let series = try #require(world.series[id])
        #expect(series.start.readable == "2024-01-02 15:00:00")
        #expect(series.missedWork == MissedWork(catchUp: .latest, whileOverdue: .skip))
        #expect(series.dueSchedule?.wording == "other")
        for task in world.tasks(of: id) {
            try world.update(task.id, with: TaskEdit(state: .set(.completed)))
        }
        try world.run(to: "2024-01-03 16:00:00")
        #expect(world.tasks(of: id).last?.due.local.readable == "2024-01-03 15:01:00")
        try world.update(
            try #require(world.tasks(of: id).last?.id),
            with: TaskEdit(state: .set(.completed))
        )
        try world.run(to: "2024-01-09 16:00:00")
        #expect(world.days(of: id) == [1, 2, 3, 3, 4])
        #expect(world.next(of: id) == nil)
    }

    @Test(arguments: [
        // The start, whether the first occurrence makes tasks at once, and the tasks and the next
        // occurrence after the edit.
        ("2024-01-10 09:00:00", true, [1, 2, 3, 10], "2024-01-11 09:00:00"),
        ("2024-01-10 09:00:00", false, [1, 2, 3], "2024-01-10 09:00:00"),
        ("2023-12-31 09:00:00", false, [1, 2, 3], "2024-01-04 09:00:00"),
        ("2023-12-31 09:00:00", true, [31, 1, 2, 3], "2024-01-04 09:00:00"),
        // These occurrences have their tasks already.
        ("2024-01-01 09:00:00", true, [1, 2, 3], "2024-01-04 09:00:00"),
        ("2024-01-03 09:00:00", true, [1, 2, 3], "2024-01-04 09:00:00"),
    ])
    func `another schedule begins as a new one does, unless its first occurrence has tasks`(
        start: String,
        makesFirstTasks: Bool,
        days: [Int],
        next: String
    ) throws {
        var (world, id) = try begun()
        let recurrence = try world.recurrence(DueTerms(start: start))
        try world.update(
            id,
            with: SeriesEdit(recurrence: .set(recurrence), makesFirstTasks: makesFirstTasks)
        )
        #expect(world.days(of: id) == days)
        #expect(try world.occurrenceCount(of: id) == days.count)
        #expect(world.next(of: id) == next)
    }

    @Test func `a schedule whose limit is reached already makes nothing more`() throws {
        var (world, id) = try begun()
        let recurrence = try world.recurrence(DueTerms(start: "2024-01-10 09:00:00", limit: 3))
        try world.update(
            id,
            with: SeriesEdit(recurrence: .set(recurrence), makesFirstTasks: true)
        )
        #expect(world.days(of: id) == [1, 2, 3])
        #expect(world.next(of: id) == nil)
        let wider = try world.recurrence(DueTerms(start: "2024-01-10 09:00:00", limit: 4))
        try world.update(id, with: SeriesEdit(recurrence: .set(wider)))
        #expect(world.next(of: id) == "2024-01-10 09:00:00")
    }

    @Test(arguments: [true, false])
    func `a first occurrence that was made ahead is not made again by an edit`(
        makesFirstTasks: Bool
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        var terms = DueTerms(start: "2024-01-20 09:00:00", contacts: [1])
        let id = try world.create(terms)
        terms.dueAfter = 60
        terms.rule = "FREQ=DAILY;INTERVAL=2"
        try world.update(
            id,
            with: SeriesEdit(
                recurrence: .set(try world.recurrence(terms)),
                makesFirstTasks: makesFirstTasks
            )
        )
        #expect(world.days(of: id) == [20])
        #expect(world.next(of: id) == "2024-01-22 09:00:00")
        #expect(try world.occurrenceCount(of: id) == 1)
    }

    @Test func `a schedule that begins earlier than the first one is followed from then on`() throws
    {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(
            DueTerms(start: "2024-01-20 09:00:00", whileOverdue: .skip)
        )
        let sooner = try world.recurrence(
            DueTerms(start: "2024-01-02 09:00:00", whileOverdue: .skip)
        )
        try world.update(id, with: SeriesEdit(recurrence: .set(sooner)))
        #expect(world.next(of: id) == "2024-01-02 09:00:00")
        try world.run(to: "2024-01-04 10:00:00")
        // The task of the second is overdue on the third. The task that was made early for the
        // twentieth does not matter.
        #expect(world.days(of: id) == [2, 20])
    }

    // MARK: - Deleting

    @Test func `a deleted series makes nothing more, and what it made stays`() throws {
        var (world, id) = try begun()
        try world.delete(id)
        #expect(world.series[id]?.isDeleted == true)
        #expect(world.next(of: id) == nil)
        try world.run(to: "2024-01-09 10:00:00")
        #expect(world.days(of: id) == [1, 2, 3])
        #expect(world.tasks(of: id).allSatisfy { $0.state == .open })
        #expect(try world.occurrenceCount(of: id) == 3)
    }
}
