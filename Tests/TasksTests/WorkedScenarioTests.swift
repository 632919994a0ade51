import Recurrence
import Tasks
import Testing

/// Five daily tasks, and every kind of edit of them, one after another.
@Suite struct WorkedScenarioTests {
    private static let rule = "FREQ=DAILY;INTERVAL=1;COUNT=5"

    @Test func `a finite series is stored whole and in order`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: Self.rule)
        #expect(ids.count == 5)
        #expect(ids == ids.sorted())
        #expect(
            try ids.map { try world.due($0) } == [
                "2018-12-16 12:00:00", "2018-12-17 12:00:00", "2018-12-18 12:00:00",
                "2018-12-19 12:00:00", "2018-12-20 12:00:00",
            ]
        )
        #expect(world.clocks.isEmpty)
    }

    @Test func `each edit changes what it says and nothing else`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: Self.rule)
        let (a, b, c, d, e) = (ids[0], ids[1], ids[2], ids[3], ids[4])

        var before = world.tasks
        try world.update(c, with: TaskEdit(due: try world.due(at: "2018-12-18 15:30:00")))
        #expect(try world.due(c) == "2018-12-18 15:30:00")
        before[c] = nil
        #expect(before.allSatisfy { world.tasks[$0.key] == $0.value })

        try world.updateFollowing(
            d,
            with: TaskEdit(
                title: .set("X"),
                due: try world.due(at: "2018-12-19 09:00:00"),
                rule: .set(try SeriesRule(parsing: Self.rule))
            )
        )
        for id in [a, b, c] {
            #expect(try world.rule(of: id) == "FREQ=DAILY;INTERVAL=1;COUNT=3")
            #expect(try world.task(id).template.title == "Call")
        }
        for id in [d, e] {
            #expect(try world.rule(of: id) == "FREQ=DAILY;INTERVAL=1;COUNT=2")
            #expect(try world.task(id).template.title == "X")
        }
        #expect(try world.due(c) == "2018-12-18 15:30:00")
        #expect(try world.due(d) == "2018-12-19 09:00:00")
        #expect(try world.due(e) == "2018-12-20 09:00:00")
        #expect(try world.task(d).slot?.seriesID != world.task(a).slot?.seriesID)
        #expect(world.tasks.count == 5)

        try world.update(b, with: TaskEdit(state: .set(.completed)))
        try world.delete(a, .thisOne)
        #expect(try world.rule(of: b) == "FREQ=DAILY;INTERVAL=1;COUNT=3")
        #expect(world.tasks.values.count { $0.state != .deleted } == 4)

        try world.delete(c, .thisAndFollowing)
        #expect(try world.task(c).state == .deleted)
        #expect(try world.rule(of: b) == "FREQ=DAILY;INTERVAL=1;COUNT=2")

        try world.delete(d, .all)
        #expect(try [d, e].allSatisfy { try world.task($0).state == .deleted })
        #expect(try world.task(b).state == .completed)
    }

    @Test func `an endless rule is cut a second before the slot, and goes on unchanged`() throws {
        var world = try SeriesWorld()
        let ids = try world.create(due: "2018-12-16 12:00:00", rule: "FREQ=DAILY;INTERVAL=1")
        try world.updateFollowing(ids[3], with: TaskEdit(title: .set("X")))
        #expect(try world.rule(of: ids[0]) == "FREQ=DAILY;INTERVAL=1;UNTIL=20181219T115959Z")
        #expect(try world.rule(of: ids[3]) == "FREQ=DAILY;INTERVAL=1")
        #expect(world.clocks.count == 1)
    }
}
