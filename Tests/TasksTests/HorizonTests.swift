import Recurrence
import Tasks
import Testing

/// How far ahead tasks are stored.
@Suite struct HorizonTests {
    @Test(arguments: [
        ("FREQ=DAILY;COUNT=720", 720), ("FREQ=SECONDLY;COUNT=720", 720),
        ("FREQ=YEARLY;COUNT=300", 300), ("FREQ=DAILY;COUNT=721", 367), ("FREQ=DAILY", 367),
        ("FREQ=WEEKLY", 53), ("FREQ=YEARLY", 2), ("FREQ=YEARLY;INTERVAL=5", 1),
        ("FREQ=HOURLY", 720), ("FREQ=DAILY;UNTIL=20240110T090000Z", 10),
    ])
    func `a series begins with the tasks within reach`(rule: String, count: Int) throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        #expect(try world.create(due: "2024-01-01 09:00:00", rule: rule).count == count)
    }

    @Test func `the horizon moves with time, never twice over the same slot`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 09:00:00", rule: "FREQ=DAILY")
        let seriesID = try #require(try world.task(ids[0]).slot?.seriesID)
        for _ in 0..<30 {
            world.now = try #require(world.clocks[seriesID]?.fireAt)
            try world.moveHorizon(of: seriesID)
        }
        let dues = world.tasks(of: seriesID).map(\.due.timestamp)
        #expect(zip(dues, dues.dropFirst()).allSatisfy { $0.advanced(by: .days(1)) == $1 })
        let last = try #require(dues.last)
        #expect(last > world.now.advanced(by: .days(365)))
        #expect(last <= world.now.advanced(by: .days(366)))
    }

    @Test func `a dense series moves on when half of its tasks are past`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 00:00:00", rule: "FREQ=MINUTELY")
        let seriesID = try #require(try world.task(ids[0]).slot?.seriesID)
        #expect(ids.count == 720)
        let clock = try #require(world.clocks[seriesID])
        #expect(clock.fireAt == world.now.advanced(by: .seconds(360 * 60)))
        world.now = try #require(clock.fireAt)
        try world.moveHorizon(of: seriesID)
        #expect(world.tasks.count == 1_440)
    }

    @Test func `a series that is far behind gives up all but the last of what it missed`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 00:00:00", rule: "FREQ=MINUTELY")
        let seriesID = try #require(try world.task(ids[0]).slot?.seriesID)
        world.now = world.now.advanced(by: .days(100))
        try world.moveHorizon(of: seriesID)
        let made = world.tasks(of: seriesID).map(\.due.timestamp).filter {
            $0 > world.now.advanced(by: .days(-99))
        }
        let first = try #require(made.first)
        #expect(first > world.now.advanced(by: .seconds(-Horizon.taskLimit * 60 - 60)))
        #expect(made.count == Horizon.stepLimit)
    }

    @Test func `a reader moves the horizon, up to ten years`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 09:00:00", rule: "FREQ=MONTHLY")
        let seriesID = try #require(try world.task(ids[0]).slot?.seriesID)
        try world.moveHorizon(of: seriesID, lookingAt: "2026-01-01 10:00:00")
        #expect(world.tasks(of: seriesID).last?.due.local.readable == "2026-01-01 09:00:00")
        try world.moveHorizon(of: seriesID, lookingAt: "2026-01-01 10:00:00")
        #expect(world.tasks.count == 25)
        try world.moveHorizon(of: seriesID, lookingAt: "2999-01-01 00:00:00")
        #expect(world.tasks(of: seriesID).last?.due.local.readable == "2033-12-01 09:00:00")
    }

    @Test func `a reader is given a bounded number of tasks`() throws {
        var world = try SeriesWorld(now: "2024-01-01 00:00:00")
        let ids = try world.create(due: "2024-01-01 00:00:00", rule: "FREQ=HOURLY")
        let seriesID = try #require(try world.task(ids[0]).slot?.seriesID)
        try world.moveHorizon(of: seriesID, lookingAt: "2033-01-01 00:00:00")
        #expect(world.tasks.count == Horizon.taskLimit + 1)
        #expect(world.clocks[seriesID] != nil)
    }
}
