import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// The actions on tasks, and the members and filters that go with them.
@Suite struct TaskActionTests {
    private var server: TestServer { get throws { try .current } }

    private func path(_ task: TaskInstance) -> String { "/tasks/\(task.id.rawValue)" }

    @Test(.server) func `a skipped task is deleted for those who know no such state`() async throws
    {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        let skipped = try await server.post("\(path(task))/skip", ["reason": "Holiday"])
        #expect(skipped.status == 200)
        #expect(skipped.record("task").text("state") == "skipped")
        #expect(skipped.record("task").text("skipReason") == "Holiday")
        #expect(skipped.record("next").text("slot").hasSuffix("T09:00:00"))
        #expect(skipped.record("effect")["changed"] == .integer(1))
        let stored = try await server.store.task(
            task.id,
            where: .all([]),
            seenBy: .wholeLocation,
            in: LocationID(TestOffice.location)
        )
        #expect(stored?.task.state == .deleted)
        #expect(try await server.get("/tasks?state=skipped").ids("tasks").count == 1)
        #expect(try await server.get("/tasks?state=deleted").ids("tasks").isEmpty)
        #expect(try await server.get("/tasks").ids("tasks").count == 2)
        #expect(try await server.get("/tasks?state=open,skipped,deleted").ids("tasks").count == 3)
        let opened = try await server.post("\(path(task))/unskip")
        #expect(opened.record("task").text("state") == "open")
        #expect(opened.record("task")["skipReason"] == .null)
    }

    @Test(.server) func `each action is refused in a state that does not allow it`() async throws {
        let actions = ["complete", "reopen", "skip", "unskip", "restore", "postpone", "snooze"]
        let allowed: [String: Set<String>] = [
            "open": Set(actions), "complete": ["complete", "reopen", "restore"],
            "skipped": ["skip", "unskip"], "deleted": ["restore"],
        ]
        for (state, allowed) in allowed {
            for action in actions {
                let task = try await server.make(Said())
                switch state {
                case "complete": _ = try await server.post("\(path(task))/complete")
                case "skipped": _ = try await server.post("\(path(task))/skip")
                case "deleted": _ = try await server.delete(path(task))
                default: break
                }
                let body: JSONObject =
                    switch action {
                    case "postpone": ["words": "tomorrow at 9"]
                    case "snooze": ["for": "PT1H"]
                    default: [:]
                    }
                let answer = try await server.post("\(path(task))/\(action)", body)
                let expected = allowed.contains(action) ? 200 : 409
                #expect(answer.status == expected, "\(action) of one that is \(state)")
            }
        }
    }

    @Test(.server) func `who completed a task and when is told until it is opened`() async throws {
        let task = try await server.make(Said())
        let done = try await server.post("\(path(task))/complete").record("task")
        #expect(done.text("completedAt") == "2026-11-30T08:00:00.000Z")
        #expect(done.text("completedById") == "1")
        let opened = try await server.post("\(path(task))/reopen").record("task")
        #expect(opened["completedAt"] == .null)
        #expect(opened["completedById"] == .null)
    }

    /// It is eight o'clock on Monday the 30th in London, and midnight in Los Angeles, whose clocks the
    /// task goes by; it is due at nine.
    @Test(
        .server,
        arguments: [
            ("tomorrow at 10", "2026-12-01T10:00:00"), ("tomorrow", "2026-12-01T09:00:00"),
            ("at 17:30", "2026-11-30T17:30:00"), ("25 December", "2026-12-25T09:00:00"),
            ("3 March 2027 at 8", "2027-03-03T08:00:00"),
        ]
    )
    func `a task is put off in words`(words: String, due: String) async throws {
        let task = try await server.make(Said(due: "2026-11-30T09:00:00"))
        let answer = try await server.post(
            "\(path(task))/postpone",
            ["words": .string(words)]
        )
        #expect(answer.record("task").object("due").text("local") == due)
        #expect(answer.record("effect")["moved"] == .integer(1))
    }

    @Test(
        .server,
        arguments: [
            [:], ["words": "whenever"], ["to": "2026-12-01"], ["to": .integer(1)],
            ["to": .object(["local": "x"])], ["words": "tomorrow", "to": "2026-12-01T08:00:00Z"],
            ["words": "every day"], ["when": "tomorrow"],
        ] as [JSONObject]
    )
    func `what is no time is told of`(body: JSONObject) async throws {
        let task = try await server.make(Said())
        let answer = try await server.post("\(path(task))/postpone", body)
        #expect(answer.status == 422)
        #expect(!answer.faults.isEmpty)
    }

