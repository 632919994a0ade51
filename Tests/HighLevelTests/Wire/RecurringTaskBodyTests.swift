import HighLevel
import JSON
import Recurrence
import Tasks
import Testing

@Suite struct RecurringTaskBodyTests {
    private static let rule = """
        {"intervalType":"hourly","interval":1,"startDate":"2025-07-23T10:00:00.000Z",\
        "dueAfterSeconds":600}
        """

    @Test func `the published example is a draft`() throws {
        let body = try body(
            """
            {"title": "Task Name", "description": "Task Description",
             "contactIds": ["sx6wyHhbFdRXh302Lunr"], "owners": ["sx6wyHhbFdRXh302Lunr"],
             "rruleOptions": \(Self.rule), "ignoreTaskCreation": true}
            """
        )
        #expect(body.contactIDs == ["sx6wyHhbFdRXh302Lunr"])
        #expect(body.owners == ["sx6wyHhbFdRXh302Lunr"])
        let draft = body.draft(contactIDs: [Identifier(1)], ownerIDs: [Identifier(2)])
        #expect(draft.title == "Task Name")
        #expect(draft.body == "Task Description")
        #expect(draft.contactIDs == [Identifier(1)])
        #expect(draft.ownerIDs == [Identifier(2)])
        #expect(draft.recurrence.rule.text == "FREQ=HOURLY")
        #expect(!draft.makesFirstTasks)
    }

