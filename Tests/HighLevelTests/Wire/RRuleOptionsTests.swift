import HighLevel
import JSON
import Recurrence
import Tasks
import Testing

@Suite struct RRuleOptionsTests {
    @Test func `options are read`() throws {
        let read = try options(
            """
            {"intervalType": "monthly", "interval": 2, "startDate": "2021-09-30T00:00:00.000Z",
             "endDate": "2022-09-30T00:00:00.000Z", "dayOfMonth": 15, "dayOfWeek": "MO",
             "monthOfYear": 1, "count": 10, "createTaskIfOverDue": true,
             "dueAfterSeconds": 23404000}
            """
        )
        let expected = RRuleOptions(
            intervalType: .monthly,
            interval: 2,
            startDate: try date("2021-09-30"),
            endDate: try date("2022-09-30"),
            dayOfMonth: 15,
            dayOfWeek: .monday,
            monthOfYear: 1,
            count: 10,
            createTaskIfOverDue: true,
            dueAfterSeconds: 23_404_000
        )
        #expect(read == expected)
    }

    @Test(arguments: [
        #"{"intervalType":"hourly","interval":1000,"startDate":"2021-09-30","dueAfterSeconds":0}"#,
        #"{"intervalType":"daily","interval":1.0,"startDate":"2021-09-30","dueAfterSeconds":6e2}"#,
        """
        {"intervalType":"yearly","interval":1,"startDate":"2021-09-30","dueAfterSeconds":316224000,
         "dayOfMonth":31,"monthOfYear":12,"count":100000}
        """,
    ])
    func `options at their bounds are taken`(json: String) throws {
        _ = try options(json)
    }

