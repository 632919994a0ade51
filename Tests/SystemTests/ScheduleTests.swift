import Foundation
import Testing

/// Two years on a test clock: the tasks that a server makes, with due times to the second.
///
/// The expected due times are counted day by day with Foundation's calendar.
struct ScheduleTests {
    private static let newYork = "NewYorkOfficeOfTests"
    private static let lordHowe = "LordHoweOfficeOfTest"
    private static let begin = "2027-06-01T00:00:00Z"
    private static let middle = "2028-03-20T00:00:00Z"
    private static let end = "2029-06-01T00:00:00Z"

    /// A recurring task that is left alone for the two years.
    private struct Row {
        var name: String
        var location = ScheduleTests.newYork
        /// The members of `rruleOptions` that no other property gives.
        var options: String
        var start: String
        var ignoresCreation = false
        var createsIfOverdue = true
        var expected: [String]
    }

    private static let document = """
        {"locations":[
            {"id":"\(newYork)","name":"New York","timeZone":"America/New_York"},
            {"id":"\(lordHowe)","name":"Lord Howe","timeZone":"Australia/Lord_Howe"}],
         "contacts":[
            {"publicID":"contactOneOfTheTests","location":"\(newYork)"},
            {"publicID":"contactTwoOfTheTests","location":"\(newYork)"}]}
        """

    @Test func `two years come out as they were counted`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.output(of: "directory", "import", "-", input: Self.document)
        let newYorkToken = try await deployment.output(
            of: "token",
            "issue",
            "--location",
            Self.newYork
        )
        let lordHoweToken = try await deployment.output(
            of: "token",
            "issue",
            "--location",
            Self.lordHowe
        )
        let server = try await deployment.serve(
            "--test-clock",
            Self.begin,
            "--rate-limit",
            "0"
        )
        let newYork = HighLevelClient(of: server, location: Self.newYork, token: newYorkToken)
        let lordHowe = HighLevelClient(of: server, location: Self.lordHowe, token: lordHoweToken)

        var ids: [String: String] = [:]
        for row in try Self.rows() {
            let client = row.location == Self.newYork ? newYork : lordHowe
            ids[row.name] = try await client.create(Self.body(of: row)).id
        }
        let changed = try await ChangedSeries(newYork)
        try await newYork.moveClock(to: Self.middle)
        try await changed.change()
        try await newYork.moveClock(to: Self.end)

        for row in try Self.rows() {
            let client = row.location == Self.newYork ? newYork : lordHowe
            let tasks = try await client.tasks(about: row.name)
            #expect(tasks.map(\.dueDate) == row.expected, "\(row.name)")
            let series = try await client.recurringTask(try #require(ids[row.name]))
            #expect(series.totalOccurrence == row.expected.count, "\(row.name)")
        }
        try await changed.check()
        try await server.stop()
    }

