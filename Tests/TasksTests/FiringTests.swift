import Recurrence
import Tasks
import Testing

/// What a series makes when its occurrences come.
@Suite struct FiringTests {
    private static let fifth = "FREQ=DAILY;UNTIL=20240105T090000Z"

    @Test(arguments: [
        ("FREQ=DAILY", 3, true, [1, 2, 3]), ("FREQ=DAILY", 3, false, [2, 3, 4]),
        ("FREQ=DAILY", nil, true, Array(1...20)), (fifth, nil, true, [1, 2, 3, 4, 5]),
        (fifth, 10, true, [1, 2, 3, 4, 5]), (fifth, 3, true, [1, 2, 3]),
        ("FREQ=DAILY;COUNT=4", nil, true, [1, 2, 3, 4]), ("FREQ=DAILY;COUNT=4", 2, true, [1, 2]),
        // The rule's count includes all of its occurrences, made or not.
        ("FREQ=DAILY;COUNT=4", 4, false, [2, 3, 4]),
    ])
    func `a series ends by its rule or by its limit, whichever comes first`(
        rule: String,
        limit: Int?,
        makesFirstTasks: Bool,
        days: [Int]
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(
            DueTerms(rule: rule, limit: limit, makesFirstTasks: makesFirstTasks)
        )
        try world.run(to: "2024-01-20 10:00:00")
        #expect(world.days(of: id) == days)
        #expect(try world.occurrenceCount(of: id) == days.count)
        #expect((world.next(of: id) == nil) == (days.count < 19))
    }

    // MARK: - While the newest task is overdue

