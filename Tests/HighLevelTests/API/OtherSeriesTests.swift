import DatabaseTestSupport
import HTTPServing
import HighLevel
import JSON
import Recurrence
import ServerTestSupport
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// Series and tasks that another dialect made.
@Suite(.server) struct OtherSeriesTests {
    private let server: TestServer
    private let commands: TaskCommands<TestStore, SystemZones>

    init() throws {
        try self.init(over: .current)
    }

    private init(over server: TestServer) throws {
        self.server = server
        commands = TaskCommands(store: server.store, zones: SystemZones())
    }

    @Test func `a series that is made ahead is shown with the nearest options`() async throws {
        let seriesID = try await createSeries("FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=6")
        let answer = try await server.get(Path.recurringTask(seriesID.highLevel))
        #expect(answer.status == 200)
        let series = answer.recurringTask
        #expect(
            series["rruleOptions"]
                == .object([
                    "intervalType": "monthly", "interval": .integer(1),
                    "startDate": "2025-08-12T16:00:00.000Z", "dayOfMonth": .integer(12),
                    "count": .integer(6), "createTaskIfOverDue": .bool(true),
                    "dueAfterSeconds": .integer(0),
                ])
        )
        #expect(series["rrule"] == "FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=6")
        #expect(series["timeZone"] == "America/Los_Angeles")
        #expect(series["contactId"] == .string(TestOffice.carla))
        #expect(series["contactIds"] == .array([.string(TestOffice.carla)]))
        #expect(series["assignedTo"] == .string(TestOffice.ana))
        #expect(series["owners"] == .array([.string(TestOffice.ana)]))
        #expect(series["totalOccurrence"] == .integer(0))
    }

    @Test func `its tasks are the contact's, and changed one by one`() async throws {
        let seriesID = try await createSeries("FREQ=WEEKLY;COUNT=3")
        let tasks = try await tasks(of: seriesID)
        #expect(
            tasks.map { $0.text("dueDate") } == [
                "2025-08-12T16:00:00.000Z", "2025-08-19T16:00:00.000Z", "2025-08-26T16:00:00.000Z",
            ]
        )
        let answer = try await server.delete(Path.task(tasks[1].id))
        #expect(answer.status == 200)
        let left = try await self.tasks(of: seriesID)
        #expect(left == [tasks[0], tasks[2]])
    }

    @Test func `new options make it a series of this dialect`() async throws {
        let seriesID = try await createSeries("FREQ=DAILY;COUNT=3")
        let path = Path.recurringTask(seriesID.highLevel)
        let answer = try await server.put(path, #"{"rruleOptions":\#(Sample.daily)}"#)
        #expect(answer.status == 200)
        #expect(answer.recurringTask["rrule"] == "FREQ=DAILY")
        #expect(answer.recurringTask["contactIds"] == .array([.string(TestOffice.carla)]))
        let options = try members(Sample.daily).with(["createTaskIfOverDue": .bool(false)])
        #expect(answer.recurringTask["rruleOptions"] == .object(options))
        #expect(try await tasks(of: seriesID).isEmpty)
    }

    @Test(arguments: [
        "FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=6", "FREQ=MINUTELY;INTERVAL=1440;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20250815T000000Z;BYDAY=FR", "FREQ=DAILY;INTERVAL=1001;COUNT=2",
    ])
    func `its rule stays when the nearest options come back`(rule: String) async throws {
        let seriesID = try await createSeries(rule)
        let path = Path.recurringTask(seriesID.highLevel)
        let shown = try await server.get(path).recurringTask
        let tasks = try await tasks(of: seriesID)
        let answer = try await server.put(path, shown.with(["title": "B"]).text)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(
            answer.recurringTask.with(["updatedAt": "?"])
                == shown.with(["title": "B", "updatedAt": "?"])
        )
        #expect(
            try await self.tasks(of: seriesID) == tasks.map { $0.with(["title": "B"]) }
        )
    }

    @Test(.server) func `a page of a search looks no further ahead than the search`() async throws {
        let server = try TestServer.current
        let tests = try OtherSeriesTests(over: server)
        // The one is stored for a year ahead, the other for a month.
        _ = try await tests.createSeries("FREQ=DAILY")
        _ = try await tests.createSeries("FREQ=HOURLY")
        let order = #""sortDirection":"desc","limit":5"#
        let first = try await server.post(Path.search, "{\(order)}").tasks
        let after: JSONObject = ["searchAfter": try #require(first.last?["searchAfter"])]
        let next = try await server.post(Path.search, "{\(order),\(after.text.dropFirst())")
        #expect(next.status == 200, "\(next.text)")
        let skipped = try await server.post(Path.search, #"{\#(order),"skip":5}"#)
        #expect(next.tasks == skipped.tasks)
        #expect(next.tasks.count == 5)
    }

    @Test func `a start in the second pass of an hour is shown as it was sent`() async throws {
        // 01:30 in Los Angeles, after the clocks went back.
        let start = try date("2027-11-07T09:30:00.000Z")
        let zone = try zone("America/Los_Angeles")
        let seriesID = try await createSeries(
            "FREQ=DAILY;COUNT=2",
            from: WallClockTime(at: start.timestamp, in: zone)
        )
        let path = Path.recurringTask(seriesID.highLevel)
        let shown = try await server.get(path).recurringTask
        #expect(shown["rruleOptions"]?.object?.text("startDate") == start.text)
        let tasks = try await tasks(of: seriesID)
        #expect(tasks.map { $0.text("dueDate") } == [start.text, "2027-11-08T09:30:00.000Z"])
        #expect(try await server.put(path, shown.text).status == 200)
        #expect(try await self.tasks(of: seriesID) == tasks)
    }

    private func createSeries(_ rule: String) async throws -> Identifier<RecurringTask> {
        let start = try #require(LocalDateTime(year: 2025, month: 8, day: 12, hour: 9))
        let zone = try zone("America/Los_Angeles")
        return try await createSeries(rule, from: WallClockTime(local: start, zone: zone))
    }

    private func createSeries(
        _ rule: String,
        from start: WallClockTime
    ) async throws -> Identifier<RecurringTask> {
        let draft = TaskDraft(
            template: TaskTemplate(
                title: "Call",
                assigneeID: Identifier(1),
                contactID: Identifier(1)
            ),
            due: start,
            rule: try SeriesRule(parsing: rule)
        )
        let entry = try await commands.create(
            draft,
            by: Actor(locationID: LocationID(TestOffice.location), userID: nil),
            at: server.clock.now
        )
        return try #require(entry.entry.task.slot).seriesID
    }

    private func tasks(of seriesID: Identifier<RecurringTask>) async throws -> [JSONObject] {
        try await server.get(Path.tasks()).tasks.filter {
            $0["recurringTaskId"] == .string(seriesID.highLevel)
        }
    }
}
