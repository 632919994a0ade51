import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// Random requests.
@Suite(.server(after: { try await $0.makeSeries() })) struct FuzzTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: 1...300)
    func `a random query is answered or refused, and never fails`(seed: Int) async throws {
        var random = SplitMix64(seed: seed)
        let path = random.pick([
            "/scheduled/tasks", "/scheduled/tasks/1", "/scheduled/events", "/task-categories",
        ])
        let parameters = (0...random.pick([0, 1, 3, 5])).map { _ in parameter(&random) }
        let query = parameters.joined(separator: "&")
        check(try await server.get("\(path)?\(query)", as: .ana), "\(path)?\(query)")
    }

    @Test(arguments: 1...300)
    func `a random body is taken or refused, and never fails`(seed: Int) async throws {
        var random = SplitMix64(seed: seed)
        let (method, path) = random.pick([
            (HTTPRequest.Method.post, "/scheduled/tasks"), (.patch, "/scheduled/tasks/3"),
            (.put, "/scheduled/tasks/4"), (.delete, "/scheduled/tasks/5"),
            (.post, "/task-categories"),
        ])
        let body = text(of: body(&random))
        let isCut = random.pick([true, false, false, false, false])
        let sent = isCut ? String(body.dropLast(random.pick([1, 2, 9]))) : body
        check(try await server.send(method, path, as: .ana, sent), "\(method) \(path) \(sent)")
    }

    private func check(_ answer: Answer, _ request: String) {
        #expect(answer.status < 500, "\(request)")
        #expect(answer.status < 300 || answer.isFeathersError, "\(request)")
        #expect(answer.status >= 300 || answer.json.object != nil, "\(request)")
    }

    // MARK: Queries

    private static let names =
        [
            "id", "status", "due_at", "created_at", "contact_id", "reminder_types", "notes",
            "is_all_day", "recurrence_rule", "owner_user_id", "type", "action", "single_due_at",
            "name", "user_id", "$limit", "$skip", "$sort", "$select", "$or", "$and", "nosuch",
            "scheduled_event_id", "__proto__", "",
        ]

    private static let suffixes = [
        "", "", "", "[$ne]", "[$in]", "[$in][]", "[$nin][0]", "[$nin][30]", "[$gt]", "[$gte]",
        "[$lt]", "[$lte]", "[0]", "[]", "[$or]", "[x]", "[0][id]", "[1][status]", "[due_at]",
        "[0][$and][0][id][$gt]", "[a][b][c][d][e][f][g]", "[[", "]", "%5B%24ne%5D",
    ]

    private static let values = [
        "", "1", "-1", "0", "2.5", "9223372036854775807", "9223372036854775808", "complete", "abc",
        "2018-12-16", "2018-12-16T12:00:00Z", "2018-12-16T12:00:00+02:00", "9999-12-31T23:59:59Z",
        "0001-01-01", "0001-01-01T00:00:00+14:00", "true", "single", "1,2,3", "%00", "%zz", "%F0",
        "';DROP TABLE task;--", "\u{1F600}", "status,notes", "id",
    ]

    private func parameter(_ random: inout SplitMix64) -> String {
        let name = random.pick(Self.names) + random.pick(Self.suffixes)
        return random.pick([name, "\(name)=\(random.pick(Self.values))"])
    }

    // MARK: Bodies

    private static let fields = [
        "contact_id", "assigned_user_id", "due_at", "recurrence_rule", "is_all_day",
        "notify_assignee", "update_type", "delete_type", "reminder_type", "category_id",
        "description", "status", "notes", "name", "id", "nosuch",
    ]

    private static let rules = [
        "FREQ=DAILY", "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;UNTIL=19700101", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", "RRULE:FREQ=WEEKLY;COUNT=2",
        "FREQ=WEEKLY;INTERVAL=999999",
        "FREQ=YEARLY;INTERVAL=4000", "FREQ=DAILY;UNTIL=99991231T235959Z", ";;;", "FREQ",
    ]

    private func body(_ random: inout SplitMix64) -> JSONObject {
        var body = random.pick([true, true, false]) ? JSONObject.task(for: .ana) : JSONObject()
        for _ in 0...random.pick([0, 1, 3, 6]) {
            body[random.pick(Self.fields)] = value(&random, depth: 0)
        }
        if random.pick([true, false]) {
            body["recurrence_rule"] = .string(random.pick(Self.rules))
            body["update_type"] = random.pick([.null, "1", "2", "3"])
        }
        return body
    }

    private func value(_ random: inout SplitMix64, depth: Int) -> JSONValue {
        switch random.pick(Array(0...(depth > 3 ? 5 : 7))) {
        case 0: .null
        case 1: .bool(random.pick([true, false]))
        case 2: .integer(random.pick([0, 1, 2, 3, 7, -1, .max, .min, 1 << 53]))
        case 3: .number(random.pick([0.5, -1e300, 1e300, 1.0]))
        case 4: .string(random.pick(Self.values))
        case 5: .string(random.pick(["complete", "deleted", "1", "2", "2018-12-20T10:00:00"]))
        case 6: .array((0..<random.pick([0, 1, 3])).map { _ in value(&random, depth: depth + 1) })
        default: .object(["a": value(&random, depth: depth + 1)])
        }
    }

    private func text(of body: JSONObject) -> String {
        var json = JSONWriter()
        json.write(.object(body))
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension TestServer {
    fileprivate func makeSeries() async throws {
        for rule in [JSONValue.null, "FREQ=DAILY;COUNT=20", "FREQ=WEEKLY"] {
            let body = JSONObject.task(for: .ana).with(["recurrence_rule": rule])
            _ = try await post("/scheduled/tasks", body, as: .ana)
        }
    }
}
