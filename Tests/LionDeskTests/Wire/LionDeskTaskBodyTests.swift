import HTTPServing
import JSON
import LionDesk
import Recurrence
import Tasks
import Testing

@Suite struct LionDeskTaskBodyTests {
    @Test func `the sample of LionDesk's Tasks v2_1 page is read`() throws {
        let body = try create(
            """
            { "contact_id": "2", "assigned_user_id": "2", "due_at": "2018-12-16T12:00:00", \
            "recurrence_rule": "FREQ=DAILY;INTERVAL=1;COUNT=5", "reminder_type": "1", \
            "category_id": "1", "description": "New Lead Alert", "status": "incomplete", \
            "notes": "Received alert" }
            """
        )
        #expect(body.contactID == .value(2))
        #expect(body.assignedUserID == .value(2))
        let due = try #require(LocalDateTime(year: 2018, month: 12, day: 16, hour: 12))
        #expect(body.dueAt == .value(WallClockTime(local: due, zone: .utc)))
        let rule = try SeriesRule(parsing: "FREQ=DAILY;INTERVAL=1;COUNT=5")
        #expect(body.recurrenceRule == .value(rule))
        #expect(body.isAllDay == .absent)
        #expect(body.notifyAssignee == .absent)
        #expect(body.reminderType == .value(.email))
        #expect(body.categoryID == .value(1))
        #expect(body.description == .value("New Lead Alert"))
        #expect(body.status == .value(.incomplete))
        #expect(body.notes == .value("Received alert"))
    }

