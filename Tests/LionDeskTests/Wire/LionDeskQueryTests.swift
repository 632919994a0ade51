import HTTPServing
import LionDesk
import Recurrence
import Testing

@Suite struct LionDeskQueryTests {
    @Test(arguments: [
        ("", 10),
        ("$limit=2", 2),
        ("%24limit=2", 2),
        ("$limit=0", 0),
        ("$limit=1000", 50),
        ("$limit=99999999999999999999", 50),
        ("$limit=-3", 10),
        ("$limit=-99999999999999999999", 10),
        ("$limit=abc", 10),
        ("$limit=", 10),
        ("$limit[a]=1", 10),
        ("$limit=2.7", 2),
        ("$limit= 2", 2),
        ("$limit=+2", 2),
        ("$limit=3abc", 3),
        ("$limit=1e1", 1),
        ("$limit=0x10", 0),
        ("$limit=2&$limit=3", 2),
        ("$limit[]=4&$limit[]=5", 4),
    ])
    func `the limit is an integer at the front of its text`(query: String, limit: Int) throws {
        #expect(try tasks(query).limit == limit)
    }

    @Test(arguments: [
        ("", 0), ("$skip=2", 2), ("$skip=99", 99), ("$skip=-1", 0), ("$skip=abc", 0),
        ("$skip=", 0), ("$skip=2&$skip=3", 2),
    ])
    func `what is skipped is never negative`(query: String, skip: Int) throws {
        #expect(try tasks(query).skip == skip)
    }

    @Test func `the page's limits are the server's choice`() throws {
        let limits = PageLimits(standard: 1, maximum: 2)
        let query = try QueryString(parsing: "$limit=3")
        #expect(try LionDeskQuery<TaskField>(query, zone: .utc, page: limits).limit == 2)
        let none = try QueryString(parsing: "")
        #expect(try LionDeskQuery<TaskField>(none, zone: .utc, page: limits).limit == 1)
    }

