import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// The `words` of tasks and series: their rule in the language of whoever asks.
@Suite struct RuleWordsTests {
    private var server: TestServer { get throws { try .current } }

    /// Lets Ben's language be another; Ana, with whom he shares work, has none.
    private func speak(_ locale: String?) async throws {
        let value: JSONValue = locale.map { .string($0) } ?? .null
        let answer = try await server.patch("/users/2", ["locale": value], as: .adam)
        #expect(answer.status == 200, "\(answer.text)")
    }

    private static let languages: [(String?, String)] = [
        (nil, "every Tuesday at 9:00"), ("en-GB", "every Tuesday at 9:00"),
        ("de-AT", "jeden Dienstag um 9:00"), ("es", "martes"), ("fr-FR", "mardi"),
        ("pt-BR", "terça"), ("ja", "every Tuesday at 9:00"),
    ]

    @Test(.server, arguments: languages)
    func `words are in the caller's language, wherever a record is shown`(
        locale: String?,
        expected: String
    ) async throws {
        try await speak(locale)
        let cursor = try await server.get("/changes", as: .ben).text("cursor")
        let task = try await server.make(Said(rule: "FREQ=WEEKLY"))
        let path = "/tasks/\(task.id.rawValue)"
        let seriesPath = "/series/\(task.slot?.seriesID.rawValue ?? 0)"
        let series = try await server.get(seriesPath, as: .ben).record("series")
        let words = series.object("recurrence").text("words")
        #expect(words.contains(expected))
        let changes = try await server.get("/changes?after=\(cursor)", as: .ben).objects("changes")
        let change = try #require(changes.first)
        let changed = change["tasks"]?.objects.first ?? [:]
        let seriesOfChange = change["series"]?.objects.first ?? [:]
        #expect(seriesOfChange.object("recurrence").text("words") == words)
        let stale: HTTPFields = [.ifMatch: "\"x\""]
        let listed = try await server.get("/tasks?limit=2", as: .ben).objects("tasks")
        let records = [
            try await server.get(path, as: .ben).record("task"), changed, listed.first ?? [:],
            try await server.patch(path, ["title": "x"], as: .ben).record("task"),
            try await server.patch(path, ["title": "y"], as: .ben, stale).record("task"),
            try await server.post("\(path)/complete", as: .ben).record("task"),
        ]
        #expect(records.map { $0.text("words") } == records.map { _ in words })
        for why in ["\(path)/why", "\(seriesPath)/why?on=2026-12-08"] {
            let record = try await server.get(why, as: .ben).record("why")
            #expect(record.text("words") == words)
            #expect(record["reasons"]?.texts.contains { $0.contains(": \(words).") } == true)
        }
    }

    private static let bodies: [JSONObject] = [
        ["recurrence": .object(["rule": "FREQ=MONTHLY;BYMONTHDAY=31"]), "monthEnd": "lastDay"],
        ["recurrence": .object(["rule": "FREQ=MONTHLY;BYMONTHDAY=31"]), "monthEnd": "nextDay"],
        ["recurrence": .object(["rule": "FREQ=DAILY;INTERVAL=3"]), "repeats": "afterCompletion"],
        ["recurrence": .object(["words": "jeden Montag"])],
        [
            "recurrence": .object([
                "rule": "FREQ=WEEKLY;UNTIL=20270601T120000Z", "timeZone": "Asia/Tokyo",
                "start": "2026-12-02T08:30:00",
            ])
        ],
        ["recurrence": .object(["rule": "FREQ=YEARLY"]), "make": "whenDue"],
    ]

    @Test(.server, arguments: bodies)
    func `a task has the words of its series, stored or computed`(body: JSONObject) async throws {
        try await speak("de")
        var body = body
        body["title"] = "Call"
        for isTrial in [true, false] {
            let path = "/tasks\(isTrial ? "?dryRun=true" : "")"
            let created = try await server.post(path, body, as: .ben)
            #expect(created.status == 201, "\(created.text)")
            #expect(!created.record("task").text("words").isEmpty)
        }
        let far = "dueFrom=2026-11-30T00:00:00Z&dueTo=2028-06-01T00:00:00Z&limit=500"
        for (caller, mark) in [(Caller.ben, "jede"), (.mara, "e")] {
            let series = try await server.get("/series", as: caller).objects("series")
            let words = try #require(series.first).object("recurrence").text("words")
            #expect(words.contains(mark) || words.contains("alle"))
            let tasks = try await server.get("/tasks?\(far)", as: caller).objects("tasks")
            #expect(!tasks.isEmpty)
            for task in tasks { #expect(task.text("words") == words) }
            guard let computed = tasks.first(where: { $0["isComputed"] == .bool(true) }) else {
                continue
            }
            let one = try await server.get("/tasks/\(computed.text("id"))", as: caller)
            #expect(one.record("task") == computed)
        }
    }

    @Test(.server) func `a task that was moved to another zone has its series' words`() async throws
    {
        let task = try await server.make(Said(rule: "FREQ=WEEKLY;UNTIL=20270302T013000Z"))
        let path = "/tasks/\(task.id.rawValue)"
        let words = try await server.get(path).record("task").text("words")
        let due: JSONValue = .object(["local": "2026-12-01T09:00:00", "timeZone": "Asia/Tokyo"])
        let moved = try await server.patch(path, ["due": due, "isAllDay": .bool(true)])
        #expect(moved.status == 200)
        #expect(!words.isEmpty)
        #expect(moved.record("task").text("words") == words)
    }

    @Test(.server) func `a list that is written while it is sent has words throughout`()
        async throws
    {
        let title = String(repeating: "Call Carla. ", count: 150)
        _ = try await server.make(Said(title: title, rule: "FREQ=DAILY;COUNT=300"))
        _ = try await server.make(Said())
        let answer = try await server.get("/tasks?limit=500")
        #expect(answer.partSizes.count > 1)
        let tasks = answer.objects("tasks")
        #expect(tasks.count == 301)
        let words = tasks.filter { $0["seriesId"] != .null }.map { $0.text("words") }
        #expect(Set(words) == ["every day at 9:00, 300 times"])
        let single = tasks.first { $0["seriesId"] == .null }
        #expect(single?["words"] == .null)
    }

    @Test(.server) func `samples of an effect leave the words out`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        let patched = try await server.patch("/tasks/\(task.id.rawValue)", ["title": "Write"])
        let samples = patched.record("effect")["samples"]?.objects ?? []
        #expect(!samples.isEmpty)
        for sample in samples {
            #expect(!sample.object("before").names.contains("words"))
            #expect(!sample.object("after").names.contains("words"))
        }
    }

