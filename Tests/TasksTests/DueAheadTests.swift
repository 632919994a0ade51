import Recurrence
import Tasks
import Testing

/// What happens to a series that makes its tasks ahead when it is addressed by its own number.
@Suite struct DueAheadTests {
    /// A daily series from the first of January on, at noon of the third.
    ///
    /// The tasks of the second and the fifth are completed, and the task of the sixth is deleted.
    private func begun(
        rule: String = "FREQ=DAILY"
    ) throws -> (SeriesWorld, Identifier<RecurringTask>, [Identifier<TaskInstance>]) {
        var world = try SeriesWorld(now: "2024-01-01 08:00:00")
        let ids = try world.create(due: "2024-01-01 09:00:00", rule: rule)
        try world.update(ids[1], with: TaskEdit(state: .set(.completed)))
        try world.update(ids[4], with: TaskEdit(state: .set(.completed)))
        try world.delete(ids[5], .thisOne)
        try world.stand(at: "2024-01-03 12:00:00")
        let id = try #require(world.task(ids[0]).slot?.seriesID)
        return (world, id, ids)
    }

    @Test func `an edit reaches the open tasks that are to come`() throws {
        var (world, id, ids) = try begun(rule: "FREQ=DAILY;COUNT=8")
        try world.update(ids[6], with: TaskEdit(title: .set("Own"), body: .set("own")))
        try world.update(
            id,
            with: SeriesEdit(
                title: .set("Visit"),
                contactIDs: .set([Identifier(7), Identifier(8)]),
                ownerIDs: .set([Identifier(5)])
            )
        )
        let tasks = try ids.map { try world.task($0) }
        #expect(
            tasks.map(\.template.title) == [
                "Call", "Call", "Call", "Visit", "Call", "Call", "Visit", "Visit",
            ]
        )
        #expect(
            tasks.map(\.template.contactID) == [
                nil, nil, nil, Identifier(7), nil, nil, Identifier(7), Identifier(7),
            ]
        )
        let (former, new) = (Identifier<User>(2), Identifier<User>(5))
        #expect(
            tasks.map(\.template.assigneeID) == [
                former, former, former, new, former, former, new, new,
            ]
        )
        // Tasks that the edit did not reach now store the title and body that they had from the
        // series. A task with its own body keeps it, because the edit changes only the title.
        #expect(
            tasks.map(\.inheritsWording) == [
                false, false, false, true, false, false, false, true,
            ]
        )
        #expect(tasks[6].template.body == "own")
        #expect(tasks[0].modifiedAt < world.now)
        #expect(world.series[id]?.template.title == "Visit")
        #expect(world.series[id]?.dueSchedule == nil)
    }

    @Test func `an edit of people leaves words alone`() throws {
        var (world, id, ids) = try begun()
        try world.update(id, with: SeriesEdit(ownerIDs: .set([])))
        #expect(try world.task(ids[0]).inheritsWording)
        #expect(try world.task(ids[0]).template.assigneeID == Identifier(2))
        #expect(try world.task(ids[7]).inheritsWording)
        #expect(try world.task(ids[7]).template.assigneeID == nil)
    }

    @Test(arguments: ["FREQ=DAILY", "FREQ=DAILY;COUNT=9"])
    func `a schedule of the other kind withdraws what is to come and goes on from now`(
        rule: String
    ) throws {
        var (world, id, ids) = try begun(rule: rule)
        #expect(world.series[id]?.missedWork.catchUp == .all)
        let terms = DueTerms(dueAfter: 60, limit: 8)
        try world.update(id, with: SeriesEdit(recurrence: .set(try world.recurrence(terms))))
        #expect(
            try ids.prefix(8).map { try world.task($0).state } == [
                .open, .completed, .open, .deleted, .completed, .deleted, .deleted, .deleted,
            ]
        )
        #expect(try ids.prefix(8).allSatisfy { try !world.task($0).inheritsWording })
        #expect(try ids.prefix(8).allSatisfy { try world.task($0).template.title == "Call" })
        // A task that is not open keeps its slot.
        #expect(world.days(of: id) == [1, 2, 3, 5, 6])
        let series = try #require(world.series[id])
        #expect(series.missedWork.catchUp == SeriesWorld.catchUp)
        #expect(series.dueSchedule?.ownerIDs == [Identifier(2)])
        #expect(try world.occurrenceCount(of: id) == 3)
        #expect(world.next(of: id) == "2024-01-04 09:00:00")
        try world.run(to: "2024-01-20 12:00:00")
        // A task that was completed or deleted ahead is not made again.
        #expect(world.days(of: id) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(world.tasks(of: id).last?.due.local.readable == "2024-01-08 09:01:00")
        #expect(world.next(of: id) == nil)
    }

    @Test(arguments: [
        // The task of this slot is open and due later, so it is withdrawn and made again.
        ("2024-01-07 09:00:00", [1, 2, 3, 5, 6, 7], 4, "2024-01-08 09:00:00"),
        // The task of this slot is completed.
        ("2024-01-05 09:00:00", [1, 2, 3, 5, 6], 3, "2024-01-06 09:00:00"),
        ("2024-01-02 09:00:00", [1, 2, 3, 5, 6], 3, "2024-01-04 09:00:00"),
        ("2024-01-03 18:00:00", [1, 2, 3, 3, 5, 6], 4, "2024-01-04 18:00:00"),
    ])
    func `the other schedule's first occurrence makes its tasks unless it keeps them`(
        start: String,
        days: [Int],
        count: Int,
        next: String
    ) throws {
        var (world, id, _) = try begun()
        try world.update(
            id,
            with: SeriesEdit(
                recurrence: .set(try world.recurrence(DueTerms(start: start))),
                makesFirstTasks: true
            )
        )
        #expect(world.days(of: id) == days)
        #expect(try world.occurrenceCount(of: id) == count)
        #expect(world.next(of: id) == next)
    }

    @Test func `the contact goes along unless the edit names others`() throws {
        var (world, id, ids) = try begun()
        try world.updateFollowing(ids[0], with: TaskEdit(contactID: .set(Identifier(7))))
        let same = world
        let recurrence = try world.recurrence(DueTerms())
        try world.update(id, with: SeriesEdit(recurrence: .set(recurrence)))
        #expect(world.series[id]?.dueSchedule?.contactIDs == [Identifier(7)])
        world = same
        try world.update(
            id,
            with: SeriesEdit(
                contactIDs: .set([Identifier(8), Identifier(9)]),
                recurrence: .set(recurrence)
            )
        )
        #expect(world.series[id]?.dueSchedule?.contactIDs == [Identifier(8), Identifier(9)])
        #expect(world.series[id]?.template.contactID == Identifier(8))
        try world.run(to: "2024-01-04 10:00:00")
        #expect(
            world.tasks(of: id, onDay: 4).map(\.slot?.contactID) == [Identifier(8), Identifier(9)]
        )
    }

    @Test func `deletion takes the open tasks that are to come`() throws {
        var (world, id, ids) = try begun(rule: "FREQ=DAILY;COUNT=8")
        try world.delete(id)
        #expect(
            try ids.map { try world.task($0).state } == [
                .open, .completed, .open, .deleted, .completed, .deleted, .deleted, .deleted,
            ]
        )
        #expect(world.series[id]?.isDeleted == true)
    }

    @Test func `a reader's look ahead makes nothing of a series that has changed its kind`() throws
    {
        var (world, id, _) = try begun()
        try world.update(
            id,
            with: SeriesEdit(recurrence: .set(try world.recurrence(DueTerms())))
        )
        let (count, clock) = (world.tasks.count, world.clocks[id])
        try world.moveHorizon(of: id, lookingAt: "2026-01-01 09:00:00")
        #expect(world.tasks.count == count)
        #expect(world.clocks[id] == clock)
    }

    // MARK: - What was missed

    @Test(arguments: [
        (CatchUp.all, Horizon.stepLimit, "2024-04-06 12:41:00"),
        (.latest, Horizon.stepLimit, "2024-04-10 00:00:00"),
        (.none, Horizon.stepLimit, "2024-04-10 00:01:00"),
    ])
    func `a series that is far behind catches up as it says`(
        catchUp: CatchUp,
        count: Int,
        first: String
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 00:00:00", rule: "FREQ=MINUTELY")
        let id = try #require(try world.task(ids[0]).slot?.seriesID)
        world.series[id]?.missedWork.catchUp = catchUp
        try world.stand(at: "2024-04-10 00:00:00")
        try world.moveHorizon(of: id)
        let made = world.tasks(of: id).dropFirst(Horizon.stepLimit)
        #expect(made.count == count)
        #expect(made.first?.due.local.readable == first)
    }
}