    @Test(
        .server,
        arguments: [
            ("next friday at 10", #""friday" at 5 has more than one meaning"#),
            ("tomorow at 9", #""tomorow" at 0 is not a word that is understood"#),
            ("tomorrow at 25:00", #""25:00" at 12 is out of range"#),
        ]
    )
    func `words that are not understood are told with their place`(
        words: String,
        reason: String
    ) async throws {
        let task = try await server.make(Said())
        let body: JSONObject = ["words": .string(words)]
        let answer = try await server.post("\(path(task))/postpone", body)
        #expect(answer.faults.first?.contains(reason) == true, "\(answer.faults)")
    }

    @Test(.server) func `a task has a priority, tags and reminders`() async throws {
        let reminders: JSONValue = .array([
            .object(["before": "PT1H", "channel": "email"]),
            .object(["after": "P1D", "repeat": "PT12H", "channel": "sms"]),
        ])
        let created = try await server.post(
            "/tasks",
            [
                "title": "Call", "due": .object(["local": "2026-12-01T09:00:00"]),
                "priority": .integer(2), "tags": .array(["buyers", "hot", "buyers"]),
                "reminders": reminders,
            ]
        )
        #expect(created.status == 201)
        let task = created.record("task")
        #expect(task["priority"] == .integer(2))
        #expect(task["tags"] == .array(["buyers", "hot"]))
        #expect(task["reminders"] == reminders)
        let path = "/tasks/\(task.text("id"))"
        let patched = try await server.patch(path, ["tags": .null, "reminders": .null])
        #expect(patched.record("task")["tags"] == .array([]))
        #expect(patched.record("task")["reminders"] == .null)
        #expect(patched.record("task")["priority"] == .integer(2))
        for (name, value) in [
            ("priority", .integer(4)), ("tags", .array(["a\nb"])), ("tags", .array([""])),
            ("tags", "buyers"), ("reminders", .array([.object(["before": "1h"])])),
            ("reminders", .array([.object(["before": "PT1H", "channel": "pigeon"])])),
        ] as [(String, JSONValue)] {
            let answer = try await server.patch(path, [name: value])
            #expect(answer.status == 422, "\(name)")
            #expect(answer.faults.first?.hasPrefix("/\(name)") == true)
        }
    }

    @Test(.server) func `tasks are found by tag, by priority and by their words`() async throws {
        for (title, body, tags, priority) in [
            ("Call Zoë", "about the Straße", ["buyers"], 1), ("WRITE", "to ÉMILE", ["buyer"], 3),
            ("Привет", "Ελλάδα", [], 0),
        ] as [(String, String, [String], Int64)] {
            _ = try await server.post(
                "/tasks",
                [
                    "title": .string(title), "body": .string(body), "contactId": "2",
                    "tags": .array(tags.map { .string($0) }), "priority": .integer(priority),
                    "due": .object(["local": "2026-12-01T09:00:00"]),
                ]
            )
        }
        func titles(_ query: String) async throws -> [String] {
            try await server.get("/tasks?\(query)").objects("tasks").map { $0.text("title") }
        }
        #expect(try await titles("tag=buyers") == ["Call Zoë"])
        #expect(try await titles("tag=buy").isEmpty)
        #expect(try await titles("priority=0,3") == ["WRITE", "Привет"])
        #expect(try await titles("sort=priority") == ["WRITE", "Call Zoë", "Привет"])
        #expect(try await titles("sort=-priority") == ["Привет", "Call Zoë", "WRITE"])
        for (words, expected) in [
            ("zoe", "Call Zoë"), ("CALL", "Call Zoë"), ("emile+write", "WRITE"),
            ("carla+write", "WRITE"), ("привет", "Привет"), ("ελλαδα", "Привет"),
        ] {
            let query = words.split(separator: "+").map {
                $0.addingEscapes
            }.joined(separator: "+")
            #expect(try await titles("q=\(query)") == [expected], "\(words)")
        }
        #expect(try await titles("q=zoe+write").isEmpty)
        #expect(try await titles("q=cruz").count == 3)
        var pages: [String] = []
        var cursor = ""
        repeat {
            let answer = try await server.get("/tasks?sort=priority&limit=1\(cursor)")
            pages += answer.objects("tasks").map { $0.text("title") }
            cursor = answer["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        #expect(pages == ["WRITE", "Call Zoë", "Привет"])
    }

    @Test(.server) func `what is not as the series has it is told`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=3"))
        #expect(try await server.get(path(task)).record("task")["isOverridden"] == .array([]))
        let patched = try await server.patch(
            path(task),
            ["title": "Write", "priority": .integer(1), "dueAt": "2027-01-01T09:00:00Z"]
        )
        #expect(
            patched.record("task")["isOverridden"] == .array(["title", "due", "priority"])
        )
    }

    @Test(
        .server,
        arguments: [
            (
                "Call Stacy every first Monday at 9 until June #buyers", "Call Stacy",
                "every first Monday at 9 until June", true
            ),
            ("Water the plants tomorrow at 10 !3", "Water the plants", "tomorrow at 10", false),
            ("every weekday at 8 stand up", "stand up", "every weekday at 8", true),
            (
                "every last Friday at 4 pay rent until June", "pay rent",
                "every last Friday at 4 until June", true
            ),
        ]
    )
    func `a task is made of a line`(
        text: String,
        title: String,
        words: String,
        repeats: Bool
    )
        async throws
    {
        let answer = try await server.post("/tasks", ["text": .string(text)])
        #expect(answer.status == 201, "\(answer.text)")
        let understood = answer.record("understood")
        #expect(understood.text("title") == title)
        #expect(understood.text("words") == words)
        #expect((understood["rule"] != .null) == repeats)
        #expect(answer.record("task").text("title") == title)
        #expect(answer.record("task")["tags"] == understood["tags"])
        #expect(answer.record("task").text("assigneeId") == "1")
    }

    @Test(.server) func `a line that counts from completions begins such a series`() async throws {
        let text = "Water the plants every 3 days after completion"
        let answer = try await server.post("/tasks", ["text": .string(text)])
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.record("task").text("title") == "Water the plants")
        let series = try await server.get("/series/\(answer.record("task").text("seriesId"))")
        #expect(series.record("series").text("repeats") == "afterCompletion")
        let trial = try await server.post("/tasks?dryRun=true", ["text": .string(text)])
        #expect(trial.status == 201)
        #expect(trial["changeNumber"] == .null)
        #expect(trial.record("effect")["created"] == answer.record("effect")["created"])
    }

    @Test(
        .server,
        arguments: [
            ("en", "Review every second Tuesday"), ("es", "Informe cada segundo martes"),
            ("de", "Bericht jeden zweiten Dienstag"), ("fr", "Rapport chaque deuxi\u{e8}me mardi"),
            ("pt", "Relat\u{f3}rio toda segunda ter\u{e7}a-feira"),
            ("es", "Llamar cada lunes hasta junio"), ("de", "Anrufen jeden Montag bis Juni"),
            ("en", "Meet at 9 tomorrow and every Friday"), ("en", "Call Ana tomorrow morning"),
            ("en", "Call Ana Friday at 9"),
        ]
    )
    func `a line of which a word would be lost is refused`(
        locale: String,
        text: String
    ) async throws {
        let body: JSONObject = ["text": .string(text), "locale": .string(locale)]
        let refused = try await server.post("/tasks?dryRun=true", body)
        #expect(refused.status == 422, "\(refused.text)")
        #expect(refused.faults.first?.hasPrefix("/text ") == true)
    }

    @Test(
        .server,
        arguments: [
            ("es", "Llamar ma\u{f1}ana a las 9"), ("de", "Anrufen morgen um 9"),
            ("fr", "Appeler demain \u{e0} 9h"), ("en", "Call at 9"),
            ("en", "Call next Monday at 9"),
        ]
    )
    func `a line without a word that repeats is of one task`(
        locale: String,
        text: String
    ) async throws {
        let body: JSONObject = ["text": .string(text), "locale": .string(locale)]
        let answer = try await server.post("/tasks?dryRun=true", body)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.record("understood")["rule"] == .null)
        #expect(answer.record("task").object("due").text("local").hasSuffix("T09:00:00"))
    }

    @Test(.server) func `a line names its assignee, and what is not understood is told`()
        async throws
    {
        let answer = try await server.post("/tasks", ["text": "Call @ben tomorrow"])
        #expect(answer.record("task").text("assigneeId") == "2")
        #expect(answer.record("task")["isAllDay"] == .bool(true))
        for text in ["Call Stacy", "tomorrow at 9", "Call @nobody tomorrow", "#buyers", ""] {
            let refused = try await server.post("/tasks", ["text": .string(text)])
            #expect(refused.status == 422)
            #expect(refused.faults.first?.hasPrefix("/text ") == true)
        }
    }

    @Test(.server) func `a snoozed task stays as it is`() async throws {
        let task = try await server.make(Said())
        let before = try await server.get(path(task)).headers[.eTag]
        let answer = try await server.post("\(path(task))/snooze", ["for": "PT2H"])
        #expect(answer.text("snoozedUntil") == "2026-11-30T10:00:00.000Z")
        #expect(answer["changeNumber"] == .null)
        #expect(try await server.get(path(task)).headers[.eTag] == before)
        for body in [
            ["for": "PT1S"], ["until": "2026-11-30T07:00:00Z"], [:],
            ["for": "PT1H", "until": "2026-12-01T07:00:00Z"],
        ] as [JSONObject] {
            #expect(try await server.post("\(path(task))/snooze", body).status == 422)
        }
    }
}

extension Substring {
    /// The text with every byte that is no ASCII escaped.
    fileprivate var addingEscapes: String {
        utf8.map { byte in
            byte < 0x80
                ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