    @Test(
        arguments: [
            ("2", .value(2)), (#""2""#, .value(2)), ("2.0", .value(2)), ("2e0", .value(2)),
            ("9007199254740991", .value(9_007_199_254_740_991)), ("null", .null),
            (#""""#, .null), ("9007199254740992", nil), ("0", nil), ("-1", nil), ("1.5", nil),
            (#""x""#, nil), (#""2.0""#, nil), ("true", nil), ("[2]", nil), ("{}", nil),
            ("1e300", nil),
        ] as [(String, BodyField<Int64>?)]
    )
    func `an identifier is a number or digits`(json: String, field: BodyField<Int64>?) throws {
        try check("contact_id", json, \.contactID, field)
    }

    @Test(
        arguments: [
            ("true", .value(true)), ("false", .value(false)), (#""true""#, .value(true)),
            (#""false""#, .value(false)), ("1", .value(true)), ("0", .value(false)),
            (#""1""#, .value(true)), (#""0""#, .value(false)), ("null", .null), (#""""#, .null),
            ("2", nil), ("1.0", nil), (#""yes""#, nil), (#""TRUE""#, nil), ("[]", nil),
        ] as [(String, BodyField<Bool>?)]
    )
    func `a Boolean has eight spellings`(json: String, field: BodyField<Bool>?) throws {
        try check("is_all_day", json, \.isAllDay, field)
    }

    @Test(
        arguments: [
            ("0", .value(.noReminder)), (#""7""#, .value(.agentNoReminder)), ("null", .null),
            ("8", nil),
            ("-1", nil), (#""email""#, nil),
        ] as [(String, BodyField<ReminderType>?)]
    )
    func `a reminder type is numbered`(json: String, field: BodyField<ReminderType>?) throws {
        try check("reminder_type", json, \.reminderType, field)
    }

    @Test(
        arguments: [
            (#""complete""#, .value(.complete)), (#""deleted""#, .value(.deleted)),
            ("null", nil), (#""Complete""#, nil), ("1", nil),
        ] as [(String, BodyField<TaskStatus>?)]
    )
    func `a status has a name`(json: String, field: BodyField<TaskStatus>?) throws {
        try check("status", json, \.status, field)
    }

    @Test(
        arguments: [
            (#""""#, .value("")), (#""x""#, .value("x")), ("null", .null), ("1", nil), ("[]", nil),
        ] as [(String, BodyField<String>?)]
    )
    func `a text may be empty`(json: String, field: BodyField<String>?) throws {
        try check("notes", json, \.notes, field)
    }

    @Test(
        arguments: [
            (#""""#, .null), (#""FREQ=DAILY""#, .value("FREQ=DAILY")), ("null", .null), ("1", nil),
            (#""RRULE:freq=daily""#, .value("freq=daily")), (#""FREQ=NEVER""#, nil),
        ] as [(String, BodyField<String>?)]
    )
    func `an empty rule is none`(json: String, field: BodyField<String>?) throws {
        let rule: BodyField<SeriesRule>? =
            switch field {
            case nil: nil
            case .absent: .absent
            case .null: .null
            case .value(let text): .value(try SeriesRule(parsing: text))
            }
        try check("recurrence_rule", json, \.recurrenceRule, rule)
    }

    @Test(arguments: ["a", "é", "😀"])
    func `a text has at most two thousand characters`(character: String) throws {
        let text = String(repeating: character, count: 2000)
        #expect(try create(#"{"notes":"\#(text)"}"#).notes == .value(text))
        let error = try #require(throws: FeathersError.self) {
            try create(#"{"notes":"\#(text)x"}"#)
        }
        #expect(error.errors == ["notes": .string("is longer than 2000 characters")])
    }

    @Test func `all that is wrong is told at once, in the order of the fields`() throws {
        let error = try #require(throws: FeathersError.self) {
            try create(
                #"{"status":"open","notes":1,"description":[],"category_id":"x","#
                    + #""reminder_type":9,"notify_assignee":"maybe","is_all_day":2,"#
                    + #""recurrence_rule":true,"due_at":"tomorrow","assigned_user_id":-1,"#
                    + #""contact_id":{}}"#
            )
        }
        #expect(error.message == "Validation failed")
        #expect(
            error.errors == [
                "contact_id": .string("is not a valid id"),
                "assigned_user_id": .string("is not a valid id"),
                "due_at": .string("is not a valid ISO 8601 date"),
                "recurrence_rule": .string("is not a string"),
                "is_all_day": .string("is not a boolean"),
                "notify_assignee": .string("is not a boolean"),
                "reminder_type": .string("is not an integer from 0 to 7"),
                "category_id": .string("is not a valid id"),
                "description": .string("is not a string"),
                "status": .string("is not complete, incomplete or deleted"),
                "notes": .string("is not a string"),
            ]
        )
    }

    @Test func `creating looks at neither update_type nor delete_type nor unknown keys`() throws {
        let body = try create(
            #"{"update_type":9,"delete_type":"x","id":"7","crm_user_id":[],"nosuch":1}"#
        )
        #expect(body.updateType == .absent)
        #expect(body.deleteType == .absent)
    }

    @Test(
        arguments: [
            ("1", .value(.thisTask)), (#""2""#, .value(.thisAndFollowing)), ("null", .null),
            ("3", .value(.statusOnly)), ("0", nil), ("4", nil), (#""all""#, nil),
        ] as [(String, BodyField<UpdateType>?)]
    )
    func `an update type is 1, 2 or 3`(json: String, field: BodyField<UpdateType>?) throws {
        try check("update_type", json, for: .update, \.updateType, field)
    }

    @Test(
        arguments: [
            ("1", .value(.thisTask)), (#""2""#, .value(.thisAndFollowing)), ("3", .value(.all)),
            ("0", nil), ("4", nil),
        ] as [(String, BodyField<DeleteType>?)]
    )
    func `a delete type is 1, 2 or 3`(json: String, field: BodyField<DeleteType>?) throws {
        try check("delete_type", json, for: .remove, \.deleteType, field)
    }

    @Test func `an update of the status alone looks at no other field`() throws {
        let json = #"{"update_type":"3","status":"complete","due_at":"garbage","notes":"x"}"#
        let body = try LionDeskTaskBody(members(json), for: .update, zone: .utc)
        #expect(body.status == .value(.complete))
        #expect(body.dueAt == .absent)
        #expect(body.notes == .absent)
    }

    @Test func `a removal looks at its type alone`() throws {
        let json = #"{"delete_type":2,"status":"garbage"}"#
        let body = try LionDeskTaskBody(members(json), for: .remove, zone: .utc)
        #expect(body.deleteType == .value(.thisAndFollowing))
        #expect(body.status == .absent)
    }

    @Test func `a form says the same as JSON`() throws {
        let form = "contact_id=2&category_id=&is_all_day=true&description=New+Lead&notes="
        let body = try read(QueryString(parsing: form).parameters, for: .create)
        #expect(body.contactID == .value(2))
        #expect(body.categoryID == .null)
        #expect(body.isAllDay == .value(true))
        #expect(body.description == .value("New Lead"))
        #expect(body.notes == .value(""))
    }

    @Test(arguments: ["assigned_user_id", "due_at", "description", "status"])
    func `a field without a default may be left out of an update, and only there`(
        name: String
    ) throws {
        var body = JSONObject()
        for (other, value) in Self.required where other != name { body[other] = value }
        for purpose in [LionDeskTaskBody.Purpose.create, .replace] {
            let error = try #require(throws: FeathersError.self) {
                try LionDeskTaskBody(body, for: purpose, zone: .utc)
            }
            #expect(error.errors == [name: "is required"])
        }
        _ = try LionDeskTaskBody(body, for: .update, zone: .utc)
        for empty in [JSONValue.null, ""] {
            body[name] = empty
            let error = try #require(throws: FeathersError.self) {
                try LionDeskTaskBody(body, for: .update, zone: .utc)
            }
            #expect(error.errors == [name: "is required"])
        }
    }

    @Test func `an update of the status alone needs the status`() throws {
        let error = try #require(throws: FeathersError.self) {
            try LionDeskTaskBody(["update_type": .integer(3)], for: .update, zone: .utc)
        }
        #expect(error.errors == ["status": "is required"])
    }

    /// Reads a body with one given field, and with valid values in the required fields.
    private func check<Value: Equatable>(
        _ name: String,
        _ json: String,
        for purpose: LionDeskTaskBody.Purpose = .create,
        _ field: KeyPath<LionDeskTaskBody, BodyField<Value>>,
        _ expected: BodyField<Value>?
    ) throws {
        let object = try members("{\"\(name)\":\(json)}")
        if let expected {
            #expect(try read(object, for: purpose)[keyPath: field] == expected)
        } else {
            let error = try #require(throws: FeathersError.self) { try read(object, for: purpose) }
            #expect(error.errors.members.map(\.name) == [name])
        }
    }

    private func create(_ json: String) throws -> LionDeskTaskBody {
        try read(members(json), for: .create)
    }

    @discardableResult
    private func read(
        _ members: JSONObject,
        for purpose: LionDeskTaskBody.Purpose
    ) throws -> LionDeskTaskBody {
        var body = members
        for (name, value) in Self.required where body[name] == nil { body[name] = value }
        return try LionDeskTaskBody(body, for: purpose, zone: .utc)
    }

    private static let required: KeyValuePairs<String, JSONValue> = [
        "assigned_user_id": "2", "due_at": "2018-12-16T12:00:00", "description": "Call",
        "status": "incomplete",
    ]

    private func members(_ json: String) throws -> JSONObject {
        try #require(JSONValue(parsing: Array(json.utf8)).object)
    }
}
