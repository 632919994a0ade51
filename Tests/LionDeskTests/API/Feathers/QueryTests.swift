import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// The query grammar of Feathers on five tasks, A to E, made an hour apart from 08:00Z on.
///
/// A to D have the numbers 1 to 4. E is the only task of a series, and has the number 6.
///
/// | | status | reminder | contact | category | notes | due | made |
/// | - | - | - | - | - | - | - | - |
/// | A | incomplete | 0 | – | 1 | | 16 Dec | 08:00 |
/// | B | complete | 1 | 2 | – | b | 17 Dec | 09:00 |
/// | C | deleted | 4 | 3 | 2 | c | 18 Dec | 10:00 |
/// | D | incomplete | 5 | – | – | | 19 Dec | 11:00 |
/// | E | complete | 7 | 2 | 6 | e,f | 20 Dec | 12:00 |
@Suite(.server(after: { try await $0.makeQueriedTasks() })) struct QueryTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: [
        ("", 5, 10, 0, "ABCDE"),
        ("$limit=0", 5, 0, 0, ""),
        ("$limit=1000", 5, 50, 0, "ABCDE"),
        ("$limit=-3", 5, 10, 0, "ABCDE"),
        ("$limit=abc", 5, 10, 0, "ABCDE"),
        ("$limit=", 5, 10, 0, "ABCDE"),
        ("$limit[x]=1", 5, 10, 0, "ABCDE"),
        ("$limit=2.7", 5, 2, 0, "AB"),
        ("$limit=+2", 5, 2, 0, "AB"),
        ("$limit=3abc", 5, 3, 0, "ABC"),
        ("$limit=1e1", 5, 1, 0, "A"),
        ("$limit=0x10", 5, 0, 0, ""),
        ("$limit=2&$limit=3", 5, 2, 0, "AB"),
        ("$skip=-1", 5, 10, 0, "ABCDE"),
        ("$skip=abc", 5, 10, 0, "ABCDE"),
        ("$skip=", 5, 10, 0, "ABCDE"),
        ("$skip=99", 5, 10, 99, ""),
        ("$skip=3", 5, 10, 3, "DE"),
        ("$limit=2&$skip=1", 5, 2, 1, "BC"),
        ("status=complete&$limit=1&$skip=1", 2, 1, 1, "E"),
        ("$skip=99999999999999999999", 5, 10, Int.max, ""),
    ])
    func `a page tells how many match, and its own bounds`(
        query: String,
        total: Int,
        limit: Int,
        skip: Int,
        names: String
    ) async throws {
        let found = try await server.get("/scheduled/tasks?\(query)", as: .ana)
        #expect(found.status == 200)
        #expect(found.json.object?.members.map(\.name) == ["total", "limit", "skip", "data"])
        #expect(found.total == total)
        #expect(found["limit"] == .integer(Int64(limit)))
        #expect(found["skip"] == .integer(Int64(skip)))
        #expect(found.texts("description").joined() == names)
    }

    @Test(arguments: [
        ("$sort[created_at]=-1", "EDCBA"),
        ("$sort[created_at]=1", "ABCDE"),
        ("$sort[id]=desc", "EDCBA"),
        ("$sort[id]=0", "EDCBA"),
        ("$sort[id]=-1", "EDCBA"),
        ("$sort=created_at", "ABCDE"),
        ("$sort[]=created_at", "ABCDE"),
        ("$sort[status]=1", "BECAD"),
        ("$sort[status]=-1", "ADCBE"),
        ("$sort[status]=1&$sort[id]=-1", "EBCDA"),
        ("$sort[contact_id]=1", "ADBEC"),
        ("$sort[contact_id]=-1", "CBEAD"),
        ("$sort[category_id]=1&$sort[id]=-1", "DBACE"),
        ("$sort[recurrence_rule]=1", "ABCDE"),
        ("$sort[recurrence_rule]=-1", "EABCD"),
        ("$sort[notes]=1", "ADBCE"),
        ("$sort[description]=-1", "EDCBA"),
        ("$sort[due_at]=-1", "EDCBA"),
        ("$sort[is_all_day]=-1", "CABDE"),
        ("$sort[notify_assignee]=1", "BACDE"),
        ("$sort[reminder_types]=-1", "EDCBA"),
        ("$sort[owner_user_id]=-1", "ABCDE"),
        ("$sort[updated_at]=-1", "EDCBA"),
        ("$sort[assigned_user_id]=-1", "DABCE"),
        ("$sort[scheduled_event_id]=-1", "EDCBA"),
    ])
    func `an order is kept, nulls coming first as it rises`(
        query: String,
        names: String
    ) async throws {
        let found = try await server.get("/scheduled/tasks?\(query)", as: .ana)
        #expect(found.texts("description").joined() == names)
    }

    @Test(arguments: [
        ("status=complete", "BE"),
        ("status=COMPLETE", ""),
        ("status=nosuch", ""),
        ("status=complete&status=deleted", "BCE"),
        ("status[$in]=complete", "BE"),
        ("status[$in]=complete&status[$in]=deleted", "BCE"),
        ("status[$in][]=complete&status[$in][]=deleted", "BCE"),
        ("status[$in][0]=complete&status[$in][1]=deleted", "BCE"),
        ("status[$in][0]=complete&status[$in][25]=deleted", "BCE"),
        ("status[$in]=complete,deleted", ""),
        ("status[$in][]=", ""),
        ("status[$in]=", ""),
        ("status[$nin]=complete", "ACD"),
        ("status[$nin][0]=complete&status[$nin][1]=deleted", "AD"),
        ("status[$nin]=", "ABCDE"),
        ("status[$ne]=deleted", "ABDE"),
        ("status[$ne]=nosuch", "ABCDE"),
        ("status[$ne]=deleted&status[$ne]=complete", "AD"),
        ("status[$gt]=complete", "ACD"),
        ("status[$lt]=e", "BCE"),
        ("contact_id=2", "BE"),
        ("contact_id=5", ""),
        ("contact_id[$ne]=2", "ACD"),
        ("contact_id[$nin]=2&contact_id[$nin]=3", "AD"),
        ("contact_id=", "AD"),
        ("contact_id[$ne]=", "BCE"),
        ("contact_id[$in][]=&contact_id[$in][]=3", "ACD"),
        ("contact_id[$gt]=2", "C"),
        ("contact_id[$lte]=3", "BCE"),
        ("category_id=", "BD"),
        ("recurrence_rule=", "ABCD"),
        ("recurrence_rule=FREQ%3DDAILY;COUNT%3D1", "E"),
        ("recurrence_rule[$ne]=", "E"),
        ("notes=", "AD"),
        ("notes", "AD"),
        ("notes=e,f", "E"),
        ("notes[$gte]=c", "CE"),
        ("notes[$lt]=c", "ABD"),
        ("notes[$ne]=b", "ACDE"),
        ("description=B", "B"),
        ("description=b", ""),
        ("description[$in]=A&description[$in]=E", "AE"),
        ("id=2", "B"),
        ("id[$gt]=2", "CDE"),
        ("id[$gte]=2&id[$lt]=6", "BCD"),
        ("id=", ""),
        ("scheduled_event_id=5", "E"),
        ("scheduled_event_id=2", "B"),
        ("scheduled_event_id[$gt]=3", "DE"),
        ("owner_user_id=1", "ABCDE"),
        ("crm_user_id=1", "ABCDE"),
        ("crm_user_id=2", ""),
        ("assigned_user_id=2", "D"),
        ("is_all_day=true", "C"),
        ("is_all_day=0", "ABDE"),
        ("is_all_day[$ne]=1", "ABDE"),
        ("is_all_day[$lt]=true", "ABDE"),
        ("notify_assignee=false", "B"),
        ("reminder_types=0,4,5,6,7", "ACDE"),
        ("reminder_type=0,1", "AB"),
        ("reminder_type=0&reminder_type=7", "AE"),
        ("reminder_type[$in]=1,4", "BC"),
        ("reminder_types[$nin]=0,4", "BDE"),
        ("reminder_type[$gt]=4", "DE"),
        ("due_at=2018-12-17T12:00:00", "B"),
        ("due_at=2018-12-17T12:00:00Z", "B"),
        ("due_at=2018-12-17T14:00:00+02:00", "B"),
        ("due_at=2018-12-17T14:00:00%2B02:00", "B"),
        ("due_at=2018-12-17", ""),
        ("due_at[$lte]=2018-12-17", "A"),
        ("due_at[$gt]=2018-12-18 12:00", "DE"),
        ("created_at=2018-12-10T09:00:00.000Z", "B"),
        ("created_at[$gt]=2018-12-10T09:00:00", "CDE"),
        ("modified_at[$lte]=2018-12-10T03:00:00-07:00", "ABC"),
        ("updated_at[$lt]=2018-12-10T10:00:00Z", "AB"),
        ("$or[0][description]=A&$or[1][status]=deleted", "AC"),
        ("$or[0][description]=A&$or[1][contact_id][$gt]=2&status[$ne]=deleted", "A"),
        ("$or[][description]=A&$or[][status]=deleted", ""),
        ("$and[0][status]=complete&$and[1][contact_id]=2&$and[2][notes]=b", "B"),
        ("$or[0][$and][0][status]=complete&$or[0][$and][1][notes]=b&$or[1][id]=1", "AB"),
        ("status=complete&notes=b", "B"),
        ("%24or%5B0%5D%5Bid%5D=1&%24or%5B1%5D%5Bid%5D=2", "AB"),
    ])
    func `a condition finds the tasks that fulfil it`(query: String, names: String) async throws {
        let found = try await server.get("/scheduled/tasks?\(query.escapingBlanks)", as: .ana)
        #expect(found.status == 200, "\(found.text)")
        #expect(found.total == names.count)
        #expect(found.texts("description").joined() == names)
    }

    @Test(arguments: [
        "status=complete", "contact_id=2", "category_id=", "recurrence_rule=", "notes=b", "id=1",
        "due_at=2018-12-17T12:00:00", "is_all_day=1",
    ])
    func `conditions of equality and inequality together match all tasks`(
        query: String
    ) async throws {
        let parts = query.split(separator: "=", omittingEmptySubsequences: false)
        let equal = try await server.get("/scheduled/tasks?\(query)", as: .ana)
        let path = "/scheduled/tasks?\(parts[0])[$ne]=\(parts[1])"
        let other = try await server.get(path, as: .ana)
        #expect((equal.total ?? 0) + (other.total ?? 0) == 5)
    }

    @Test(
        arguments: [
            ("$select[]=id&$select[]=status", ["id", "status"]),
            ("$select=status&$select=id", ["id", "status"]),
            ("$select[0]=notes&$select[1]=due_at", ["id", "due_at", "notes"]),
            ("$select=status", ["id", "status"]),
            ("$select=status,notes", ["id", "status", "notes"]),
            ("$select[]=nosuch", ["id"]),
            ("$select[]=owner_user_id", ["id", "crm_user_id"]),
        ]
    )
    func `only the fields selected are shown, and the identifier`(
        query: String,
        names: [String]
    ) async throws {
        let found = try await server.get("/scheduled/tasks?\(query)", as: .ana)
        #expect(found.rows.count == 5)
        for row in found.rows { #expect(row.members.map(\.name) == names) }
        let one = try await server.get("/scheduled/tasks/1?\(query)", as: .ana)
        #expect(one.json.object?.members.map(\.name) == names)
    }

    @Test(
        arguments: [
            ("$sort[nosuch]=1", "nosuch", #"{"nosuch":"1"}"#),
            ("created_at[$gte]=garbage", "created_at", #"{"created_at":"garbage"}"#),
            ("status[$foo]=x", "$foo", #"{"$foo":"x"}"#),
            ("status[$eq]=x", "$eq", #"{"$eq":"x"}"#),
            ("status[$like]=x", "$like", #"{"$like":"x"}"#),
            ("status[$regex]=x", "$regex", #"{"$regex":"x"}"#),
            ("status[foo]=x", "foo", #"{"foo":"x"}"#),
            ("$foo=1&status=x", "$foo", #"{"$foo":"1","status":"x"}"#),
            ("$populate=x", "$populate", #"{"$populate":"x"}"#),
            ("$LIMIT=1", "$LIMIT", #"{"$LIMIT":"1"}"#),
            ("$or=x", "$or", #"{"$or":"x"}"#),
            ("$or=", "$or", #"{"$or":""}"#),
            ("$or[status]=x", "$or", #"{"$or":{"status":"x"}}"#),
            ("$nor[0][id]=1", "$nor", #"{"$nor":[{"id":"1"}]}"#),
            ("unknown=1", "unknown", #"{"unknown":"1"}"#),
            ("reminder_types=0,x", "reminder_types", #"{"reminder_types":"x"}"#),
            ("contact_id=abc", "contact_id", #"{"contact_id":"abc"}"#),
            ("update_type=1", "update_type", #"{"update_type":"1"}"#),
        ]
    )
    func `a query that means nothing here is refused by name`(
        query: String,
        name: String,
        data: String
    ) async throws {
        let expected = try JSONValue(parsing: Array(data.utf8))
        for path in ["/scheduled/tasks", "/scheduled/tasks/1"] {
            let answer = try await server.get("\(path)?\(query)", as: .ana)
            #expect(answer.status == 400)
            #expect(answer.text("message") == "Invalid query parameter \(name)")
            #expect(answer["data"] == expected)
            #expect(answer.isFeathersError)
        }
    }

    @Test(arguments: [
        ("/scheduled/tasks/1?status=incomplete", 200),
        ("/scheduled/tasks/1?status=complete", 404),
        ("/scheduled/tasks/1?id=2", 404),
        ("/scheduled/tasks/1?owner_user_id=2", 404),
        ("/scheduled/tasks/6?recurrence_rule[$ne]=", 200),
        ("/scheduled/tasks/1?recurrence_rule[$ne]=", 404),
        ("/scheduled/tasks/1?$limit=0&$skip=9", 200),
    ])
    func `a filter holds for one task too`(path: String, status: Int) async throws {
        let answer = try await server.get(path, as: .ana)
        #expect(answer.status == status)
        guard status == 404 else { return }
        #expect(answer.text("message") == "No record found for id '1'")
        for change in [
            try await server.send(.patch, path, as: .ana, "{}"),
            try await server.delete(path, as: .ana),
        ] {
            #expect(change.status == 404)
        }
    }
}

extension String {
    /// The text with its blanks encoded for a URL.
    fileprivate var escapingBlanks: String { replacing(" ", with: "%20") }
}

private let queriedTasks: [JSONObject] = [
    ["category_id": "1"],
    [
        "status": "complete", "reminder_type": "1", "contact_id": "2", "notes": "b",
        "notify_assignee": .bool(false),
    ],
    [
        "status": "deleted", "reminder_type": "4", "contact_id": "3", "category_id": "2",
        "notes": "c", "is_all_day": .bool(true),
    ],
    ["reminder_type": "5", "assigned_user_id": "2"],
    [
        "status": "complete", "reminder_type": "7", "contact_id": "2", "category_id": "6",
        "notes": "e,f", "recurrence_rule": "FREQ=DAILY;COUNT=1",
    ],
]

extension TestServer {
    fileprivate func makeQueriedTasks() async throws {
        for (index, members) in queriedTasks.enumerated() {
            let name = String("ABCDE".dropFirst(index).prefix(1))
            let body = JSONObject.task(name, for: .ana)
                .with(["due_at": .string("2018-12-\(16 + index)T12:00:00")]).with(members)
            _ = try await post("/scheduled/tasks", body, as: .ana)
            clock.advance(by: .seconds(3600))
        }
    }
}
