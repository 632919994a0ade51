import DatabaseTestSupport
import HTTPTypes
import JSON
import ServerTestSupport
import Storage
import Tasks
import Testing

/// A series that nobody can read is refused for good where it is needed, and nowhere else; and it can
/// be deleted, or given another schedule.
@Suite(.town)
struct UnreadableSeriesTests {
    /// What spoils a series, and what a client is told of it.
    private static let spoilings = [
        ("ruleText = 'FREQ=NEVER'", "rule"),
        ("title = REPLACE(HEX(ZEROBLOB(600000)), '0', 'y')", "title"),
        ("isDeleted = 7", "deletion"),
        ("dueSchedule = '{}'", "schedule"),
        ("catchUp = 99", "policies"),
        ("reminder = 99", "reminder"),
        ("createdAt = -9223372036854775807", "creation"),
        ("timeZone = '', startLocal = 9223372036854775807", "start, time zone"),
    ]

    private static let place = Place.spoiled

    @Test(arguments: spoilings)
    func `a series by its number is deleted, and nothing else changes`(
        change: String,
        name: String
    ) async throws {
        let town = try await Town(copying: try PreparedTown.current.town)
        let series = try await town.series("Water")
        try await town.spoil("UPDATE series SET \(change) WHERE seriesID = \(series.number)")
        try await town.takeTurns(after: .seconds(86_400))
        #expect(try await town.database.store.setAsideCount() == 1)
        let gone = try await town.send(.get, series.path)
        #expect(gone.status == 503)
        #expect(gone.headers[.retryAfter] == nil)
        let titled = try await town.send(.put, series.path, #"{"description": "Water twice"}"#)
        #expect(titled.status == 409, "\(titled.text)")
        #expect(titled.text.contains(name))
        #expect(titled.headers[.retryAfter] == nil)

        #expect(try await town.send(.delete, series.path).status == 200)
        #expect(try await town.send(.get, series.path).status == 400)
        #expect(try await town.send(.delete, series.path).status == 400)
        #expect(try await town.database.store.setAsideCount() == 0)
        let others = try await town.titles(of: Place.others[0])
        #expect(try await town.titles(of: .spoiled) == others)
        try await town.takeTurns(after: .seconds(864_000))
        #expect(try await town.database.store.setAsideCount() == 0)
    }

    @Test(arguments: [
        ("ruleText = 'FREQ=NEVER'", true), ("dueSchedule = '{}'", true),
        ("timeZone = '', startLocal = 9223372036854775807", true),
        ("title = REPLACE(HEX(ZEROBLOB(600000)), '0', 'y')", true),
        ("whileOverdue = -1", true), ("catchUp = 99", true), ("modifiedAt = -1e18", true),
        ("timeZone = 'Mars/Olympus'", true),
        // Nothing in a schedule says what these were.
        ("reminder = 99", false), ("isDeleted = 7", false),
    ])
    func `a whole schedule brings a series back, if it replaces what is unreadable`(
        change: String,
        comesBack: Bool
    ) async throws {
        let town = try await Town(copying: try PreparedTown.current.town)
        let series = try await town.series("Water")
        try await town.spoil("UPDATE series SET \(change) WHERE seriesID = \(series.number)")
        try await town.takeTurns(after: .seconds(86_400))
        let answer = try await town.send(.put, series.path, Self.whole)
        guard comesBack else {
            #expect(answer.status == 409, "\(answer.text)")
            #expect(answer.headers[.retryAfter] == nil)
            return
        }
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try await town.database.store.setAsideCount() == 0)
        #expect(try await town.send(.get, series.path).status == 200)
        let before = try await town.count("title = 'Anew'")
        try await town.takeTurns(after: .seconds(86_400))
        #expect(try await town.count("title = 'Anew'") == before + 1)
    }

