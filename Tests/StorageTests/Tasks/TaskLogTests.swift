import DatabaseTestSupport
import Foundation
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct TaskLogTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The log's entries: number, time, actor and kind, and the detail as it is written.
    private func log(of world: TaskWorld) async throws -> [(entry: String, detail: String)] {
        let rows = try await world.rows(
            """
            SELECT changeNumber || ' ' || changedAt || ' ' || COALESCE(CAST(actorID AS text), '-') || ' ' || kind,
                detail
            FROM change ORDER BY changeNumber
            """,
            columnCount: 2
        )
        return rows.map { row in
            let parts = row.split(separator: "|", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
    }

    @Test
    func `a creation tells what was made`() async throws {
        let world = try await TaskWorld(in: folder)
        var task = TaskInstance.single(5)
        task.template.title = "Say \"hi\""
        task.template.categoryID = Identifier(1)
        try await world.add([task])
        let log = try await log(of: world)
        #expect(log.map(\.entry) == ["1 1700000000000000 - 1"])
        #expect(
            log[0].detail == """
                {"tasks":[{"id":5,"after":{"creatorID":1,"title":"Say \\"hi\\"","body":"Body 5",\
                "categoryID":1,"reminder":0,"isAllDay":false,"notifiesAssignee":true,\
                "dueAt":1704067200000000,"dueLocal":1704067200,"timeZone":"UTC","state":3,\
                "createdAt":1700000000000000,"modifiedAt":1700000000000000}}]}
                """
        )
    }

    @Test
    func `a long text is written once for all records of a change`() async throws {
        let world = try await TaskWorld(in: folder)
        let long = "Ask for the papers, and \"bring\" them along"
        let tasks = (5...7).map { number in
            var task = TaskInstance.single(Int64(number))
            task.template.title = "Visit"
            task.template.body = number == 7 ? "Other papers, which nobody has asked for" : long
            return task
        }
        try await world.add(tasks)
        let longest = String(repeating: "long ", count: 10_000)
        try await world.add(
            (8...107).map { number in
                var task = TaskInstance.single(Int64(number))
                task.template.body = longest
                return task
            }
        )
        let log = try await log(of: world)
        let bodies = log[0].detail.split(separator: #""body":"#).dropFirst()
        let ends = [
            #""Ask for the papers, and \"bring\" them along","#, #"{"text":0},"#,
            #""Other papers, which nobody has asked for","#,
        ]
        for (body, end) in zip(bodies, ends) { #expect(body.hasPrefix(end), "\(body)") }
        #expect(bodies.count == 3)
        #expect(log[0].detail.split(separator: #""title":"Visit""#).count == 4)
        #expect(log[1].detail.utf8.count < longest.utf8.count + 50_000)
    }

    @Test
    func `a new task of a new series tells what it does not inherit`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        var second = TaskInstance.ofSeries(series, id: 12, day: 2)
        second.state = .completed
        try await world.add(
            series,
            [TaskInstance.ofSeries(series, id: 11, day: 1), second],
            clock: .through(day: 2, firingAfterHours: 24)
        )
        let log = try await log(of: world)
        #expect(log.map(\.entry) == ["1 1700000000000000 1 1"])
        #expect(
            log[0].detail == """
                {"series":[{"id":10,"after":{"creatorID":1,"title":"Water the plants",\
                "body":"All of them","reminder":0,"isAllDay":false,"notifiesAssignee":true,\
                "startLocal":1704099600,"timeZone":"UTC","ruleText":"FREQ=DAILY",\
                "catchUp":1,"whileOverdue":1,"isDeleted":false,"createdAt":1700000000000000,"modifiedAt":1700000000000000}}],\
                "tasks":[{"id":11,"after":{"seriesID":10,"recurrenceID":1704099600,\
                "dueAt":1704099600000000}},\
                {"id":12,"after":{"seriesID":10,"recurrenceID":1704186000,\
                "dueAt":1704186000000000,"state":1}}],\
                "clocks":[{"id":10,"after":{"materializedThrough":1704186000,\
                "nextAt":1704272400000000,"fireAt":1704153600000000,"occurrenceCount":0}}]}
                """
        )
    }

    @Test
    func `an update tells what differs, before and after`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let task = TaskInstance.ofSeries(series, id: 11, day: 1)
        let clock = SeriesClock.through(day: 1, firingAfterHours: 24)
        try await world.add(series, [task], clock: clock)
        var ended = series
        ended.rule = nil
        var left = task
        left.slot = nil
        left.inheritsWording = false
        left.template.contactID = Identifier(3)
        let plan = ChangePlan(
            .updated,
            series: [Replacement(before: series, after: ended)],
            tasks: [Replacement(before: task, after: left)],
            clocks: [ClockSetting(seriesID: series.id, clock: nil)]
        )
        _ = try await world.store.change(
            task.id,
            where: .all([]),
            extent: .all,
            references: References(),
            by: TaskWorld.ana,
            at: TaskWorld.now,
            takingUp: TaskWorld.nothing
        ) { _, _, _ in plan }
        let log = try await log(of: world)
        #expect(log.last?.entry == "2 1700000000000000 1 2")
        #expect(
            log.last?.detail == """
                {"series":[{"id":10,"before":{"ruleText":"FREQ=DAILY"},\
                "after":{"ruleText":null}}],\
                "tasks":[{"id":11,"before":{"seriesID":10,"recurrenceID":1704099600,\
                "title":null,"body":null,"contactID":null},\
                "after":{"seriesID":null,"recurrenceID":null,"title":"Water the plants",\
                "body":"All of them","contactID":3}}],\
                "clocks":[{"id":10,"before":{"materializedThrough":1704099600,\
                "nextAt":1704186000000000,"fireAt":1704153600000000,"occurrenceCount":0}}]}
                """
        )
    }

    @Test
    func `a move of a horizon tells numbers alone`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        try await world.add(
            series,
            [TaskInstance.ofSeries(series, id: 11, day: 1)],
            clock: .through(day: 1, firingAfterHours: 24)
        )
        let address = SeriesAddress(locationID: TaskWorld.acme, seriesID: series.id)
        let madeCount = try await world.store.materialize(
            address,
            on: .comingDue,
            at: TaskWorld.now
        ) { _, _, _, _ in
            let tasks = [1, 2, 3].map { TaskInstance.ofSeries(series, id: 20 + $0, day: $0) }
            return ChangePlan(
                .materialized,
                tasks: tasks.map { Replacement(after: $0) },
                clocks: [
                    ClockSetting(
                        seriesID: series.id,
                        clock: .through(day: 3, firingAfterHours: 72)
                    )
                ]
            )
        }
        // The task of the first day was made already.
        #expect(madeCount == 2)
        let log = try await log(of: world)
        #expect(log.last?.entry == "2 1700000000000000 - 4")
        #expect(
            log.last?.detail == """
                {"made":[22,23]}
                """
        )
    }

    @Test
    func `every detail is JSON`() async throws {
        let world = try await TaskWorld(in: folder)
        var task = TaskInstance.single(1)
        task.template.body = "\"\\\u{0}\u{1F}\u{2028}\n"
        try await world.add([task])
        for (_, detail) in try await log(of: world) {
            let object = try JSONSerialization.jsonObject(with: Data(detail.utf8))
            let tasks = try #require((object as? [String: Any])?["tasks"] as? [[String: Any]])
            #expect((tasks[0]["after"] as? [String: Any])?["body"] as? String == task.template.body)
        }
    }
}
