import HighLevel
import JSON
import Recurrence
import ServerTestSupport
import SystemZones
import TestSupport
import Testing

/// Points in time that the clocks of the location show for the second time.
struct RepeatedHourTests {
    private let server: TestServer

    init() async throws {
        server = try await TestServer()
        try await move(to: "America/New_York")
    }

    /// 01:30 in New York, after the clocks went back from two to one.
    private static let second = "2027-11-07T06:30:00.000Z"

    private func move(to zone: String) async throws {
        try await server.importDocument(
            """
            {"locations": [
              {"id": "\(TestOffice.location)", "name": "Acme Realty", "timeZone": "\(zone)"}
            ]}
            """
        )
    }

    private func series(
        from start: String = second,
        ignoringTaskCreation: Bool
    ) async throws -> JSONObject {
        let answer = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Call", "contactIds": ["\(TestOffice.carla)"],
             "ignoreTaskCreation": \(ignoringTaskCreation), "rruleOptions": {
             "intervalType": "daily", "interval": 1, "startDate": "\(start)",
             "dueAfterSeconds": 1800, "createTaskIfOverDue": true}}
            """
        )
        #expect(answer.status == 201, "\(answer.text)")
        return answer.recurringTask
    }

    private func dueDates() async throws -> [String] {
        try await server.get(Path.tasks()).tasks.map { $0.text("dueDate") }
    }

    @Test(arguments: [false, true])
    func `the first task is due by the start that was sent`(ignores: Bool) async throws {
        let made = try await series(ignoringTaskCreation: ignores)
        #expect(made["rruleOptions"]?.object?.text("startDate") == Self.second)
        #expect(try await dueDates() == (ignores ? [] : ["2027-11-07T07:00:00.000Z"]))
        // What was read is sent back.
        let path = Path.recurringTask(made.id)
        let read = try await server.get(path).recurringTask
        let answer = try await server.put(path, read.text)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(
            answer.recurringTask.with(["updatedAt": "?"]) == read.with(["updatedAt": "?"])
        )
        // The first pass of the hour brings nothing.
        try await server.settle(at: "2027-11-07T06:29:59Z")
        #expect(try await dueDates() == (ignores ? [] : ["2027-11-07T07:00:00.000Z"]))
        for time in ["2027-11-07T06:30:00Z", "2027-11-08T06:30:00Z"] {
            try await server.settle(at: time)
        }
        #expect(
            try await dueDates() == ["2027-11-07T07:00:00.000Z", "2027-11-08T07:00:00.000Z"]
        )
        let series = try await server.get(path).recurringTask
        #expect(series["totalOccurrence"] == .integer(2))
        #expect(series["rruleOptions"] == read["rruleOptions"])
    }

    @Test func `a start in the second pass replaces one in the first`() async throws {
        let made = try await series(
            from: "2027-11-07T05:30:00.000Z",
            ignoringTaskCreation: true
        )
        var options = try #require(made["rruleOptions"]?.object)
        options["startDate"] = .string(Self.second)
        let edit: JSONObject = ["rruleOptions": .object(options)]
        let path = Path.recurringTask(made.id)
        #expect(try await server.put(path, edit.text).status == 200)
        try await server.settle(at: "2027-11-07T06:29:59Z")
        #expect(try await dueDates().isEmpty)
        try await server.settle(at: "2027-11-07T06:30:00Z")
        #expect(try await dueDates() == ["2027-11-07T07:00:00.000Z"])
    }

    @Test func `an end between the two passes comes before the second`() async throws {
        let answer = try await server.post(
            Path.recurringTasks,
            """
            {"title": "Call", "rruleOptions": {"intervalType": "daily", "interval": 1,
             "startDate": "\(Self.second)", "endDate": "2027-11-07T06:00:00Z",
             "dueAfterSeconds": 0}}
            """
        )
        #expect(answer.status == 422)
        #expect(answer.messages == ["rruleOptions.endDate must not be earlier than startDate"])
    }

    /// The second hour and what is around it, in each of the zones.
    @Test(arguments: [
        ("America/New_York", "2027-11-07T04:00:00Z"), ("Europe/Berlin", "2027-10-30T23:00:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T14:00:00Z"),
        ("Africa/Casablanca", "2026-02-15T00:30:00Z"),
    ])
    func `any point in time that is sent is answered`(zone: String, first: String) async throws {
        try await move(to: zone)
        let start = try date(first).timestamp
        let clocks = try SystemZones().zone(named: zone)
        var seconds = 0
        var starts: [String] = []
        for minutes in stride(from: 0, through: 200, by: 20) {
            let timestamp = start.advanced(by: .seconds(minutes * 60 + 7))
            if clocks.timestamp(of: clocks.localDateTime(at: timestamp)) != timestamp {
                seconds += 1
            }
            let instant = HighLevelDate(timestamp).text
            starts.append(instant)
            let made = try await series(from: instant, ignoringTaskCreation: true)
            let shown = try await server.get(Path.recurringTask(made.id)).recurringTask
            #expect(shown["rruleOptions"]?.object?.text("startDate") == instant)
            let body = #"{"title":"Single","dueDate":"\#(instant)","completed":false}"#
            let task = try await server.post(Path.tasks(of: TestOffice.dan), body).task
            #expect(task.text("dueDate") == instant)
            let path = Path.task(task.id, of: TestOffice.dan)
            let read = try await server.get(path).task
            #expect(read.text("dueDate") == instant)
            let answer = try await server.put(path, read.text)
            #expect(answer.task.text("dueDate") == instant, "\(answer.text)")
        }
        #expect(seconds >= 2, "the clocks of \(zone) go back then")
        // Each series makes its first task at its start.
        try await server.settle(at: HighLevelDate(start.advanced(by: .seconds(12_100))).text)
        let due = starts.map { start in
            (try? date(start))?.timestamp.advanced(by: .seconds(1800))
        }.compactMap { $0.map { HighLevelDate($0).text } }
        #expect(try await dueDates() == due)
    }
}