    @Test(arguments: [
        (#""interval": 0"#, "interval must not be less than 1"),
        (#""interval": -1"#, "interval must not be less than 1"),
        (#""interval": 1001"#, "interval must not be greater than 1000"),
        (#""interval": 1.5"#, "interval must be an integer number"),
        (#""interval": "1""#, "interval must be an integer number"),
        (#""interval": true"#, "interval must be an integer number"),
        (#""interval": 1e300"#, "interval must be an integer number"),
        (#""interval": [1]"#, "interval must be an integer number"),
        (
            #""intervalType": "fortnightly""#,
            "intervalType must be one of the following values: "
                + "yearly, monthly, weekly, daily, hourly"
        ),
        (
            #""intervalType": "DAILY""#,
            "intervalType must be one of the following values: "
                + "yearly, monthly, weekly, daily, hourly"
        ),
        (
            #""startDate": "yesterday""#,
            "startDate must be a valid ISO 8601 date string of the years 1970 to 9900"
        ),
        (
            #""startDate": 1632960000000"#,
            "startDate must be a valid ISO 8601 date string of the years 1970 to 9900"
        ),
        (
            #""endDate": "9999-12-31T23:59:59Z""#,
            "endDate must be a valid ISO 8601 date string of the years 1970 to 9900"
        ),
        (#""dayOfMonth": 0"#, "dayOfMonth must not be less than 1"),
        (#""dayOfMonth": -1"#, "dayOfMonth must not be less than 1"),
        (#""dayOfMonth": 32"#, "dayOfMonth must not be greater than 31"),
        (#""monthOfYear": 13"#, "monthOfYear must not be greater than 12"),
        (#""monthOfYear": 0"#, "monthOfYear must not be less than 1"),
        (
            #""dayOfWeek": "monday""#,
            "dayOfWeek must be one of the following values: MO, TU, WE, TH, FR, SA, SU"
        ),
        (
            #""dayOfWeek": ["MO"]"#,
            "dayOfWeek must be one of the following values: MO, TU, WE, TH, FR, SA, SU"
        ),
        (#""count": 0"#, "count must not be less than 1"),
        (#""count": 100001"#, "count must not be greater than 100000"),
        (#""createTaskIfOverDue": "true""#, "createTaskIfOverDue must be a boolean value"),
        (#""createTaskIfOverDue": 1"#, "createTaskIfOverDue must be a boolean value"),
        (#""dueAfterSeconds": -1"#, "dueAfterSeconds must not be less than 0"),
        (#""dueAfterSeconds": 316224001"#, "dueAfterSeconds must not be greater than 316224000"),
        (#""dueAfterSeconds": 0.5"#, "dueAfterSeconds must be an integer number"),
        (#""numOfWeek": 1"#, "property numOfWeek should not exist"),
        (#""byday": null"#, "property byday should not exist"),
    ])
    func `an option that is wrong is refused with its reason`(
        member: String,
        reason: String
    ) throws {
        // If a name comes twice, the last one counts.
        let json = """
            {"intervalType": "daily", "interval": 1, "startDate": "2021-09-30",
             "dueAfterSeconds": 0, \(member)}
            """
        #expect(try violations { try options(json) } == [reason])
    }

    @Test(arguments: [
        "endDate", "dayOfMonth", "dayOfWeek", "monthOfYear", "count", "createTaskIfOverDue",
    ])
    func `null means that an option is left out`(name: String) throws {
        let json = """
            {"intervalType": "daily", "interval": 1, "startDate": "2021-09-30",
             "dueAfterSeconds": 0, "\(name)": null}
            """
        let without = json.replacing(", \"\(name)\": null", with: "")
        #expect(without != json)
        #expect(try options(json) == options(without))
    }

    @Test(arguments: ["intervalType", "interval", "startDate", "dueAfterSeconds"])
    func `null is refused where an option is required`(name: String) throws {
        // If a name comes twice, the last one counts.
        let json = """
            {"intervalType": "daily", "interval": 1, "startDate": "2021-09-30",
             "dueAfterSeconds": 0, "\(name)": null}
            """
        let reasons = try violations { try options(json) }
        #expect(reasons.count == 2)
        #expect(reasons.first == "\(name) should not be empty")
    }

    @Test func `every option that is missing is told`() throws {
        let reasons = try violations { try options("{}") }
        #expect(
            reasons == [
                "intervalType should not be empty",
                "intervalType must be one of the following values: "
                    + "yearly, monthly, weekly, daily, hourly",
                "interval should not be empty", "interval must be an integer number",
                "startDate should not be empty",
                "startDate must be a valid ISO 8601 date string of the years 1970 to 9900",
                "dueAfterSeconds should not be empty",
                "dueAfterSeconds must be an integer number",
            ]
        )
    }

    // MARK: - Options for a series that was not made from options

    @Test(arguments: [
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            #"{"intervalType":"weekly","interval":2,"dayOfWeek":"MO"}"#
        ),
        // Options cannot express the next rules, so they are the nearest ones.
        ("FREQ=WEEKLY;BYDAY=MO,FR", #"{"intervalType":"weekly","interval":1,"dayOfWeek":"SU"}"#),
        ("FREQ=MINUTELY;INTERVAL=5", #"{"intervalType":"hourly","interval":5}"#),
        ("FREQ=MONTHLY", #"{"intervalType":"monthly","interval":1,"dayOfMonth":16}"#),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            #"{"intervalType":"monthly","interval":1,"dayOfMonth":31}"#
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            #"{"intervalType":"monthly","interval":1,"dayOfMonth":30}"#
        ),
        (
            "FREQ=MONTHLY;BYDAY=2SU",
            #"{"intervalType":"monthly","interval":1,"dayOfMonth":16}"#
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            #"{"intervalType":"yearly","interval":1,"dayOfMonth":29,"monthOfYear":2}"#
        ),
        (
            "freq=yearly",
            #"{"intervalType":"yearly","interval":1,"dayOfMonth":16,"monthOfYear":12}"#
        ),
        ("FREQ=DAILY;COUNT=4", #"{"intervalType":"daily","interval":1,"count":4}"#),
        (
            "FREQ=DAILY;UNTIL=20181220T200000Z",
            #"{"intervalType":"daily","interval":1,"endDate":"2018-12-20T20:00:00.000Z"}"#
        ),
        (
            "FREQ=DAILY;UNTIL=20181220",
            #"{"intervalType":"daily","interval":1,"endDate":"2018-12-21T07:59:59.000Z"}"#
        ),
    ])
    func `a rule that options cannot write is shown as the nearest options`(
        rule: String,
        expected: String
    ) throws {
        let nearest = try nearestOptions(toRule: rule)
        var json = try members(expected)
        json["startDate"] = "2018-12-16T20:00:00.000Z"
        json["createTaskIfOverDue"] = .bool(true)
        json["dueAfterSeconds"] = .integer(0)
        for member in json.members {
            #expect(nearest.json[member.name] == member.value, "\(member.name)")
        }
        #expect(nearest.json.members.count == json.members.count)
    }

    @Test func `a series that repeats no more happens once`() throws {
        let nearest = try nearestOptions(toRule: nil)
        #expect(nearest.intervalType == .daily)
        #expect(nearest.count == 1)
    }

    @Test func `the nearest options keep what the schedule says`() throws {
        let schedule = DueSchedule(dueAfter: 90, timeZone: "UTC", occurrenceLimit: 3)
        let nearest = try nearestOptions(toRule: "FREQ=DAILY;COUNT=4", schedule, .skip)
        #expect(nearest.count == 3)
        #expect(nearest.dueAfterSeconds == 90)
        #expect(!nearest.createTaskIfOverDue)
    }

    @Test(arguments: ["hourly", "daily", "weekly", "monthly", "yearly"])
    func `the nearest options of a rule made of options mean the same`(type: String) throws {
        let zone = try zone("America/Los_Angeles")
        let sent = try options(
            """
            {"intervalType":"\(type)","interval":3,"startDate":"2025-01-31T17:00:00.000Z",
             "endDate":"2045-01-31T17:00:00.000Z","dueAfterSeconds":0}
            """
        )
        let recurrence = try sent.recurrence(in: zone, wording: "")
        let series = series(
            recurrence.rule,
            start: recurrence.start.local,
            timeZone: recurrence.start.zone.identifier
        )
        let nearest = RRuleOptions(nearestTo: series, in: recurrence.start.zone)
        #expect(try nearest.recurrence(in: zone, wording: "").rule == recurrence.rule)
        #expect(try nearest.recurrence(in: zone, wording: "").start == recurrence.start)
    }

    // MARK: - Parts

    private func nearestOptions(
        toRule text: String?,
        _ schedule: DueSchedule? = nil,
        _ whileOverdue: WhileOverdue = .create
    ) throws -> RRuleOptions {
        let start = try #require(LocalDateTime(year: 2018, month: 12, day: 16, hour: 12))
        var series = series(
            try text.map { try SeriesRule(parsing: $0) },
            start: start,
            timeZone: "America/Los_Angeles"
        )
        series.materialization = Materialization(schedule)
        series.missedWork.whileOverdue = whileOverdue
        return RRuleOptions(nearestTo: series, in: try zone(series.timeZone))
    }

    private func series(
        _ rule: SeriesRule?,
        start: LocalDateTime,
        timeZone: String
    ) -> RecurringTask {
        RecurringTask(
            id: Identifier(1),
            creatorID: nil,
            template: TaskTemplate(title: "Call"),
            start: start,
            timeZone: timeZone,
            rule: rule,
            createdAt: Timestamp(seconds: 0),
            modifiedAt: Timestamp(seconds: 0)
        )
    }
}
