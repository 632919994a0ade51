import Recurrence
import SystemZones
import Tasks
import Testing

/// The first tasks and the clock of a new series that makes its tasks when their occurrences come.
@Suite struct DueCreationTests {
    /// A beginning, seen from noon of 10 January 2024: the start, whether the first occurrence
    /// makes its tasks at once, and the result.
    struct Beginning {
        var start: String
        var makesFirstTasks: Bool
        var rule = "FREQ=DAILY"
        var limit: Int?
        var slots: [String]
        var next: String?
    }

    private static let past = "2024-01-05 09:00:00"
    private static let now = "2024-01-10 12:00:00"
    private static let future = "2024-01-20 09:00:00"

    @Test(arguments: [
        Beginning(start: past, makesFirstTasks: true, slots: [past], next: "2024-01-11 09:00:00"),
        Beginning(start: past, makesFirstTasks: false, slots: [], next: "2024-01-11 09:00:00"),
        Beginning(start: now, makesFirstTasks: true, slots: [now], next: "2024-01-11 12:00:00"),
        Beginning(start: now, makesFirstTasks: false, slots: [], next: "2024-01-11 12:00:00"),
        Beginning(
            start: future,
            makesFirstTasks: true,
            slots: [future],
            next: "2024-01-21 09:00:00"
        ),
        Beginning(start: future, makesFirstTasks: false, slots: [], next: future),
        // The start is the first occurrence, even if the rule would not produce it.
        Beginning(
            start: future,
            makesFirstTasks: true,
            rule: "FREQ=WEEKLY;BYDAY=MO",
            slots: [future],
            next: "2024-01-22 09:00:00"
        ),
        Beginning(start: past, makesFirstTasks: true, limit: 1, slots: [past], next: nil),
        Beginning(start: future, makesFirstTasks: true, limit: 1, slots: [future], next: nil),
        Beginning(
            start: past,
            makesFirstTasks: true,
            rule: "FREQ=DAILY;COUNT=6",
            slots: [past],
            next: nil
        ),
        Beginning(
            start: past,
            makesFirstTasks: false,
            rule: "FREQ=DAILY;UNTIL=20240110T090000Z",
            slots: [],
            next: nil
        ),
    ])
    func `the first occurrence makes its tasks at once or not, and nothing is made for others`(
        beginning: Beginning
    ) throws {
        var world = try SeriesWorld(now: Self.now)
        let id = try world.create(
            DueTerms(
                start: beginning.start,
                rule: beginning.rule,
                limit: beginning.limit,
                makesFirstTasks: beginning.makesFirstTasks
            )
        )
        #expect(world.slots(of: id) == beginning.slots)
        #expect(world.next(of: id) == beginning.next)
        #expect(try world.occurrenceCount(of: id) == beginning.slots.count)
    }

    @Test func `an occurrence that was made ahead is not made again when it comes`() throws {
        var world = try SeriesWorld(now: Self.now)
        let id = try world.create(DueTerms(start: Self.future))
        try world.run(to: "2024-01-22 12:00:00")
        #expect(world.days(of: id) == [20, 21, 22])
        #expect(try world.occurrenceCount(of: id) == 3)
    }

    @Test func `an occurrence makes a task for each contact and is counted once`() throws {
        var world = try SeriesWorld(now: Self.now)
        let id = try world.create(
            DueTerms(start: Self.past, contacts: [7, 3], owners: [5, 6])
        )
        try world.jump(to: "2024-01-11 09:00:00")
        #expect(
            world.slots(of: id) == [
                "2024-01-05 09:00:00 3", "2024-01-05 09:00:00 7", "2024-01-11 09:00:00 3",
                "2024-01-11 09:00:00 7",
            ]
        )
        #expect(try world.occurrenceCount(of: id) == 2)
        for task in world.tasks(of: id) {
            #expect(task.template.contactID == task.slot?.contactID)
            #expect(task.template.assigneeID == Identifier(5))
            #expect(task.template.title == "Call")
            #expect(task.template.body == "By phone")
            #expect(!task.inheritsWording)
            #expect(task.state == .open)
        }
        let schedule = try #require(world.series[id]?.dueSchedule)
        #expect(schedule.contactIDs == [Identifier(7), Identifier(3)])
        #expect(schedule.ownerIDs == [Identifier(5), Identifier(6)])
        #expect(world.series[id]?.template.contactID == Identifier(7))
    }

    @Test(arguments: [(1, 1), (nil, 5)] as [(Int64?, Int64)])
    func `what nobody made by name belongs to its assignee`(maker: Int64?, owner: Int64) throws {
        var world = try SeriesWorld(now: Self.now)
        let id = try world.create(
            DueTerms(owners: [5]),
            by: maker.map { Identifier<User>($0) }
        )
        #expect(world.series[id]?.creatorID == Identifier(owner))
        #expect(world.tasks(of: id).map(\.creatorID) == [Identifier(owner)])
    }

    @Test(
        arguments: [
            (0, "2024-03-09 09:00:00", "2024-03-10 09:00:00"),
            (600, "2024-03-09 09:10:00", "2024-03-10 09:10:00"),
            // If the clocks skip an hour in between, 86,400 seconds after nine o'clock is ten
            // o'clock.
            (86_400, "2024-03-10 10:00:00", "2024-03-11 09:00:00"),
        ] as [(Int64, String, String)]
    )
    func `a task is due so many seconds after its occurrence, whatever the clocks do`(
        dueAfter: Int64,
        first: String,
        second: String
    ) throws {
        var world = try SeriesWorld(now: "2024-03-09 08:00:00", zone: "America/New_York")
        let id = try world.create(DueTerms(start: "2024-03-09 09:00:00", dueAfter: dueAfter))
        try world.run(to: "2024-03-10 09:00:00")
        #expect(world.tasks(of: id).map(\.due.local.readable) == [first, second])
    }

    @Test func `a due time is shown by the clocks of the due zone`() throws {
        let zones = SystemZones()
        let newYork = try zones.zone(named: "America/New_York")
        var world = try SeriesWorld(now: "2024-01-01 09:00:00")
        var numbers = world.numbers
        var recurrence = try world.recurrence(DueTerms())
        recurrence.dueZone = newYork
        let plan = try DueSeriesPlanner(now: world.now).plan(
            creating: SeriesDraft(title: "Call", recurrence: recurrence),
            catchUp: .latest,
            by: SeriesWorld.creator,
            numbers: &numbers
        )
        try world.carryOut(plan)
        let task = try #require(plan.tasks.first?.after)
        #expect(task.due.timeZone == "America/New_York")
        #expect(task.due.local.readable == "2024-01-01 05:00:00")
        #expect(task.slot?.recurrenceID.readable == "2024-01-01 09:00:00")
        let series = try #require(plan.series.first?.after)
        #expect(series.timeZone == "UTC")
        #expect(series.dueSchedule?.timeZone == "America/New_York")
    }
}