    @Test(
        arguments: [
            // A day has 86,400 seconds. So the task is due with the next occurrence and not before
            // it.
            (86_400, .skip, [1, 2, 3]), (86_399, .skip, [1]), (0, .skip, [1]),
            (86_400, .create, [1, 2, 3]), (0, .create, [1, 2, 3]),
        ] as [(Int64, WhileOverdue, [Int])]
    )
    func `an occurrence passes only while the newest task was due before it`(
        dueAfter: Int64,
        whileOverdue: WhileOverdue,
        days: [Int]
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(dueAfter: dueAfter, whileOverdue: whileOverdue))
        try world.run(to: "2024-01-03 10:00:00")
        #expect(world.days(of: id) == days)
    }

    @Test(arguments: [TaskState.completed, .deleted])
    func `what passed is neither counted nor caught up with once the task is done or deleted`(
        state: TaskState
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(limit: 3, whileOverdue: .skip, catchUp: .all))
        try world.run(to: "2024-01-05 12:00:00")
        #expect(world.days(of: id) == [1])
        #expect(try world.occurrenceCount(of: id) == 1)
        try world.update(world.tasks(of: id)[0].id, with: TaskEdit(state: .set(state)))
        try world.run(to: "2024-01-06 12:00:00")
        #expect(world.days(of: id) == [1, 6])
        let newest = try #require(world.tasks(of: id).last)
        try world.update(newest.id, with: TaskEdit(state: .set(.completed)))
        try world.run(to: "2024-01-09 12:00:00")
        #expect(world.days(of: id) == [1, 6, 7])
        #expect(world.next(of: id) == nil)
    }

    @Test func `a contact's overdue task holds back only that contact's next task`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(contacts: [1, 2], whileOverdue: .skip))
        let second = world.tasks(of: id, onDay: 1)[1].id
        try world.update(second, with: TaskEdit(state: .set(.completed)))
        try world.run(to: "2024-01-03 10:00:00")
        #expect(
            world.slots(of: id) == [
                "2024-01-01 09:00:00 1", "2024-01-01 09:00:00 2", "2024-01-02 09:00:00 2",
            ]
        )
        #expect(try world.occurrenceCount(of: id) == 2)
    }

    @Test func `a task that was put off is overdue when it is due, not before`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(whileOverdue: .skip))
        let first = world.tasks(of: id)[0].id
        try world.update(first, with: TaskEdit(due: world.due(at: "2024-01-02 12:00:00")))
        try world.run(to: "2024-01-04 10:00:00")
        // On the second day nothing was overdue. From the third day on, the task of the second is.
        #expect(world.days(of: id) == [1, 2])
    }

    // MARK: - What was missed

    @Test(arguments: [
        // On the fifth at ten o'clock, the days from the second on are missed.
        (CatchUp.latest, "2024-01-05 10:00:00", [1, 5]),
        (.all, "2024-01-05 10:00:00", [1, 2, 3, 4, 5]), (.none, "2024-01-05 10:00:00", [1]),
        // An occurrence that is a minute late is not missed yet.
        (.none, "2024-01-05 09:01:00", [1, 5]), (.none, "2024-01-05 09:01:01", [1]),
        (.none, "2024-01-02 09:01:00", [1, 2]), (.none, "2024-01-02 09:01:01", [1]),
        (.latest, "2024-01-02 20:00:00", [1, 2]), (.latest, "2024-01-05 09:00:00", [1, 5]),
        (.all, "2024-01-05 08:59:59", [1, 2, 3, 4]),
    ])
    func `missed occurrences are carried out as the series says`(
        catchUp: CatchUp,
        back: String,
        days: [Int]
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(catchUp: catchUp))
        try world.jump(to: back)
        #expect(world.days(of: id) == days)
        #expect(try world.occurrenceCount(of: id) == days.count)
        try world.run(to: "2024-01-07 12:00:00")
        #expect(world.days(of: id).suffix(2) == [6, 7])
    }

    @Test(arguments: CatchUp.allCases)
    func `who is never late misses nothing`(catchUp: CatchUp) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(catchUp: catchUp))
        try world.run(to: "2024-01-20 10:00:00")
        #expect(world.days(of: id) == Array(1...20))
    }

    @Test(arguments: CatchUp.allCases)
    func `slots that come in another order than they are told are each carried out once`(
        catchUp: CatchUp
    ) throws {
        // On the tenth of March the clocks skip 02:30 and 02:55, so these slots come an hour later.
        // The first comes at 03:30, after the slot 03:20. The second comes at 03:55, after the slot
        // 03:45.
        var world = try SeriesWorld(now: "2024-03-10 01:00:00", zone: "America/New_York")
        let id = try world.create(
            DueTerms(
                start: "2024-03-10 01:15:00",
                rule: "FREQ=MINUTELY;INTERVAL=25;COUNT=9",
                catchUp: catchUp
            )
        )
        try world.run(to: "2024-03-10 03:59:00")
        #expect(
            world.slots(of: id).map { $0.dropFirst(11) } == [
                "01:15:00", "01:40:00", "02:05:00", "02:30:00", "02:55:00", "03:20:00",
                "03:45:00",
            ]
        )
        #expect(try world.occurrenceCount(of: id) == 7)
        #expect(world.next(of: id) == "2024-03-10 04:10:00")
    }

    @Test func `catching up goes in bounded steps, and gives up what is too long ago`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let id = try world.create(
            DueTerms(start: "2024-01-01 00:00:00", rule: "FREQ=MINUTELY", catchUp: .all)
        )
        // 6,000 minutes later.
        try world.stand(at: "2024-01-05 04:00:00")
        var made: [Int] = []
        while true {
            let before = world.tasks.count
            guard try world.takeTurn() > 0 else { break }
            made.append(world.tasks.count - before)
        }
        #expect(made == [720, 720, 720, 720, 720, 720, 680])
        #expect(try world.occurrenceCount(of: id) == 1 + Horizon.taskLimit)
        #expect(world.slots(of: id).dropFirst().first == "2024-01-01 16:41:00")
        #expect(world.slots(of: id).last == "2024-01-05 04:00:00")
    }

    @Test func `a step counts tasks and leaves no occurrence half done`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let id = try world.create(
            DueTerms(
                start: "2024-01-01 00:00:00",
                rule: "FREQ=HOURLY",
                contacts: Array(1...100),
                catchUp: .all
            )
        )
        try world.stand(at: "2024-01-01 20:00:00")
        var made: [Int] = []
        while true {
            let before = world.tasks.count
            guard try world.takeTurn() > 0 else { break }
            made.append(world.tasks.count - before)
        }
        #expect(made == [800, 800, 400])
        #expect(try world.occurrenceCount(of: id) == 21)
    }

    @Test func `catching up ends with the limit`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(limit: 4, catchUp: .all))
        try world.jump(to: "2024-01-20 10:00:00")
        #expect(world.days(of: id) == [1, 2, 3, 4])
        #expect(world.next(of: id) == nil)
    }

    @Test func `what is caught up with is overdue by its own time, not by today's`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let terms = DueTerms(dueAfter: 86_400, whileOverdue: .skip, catchUp: .all)
        let id = try world.create(terms)
        var late = terms
        late.dueAfter = 3600
        let lateID = try world.create(late)
        try world.jump(to: "2024-01-05 10:00:00")
        #expect(world.days(of: id) == [1, 2, 3, 4, 5])
        #expect(world.days(of: lateID) == [1])
    }

    // MARK: - Contacts that are gone

    @Test func `a contact that is gone is passed over, and without any the series stops`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(contacts: [1, 2]))
        world.lostContactIDs = [Identifier(1)]
        try world.run(to: "2024-01-02 10:00:00")
        #expect(world.tasks(of: id, onDay: 2).map(\.slot?.contactID) == [Identifier(2)])
        world.lostContactIDs = [Identifier(1), Identifier(2)]
        try world.run(to: "2024-01-09 10:00:00")
        #expect(world.days(of: id) == [1, 1, 2])
        #expect(world.next(of: id) == nil)
        #expect(try world.occurrenceCount(of: id) == 2)
    }

    @Test(arguments: [[3], []] as [[Int64]])
    func `a series that lost its contacts goes on when it is given others or none`(
        contacts: [Int64]
    ) throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(contacts: [1], catchUp: .all))
        world.lostContactIDs = [Identifier(1)]
        try world.run(to: "2024-01-05 10:00:00")
        #expect(world.next(of: id) == nil)
        try world.update(id, with: SeriesEdit(contactIDs: .set(contacts.map { Identifier($0) })))
        #expect(world.next(of: id) == "2024-01-06 09:00:00")
        try world.run(to: "2024-01-06 10:00:00")
        #expect(world.days(of: id) == [1, 6])
        #expect(world.tasks(of: id).last?.slot?.contactID == contacts.first.map { Identifier($0) })
    }

    @Test func `a series that is over does not begin again with other contacts`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let id = try world.create(DueTerms(limit: 1, contacts: [1]))
        try world.stand(at: "2024-01-03 10:00:00")
        try world.update(id, with: SeriesEdit(contactIDs: .set([Identifier(2)])))
        #expect(world.next(of: id) == nil)
        #expect(world.days(of: id) == [1])
    }

    @Test func `a deleted series and one without a rule stop when they are taken up`() throws {
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        let ids = [try world.create(DueTerms()), try world.create(DueTerms())]
        world.series[ids[0]]?.isDeleted = true
        world.series[ids[1]]?.rule = nil
        try world.jump(to: "2024-01-05 10:00:00")
        for id in ids {
            #expect(world.days(of: id) == [1])
            #expect(world.next(of: id) == nil)
            #expect(try world.occurrenceCount(of: id) == 1)
        }
    }
}
