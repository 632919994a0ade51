import HTTPServing
import JSON
import LionDesk
import Recurrence
import Tasks
import Testing

@Suite struct LionDeskPredicateTests {
    @Test(
        arguments: [
            ("status=incomplete", .isOneOf(.state, [.integer(3)])),
            ("status=INCOMPLETE", .isOneOf(.state, [])),
            ("status=complete&status=deleted", .isOneOf(.state, [.integer(1), .integer(2)])),
            ("contact_id=5", .isOneOf(.contactID, [.integer(5)])),
            ("contact_id=-5", .isOneOf(.contactID, [.integer(-5)])),
            ("owner_user_id=8", .isOneOf(.creatorID, [.integer(8)])),
            ("is_all_day=true", .isOneOf(.isAllDay, [.boolean(true)])),
            ("is_all_day=0", .isOneOf(.isAllDay, [.boolean(false)])),
            ("notes=", .isOneOf(.body, [.text("")])),
            ("notes", .isOneOf(.body, [.text("")])),
            ("category_id=", .isOneOf(.categoryID, [.null])),
            ("contact_id=&contact_id=2", .isOneOf(.contactID, [.null, .integer(2)])),
            ("recurrence_rule=", .isOneOf(.ruleText, [.null])),
            ("id=", .isOneOf(.id, [])),
            ("due_at=", .isOneOf(.dueAt, [])),
            ("status=a&status=b", .isOneOf(.state, [])),
            ("status[$in]=complete", .isOneOf(.state, [.integer(1)])),
            ("owner_user_id[$in]=16", .isOneOf(.creatorID, [.integer(16)])),
            (
                "status[$in]=complete&status[$in]=deleted",
                .isOneOf(.state, [.integer(1), .integer(2)])
            ),
            (
                "status[$in][]=complete&status[$in][]=deleted",
                .isOneOf(.state, [.integer(1), .integer(2)])
            ),
            (
                "status[$in][0]=complete&status[$in][1]=deleted",
                .isOneOf(.state, [.integer(1), .integer(2)])
            ),
            (
                "status[$in][0]=complete&status[$in][25]=deleted",
                .isOneOf(.state, [.integer(1), .integer(2)])
            ),
            ("status[$in]=a,b", .isOneOf(.state, [])),
            ("status[$in][]=", .isOneOf(.state, [])),
            ("id[$in][]=", .isOneOf(.id, [])),
            ("id[$nin][]=", .isNoneOf(.id, [])),
            (
                "category_id[$in][]=&category_id[$in][]=1",
                .isOneOf(
                    .categoryID,
                    [.null, .integer(1)]
                )
            ),
            ("status[$lt]=deleted", .isOneOf(.state, [.integer(1)])),
            ("status[$lte]=deleted", .isOneOf(.state, [.integer(1), .integer(2)])),
            ("status[$gt]=d", .isOneOf(.state, [.integer(3), .integer(2)])),
            ("status[$gte]=incomplete", .isOneOf(.state, [.integer(3)])),
            ("status[$nin]=complete", .isNoneOf(.state, [.integer(1)])),
            ("status[$ne]=deleted", .isNoneOf(.state, [.integer(2)])),
            (
                "status[$ne]=complete&status[$ne]=deleted",
                .isNoneOf(.state, [.integer(1), .integer(2)])
            ),
            ("contact_id[$ne]=", .isNoneOf(.contactID, [.null])),
            (
                "reminder_types=0,4,5",
                .isOneOf(.reminder, [.integer(0), .integer(4), .integer(5)])
            ),
            (
                "reminder_type=0,4&reminder_type=7",
                .isOneOf(
                    .reminder,
                    [.integer(0), .integer(4), .integer(7)]
                )
            ),
            ("reminder_type[$nin]=1,3", .isNoneOf(.reminder, [.integer(1), .integer(3)])),
            ("reminder_type[$lt]=3", .compares(.reminder, .less, .integer(3))),
            ("id[$gt]=3", .compares(.id, .greater, .integer(3))),
            ("notes[$gte]=b", .compares(.body, .greaterOrEqual, .text("b"))),
            ("notes[$lte]=", .compares(.body, .lessOrEqual, .text(""))),
            ("is_all_day[$lt]=1", .compares(.isAllDay, .less, .boolean(true))),
            ("contact_id[$lt]=", .isOneOf(.contactID, [])),
            (
                "created_at[$lt]=1970-01-01T00:00:01Z",
                .compares(
                    .createdAt,
                    .less,
                    .timestamp(Timestamp(seconds: 1))
                )
            ),
            (
                "created_at[$gte]=1970-01-01T02:00:00+02:00",
                .compares(
                    .createdAt,
                    .greaterOrEqual,
                    .timestamp(Timestamp(seconds: 0))
                )
            ),
            (
                "updated_at[$lte]=1970-01-02",
                .compares(
                    .modifiedAt,
                    .lessOrEqual,
                    .timestamp(Timestamp(seconds: 86_400))
                )
            ),
            ("due_at=1970-01-01T00:00:01", .isOneOf(.dueAt, [.timestamp(Timestamp(seconds: 1))])),
            (
                "$or[0][id]=1&$or[1][status]=x",
                .any([
                    .isOneOf(.id, [.integer(1)]), .isOneOf(.state, []),
                ])
            ),
            (
                "$or[][id]=1&$or[][status]=x",
                .any([
                    .all([.isOneOf(.id, [.integer(1)]), .isOneOf(.state, [])])
                ])
            ),
            (
                "$or[0][id][$lt]=2&$or[25][id]=9",
                .any([
                    .compares(.id, .less, .integer(2)), .isOneOf(.id, [.integer(9)]),
                ])
            ),
            (
                "$and[0][$or][0][id]=1&$and[0][$or][1][id]=2",
                .all([
                    .any([.isOneOf(.id, [.integer(1)]), .isOneOf(.id, [.integer(2)])])
                ])
            ),
        ] as [(String, Predicate<TaskField>)]
    )
    func `a condition is read with its field's type`(
        query: String,
        condition: Predicate<TaskField>
    ) throws {
        #expect(try tasks(query).predicate == .all([condition]))
    }

    @Test func `operators and fields are all to hold`() throws {
        let query = try tasks("id[$gt]=1&id[$lte]=9&status=x&$limit=2&$sort[id]=1")
        #expect(
            query.predicate
                == .all([
                    .compares(.id, .greater, .integer(1)),
                    .compares(.id, .lessOrEqual, .integer(9)),
                    .isOneOf(.state, []),
                ])
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
    func `an unknown query operator is refused and named`(
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
        let values = Array(repeating: FieldValue.integer(1), count: 1000)
        let predicate = try tasks("reminder_types=\(thousand)").predicate
        #expect(predicate == .all([.isOneOf(.reminder, values)]))
        #expect(throws: FeathersError.self) { try tasks("reminder_types=\(thousand),1") }
    }

    @discardableResult
    private func tasks(_ text: String) throws -> LionDeskQuery<LionDeskTaskField> {
        try LionDeskQuery<LionDeskTaskField>(QueryString(parsing: text), zone: .utc)
    }
}
