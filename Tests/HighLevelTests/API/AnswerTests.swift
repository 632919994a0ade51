import HTTPServing
import HTTPTypes
import HighLevel
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// The form of answers, independent of their content.
@Suite(.server) struct AnswerTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: [
        (HTTPRequest.Method.patch, Path.recurringTask("x")), (.post, Path.recurringTask("x")),
        (.put, Path.recurringTasks), (.delete, Path.recurringTasks), (.get, Path.search),
        (.options, Path.recurringTasks), (.patch, Path.task("x")), (.delete, Path.tasks()),
        (.get, "\(Path.task("x"))/completed"), (.put, "\(Path.task("x"))/done"),
        (.get, "/locations"), (.post, "/locations/x"), (.put, "/locations/x/tasks"),
        (.get, "/locations/x/tasks/y"), (.delete, "/contacts/x"), (.post, "/contacts/"),
        (.get, "/contacts/x/notes"), (.get, "/contacts/x/tasks/a/b/c"), (.post, "/users/"),
        (.put, "/users/x"), (.get, "/users/x/y"),
        (.post, "/locations/x/recurring-tasks/a/b?c=d"),
    ])
    func `another method or path is not found`(
        method: HTTPRequest.Method,
        path: String
    ) async throws {
        let answer = try await server.send(method, path)
        #expect(answer.status == 404)
        #expect(answer.isError && answer["error"] == "Not Found")
        #expect(answer.messages == ["Cannot \(method.rawValue) \(path)"])
    }

    @Test func `every answer is JSON with a trace of its own`() async throws {
        let answers = [
            try await server.get(Path.recurringTasks), try await server.get(Path.tasks()),
            try await server.post(Path.search, "{}"), try await server.get("/locations/x"),
            try await server.get(Path.recurringTasks, "bad"),
            try await server.post(Path.recurringTasks, "{}"),
            try await server.post(Path.tasks(), "[1]"),
        ]
        for answer in answers {
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let trace = try #require(answer["traceId"]?.string)
            #expect(trace.count == 36)
        }
        #expect(Set(answers.map { $0["traceId"]?.string }).count == answers.count)
    }

    @Test func `HEAD is answered like GET, without a body`() async throws {
        let answer = try await server.send(.head, Path.recurringTasks)
        #expect(answer.status == 200)
        #expect(answer.text.isEmpty)
        #expect(try await server.send(.head, Path.task("x")).status == 400)
    }

    @Test(arguments: [
        ("{", "Unexpected end of JSON input"),
        ("{'a':1}", "Unexpected token in JSON at position 1"),
        (#"{"title":"\ud800"}"#, "Lone surrogate in JSON at position 10"),
        ("[1]", "The request body must be an object"),
        ("null", "The request body must be an object"),
        (#""text""#, "The request body must be an object"),
    ])
    func `a body that is no JSON object is refused`(body: String, message: String) async throws {
        for answer in [
            try await server.post(Path.recurringTasks, body),
            try await server.post(Path.search, body), try await server.post(Path.tasks(), body),
        ] {
            #expect(answer.status == 400)
            #expect(answer.isError && answer["error"] == "Bad Request")
            #expect(answer.messages == [message])
        }
    }

    @Test func `PHP's empty array is an object without members`() async throws {
        #expect(try await server.post(Path.search, "[]").status == 200)
        let task = try await server.post(Path.tasks(), Sample.task).task
        #expect(try await server.put(Path.task(task.id), "[]").task == task)
        #expect(try await server.post(Path.tasks(), "[]").status == 422)
    }

    @Test func `a body that is too large is refused`() async throws {
        let body = String(repeating: " ", count: 1 << 20) + "{}"
        let answer = try await server.post(Path.search, body)
        #expect(answer.status == 413)
        #expect(answer.isError && answer.messages == ["request entity too large"])
    }

    @Test func `violations are answered with 422, all at once`() async throws {
        let answer = try await server.post(Path.tasks(), #"{"name":"x"}"#)
        #expect(answer.status == 422)
        #expect(answer.isError && answer["error"] == "Unprocessable Entity")
        #expect(answer.messages.count == 7)
        #expect(answer.messages.first == "property name should not exist")
    }

    @Test(.server(HighLevelOptions(validationStatus: .badRequest)))
    func `a deployment may answer violations with 400`() async throws {
        let server = try TestServer.current
        let answer = try await server.post(Path.recurringTasks, "")
        #expect(answer.status == 400)
        #expect(answer.isError && answer["error"] == "Bad Request")
        #expect(answer.messages.first == "title should not be empty")
    }

    @Test func `the longest texts are taken and come back`() async throws {
        let title = String(repeating: "\u{1F600}", count: 255)
        let text = String(repeating: "\u{1F600}", count: 65_535)
        let body: JSONObject = [
            "title": .string(title), "body": .string(text), "dueDate": "2025-07-25",
            "completed": .bool(false),
        ]
        let answer = try await server.post(Path.tasks(), body.text)
        #expect(answer.status == 201)
        #expect(answer.task["title"] == .string(title))
        #expect(answer.task["body"] == .string(text))
    }

    @Test(arguments: [
        "\u{0}", "a\u{0}b", "\u{7}\"\\", "e\u{301}", "<b>&</b>", "'; DROP TABLE task",
    ])
    func `any text is taken and comes back`(text: String) async throws {
        let contact = try await server.newContact()
        let body: JSONObject = [
            "title": .string(text), "body": .string(text), "dueDate": "2025-07-25",
            "completed": .bool(false),
        ]
        let made = try await server.post(Path.tasks(of: contact), body.text)
        #expect(made.status == 201, "\(made.text)")
        let read = try await server.get(Path.task(made.task.id, of: contact))
        #expect(read.task["title"] == .string(text))
        #expect(read.task["body"] == .string(text))
    }

    // MARK: - The list of recurring tasks

    @Test func `recurring tasks are listed page by page`() async throws {
        let server = try await TestServer()
        for title in ["a", "b", "c"] {
            let body = #"{"title":"\#(title)","rruleOptions":\#(Sample.daily)}"#
            #expect(try await server.post(Path.recurringTasks, body).status == 201)
        }
        let all = try await server.get(Path.recurringTasks)
        #expect(all.json.object?.names == ["recurringTasks", "total", "traceId"])
        #expect(all["total"] == .integer(3))
        #expect(all.recurringTasks.map { $0.text("title") } == ["a", "b", "c"])
        let page = try await server.get("\(Path.recurringTasks)?limit=1&skip=1")
        #expect(page["total"] == .integer(3))
        #expect(page.recurringTasks == [all.recurringTasks[1]])
        let id = all.recurringTasks[0].id
        #expect(try await server.delete(Path.recurringTask(id)).status == 200)
        #expect(try await server.get(Path.recurringTasks)["total"] == .integer(2))
    }

    @Test(arguments: [
        ("limit=0", "limit must not be less than 1"),
        ("limit=101", "limit must not be greater than 100"),
        ("limit=ten", "limit must be an integer number"),
        ("limit=", "limit must be an integer number"),
        ("limit=1&limit=2", "limit must be an integer number"),
        ("skip=-1", "skip must not be less than 0"),
        ("skip=99999999999999999999", "skip must be an integer number"),
        ("page=1", "property page should not exist"),
        ("limit[a]=1", "limit must be an integer number"),
    ])
    func `a page that there cannot be is refused`(query: String, message: String) async throws {
        let answer = try await server.get("\(Path.recurringTasks)?\(query)")
        #expect(answer.status == 422)
        #expect(answer.isError && answer.messages == [message])
    }

    @Test func `a query of too many parameters is refused`() async throws {
        let query = String(repeating: "a=1&", count: 1001)
        let answer = try await server.get("\(Path.recurringTasks)?\(query)")
        #expect(answer.status == 400)
        #expect(answer.isError)
    }

    // MARK: - Hostile requests

    @Test(arguments: 1...300)
    func `a random body is taken or refused, and never fails`(seed: Int) async throws {
        var random = SplitMix64(seed: seed)
        let (method, path) = random.pick([
            (HTTPRequest.Method.post, Path.recurringTasks), (.post, Path.tasks()),
            (.post, Path.search), (.put, Path.recurringTask(HighLevelID(2).text)),
            (.put, Path.task(HighLevelID(3).text)),
        ])
        let body = RandomBody.object(&random).text
        let isCut = random.pick([true, false, false, false, false])
        let sent = isCut ? String(body.dropLast(random.pick([1, 2, 9]))) : body
        let answer = try await server.send(method, path, body: sent)
        #expect(answer.status < 500, "\(method) \(path) \(sent)")
        #expect(answer.status < 300 || answer.isError, "\(method) \(path) \(sent)")
    }
}

/// Random bodies that are nearly valid.
private enum RandomBody {
    private static let names = [
        "title", "description", "contactIds", "owners", "rruleOptions", "ignoreTaskCreation",
        "body", "dueDate", "completed", "assignedTo", "contactId", "query", "limit", "skip",
        "businessId", "searchAfter", "unAssigned", "overdue", "dueDate", "startDate", "endDate",
        "sortKey", "sortDirection", "page", "pageLimit", "count", "status", "x",
    ]

    private static let ruleNames = [
        "intervalType", "interval", "startDate", "endDate", "dayOfMonth", "dayOfWeek",
        "monthOfYear", "count", "createTaskIfOverDue", "dueAfterSeconds", "x",
    ]

    private static let scalars: [JSONValue] = [
        .null, .bool(true), .bool(false), .integer(0), .integer(1), .integer(-1), .integer(31),
        .integer(.max), .integer(.min), .number(0.5), .number(1e300), "", "a", "\u{0}", "MO",
        "daily", "weekly", "monthly", "yearly", "hourly", "2025-07-25", "1970-01-01",
        "9900-12-31T23:59:59.999Z", "2025-07-25T10:00:00+14:00", "true", "25", "asc", "title",
        .array([]), .array([.integer(0), .string(HighLevelID(3).text)]), .string(TestOffice.carla),
        .string(TestOffice.ana), .string(HighLevelID(3).text),
    ]

    static func object(_ random: inout SplitMix64) -> JSONObject {
        // Required members come more often, so that many bodies are accepted.
        var object: JSONObject = random.pick([
            [:],
            [
                "title": "A", "completed": .bool(false),
                "dueDate": random.pick(["2025-07-25", "9900-12-31T23:59:59Z", "1970-01-01"]),
            ],
            ["title": "A", "rruleOptions": .object(rule(&random))],
            ["rruleOptions": .object(rule(&random)), "ignoreTaskCreation": .bool(false)],
        ])
        for _ in 0..<random.pick([0, 0, 1, 3]) {
            object[random.pick(names)] = value(&random)
        }
        return object
    }

    private static func rule(_ random: inout SplitMix64) -> JSONObject {
        var rule: JSONObject = [
            "intervalType": random.pick(["hourly", "daily", "weekly", "monthly", "yearly"]),
            "interval": random.pick([.integer(1), .integer(2), .integer(1000)]),
            "startDate": random.pick([
                "2025-07-25", "2024-02-29", "1970-01-01", "9900-12-31T23:59:59.999Z",
                "2025-03-09T10:30:00Z", "2025-11-02T08:30:00Z",
            ]),
            "dueAfterSeconds": random.pick([.integer(0), .integer(600), .integer(316_224_000)]),
        ]
        let bounds: [(String, Int64)] = [("dayOfMonth", 31), ("monthOfYear", 12), ("count", 3)]
        for (name, bound) in bounds where random.pick([true, false]) {
            rule[name] = .integer(Int64.random(in: 1...bound, using: &random))
        }
        if random.pick([true, false, false]) {
            rule[random.pick(ruleNames)] = random.pick(scalars)
        }
        return rule
    }

    private static func value(_ random: inout SplitMix64) -> JSONValue {
        switch random.pick([0, 0, 0, 1, 2]) {
        case 0: random.pick(scalars)
        case 1: .array((0..<random.pick([0, 1, 2])).map { _ in random.pick(scalars) })
        default: .object([random.pick(["a", "gte", "lt"]): random.pick(scalars)])
        }
    }
}