    @Test(arguments: [0, 51])
    func `a standard beyond the maximum stops the process`(standard: Int) async {
        await #expect(processExitsWith: .failure) { [standard] in
            _ = PageLimits(standard: standard, maximum: 50)
        }
    }

    @Test(
        arguments: [
            ("", [:]),
            ("$sort[created_at]=-1", [.createdAt: false]),
            ("$sort[created_at]=1", [.createdAt: true]),
            ("$sort[status]=desc", [.status: false]),
            ("$sort[status]=0", [.status: false]),
            ("$sort[updated_at]=1", [.modifiedAt: true]),
            (
                "$sort[status]=1&$sort[id]=-1&$sort[due_at]=1",
                [
                    .status: true, .id: false, .dueAt: true,
                ]
            ),
            ("$sort=created_at", [:]),
            ("$sort[]=created_at", [:]),
        ] as [(String, KeyValuePairs<TaskField, Bool>)]
    )
    func `sort keys keep their order, and only 1 ascends`(
        query: String,
        keys: KeyValuePairs<TaskField, Bool>
    ) throws {
        let sort = try tasks(query).sort
        #expect(sort.map(\.field) == keys.map(\.key))
        #expect(sort.map(\.isAscending) == keys.map(\.value))
    }

    @Test(
        arguments: [
            ("", nil),
            ("$select[]=id&$select[]=status", [.id, .status]),
            ("$select=status&$select=notes", [.id, .status, .notes]),
            ("$select[0]=status&$select[1]=owner_user_id", [.id, .status, .crmUserID]),
            ("$select[0]=status&$select[30]=notes", [.id, .status, .notes]),
            ("$select=id", [.id]),
            ("$select=status,notes", [.id, .status, .notes]),
            ("$select[]=nosuch", [.id]),
            ("$select=", [.id]),
            ("$select[x]=status", nil),
        ] as [(String, Set<TaskField>?)]
    )
    func `the identifier is always selected`(query: String, fields: Set<TaskField>?) throws {
        #expect(try tasks(query).select == fields)
    }

    @Test(
        arguments: [
            ("status=incomplete", .oneOf(.status, [.text("incomplete")])),
            ("status=INCOMPLETE", .oneOf(.status, [.text("INCOMPLETE")])),
            ("status=a&status=b", .oneOf(.status, [.text("a"), .text("b")])),
            ("contact_id=5", .oneOf(.contactID, [.integer(5)])),
            ("contact_id=-5", .oneOf(.contactID, [.integer(-5)])),
            ("owner_user_id=8", .oneOf(.crmUserID, [.integer(8)])),
            ("is_all_day=true", .oneOf(.isAllDay, [.boolean(true)])),
            ("is_all_day=0", .oneOf(.isAllDay, [.boolean(false)])),
            ("notes=", .oneOf(.notes, [.text("")])),
            ("notes", .oneOf(.notes, [.text("")])),
            ("category_id=", .oneOf(.categoryID, [.null])),
            ("contact_id=&contact_id=2", .oneOf(.contactID, [.null, .integer(2)])),
            ("recurrence_rule=", .oneOf(.recurrenceRule, [.null])),
            ("id=", .oneOf(.id, [])),
            ("due_at=", .oneOf(.dueAt, [])),
            ("status[$in]=complete", .oneOf(.status, [.text("complete")])),
            ("owner_user_id[$in]=16", .oneOf(.crmUserID, [.integer(16)])),
            ("status[$in]=a&status[$in]=b", .oneOf(.status, [.text("a"), .text("b")])),
            ("status[$in][]=a&status[$in][]=b", .oneOf(.status, [.text("a"), .text("b")])),
            ("status[$in][0]=a&status[$in][1]=b", .oneOf(.status, [.text("a"), .text("b")])),
            ("status[$in][0]=a&status[$in][25]=b", .oneOf(.status, [.text("a"), .text("b")])),
            ("status[$in]=a,b", .oneOf(.status, [.text("a,b")])),
            ("status[$in][]=", .oneOf(.status, [.text("")])),
            ("id[$in][]=", .oneOf(.id, [])),
            ("id[$nin][]=", .noneOf(.id, [])),
            (
                "category_id[$in][]=&category_id[$in][]=1",
                .oneOf(
                    .categoryID,
                    [.null, .integer(1)]
                )
            ),
            ("status[$nin]=complete", .noneOf(.status, [.text("complete")])),
            ("status[$ne]=deleted", .noneOf(.status, [.text("deleted")])),
            ("status[$ne]=a&status[$ne]=b", .noneOf(.status, [.text("a"), .text("b")])),
            ("contact_id[$ne]=", .noneOf(.contactID, [.null])),
            (
                "reminder_types=0,4,5",
                .oneOf(.reminderType, [.integer(0), .integer(4), .integer(5)])
            ),
            (
                "reminder_type=0,4&reminder_type=7",
                .oneOf(
                    .reminderType,
                    [.integer(0), .integer(4), .integer(7)]
                )
            ),
            ("reminder_type[$nin]=1,3", .noneOf(.reminderType, [.integer(1), .integer(3)])),
            ("reminder_type[$lt]=3", .comparison(.reminderType, .isLess, .integer(3))),
            ("id[$gt]=3", .comparison(.id, .isGreater, .integer(3))),
            ("notes[$gte]=b", .comparison(.notes, .isGreaterOrEqual, .text("b"))),
            ("notes[$lte]=", .comparison(.notes, .isLessOrEqual, .text(""))),
            ("is_all_day[$lt]=1", .comparison(.isAllDay, .isLess, .boolean(true))),
            ("contact_id[$lt]=", .oneOf(.contactID, [])),
            (
                "created_at[$lt]=1970-01-01T00:00:01Z",
                .comparison(
                    .createdAt,
                    .isLess,
                    .timestamp(Timestamp(seconds: 1))
                )
            ),
            (
                "created_at[$gte]=1970-01-01T02:00:00+02:00",
                .comparison(
                    .createdAt,
                    .isGreaterOrEqual,
                    .timestamp(Timestamp(seconds: 0))
                )
            ),
            (
                "updated_at[$lte]=1970-01-02",
                .comparison(
                    .modifiedAt,
                    .isLessOrEqual,
                    .timestamp(Timestamp(seconds: 86_400))
                )
            ),
            ("due_at=1970-01-01T00:00:01", .oneOf(.dueAt, [.timestamp(Timestamp(seconds: 1))])),
            (
                "$or[0][id]=1&$or[1][status]=x",
                .any([
                    .oneOf(.id, [.integer(1)]), .oneOf(.status, [.text("x")]),
                ])
            ),
            (
                "$or[][id]=1&$or[][status]=x",
                .any([
                    .all([.oneOf(.id, [.integer(1)]), .oneOf(.status, [.text("x")])])
                ])
            ),
            (
                "$or[0][id][$lt]=2&$or[25][id]=9",
                .any([
                    .comparison(.id, .isLess, .integer(2)), .oneOf(.id, [.integer(9)]),
                ])
            ),
            (
                "$and[0][$or][0][id]=1&$and[0][$or][1][id]=2",
                .all([
                    .any([.oneOf(.id, [.integer(1)]), .oneOf(.id, [.integer(2)])])
                ])
            ),
        ] as [(String, QueryCondition<TaskField>)]
    )
    func `a condition is read with its field's type`(
        query: String,
        condition: QueryCondition<TaskField>
    ) throws {
        #expect(try tasks(query).conditions == [condition])
    }

    @Test func `operators and fields are all to hold`() throws {
        let query = try tasks("id[$gt]=1&id[$lte]=9&status=x&$limit=2&$sort[id]=1")
        #expect(
            query.conditions == [
                .comparison(.id, .isGreater, .integer(1)),
                .comparison(.id, .isLessOrEqual, .integer(9)),
                .oneOf(.status, [.text("x")]),
            ]
        )
    }

    @Test(arguments: [
        ("$foo=1", "$foo", #"{"$foo":"1"}"#),
        ("a=1&status=x", "a", #"{"a":"1","status":"x"}"#),
        ("$foo=1&$limit=2", "$foo", #"{"$foo":"1","$limit":"2"}"#),
        ("$populate=x", "$populate", #"{"$populate":"x"}"#),
        ("$LIMIT=2", "$LIMIT", #"{"$LIMIT":"2"}"#),
        ("$nor[0][id]=1", "$nor", #"{"$nor":[{"id":"1"}]}"#),
        ("nosuch=1", "nosuch", #"{"nosuch":"1"}"#),
        ("$sort[nosuch]=1", "nosuch", #"{"nosuch":"1"}"#),
        ("status[$foo]=x", "$foo", #"{"$foo":"x"}"#),
        ("status[$eq]=x", "$eq", #"{"$eq":"x"}"#),
        ("status[$like]=x", "$like", #"{"$like":"x"}"#),
        ("status[foo]=x", "foo", #"{"foo":"x"}"#),
        ("status[$ne]=x&status=y", "y", #"{"$ne":"x","y":true}"#),
        ("$or=x", "$or", #"{"$or":"x"}"#),
        ("$or=", "$or", #"{"$or":""}"#),
        ("$or[]=x", "$or", #"{"$or":["x"]}"#),
        ("$or[status]=x", "$or", #"{"$or":{"status":"x"}}"#),
        ("$or[0][$limit]=1", "$limit", #"{"$limit":"1"}"#),
        ("$or[0][nosuch]=1", "nosuch", #"{"nosuch":"1"}"#),
        ("$and[0][id][$bad]=1", "$bad", #"{"$bad":"1"}"#),
    ])
    func `what the grammar has not is refused by its name`(
        query: String,
        name: String,
        data: String
    ) throws {
        let error = try #require(throws: FeathersError.self) { try tasks(query) }
        #expect(error.kind == .badRequest)
        #expect(error.message == "Invalid query parameter \(name)")
        var json = JSONWriter()
        json.write(.object(try #require(error.data)))
        #expect(String(decoding: json.bytes, as: UTF8.self) == data)
    }

    @Test(arguments: [
        ("id=abc", "id", "is not an integer"),
        ("id=1.5", "id", "is not an integer"),
        ("id=568225fbfe21222432e836ff", "id", "is not an integer"),
        ("id=99999999999999999999", "id", "is not an integer"),
        ("owner_user_id[$in]=1&owner_user_id[$in]=x", "owner_user_id", "is not an integer"),
        ("reminder_types=0,x", "reminder_types", "is not an integer"),
        ("reminder_types=0,,1", "reminder_types", "is not an integer"),
        ("contact_id=1,2", "contact_id", "is not an integer"),
        ("is_all_day=yes", "is_all_day", "is not a boolean"),
        ("created_at[$gte]=garbage", "created_at", "is not a valid ISO 8601 date"),
        ("due_at=1544961600", "due_at", "is not a valid ISO 8601 date"),
        ("id[$lt]=1&id[$lt]=2", "id", "is compared with one value"),
        ("id[$lt][]=1", "id", "is compared with one value"),
        ("reminder_type[$gt]=1,2", "reminder_type", "is compared with one value"),
        ("status[$in][foo]=x", "status", "is not a list of values"),
        ("status[$in][0][a]=x", "status", "is not a list of values"),
        ("status=x&status[$ne]=y", "status", "is not a list of values"),
    ])
    func `a value of the wrong type is refused with its field`(
        query: String,
        field: String,
        reason: String
    ) throws {
        let error = try #require(throws: FeathersError.self) { try tasks(query) }
        #expect(error.kind == .badRequest)
        #expect(error.message == "Invalid query parameter \(field)")
        #expect(error.errors == [field: .string(reason)])
    }

    @Test func `a list has at most a thousand values`() throws {
        let thousand = Array(repeating: "1", count: 1000).joined(separator: ",")
        #expect(try tasks("reminder_types=\(thousand)").conditions.count == 1)
        #expect(throws: FeathersError.self) { try tasks("reminder_types=\(thousand),1") }
    }

    @Test(arguments: [
        "status=incomplete&owner_user_id=8",
        "status[$ne]=deleted",
        "$limit=2",
        "status=deleted&$limit=2&$skip=2",
        "$limit=10&$sort[created_at]=-1",
        "status[$in]=complete&owner_user_id[$in]=16",
        "status[$nin]=complete&owner_user_id[$nin]=16",
        "created_at[$lt]=2020-01-01T00:00:00Z",
        "created_at[$gte]=2018-05-07T10:00:00-07:00",
        "created_at[$gte]=2017-01-01&created_at[$lte]=2017-01-31T00:00:00Z",
        "owner_user_id[$ne]=1&assigned_user_id=2",
    ])
    func `the samples of LionDesk's Tasks v2_1 page are read`(query: String) throws {
        let plain = try tasks(query)
        let encoded =
            query.replacing("$", with: "%24").replacing("[", with: "%5B")
            .replacing("]", with: "%5D")
        #expect(try tasks(encoded) == plain)
    }

    @Test func `a parameter that is no condition is taken out beforehand`() throws {
        var query = try QueryString(parsing: "delete_type=3&status=x")
        #expect(query.parameters.removeValue(for: "delete_type") == .string("3"))
        let conditions = try LionDeskQuery<TaskField>(query, zone: .utc).conditions
        #expect(conditions == [.oneOf(.status, [.text("x")])])
    }

    @Test func `another resource is read with its own fields`() throws {
        let query = try QueryString(parsing: "colour=&size[$gt]=2&$select=colour")
        let parsed = try LionDeskQuery<ShirtField>(query, zone: .utc)
        #expect(
            parsed.conditions == [
                .oneOf(.color, [.null]), .comparison(.size, .isGreater, .integer(2)),
            ]
        )
        #expect(parsed.select == [.number, .color])
    }

    @Test func `every name of a task's field finds it`() {
        for field in TaskField.allCases { #expect(TaskField(wireName: field.rawValue) == field) }
        for (name, field) in TaskField.aliases { #expect(TaskField(wireName: name) == field) }
        #expect(TaskField(wireName: "nosuch") == nil)
    }

    @discardableResult
    private func tasks(_ text: String) throws -> LionDeskQuery<TaskField> {
        try LionDeskQuery<TaskField>(QueryString(parsing: text), zone: .utc)
    }
}

private enum ShirtField: String, QueryField {
    case number
    case color
    case size

    static let aliases: [String: ShirtField] = ["colour": .color]
    static var identifier: ShirtField { .number }
    var kind: QueryFieldKind { self == .color ? .text : .integer }
    var isNullable: Bool { self == .color }
}