    @Test(arguments: [
        "fireAt = -9223372036854775807", "occurrenceCount = -1", "nextAt = 9223372036854775807",
        "materializedThrough = -9223372036854775807",
    ])
    func `a series whose progress is unreadable is deleted, or begins anew`(
        change: String
    ) async throws {
        for isDeleted in [true, false] {
            let town = try await Town(copying: try PreparedTown.current.town)
            let series = try await town.series("Water")
            try await town.spoil(
                "UPDATE seriesClock SET \(change) WHERE seriesID = \(series.number)"
            )
            try await town.takeTurns(after: .seconds(86_400))
            #expect(try await town.database.store.setAsideCount() == 1)
            let answer =
                isDeleted
                ? try await town.send(.delete, series.path)
                : try await town.send(.put, series.path, Self.whole)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try await town.database.store.setAsideCount() == 0)
            if isDeleted { continue }
            // One occurrence was carried out before.
            #expect(
                answer["recurringTask"]?.object?["totalOccurrence"] == .integer(1),
                "\(answer.text)"
            )
        }
    }

    @Test(arguments: [
        ("ruleText = 'FREQ=NEVER'", "rule"), ("catchUp = 99", "policies"), ("isDeleted = 7", "d"),
        ("timeZone = 'a b'", "time zone"), ("categoryID = -1", "category"),
    ])
    func `the tasks of a series are changed one by one, and deleted together`(
        change: String,
        name: String
    ) async throws {
        let town = try await Town(copying: try PreparedTown.current.town)
        let series = try await town.firstNumber(
            of: "dueSchedule IS NULL AND ruleText LIKE '%DAILY%'"
        )
        try await town.spoil("UPDATE series SET \(change) WHERE seriesID = \(series)")
        let tasks = try await town.numbers(ofSeries: series)
        #expect(tasks.count == 6)
        try await expectChanges(of: tasks[0], in: town)
        for scoped in [
            try await town.ask(.patch, tasks[1], #"{"notes": "Later", "update_type": 2}"#),
            try await town.ask(.delete, tasks[1], query: "?delete_type=2"),
            try await town.own(.patch, tasks[1], "?scope=following", #"{"title": "Later"}"#),
            try await town.own(.delete, tasks[1], "?scope=following"),
        ] {
            #expect(scoped.status == 409, "\(scoped.text)")
            #expect(scoped.text.contains(name))
            #expect(scoped.headers[.retryAfter] == nil)
        }
        #expect(try await town.count("seriesID = \(series) AND state = 3") == 5)
        let all = try await town.ask(.delete, tasks[2], query: "?delete_type=3")
        #expect(all.status == 200, "\(all.text)")
        #expect(try await town.count("seriesID = \(series) AND state <> 2") == 0)
    }

    @Test
    func `the tasks of a series whose zone is gone are changed one by one, and deleted`()
        async throws
    {
        let town = try await Town(copying: try PreparedTown.current.town)
        let series = try await town.firstNumber(
            of: "dueSchedule IS NULL AND ruleText LIKE '%DAILY%'"
        )
        try await town.spoil(
            "UPDATE series SET timeZone = 'Mars/Olympus' WHERE seriesID = \(series)"
        )
        try await town.spoil("UPDATE task SET timeZone = 'Mars/Olympus' WHERE seriesID = \(series)")
        let tasks = try await town.numbers(ofSeries: series)
        try await expectChanges(of: tasks[0], in: town)
        let following = try await town.ask(.delete, tasks[1], query: "?delete_type=2")
        #expect(following.status == 503)
        #expect(following.headers[.retryAfter] == nil)
        let all = try await town.ask(.delete, tasks[2], query: "?delete_type=3")
        #expect(all.status == 200, "\(all.text)")
    }

    @Test
    func `a task that nobody can read does not keep its series from being deleted`() async throws {
        let town = try await Town(copying: try PreparedTown.current.town)
        let series = try await town.firstNumber(
            of: "dueSchedule IS NULL AND ruleText LIKE '%DAILY%'"
        )
        let tasks = try await town.numbers(ofSeries: series)
        try await town.spoil("UPDATE task SET reminder = 99 WHERE taskID = \(tasks[3])")
        let all = try await town.ask(.delete, tasks[2], query: "?delete_type=3")
        #expect(all.status == 200, "\(all.text)")
        #expect(try await town.count("seriesID = \(series) AND state <> 2") == 1)
    }

    /// Changes a task in each of the ways that concern it alone; it is deleted in the end.
    private func expectChanges(of task: Int64, in town: Town) async throws {
        for answer in [
            try await town.ask(.patch, task, #"{"status": "complete"}"#),
            try await town.ask(.patch, task, #"{"status": "incomplete"}"#),
            try await town.ask(.patch, task, #"{"notes": "At the office"}"#),
            try await town.own(.patch, task, "", #"{"title": "Call"}"#),
            try await town.own(.post, task, "/complete"),
            try await town.own(.post, task, "/reopen"),
            try await town.own(.delete, task, "?dryRun=true"),
            try await town.ask(.delete, task),
        ] {
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    private static let whole = """
        {"title": "Anew", "description": "All", "contactIds": ["\(place.contact)"],
         "owners": ["\(place.user)"], "ignoreTaskCreation": true,
         "rruleOptions": {"intervalType": "daily", "interval": 1, "dueAfterSeconds": 600,
            "createTaskIfOverDue": true, "startDate": "2030-01-09T12:00:00.000Z"}}
        """
}

extension Town {
    fileprivate func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String = ""
    ) async throws -> Answer {
        try await send(
            OfficeRequest(
                method: method,
                path: path,
                token: Place.spoiled.locationToken,
                body: body
            )
        )
    }

    /// Asks LionDesk's dialect for a change of a task.
    fileprivate func ask(
        _ method: HTTPRequest.Method,
        _ task: Int64,
        _ body: String = "",
        query: String = ""
    ) async throws -> Answer {
        try await send(
            OfficeRequest(
                method: method,
                path: "/api/v1/scheduled/tasks/\(task)\(query)",
                token: Place.spoiled.userToken,
                body: body
            )
        )
    }

    /// Asks the own API for a change of a task.
    fileprivate func own(
        _ method: HTTPRequest.Method,
        _ task: Int64,
        _ rest: String,
        _ body: String = ""
    ) async throws -> Answer {
        try await send(
            OfficeRequest(
                method: method,
                path: "/v1/tasks/\(task)\(rest)",
                token: Place.spoiled.userToken,
                body: body
            )
        )
    }

    /// The series of a title in the spoiled place.
    fileprivate func series(_ title: String) async throws -> (number: Int64, path: String) {
        let base = "/locations/\(Place.spoiled.location)/recurring-tasks"
        let list = try await send(.get, base).objects("recurringTasks")
        let id = try #require(list.first { $0["title"]?.string == title }?["id"]?.string)
        let number = try await firstNumber(of: "title = '\(title)'")
        return (number, "\(base)/\(id)")
    }

    /// The titles of a place's series, as its list shows them.
    fileprivate func titles(of place: Place) async throws -> [String] {
        let request = OfficeRequest(
            method: .get,
            path: "/locations/\(place.location)/recurring-tasks",
            token: place.locationToken
        )
        return try await send(request).objects("recurringTasks").compactMap { $0["title"]?.string }
            .filter { $0 != "Water" }
    }

    fileprivate func firstNumber(of condition: String) async throws -> Int64 {
        try #require(
            try await numbers(
                """
                SELECT seriesID FROM series
                WHERE locationID = '\(Place.spoiled.location)' AND \(condition) ORDER BY seriesID
                """
            ).first
        )
    }

    fileprivate func numbers(ofSeries series: Int64) async throws -> [Int64] {
        try await numbers(
            "SELECT taskID FROM task WHERE seriesID = \(series) ORDER BY recurrenceID"
        )
    }

    fileprivate func count(_ condition: String) async throws -> Int64 {
        try await numbers("SELECT COUNT(*) FROM task WHERE \(condition)")[0]
    }

    private func numbers(_ query: String) async throws -> [Int64] {
        try await database.store.driver.write { connection in
            try connection.rows(SQLStatement(query), [:]) { row in try row.int64(0) }
        }
    }

    /// Changes rows as the checks would not let it.
    fileprivate func spoil(_ text: String) async throws {
        try await database.store.driver.write { connection in
            try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = ON"), [:])
            try connection.execute(SQLStatement(text), [:])
            try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = OFF"), [:])
        }
    }
}