    @Test func `the wording is what was sent, with the default in it`() throws {
        let body = try body(
            """
            {"title": "A", "rruleOptions": {
                "startDate": "2025-07-23T12:00:00+02:00", "dueAfterSeconds": 6e2,
                "dayOfMonth": 3, "intervalType": "hourly", "interval": 1
            }}
            """
        )
        #expect(
            body.recurrence?.wording
                == #"{"startDate":"2025-07-23T12:00:00+02:00","dueAfterSeconds":600.0,"#
                + #""dayOfMonth":3,"intervalType":"hourly","interval":1,"#
                + #""createTaskIfOverDue":false}"#
        )
    }

    @Test(arguments: [("", true), (#","ignoreTaskCreation":false"#, true)])
    func `a creation makes its first tasks unless told not to`(
        member: String,
        makesFirstTasks: Bool
    ) throws {
        let body = try body(#"{"title":"A","rruleOptions":\#(Self.rule)\#(member)}"#)
        #expect(body.draft(contactIDs: [], ownerIDs: []).makesFirstTasks == makesFirstTasks)
    }

    @Test(arguments: [
        ("{}", false), (#"{"ignoreTaskCreation":false}"#, false),
        (#"{"rruleOptions":\#(rule)}"#, false),
        (#"{"rruleOptions":\#(rule),"ignoreTaskCreation":true}"#, false),
        (#"{"rruleOptions":\#(rule),"ignoreTaskCreation":false}"#, true),
    ])
    func `an update makes first tasks only for the asking`(
        json: String,
        makesFirstTasks: Bool
    ) throws {
        let body = try body(json, .optional)
        #expect(body.edit(contactIDs: nil, ownerIDs: nil).makesFirstTasks == makesFirstTasks)
    }

    @Test func `an update keeps what it leaves out`() throws {
        let edit = try body("{}", .optional).edit(contactIDs: nil, ownerIDs: nil)
        #expect(edit == SeriesEdit())
    }

    @Test func `null means that a property is left out`() throws {
        let members = try members(
            """
            {"title": "A", "description": null, "contactIds": null, "owners": null,
             "rruleOptions": \(Self.rule), "ignoreTaskCreation": null}
            """
        )
        let short = try body(#"{"title":"A","rruleOptions":\#(Self.rule)}"#)
        #expect(try RecurringTaskBody(members, .required, zone: .utc) == short)
        let nothing = try body(#"{"title":null,"rruleOptions":null,"owners":null}"#, .optional)
        #expect(nothing.edit(contactIDs: nil, ownerIDs: nil) == SeriesEdit())
    }

    @Test func `the wording has no nulls`() throws {
        let rule = Self.rule.dropLast() + #","endDate":null,"count":null}"#
        let body = try body(#"{"title":"A","rruleOptions":\#(rule)}"#)
        let short = try self.body(#"{"title":"A","rruleOptions":\#(Self.rule)}"#)
        #expect(body == short)
        #expect(body.recurrence?.wording?.contains("null") == false)
    }

    @Test(arguments: ["title", "rruleOptions"])
    func `null is refused where a creation requires a property`(name: String) throws {
        // If a name comes twice, the last one counts.
        let json = #"{"title":"A","rruleOptions":\#(Self.rule),"\#(name)":null}"#
        #expect(try violations { try body(json) }.first == "\(name) should not be empty")
    }

    @Test func `an empty list clears`() throws {
        let body = try body(#"{"contactIds":[],"owners":[],"description":""}"#, .optional)
        let edit = body.edit(contactIDs: [], ownerIDs: [])
        #expect(edit.contactIDs == .set([]))
        #expect(edit.ownerIDs == .set([]))
        #expect(edit.body == .set(""))
        #expect(edit.title == .keep)
    }

    @Test func `what only answers have is taken, and does nothing`() throws {
        let json = """
            {"id": 5, "locationId": "x", "updatedAt": null, "createdAt": "x", "totalOccurrence": "x",
             "deleted": true, "assignedTo": [], "contactId": {}, "rrule": "x", "timeZone": "x"}
            """
        #expect(try body(json, .optional) == body("{}", .optional))
    }

    @Test func `options by which another rule is shown keep that rule`() throws {
        let shown = try options(Self.rule)
        let members = try members(#"{"rruleOptions":\#(Self.rule)}"#)
        let body = try RecurringTaskBody(members, .optional, zone: .utc, keeping: shown)
        #expect(body.edit(contactIDs: nil, ownerIDs: nil) == SeriesEdit())
        var other = shown
        other.interval = 2
        let changed = try RecurringTaskBody(members, .optional, zone: .utc, keeping: other)
        #expect(changed.recurrence?.rule.text == "FREQ=HOURLY")
    }

    @Test func `PHP's empty array is an object without options`() throws {
        let reasons = try violations { try body(#"{"rruleOptions":[]}"#, .optional) }
        #expect(reasons.count == 8)
        #expect(reasons.first == "rruleOptions.intervalType should not be empty")
    }

    @Test func `a contact that is named twice counts once, in its first place`() throws {
        let body = try body(#"{"contactIds":["b","a","b","c","a"]}"#, .optional)
        #expect(body.contactIDs == ["b", "a", "c"])
    }

    @Test(arguments: [
        (#"{"title":""}"#, "title must be longer than or equal to 1 characters"),
        (#"{"title":7}"#, "title must be a string"),
        (#"{"title":["A"]}"#, "title must be a string"),
        (#"{"description":{}}"#, "description must be a string"),
        (#"{"contactIds":"sx6wyHhbFdRXh302Lunr"}"#, "contactIds must be an array"),
        (#"{"contactIds":[1,"a",null]}"#, "each value in contactIds must be a string"),
        (#"{"owners":{"0":"a"}}"#, "owners must be an array"),
        (#"{"owners":[[]]}"#, "each value in owners must be a string"),
        (#"{"ignoreTaskCreation":"false"}"#, "ignoreTaskCreation must be a boolean value"),
        (#"{"rruleOptions":[1]}"#, "rruleOptions must be an object"),
        (#"{"rruleOptions":"FREQ=DAILY"}"#, "rruleOptions must be an object"),
        (#"{"companyId":"ve9EPM428h8vShlRW1KT"}"#, "property companyId should not exist"),
        (#"{"constructor":1}"#, "property constructor should not exist"),
        (
            #"{"rruleOptions":{"intervalType":"daily","interval":0,"startDate":"2025-07-23","#
                + #""dueAfterSeconds":0}}"#,
            "rruleOptions.interval must not be less than 1"
        ),
        (
            #"{"rruleOptions":{"intervalType":"daily","interval":1,"startDate":"2025-07-23","#
                + #""dueAfterSeconds":0,"x":0}}"#,
            "rruleOptions.property x should not exist"
        ),
        (
            #"{"rruleOptions":{"intervalType":"daily","interval":1,"startDate":"2025-07-23","#
                + #""dueAfterSeconds":0,"endDate":"2025-07-22"}}"#,
            "rruleOptions.endDate must not be earlier than startDate"
        ),
        (
            #"{"rruleOptions":{"intervalType":"weekly","interval":1,"startDate":"2025-07-23","#
                + #""dueAfterSeconds":0,"endDate":"2025-07-24","dayOfWeek":"MO"}}"#,
            "rruleOptions.endDate must not be earlier than the first occurrence, "
                + "which is at 2025-07-28T00:00:00.000Z"
        ),
    ])
    func `what is wrong is refused with its reason`(json: String, reason: String) throws {
        #expect(try violations { try body(json, .optional) } == [reason])
    }

    @Test func `everything that is wrong is told at once, unknown properties first`() throws {
        let reasons = try violations {
            try body(
                """
                {"x": 1, "title": 5, "owners": "a", "y": 2,
                 "rruleOptions": {"interval": 0, "z": 3}}
                """
            )
        }
        #expect(
            reasons == [
                "property x should not exist", "property y should not exist",
                "title must be a string", "owners must be an array",
                "rruleOptions.property z should not exist",
                "rruleOptions.intervalType should not be empty",
                "rruleOptions.intervalType must be one of the following values: "
                    + "yearly, monthly, weekly, daily, hourly",
                "rruleOptions.interval must not be less than 1",
                "rruleOptions.startDate should not be empty",
                "rruleOptions.startDate must be a valid ISO 8601 date string of the years 1970 "
                    + "to 9900",
                "rruleOptions.dueAfterSeconds should not be empty",
                "rruleOptions.dueAfterSeconds must be an integer number",
            ]
        )
    }

    @Test func `an empty creation lacks title and rule`() throws {
        #expect(
            try violations { try body("{}") } == [
                "title should not be empty", "title must be a string",
                "rruleOptions should not be empty", "rruleOptions must be an object",
            ]
        )
    }

    @Test(arguments: [
        ("title", "é", 255, "255 characters"), ("description", "e", 65_535, "65535 characters"),
        ("description", "é", 32_767, "65535 bytes"),
    ])
    func `a text is bounded`(name: String, letter: String, longest: Int, limit: String) throws {
        func json(_ count: Int) -> JSONObject {
            [name: .string(String(repeating: letter, count: count))]
        }
        let zone = Zone.utc
        #expect(
            try violations { try RecurringTaskBody(json(longest), .optional, zone: zone) } == []
        )
        let reasons = try violations {
            try RecurringTaskBody(json(longest + 1), .optional, zone: zone)
        }
        #expect(reasons == ["\(name) must be shorter than or equal to \(limit)"])
    }

    @Test(arguments: ["contactIds", "owners"])
    func `a list is bounded`(name: String) throws {
        let ids = (0..<101).map { JSONValue.string("\($0)") }
        let zone = Zone.utc
        let longest: JSONObject = [name: .array(Array(ids.dropLast()))]
        #expect(try violations { try RecurringTaskBody(longest, .optional, zone: zone) } == [])
        let reasons = try violations {
            try RecurringTaskBody([name: .array(ids)], .optional, zone: zone)
        }
        #expect(reasons == ["\(name) must contain no more than 100 elements"])
    }

    private func body(
        _ json: String,
        _ presence: PropertyReader.Presence = .required
    ) throws -> RecurringTaskBody {
        try RecurringTaskBody(try members(json), presence, zone: .utc)
    }
}
