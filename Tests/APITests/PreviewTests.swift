import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// `POST /recurrence/preview`.
@Suite(.server) struct PreviewTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func preview(_ body: JSONObject) async throws -> Answer {
        try await server.post("/recurrence/preview", body)
    }

    private static let previews: [(JSONObject, String, [String])] = [
        (
            [
                "rule": "FREQ=MONTHLY;BYDAY=-1FR", "start": "2026-12-25T16:00:00",
                "count": .integer(3),
            ],
            "FREQ=MONTHLY;BYDAY=-1FR",
            ["2026-12-25T16:00:00", "2027-01-29T16:00:00", "2027-02-26T16:00:00"]
        ),
        (
            ["words": "every Monday at 9", "count": .integer(2)], "FREQ=WEEKLY;BYDAY=MO",
            ["2026-11-30T09:00:00", "2026-12-07T09:00:00"]
        ),
        (
            ["words": "jeden Montag um 7", "locale": "de-DE", "count": .integer(2)],
            "FREQ=WEEKLY;BYDAY=MO",
            ["2026-12-07T07:00:00", "2026-12-14T07:00:00"]
        ),
        (
            ["recurrence": .object(["rule": "FREQ=DAILY;COUNT=2", "start": "2027-01-01T00:00"])],
            "FREQ=DAILY;COUNT=2", ["2027-01-01T00:00:00", "2027-01-02T00:00:00"]
        ),
        // Without a start, the first occurrence from now on is the start.
        (
            ["rule": "FREQ=DAILY;BYHOUR=7;BYMINUTE=0", "count": .integer(1)],
            "FREQ=DAILY;BYHOUR=7;BYMINUTE=0", ["2026-12-01T07:00:00"]
        ),
        // The start is an occurrence, as it is of a series.
        (
            ["rule": "FREQ=WEEKLY;BYDAY=FR", "start": "2026-12-01T09:00:00", "count": .integer(2)],
            "FREQ=WEEKLY;BYDAY=FR", ["2026-12-01T09:00:00", "2026-12-04T09:00:00"]
        ),
    ]

    @Test(arguments: previews)
    func `a rule or words show their occurrences`(
        body: JSONObject,
        rule: String,
        slots: [String]
    ) async throws {
        let answer = try await preview(body)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.text("rule") == rule)
        #expect(answer.objects("occurrences").map { $0.text("slot") } == slots)
        #expect(answer.text("timeZone") == "UTC")
        #expect(answer.text("start") == slots.first)
    }

    @Test func `words without a time of day mean whole days`() async throws {
        let answer = try await preview(["words": "every Friday", "count": .integer(1)])
        #expect(answer["isAllDay"] == .bool(true))
        #expect(answer.text("words") == "every Friday")
        #expect(answer.text("start") == "2026-12-04T00:00:00")
    }

    @Test func `rules are said in the caller's language`() async throws {
        let body: JSONObject = ["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"]
        #expect(try await preview(body).text("words") == "every day at 9:00")
        let german = body.with(["locale": "de"])
        #expect(try await preview(german).text("words") == "jeden Tag um 9:00")
    }

    @Test(arguments: [
        (
            "afterCompletion", "skip", "en",
            "the 31st of each month (skipping shorter months) at 9:00, "
                + "counted from when it was done"
        ),
        ("onSchedule", "lastDay", "en", "the 31st or the last day of each month at 9:00"),
        (
            "afterCompletion", "lastDay", "fr",
            "le 31 ou le dernier jour de chaque mois à 9:00, "
                + "à compter du jour où c'est fait"
        ),
    ])
    func `words say what the policies make of a rule`(
        repeats: String,
        monthEnd: String,
        locale: String,
        words: String
    ) async throws {
        let answer = try await preview([
            "rule": "FREQ=MONTHLY;BYMONTHDAY=31", "start": "2026-12-31T09:00:00",
            "repeats": .string(repeats), "monthEnd": .string(monthEnd), "locale": .string(locale),
        ])
        #expect(answer.text("words") == words)
    }

    @Test func `a time that the clocks skip has a note`() async throws {
        let answer = try await preview([
            "rule": "FREQ=DAILY", "start": "2027-03-13T02:30:00", "timeZone": "America/New_York",
            "count": .integer(3),
        ])
        let occurrences = answer.objects("occurrences")
        #expect(occurrences.map { $0["note"] != nil } == [false, true, false])
        #expect(
            occurrences[1].text("note")
                == "The clocks skip this time and show 2027-03-14T03:30:00 then."
        )
    }

    private static let faults: [(JSONObject, [String])] = [
        ([:], ["/rule is required, or `words`"]),
        (
            ["rule": "FREQ=DAILY", "words": "daily"],
            ["/words stands beside `rule`: say it in one way"]
        ),
        (["rule": "FREQ=NEVER"], ["/rule FREQ: there is no NEVER"]),
        (["rule": .integer(1)], ["/rule is no text"]),
        (["rule": .null], ["/rule cannot be null"]),
        (
            ["words": "every blue moon"],
            [
                "/words \"blue\" at 6 is not a word that is understood; expected days, a "
                    + "period, a time, a first day or an end"
            ]
        ),
        (
            [
                "rule": "FREQ=DAILY", "start": "soon", "timeZone": "Mars/Base",
                "count": .integer(501), "locale": "xx", "weekend": .bool(true),
            ],
            [
                "/count is no integer from 1 to 500",
                "/locale is a locale of none of the languages en, es, fr, de, pt",
                "/start is no local date-time such as 2026-12-01T09:00:00",
                "/timeZone is no time zone such as America/New_York", "/weekend is not known here",
            ]
        ),
        (
            ["recurrence": .object(["rule": "FREQ=DAILY", "dates": .bool(true), "a/b~c": .null])],
            [
                "/recurrence/dates is no list of up to 500 local date-times such as "
                    + "2026-12-01T09:00:00", "/recurrence/a~1b~0c is not known here",
            ]
        ),
        (["rule": "FREQ=DAILY;UNTIL=20200101"], ["/rule has no occurrence from now on"]),
        (
            ["rule": "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=FORWARD"],
            ["/rule SKIP: say it by `monthEnd`"]
        ),
    ]

    @Test(arguments: faults)
    func `a body with faults is refused with all of them`(
        body: JSONObject,
        faults: [String]
    ) async throws {
        let answer = try await preview(body)
        #expect(answer.status == 422)
        #expect(answer.isProblem)
        #expect(answer.faults == faults)
    }

    @Test(arguments: ["{", "[]", "7", "\"x\"", "{\"rule\": }", "\u{FEFF}"])
    func `a body that is no JSON object is refused`(body: String) async throws {
        let answer = try await server.send(
            .post,
            "/recurrence/preview",
            as: .ana,
            [:],
            Array(body.utf8)
        )
        #expect(answer.status == 400)
        #expect(answer.problem == "unreadable-request")
    }

    @Test(arguments: [
        ("application/json; charset=utf-8", 422), ("Application/JSON", 422), ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415), ("application/merge-patch+json", 415),
    ])
    func `a body says that it is JSON`(type: String, status: Int) async throws {
        let answer = try await server.post(
            "/recurrence/preview",
            ["x": .null],
            as: .ana,
            [
                .contentType: type
            ]
        )
        #expect(answer.status == status)
        #expect(answer.isProblem)
    }

    /// Two rules without an end, the second with more occurrences than could ever be looked at.
    @Test(arguments: ["FREQ=DAILY", "FREQ=SECONDLY"], [true, false])
    func `no more is looked at than is shown`(rule: String, isPaused: Bool) async throws {
        var body: JSONObject = [
            "rule": .string(rule), "start": "2026-12-01T09:00:00", "timeZone": "UTC",
            "count": .integer(3),
        ]
        if isPaused { body["pause"] = .object(["from": "2026-12-01T09:00:02Z"]) }
        let answer = try await preview(body)
        #expect(answer.status == 200, "\(answer.text)")
        let count = isPaused && rule == "FREQ=SECONDLY" ? 2 : isPaused ? 1 : 3
        #expect(answer.objects("occurrences").count == count)
    }

    @Test func `a body has at most a megabyte`() async throws {
        let rule = String(repeating: "x", count: 1 << 20)
        let answer = try await preview(["rule": .string(rule)])
        #expect(answer.status == 413)
        #expect(answer.isProblem)
    }
}
