import HighLevel
import JSON
import ServerTestSupport
import Tasks
import Testing

/// The tasks that recurring tasks make as time goes by.
struct ScheduleTests {
    @Test func `tasks come with their occurrences, and the count ends them`() async throws {
        let server = try await TestServer()
        let id = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Call", "contactIds": ["\(TestOffice.carla)"], "rruleOptions": {
             "intervalType": "daily", "interval": 1, "startDate": "2025-07-23T10:00:00.000Z",
             "dueAfterSeconds": 600, "count": 3, "createTaskIfOverDue": true}}
            """
        ).recurringTask.id
        for (day, count) in zip(
            ["2025-07-23", "2025-07-24", "2025-07-25", "2025-07-26"],
            [1, 2, 3, 3]
        ) {
            try await server.settle(at: "\(day)T10:00:00Z")
            let series = try await server.get(Path.recurringTask(id)).recurringTask
            #expect(series["totalOccurrence"] == .integer(Int64(count)), "\(day)")
        }
        let tasks = try await server.get(Path.tasks()).tasks
        #expect(
            tasks.map { $0.text("dueDate") } == [
                "2025-07-23T10:10:00.000Z", "2025-07-24T10:10:00.000Z", "2025-07-25T10:10:00.000Z",
            ]
        )
    }

    @Test func `an occurrence passes while the last task is overdue`() async throws {
        let server = try await TestServer()
        let id = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Call", "contactIds": ["\(TestOffice.carla)"],
             "rruleOptions": \(Sample.daily)}
            """
        ).recurringTask.id
        try await server.settle(at: "2025-07-24T10:00:00Z")
        var tasks = try await server.get(Path.tasks()).tasks
        #expect(tasks.count == 1)
        let done = try await server.put(
            "\(Path.task(tasks[0].id))/completed",
            #"{"completed":true}"#
        )
        #expect(done.status == 200)
        try await server.settle(at: "2025-07-25T10:00:00Z")
        tasks = try await server.get(Path.tasks()).tasks
        #expect(
            tasks.map { $0.text("dueDate") }
                == ["2025-07-23T10:10:00.000Z", "2025-07-25T10:10:00.000Z"]
        )
        let series = try await server.get(Path.recurringTask(id)).recurringTask
        #expect(series["totalOccurrence"] == .integer(2))
    }

    @Test(arguments: [
        (CatchUp.latest, ["23T10:10", "28T10:10"]),
        (.all, ["23T10:10", "24T10:10", "25T10:10", "26T10:10", "27T10:10", "28T10:10"]),
        (.none, ["23T10:10"]),
    ])
    func `missed occurrences are caught up with as the deployment says`(
        catchUp: CatchUp,
        dueTimes: [String]
    ) async throws {
        let server = try await TestServer(options: HighLevelOptions(catchUp: catchUp))
        let options = try members(Sample.daily).with(["createTaskIfOverDue": .bool(true)])
        let body: JSONObject = [
            "title": "Call", "contactIds": .array([.string(TestOffice.carla)]),
            "rruleOptions": .object(options),
        ]
        let id = try await server.post(Path.recurringTasks, body.text).recurringTask.id
        try await server.settle(at: "2025-07-28T12:00:00Z")
        let tasks = try await server.get(Path.tasks()).tasks
        #expect(
            tasks.map { $0.text("dueDate") } == dueTimes.map { "2025-07-\($0):00.000Z" }
        )
        let series = try await server.get(Path.recurringTask(id)).recurringTask
        #expect(series["totalOccurrence"] == .integer(Int64(dueTimes.count)))
    }

    @Test func `a deleted recurring task makes no more tasks`() async throws {
        let server = try await TestServer()
        let id = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Call", "contactIds": ["\(TestOffice.carla)"],
             "rruleOptions": \(Sample.daily), "ignoreTaskCreation": true}
            """
        ).recurringTask.id
        #expect(try await server.delete(Path.recurringTask(id)).status == 200)
        try await server.settle(at: "2025-07-23T10:00:00Z")
        #expect(try await server.get(Path.tasks()).tasks.isEmpty)
    }

    @Test func `another rule goes on with the count that was reached`() async throws {
        let server = try await TestServer()
        let options = try members(Sample.daily).with([
            "createTaskIfOverDue": .bool(true), "count": .integer(3),
        ])
        let body: JSONObject = ["title": "Call", "rruleOptions": .object(options)]
        let id = try await server.post(Path.recurringTasks, body.text).recurringTask.id
        try await server.settle(at: "2025-07-24T10:00:00Z")
        let hourly = options.with([
            "intervalType": "hourly", "startDate": "2025-07-24T11:00:00.000Z",
        ])
        let edit: JSONObject = ["rruleOptions": .object(hourly)]
        let changed = try await server.put(Path.recurringTask(id), edit.text).recurringTask
        #expect(changed["totalOccurrence"] == .integer(2))
        for hour in 11...14 { try await server.settle(at: "2025-07-24T\(hour):00:00Z") }
        let series = try await server.get(Path.recurringTask(id)).recurringTask
        #expect(series["totalOccurrence"] == .integer(3))
        let due = try await server.post(Path.search, "{}").tasks.map { $0.text("dueDate") }
        #expect(
            due == [
                "2025-07-23T10:10:00.000Z", "2025-07-24T10:10:00.000Z", "2025-07-24T11:10:00.000Z",
            ]
        )
    }
}