    @Test func `a year that passes in one move leaves no day out`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.output(of: "directory", "import", "-", input: Self.document)
        let token = try await deployment.output(of: "token", "issue", "--location", Self.newYork)
        let server = try await deployment.serve("--test-clock", Self.begin, "--rate-limit", "0")
        let client = HighLevelClient(of: server, location: Self.newYork, token: token)
        var ids: [String] = []
        for number in 1...10 {
            let row = Row(
                name: "Daily \(number)",
                options: #""intervalType":"daily","interval":1"#,
                start: "2027-06-01T12:00:00.000Z",
                ignoresCreation: true,
                expected: []
            )
            ids.append(try await client.create(Self.body(of: row)).id)
        }
        try await client.moveClock(to: "2028-05-31T13:00:00Z")
        for id in ids {
            #expect(try await client.recurringTask(id).totalOccurrence == 366)
        }
        try await server.stop()
    }

    private static func body(of row: Row) -> String {
        """
        {"title":"\(row.name)","ignoreTaskCreation":\(row.ignoresCreation),"rruleOptions":{
        \(row.options),"startDate":"\(row.start)","dueAfterSeconds":3600,
        "createTaskIfOverDue":\(row.createsIfOverdue)}}
        """
    }

    private static func rows() throws -> [Row] {
        let newYork = try Count(zone: "America/New_York", from: begin, to: end)
        let lordHowe = try Count(zone: "Australia/Lord_Howe", from: begin, to: end)
        return try hoursDaysAndWeeks(newYork, lordHowe) + monthsAndYears(newYork)
            + beginningsAndEnds(newYork)
    }

    private static func hoursDaysAndWeeks(_ newYork: Count, _ lordHowe: Count) throws -> [Row] {
        try [
            // Hours are elapsed time, so a change of the clocks has no effect.
            Row(
                name: "Every hour in autumn",
                options: #""intervalType":"hourly","interval":1,"endDate":"2027-11-08T12:00:00Z""#,
                start: "2027-11-06T20:00:00Z",
                expected: newYork.hours(1, from: "2027-11-06T20:00:00Z", count: 41)
            ),
            Row(
                name: "Every fifth hour in spring",
                location: Self.lordHowe,
                options: #""intervalType":"hourly","interval":5,"count":30"#,
                start: "2027-10-01T00:30:00.000Z",
                expected: lordHowe.hours(5, from: "2027-10-01T00:30:00Z", count: 30)
            ),
            // The local time of day stays the same when the clocks change.
            Row(
                name: "Every day at nine",
                options: #""intervalType":"daily","interval":1"#,
                start: "2027-06-05T13:00:00Z",
                expected: newYork.days { _ in true }.from("2027-06-05", hour: 9)
            ),
            Row(
                name: "Every third day at nine",
                location: Self.lordHowe,
                options: #""intervalType":"daily","interval":3"#,
                start: "2027-06-04T22:30:00Z",
                expected: lordHowe.every(3, from: "2027-06-05", hour: 9)
            ),
            Row(
                name: "Every Monday from a Wednesday on",
                options: #""intervalType":"weekly","interval":1,"dayOfWeek":"MO""#,
                start: "2027-06-09T13:00:00Z",
                expected: newYork.every(7, from: "2027-06-14", hour: 9)
            ),
            Row(
                name: "Every other Friday",
                location: Self.lordHowe,
                options: #""intervalType":"weekly","interval":2,"dayOfWeek":"FR""#,
                start: "2027-06-06T22:30:00Z",
                expected: lordHowe.every(14, from: "2027-06-11", hour: 9)
            ),
        ]
    }

    private static func monthsAndYears(_ newYork: Count) throws -> [Row] {
        try [
            monthly(on: 28, newYork), monthly(on: 29, newYork), monthly(on: 30, newYork),
            monthly(on: 31, newYork),
            Row(
                name: "The month's last day by the start",
                location: Self.lordHowe,
                options: #""intervalType":"monthly","interval":2"#,
                start: "2027-07-30T22:30:00Z",
                expected: [
                    "2027-07-30T23:30:00.000Z", "2027-09-29T23:30:00.000Z",
                    "2027-11-29T23:00:00.000Z", "2028-01-30T23:00:00.000Z",
                    "2028-03-30T23:00:00.000Z", "2028-05-30T23:30:00.000Z",
                    "2028-07-30T23:30:00.000Z", "2028-09-29T23:30:00.000Z",
                    "2028-11-29T23:00:00.000Z", "2029-01-30T23:00:00.000Z",
                    "2029-03-30T23:00:00.000Z", "2029-05-30T23:30:00.000Z",
                ]
            ),
            Row(
                name: "Every year on leap day",
                options: #"""
                    "intervalType":"yearly","interval":1,"monthOfYear":2,"dayOfMonth":29
                    """#,
                start: "2027-06-05T13:00:00Z",
                expected: ["2028-02-29T15:00:00.000Z", "2029-02-28T15:00:00.000Z"]
            ),
        ]
    }

    private static func beginningsAndEnds(_ newYork: Count) throws -> [Row] {
        try [
            Row(
                name: "Ten times a day",
                options: #""intervalType":"daily","interval":1,"count":10"#,
                start: "2027-06-05T13:00:00Z",
                expected: Array(newYork.every(1, from: "2027-06-05", hour: 9).prefix(10))
            ),
            Row(
                name: "Until an instant that is one of them",
                options: #"""
                    "intervalType":"daily","interval":1,"endDate":"2027-06-08T13:00:00.000Z"
                    """#,
                start: "2027-06-05T13:00:00Z",
                expected: Array(newYork.every(1, from: "2027-06-05", hour: 9).prefix(4))
            ),
            // Occurrences between a start long past and now make no tasks.
            Row(
                name: "Begun before, and at once",
                options: #""intervalType":"weekly","interval":1,"endDate":"2027-06-20T00:00:00Z""#,
                start: "2027-01-04T14:00:00Z",
                expected: [
                    "2027-01-04T15:00:00.000Z", "2027-06-07T14:00:00.000Z",
                    "2027-06-14T14:00:00.000Z",
                ]
            ),
            Row(
                name: "Begun before, and by the schedule alone",
                options: #""intervalType":"weekly","interval":1,"endDate":"2027-06-20T00:00:00Z""#,
                start: "2027-01-04T14:00:00Z",
                ignoresCreation: true,
                expected: ["2027-06-07T14:00:00.000Z", "2027-06-14T14:00:00.000Z"]
            ),
            Row(
                name: "To begin, and by the schedule alone",
                options: #""intervalType":"monthly","interval":1,"count":2"#,
                start: "2028-01-15T14:00:00Z",
                ignoresCreation: true,
                expected: ["2028-01-15T15:00:00.000Z", "2028-02-15T15:00:00.000Z"]
            ),
            // The first task is never completed, so it is overdue when the next occurrences come.
            Row(
                name: "Not while one is overdue",
                options: #""intervalType":"daily","interval":1"#,
                start: "2027-06-05T13:00:00Z",
                createsIfOverdue: false,
                expected: ["2027-06-05T14:00:00.000Z"]
            ),
        ]
    }

    private static func monthly(on day: Int, _ count: Count) throws -> Row {
        Row(
            name: "Every month on day \(day)",
            options: #""intervalType":"monthly","interval":1,"dayOfMonth":\#(day)"#,
            start: "2027-06-02T13:00:00Z",
            expected: count.days { date in
                date.day == min(day, date.lengthOfMonth)
            }.from("2027-06-02", hour: 9)
        )
    }
}

/// Recurring tasks that are changed, completed and deleted in the middle of the two years.
private struct ChangedSeries {
    private let client: HighLevelClient
    private let rewritten: String
    private let deleted: String
    private let shared: String

    init(_ client: HighLevelClient) async throws {
        self.client = client
        func create(_ title: String, _ more: String) async throws -> String {
            try await client.create(
                """
                {"title":"\(title)","contactIds":["contactOneOfTheTests","contactTwoOfTheTests"],
                "rruleOptions":{"intervalType":"monthly","interval":1,"dayOfMonth":31,
                "startDate":"2028-01-01T14:00:00Z","dueAfterSeconds":0\(more)}}
                """
            ).id
        }
        rewritten = try await create("To be rewritten", #","createTaskIfOverDue":true"#)
        deleted = try await create("To be deleted", #","createTaskIfOverDue":true"#)
        shared = try await create("Done by one of two", "")
    }

    func change() async throws {
        try await client.update(
            rewritten,
            """
            {"title":"Was rewritten","contactIds":["contactTwoOfTheTests"],
            "rruleOptions":{"intervalType":"yearly","interval":1,"monthOfYear":4,"dayOfMonth":31,
            "startDate":"2028-01-01T14:00:00Z","dueAfterSeconds":60,"count":3,
            "createTaskIfOverDue":true}}
            """
        )
        try await client.delete(deleted)
        for task in try await client.tasks(about: "Done by one")
        where task.contactId == "contactOneOfTheTests" {
            try await client.complete(task)
        }
    }

    func check() async throws {
        // Each contact has a task in January and on February's last day; the third is the last.
        let old = ["2028-01-31T14:00:00.000Z", "2028-02-29T14:00:00.000Z"]
        #expect(try await dueDates("To be rewritten") == [old[0], old[0], old[1], old[1]])
        #expect(try await dueDates("Was rewritten") == ["2028-04-30T13:01:00.000Z"])
        #expect(try await client.recurringTask(rewritten).totalOccurrence == 3)
        #expect(try await dueDates("To be deleted") == [old[0], old[0], old[1], old[1]])
        // In February both contacts have an overdue task; by the end of March one has completed it.
        #expect(
            try await dueDates("Done by one") == [old[0], old[0], "2028-03-31T13:00:00.000Z"]
        )
        #expect(try await client.recurringTask(shared).totalOccurrence == 2)
    }

    private func dueDates(_ title: String) async throws -> [String] {
        try await client.tasks(about: title).map(\.dueDate)
    }
}

/// Counts the expected due dates of two years: an hour after each occurrence.
private struct Count {
    private let calendar: Calendar
    private let begin: Date
    private let end: Date

    init(zone: String, from begin: String, to end: String) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        self.calendar = calendar
        self.begin = try Date(begin, strategy: .iso8601)
        self.end = try Date(end, strategy: .iso8601)
    }

    struct Day {
        let day: Int
        let lengthOfMonth: Int
        fileprivate let date: Date
    }

    /// The days with an occurrence.
    struct Days {
        fileprivate let days: [Day]
        fileprivate let count: Count

        /// The due dates from a day on, if the occurrences are at this hour of local time.
        func from(_ first: String, hour: Int) -> [String] {
            days.compactMap { day in
                count.dueDate(on: day.date, hour: hour)
            }.filter { $0 >= first }
        }
    }

    func days(where isWanted: (Day) -> Bool) -> Days {
        var days: [Day] = []
        var date = calendar.startOfDay(for: begin)
        while date < end {
            let length = calendar.range(of: .day, in: .month, for: date)?.count ?? 0
            let day = Day(
                day: calendar.component(.day, from: date),
                lengthOfMonth: length,
                date: date
            )
            if isWanted(day) { days.append(day) }
            guard let next = calendar.date(byAdding: .day, value: 1, to: date) else { break }
            date = next
        }
        return Days(days: days, count: self)
    }

    /// The due dates of occurrences every `step` days from a day on, in the zone's local time.
    func every(_ step: Int, from first: String, hour: Int) throws -> [String] {
        let start = try Date("\(first)T00:00:00Z", strategy: .iso8601)
        var utc = calendar
        utc.timeZone = .gmt
        let parts = utc.dateComponents([.year, .month, .day], from: start)
        var date = try #require(calendar.date(from: parts))
        var dueDates: [String] = []
        while let dueDate = dueDate(on: date, hour: hour) {
            dueDates.append(dueDate)
            date = try #require(calendar.date(byAdding: .day, value: step, to: date))
        }
        return dueDates
    }

    func hours(_ step: Int, from first: String, count: Int) throws -> [String] {
        let start = try Date(first, strategy: .iso8601)
        return (0..<count).map { number in
            Self.text(start.addingTimeInterval(Double(number * step * 3600 + 3600)))
        }
    }

    /// The due date of a day's occurrence; nil where the occurrence is after the two years.
    private func dueDate(on date: Date, hour: Int) -> String? {
        guard let occurrence = calendar.date(bySettingHour: hour, minute: 0, second: 0, of: date),
            occurrence <= end
        else { return nil }
        return Self.text(occurrence.addingTimeInterval(3600))
    }

    private static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
