import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

/// What "this and following" does to tasks.
@Suite struct SplittingTests {
    @Test func `a following task that is done or deleted stays so and takes the new values`() throws
    {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=5")
        try world.update(ids[2], with: TaskEdit(state: .set(.completed)))
        try world.delete(ids[3], .thisOne)
        try world.update(ids[4], with: TaskEdit(title: .set("own"), body: .set("own")))
        try world.updateFollowing(
            ids[1],
            with: TaskEdit(title: .set("new"), state: .set(.completed))
        )
        #expect(
            try ids.map { try world.task($0).state } == [
                .open, .completed, .completed, .deleted, .open,
            ]
        )
        #expect(
            try ids.map { try world.task($0).template.title } == [
                "Call", "new", "new", "new", "new",
            ]
        )
    }

    @Test func `on the first task the series is changed in place`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=4")
        let seriesID = try world.task(ids[0]).originID
        // Each task moves to the slot of the next one.
        try world.updateFollowing(
            ids[0],
            with: TaskEdit(due: try world.due(at: "2018-12-17 12:00:00"))
        )
        #expect(
            try ids.map { try world.due($0) } == [
                "2018-12-17 12:00:00", "2018-12-18 12:00:00", "2018-12-19 12:00:00",
                "2018-12-20 12:00:00",
            ]
        )
        #expect(try ids.allSatisfy { try world.task($0).originID == seriesID })
        #expect(try world.rule(of: ids[0]) == "FREQ=DAILY;COUNT=4")
        #expect(world.series.count == 1)
    }

    @Test func `a task that was moved on another zone's clocks keeps its instant`() throws {
        var world = try SeriesWorld(zone: "America/New_York")
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=4")
        let pacific = try SystemZones().zone(named: "America/Los_Angeles")
        let moved = WallClockTime(
            local: try LocalDateTime(reading: "2018-12-17 10:00:00"),
            zone: pacific
        )
        try world.update(ids[1], with: TaskEdit(due: .set(moved)))
        try world.updateFollowing(ids[1], with: TaskEdit(title: .set("new")))
        #expect(
            try ids.map { try world.due($0) } == [
                "2018-12-16 12:00:00", "2018-12-17 13:00:00", "2018-12-18 13:00:00",
                "2018-12-19 13:00:00",
            ]
        )
    }

    @Test func `a rule that means the same is not a change, however it is written`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(
            due: "2018-12-17 12:00:00",
            rule: "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6"
        )
        let same = try SeriesRule(parsing: "count=6;wkst=mo;interval=1;byday=we,mo;freq=weekly")
        try world.updateFollowing(ids[2], with: TaskEdit(rule: .set(same)))
        #expect(try world.rule(of: ids[0]) == "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2")
        #expect(try world.rule(of: ids[2]) == "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4")
        #expect(world.tasks.count == 6)
    }

    @Test func `another rule keeps the tasks of the days that it shares`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=5")
        let rule = try SeriesRule(parsing: "FREQ=DAILY;INTERVAL=2;COUNT=3")
        try world.updateFollowing(
            ids[1],
            with: TaskEdit(due: try world.due(at: "2018-12-17 09:30:00"), rule: .set(rule))
        )
        // The new days are the 17th, the 19th and the 21st.
        #expect(
            try ids.map { try world.task($0).state } == [.open, .open, .deleted, .open, .deleted]
        )
        #expect(try world.due(ids[1]) == "2018-12-17 09:30:00")
        #expect(try world.due(ids[3]) == "2018-12-19 09:30:00")
        #expect(world.tasks.count == 6)
        let open = world.tasks.values.filter { $0.state == .open }.map { $0.due.local.readable }
        #expect(
            open.sorted() == [
                "2018-12-16 12:00:00", "2018-12-17 09:30:00", "2018-12-19 09:30:00",
                "2018-12-21 09:30:00",
            ]
        )
        #expect(try world.rule(of: ids[1]) == "FREQ=DAILY;INTERVAL=2;COUNT=3")
        #expect(try world.rule(of: ids[0]) == "FREQ=DAILY;COUNT=1")
    }

    @Test(arguments: [0, 2])
    func `without a rule the task is left alone and the rest is deleted`(place: Int) throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=4")
        let seriesID = try world.task(ids[0]).originID
        try world.updateFollowing(ids[place], with: TaskEdit(rule: .set(nil)))
        #expect(try world.rule(of: ids[place]) == nil)
        #expect(try world.task(ids[place]).state == .open)
        #expect(try ids.dropFirst(place + 1).allSatisfy { try world.task($0).state == .deleted })
        if place == 0 {
            #expect(try world.task(ids[0]).originID == seriesID)
        } else {
            #expect(try world.task(ids[place]).originID == ids[place].rawValue)
            #expect(try world.rule(of: ids[0]) == "FREQ=DAILY;COUNT=2")
        }
    }

    @Test func `a slot that an earlier split removed does not come back`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=4")
        try world.delete(ids[2], .thisAndFollowing)
        #expect(try world.rule(of: ids[0]) == "FREQ=DAILY;COUNT=2")
        let rule = try SeriesRule(parsing: "FREQ=DAILY;COUNT=4")
        try world.updateFollowing(ids[0], with: TaskEdit(rule: .set(rule)))
        #expect(try world.task(ids[2]).state == .deleted)
        #expect(try world.task(ids[3]).state == .deleted)
        #expect(world.tasks.values.count { $0.state == .open } == 4)
    }

    @Test
    func `a series that is moved back and forth never collides with what an earlier split left`()
        throws
    {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;COUNT=5")
        try world.delete(ids[2], .thisAndFollowing)
        for day in [17, 27, 19, 16] {
            let due = try world.due(at: "2018-12-\(day) 12:00:00")
            try world.updateFollowing(ids[0], with: TaskEdit(due: due))
            #expect(try world.due(ids[1]) == "2018-12-\(day + 1) 12:00:00")
        }
        #expect(try ids.dropFirst(2).allSatisfy { try world.task($0).state == .deleted })
    }

    @Test func `an endless series goes on growing after a split, the old one does not`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 09:00:00", rule: "FREQ=WEEKLY")
        let oldID = try #require(try world.task(ids[0]).slot?.seriesID)
        #expect(world.clocks[oldID] != nil)
        try world.updateFollowing(ids[10], with: TaskEdit(title: .set("new")))
        let newID = try #require(try world.task(ids[10]).slot?.seriesID)
        #expect(world.clocks[oldID] == nil)
        let clock = try #require(world.clocks[newID])
        let count = world.tasks.count
        world.now = try #require(clock.fireAt)
        try world.moveHorizon(of: newID)
        #expect(world.tasks.count > count)
        #expect(world.tasks(of: newID).last?.template.title == "new")
    }

    @Test(arguments: 1...60)
    func `any sequence of edits keeps tasks apart and finished work finished`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var world = try SeriesWorld(now: "2024-02-20 00:00:00", zone: "America/New_York")
        let rules = [
            "FREQ=DAILY;COUNT=12", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10", "FREQ=DAILY;INTERVAL=2",
            "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6", "FREQ=HOURLY;INTERVAL=5;COUNT=30",
        ]
        _ = try world.create(due: "2024-03-01 02:30:00", rule: rules.randomElement(using: &random))
        for _ in 0..<8 {
            let id = try #require(world.tasks.keys.sorted().randomElement(using: &random))
            let finished = world.tasks.filter { $0.value.state != .open && $0.key != id }
            let edit = TaskEdit(
                title: .set("edit \(Int.random(in: 0...9, using: &random))"),
                due: Bool.random(using: &random)
                    ? try world.due(
                        at: "2024-03-\(Int.random(in: 10...28, using: &random)) 03:00:00"
                    )
                    : .keep,
                rule: Bool.random(using: &random)
                    ? .set(
                        try rules.randomElement(using: &random).map { try SeriesRule(parsing: $0) }
                    )
                    : .keep
            )
            switch Int.random(in: 0...4, using: &random) {
            case 0: try world.update(id, with: edit)
            case 1: try world.update(id, with: TaskEdit(state: .set(.completed)))
            case 2: try world.delete(id, .thisOne)
            default: try world.updateFollowing(id, with: edit)
            }
            for (id, task) in finished {
                let state = try world.task(id).state
                #expect(state == task.state || state == .deleted, "seed \(seed)")
            }
            for series in world.series.values where series.rule != nil && !series.isDeleted {
                try expectStoredSlots(of: series, in: world)
            }
        }
    }

    /// Every open task of a series is of an occurrence of its rule.
    private func expectStoredSlots(of series: RecurringTask, in world: SeriesWorld) throws {
        let rule = try #require(series.rule)
        let set = rule.occurrences(from: series.start(in: world.zone))
        for task in world.tasks(of: series.id) where task.state == .open {
            let slot = try #require(task.slot)
            #expect(set.ordinal(of: slot.recurrenceID) != nil, "\(rule.text) lost \(slot)")
        }
    }
}