    @Test(.server) func `a tag holds for those who read another language`() async throws {
        try await speak("fr")
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        for path in [
            "/tasks/\(task.id.rawValue)", "/series/\(task.slot?.seriesID.rawValue ?? 0)",
        ] {
            let english = try await server.get(path)
            let french = try await server.get(path, as: .ben)
            #expect(english.text != french.text)
            let tag = try #require(english.headers[.eTag])
            #expect(french.headers[.eTag] == tag)
            let known = try await server.get(path, as: .ben, [.ifNoneMatch: tag])
            #expect(known.status == 304)
            let patched = try await server.patch(
                path,
                ["title": "Write"],
                as: .ben,
                [.ifMatch: tag]
            )
            #expect(patched.status == 200)
            let stale = try await server.patch(path, ["title": "x"], as: .ana, [.ifMatch: tag])
            #expect(stale.status == 412)
        }
    }

    /// What somebody says in German, where, and without or with a language beside it.
    private static let requests: [(String, JSONObject, Int)] = [
        ("/tasks", ["title": "x", "recurrence": .object(["words": "jeden Montag um 9 Uhr"])], 201),
        ("/tasks", ["text": "Stacy anrufen jeden Montag"], 201),
        (
            "/series", ["title": "x", "recurrence": .object(["words": "jeden Montag um 9 Uhr"])],
            201
        ),
        ("/recurrence/preview", ["words": "jeden Montag um 9 Uhr"], 200),
        ("TASK/postpone", ["words": "morgen um 9 Uhr"], 200),
        ("TASK", ["recurrence": .object(["words": "jeden Montag um 9 Uhr"])], 200),
        ("SERIES", ["recurrence": .object(["words": "jeden Montag um 9 Uhr"])], 200),
    ]

    @Test(.server, arguments: requests)
    func `words of requests are in the caller's language where no other is said`(
        path: String,
        body: JSONObject,
        status: Int
    ) async throws {
        let isPatch = path == "TASK" || path == "SERIES"
        let task = try await server.make(Said(rule: "FREQ=WEEKLY"))
        let query = path == "TASK" ? "?scope=all" : ""
        let target =
            path.replacing("TASK", with: "/tasks/\(task.id.rawValue)\(query)")
            .replacing("SERIES", with: "/series/\(task.slot?.seriesID.rawValue ?? 0)")
        func answer(_ caller: Caller, _ locale: String?) async throws -> Int {
            var body = body
            if let locale { body["locale"] = .string(locale) }
            return try await server.send(
                isPatch ? .patch : .post,
                target,
                as: caller,
                [:],
                body.bytes
            )
            .status
        }
        try await speak("de-DE")
        #expect(try await answer(.ana, nil) == 422)
        #expect(try await answer(.ben, "en") == 422)
        #expect(try await answer(.ben, nil) == status)
        #expect(try await answer(.ana, "de") == status)
    }

    @Test(.server) func `a preview says the rule in the caller's language`() async throws {
        try await speak("de")
        let body: JSONObject = ["rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2026-12-07T09:00:00"]
        let german = try await server.post("/recurrence/preview", body, as: .ben)
        #expect(german.text("words") == "jeden Montag um 9:00")
        let english = try await server.post("/recurrence/preview", body)
        #expect(english.text("words") == "every Monday at 9:00")
    }
}

extension JSONValue {
    fileprivate var objects: [JSONObject] {
        if case .array(let items) = self { items.compactMap(\.object) } else { [] }
    }

    fileprivate var texts: [String] {
        if case .array(let items) = self { items.compactMap(\.string) } else { [] }
    }
}
