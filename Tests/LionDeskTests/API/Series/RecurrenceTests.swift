import JSON
import ServerTestSupport
import Testing

/// Rules as clients send them, and the tasks that they make.
@Suite(.server) struct RecurrenceTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private func make(_ rule: String, from due: String) async throws -> Answer {
        let body = JSONObject.task(for: user).with([
            "due_at": .string(due), "recurrence_rule": .string(rule),
        ])
        return try await server.post("/scheduled/tasks", body, as: user)
    }

    @Test(
        arguments: [
            (
                "FREQ=MONTHLY;COUNT=5", "2019-01-31T09:00:00",
                ["2019-01-31", "2019-03-31", "2019-05-31", "2019-07-31", "2019-08-31"]
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5", "2019-01-31T09:00:00",
                ["2019-01-31", "2019-02-28", "2019-03-31", "2019-04-30", "2019-05-31"]
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4;WKST=MO", "1997-08-05T09:00:00",
                ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4;WKST=SU", "1997-08-05T09:00:00",
                ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]
            ),
            (
                "FREQ=YEARLY;COUNT=3", "2020-02-29T09:00:00",
                ["2020-02-29", "2024-02-29", "2028-02-29"]
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4", "2021-01-29T17:00:00",
                ["2021-01-29", "2021-02-26", "2021-03-31", "2021-04-30"]
            ),
            (
                "FREQ=YEARLY;INTERVAL=1;COUNT=5", "2019-06-02T13:15:00",
                ["2019-06-02", "2020-06-02", "2021-06-02", "2022-06-02", "2023-06-02"]
            ),
            // The start is always the first occurrence, even where the rule does not have it.
            (
                "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2018-12-16T12:00:00",
                ["2018-12-16", "2018-12-17", "2018-12-24"]
            ),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2018-12-16T12:00:00",
                ["2018-12-16"]
            ),
            (
                "FREQ=DAILY;UNTIL=20181218T120000Z", "2018-12-16T12:00:00",
                ["2018-12-16", "2018-12-17", "2018-12-18"]
            ),
            (
                "FREQ=DAILY;UNTIL=20181218T115959Z", "2018-12-16T12:00:00",
                ["2018-12-16", "2018-12-17"]
            ),
            (
                "FREQ=DAILY;UNTIL=20181218T120000", "2018-12-16T12:00:00",
                ["2018-12-16", "2018-12-17", "2018-12-18"]
            ),
            (
                "FREQ=DAILY;UNTIL=20181218", "2018-12-16T12:00:00",
                ["2018-12-16", "2018-12-17", "2018-12-18"]
            ),
        ]
    )
    func `a rule makes a task of each occurrence`(
        rule: String,
        due: String,
        days: [String]
    ) async throws {
        let created = try await make(rule, from: due)
        #expect(created.status == 201)
        #expect(created.text("due_at") == due)
        #expect(created.text("recurrence_rule") == rule)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.total == days.count)
        #expect(found.texts("due_at") == days.map { $0 + due.dropFirst(10) })
        #expect(found.ids.first == created.id)
        #expect(Set(found.texts("created_at")) == ["2018-12-10T08:00:00.000Z"])
    }

    @Test func `a rule may repeat within a day`() async throws {
        _ = try await make("FREQ=HOURLY;INTERVAL=6;COUNT=3", from: "2018-12-16T12:00:00")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(
            found.texts("due_at") == [
                "2018-12-16T12:00:00", "2018-12-16T18:00:00", "2018-12-17T00:00:00",
            ]
        )
    }

    @Test(arguments: [
        ("freq=daily;count=2", "freq=daily;count=2"),
        ("RRULE:FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=2"),
        ("rrule:FREQ=daily;Count=2", "FREQ=daily;Count=2"),
        ("COUNT=2;FREQ=DAILY", "COUNT=2;FREQ=DAILY"),
        ("FREQ=DAILY;COUNT=02", "FREQ=DAILY;COUNT=02"),
    ])
    func `a rule is shown as it was written`(sent: String, shown: String) async throws {
        let created = try await make(sent, from: "2018-12-16T12:00:00")
        #expect(created.status == 201)
        #expect(created.text("recurrence_rule") == shown)
        #expect(try await server.get("/scheduled/tasks", as: user).total == 2)
    }

    @Test(arguments: [
        ("FREQ=NEVER", "FREQ"),
        ("INTERVAL=2", "FREQ"),
        ("nonsense", "NONSENSE"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=x", "COUNT"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20190101", "UNTIL"),
        ("FREQ=DAILY;COUNT=2;COUNT=3", "COUNT"),
        ("FREQ=DAILY;UNTIL=20190230", "UNTIL"),
        ("FREQ=DAILY;COLOR=RED", "COLOR"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;WKST=XX", "WKST"), ("FREQ=WEEKLY;BYDAY=MO;", "RRULE: it has an empty part"),
        ("FREQ=DAILY;COUNT=-1", "COUNT: -1 is not between"),
        ("DTSTART:20190101T000000\nRRULE:FREQ=DAILY", "DTSTART"),
        ("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "RRULE"),
        ("RRULE:FREQ=DAILY\nEXDATE:20190101T000000", "EXDATE"),
        ("RDATE:20190101T000000", "RDATE"),
    ])
    func `a rule that cannot be read is refused with the part and the reason`(
        rule: String,
        part: String
    ) async throws {
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        let refused = try await make(rule, from: "2018-12-16T12:00:00")
        #expect(refused.status == 400)
        #expect(refused["errors"]?.object?.members.map(\.name) == ["recurrence_rule"])
        let reason = refused["errors"]?.object?["recurrence_rule"]?.string ?? ""
        #expect(reason.contains(part), "\(reason)")
        #expect(reason.contains(": "), "\(reason)")
        #expect(refused.isFeathersError)
        for type in ["1", "2"] {
            let body: JSONObject = ["recurrence_rule": .string(rule), "update_type": .string(type)]
            let path = "/scheduled/tasks/\(made.id)"
            #expect(try await server.patch(path, body, as: user).status == 400)
        }
        #expect(try await server.get("/scheduled/tasks", as: user).total == 1)
    }

    @Test(arguments: ["FREQ=DAILY;UNTIL=20181215", "FREQ=DAILY;UNTIL=20181216T115959Z"])
    func `a rule that ends before it begins has its first occurrence`(rule: String) async throws {
        let created = try await make(rule, from: "2018-12-16T12:00:00")
        #expect(created.status == 201)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.texts("due_at") == ["2018-12-16T12:00:00"])
    }

    @Test func `the state of a new series is that of its first task`() async throws {
        let body = JSONObject.task(for: user).with([
            "status": "complete", "recurrence_rule": "FREQ=DAILY;COUNT=3",
        ])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.text("status") == "complete")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.texts("status") == ["complete", "incomplete", "incomplete"])
    }
}
