import HighLevel
import JSON
import Recurrence
import Tasks
import Testing

@Suite struct ContactTaskBodyTests {
    private static let contact = "sx6wyHhbFdRXh302Lunr"

    @Test func `the published example is a draft`() throws {
        let body = try ContactTaskBody(
            try members(
                """
                {"title": "First Task", "body": "loram ipsum",
                 "dueDate": "2020-10-25T11:00:00.250Z", "completed": true,
                 "assignedTo": "hxHGVRb1YJUscrCB8eXK"}
                """
            ),
            .required,
            of: Self.contact
        )
        #expect(body.assignedTo == .set("hxHGVRb1YJUscrCB8eXK"))
        let draft = body.draft(
            contactID: Identifier(3),
            assigneeID: Identifier(4),
            zone: try zone("America/Los_Angeles")
        )
        #expect(draft.template.title == "First Task")
        #expect(draft.template.body == "loram ipsum")
        #expect(draft.template.contactID == Identifier(3))
        #expect(draft.template.assigneeID == Identifier(4))
        #expect(draft.state == .completed)
        #expect(draft.rule == nil)
        #expect("\(draft.due.local)" == "20201025T040000")
        #expect(HighLevelDate(draft.due.timestamp).text == "2020-10-25T11:00:00.250Z")
    }

    // 2025-11-02: 1:30 comes twice in Los Angeles.
    @Test(arguments: ["2025-11-02T08:30:00.000Z", "2025-11-02T09:30:00.000Z"])
    func `a due date that the clocks show twice keeps its own instant`(text: String) throws {
        let body = try ContactTaskBody(
            try members(#"{"title":"A","dueDate":"\#(text)","completed":false}"#),
            .required,
            of: Self.contact
        )
        let zone = try zone("America/Los_Angeles")
        let draft = body.draft(contactID: Identifier(3), assigneeID: nil, zone: zone)
        #expect(HighLevelDate(draft.due.timestamp).text == text)
        #expect(draft.state == .open)
    }

    @Test func `an update keeps what it leaves out`() throws {
        let body = try ContactTaskBody([:], .optional, of: Self.contact)
        #expect(body.edit(assigneeID: .keep, zone: .utc) == TaskEdit())
    }

    @Test func `an update sets what it names`() throws {
        let body = try ContactTaskBody(
            try members(
                #"{"title":"B","body":"","dueDate":"2020-10-25T11:00:00Z","completed":false}"#
            ),
            .optional,
            of: Self.contact
        )
        let edit = body.edit(assigneeID: .set(Identifier(7)), zone: .utc)
        #expect(edit.title == .set("B"))
        #expect(edit.body == .set(""))
        #expect(edit.state == .set(.open))
        #expect(edit.assigneeID == .set(Identifier(7)))
        let due = WallClockTime(at: try date("2020-10-25T11:00:00Z").timestamp, in: .utc)
        #expect(edit.due == .set(due))
        #expect(edit.contactID == .keep)
        #expect(edit.rule == .keep)
    }

    @Test func `null means that a property is left out`() throws {
        let nothing = try members(#"{"title":null,"body":null,"dueDate":null,"completed":null}"#)
        #expect(
            try ContactTaskBody(nothing, .optional, of: Self.contact)
                == ContactTaskBody([:], .optional, of: Self.contact)
        )
        // As n8n completes a task.
        let completion = try members(#"{"completed":true,"dueDate":null}"#)
        let edit = try ContactTaskBody(completion, .optional, of: Self.contact).edit(
            assigneeID: .keep,
            zone: .utc
        )
        #expect(edit == TaskEdit(state: .set(.completed)))
    }

    @Test(arguments: ["null", #""""#, #"" \t""#])
    func `null and a blank text clear the assignee`(value: String) throws {
        let body = try ContactTaskBody(
            members(#"{"assignedTo":\#(value)}"#),
            .optional,
            of: Self.contact
        )
        #expect(body.assignedTo == .set(nil))
        #expect(try ContactTaskBody([:], .optional, of: Self.contact).assignedTo == .keep)
    }

    @Test(arguments: ["title", "dueDate", "completed"])
    func `null is refused where a creation requires a property`(name: String) throws {
        // If a name comes twice, the last one counts.
        let json = #"{"title":"A","dueDate":"2025-07-25","completed":false,"\#(name)":null}"#
        let reasons = try violations {
            try ContactTaskBody(members(json), .required, of: Self.contact)
        }
        #expect(reasons.count == 2)
        #expect(reasons.first == "\(name) should not be empty")
    }

    @Test func `a status is not null`() throws {
        let reasons = try violations { try ContactTaskBody(status: ["completed": .null]) }
        #expect(reasons.first == "completed should not be empty")
    }

    @Test func `an empty creation lacks three properties`() throws {
        #expect(
            try violations { try ContactTaskBody([:], .required, of: Self.contact) } == [
                "title should not be empty", "title must be a string",
                "dueDate should not be empty",
                "dueDate must be a valid ISO 8601 date string of the years 1970 to 9900",
                "completed should not be empty", "completed must be a boolean value",
            ]
        )
    }

    @Test(arguments: [
        (#"{"completed":"yes"}"#, "completed must be a boolean value"),
        (#"{"completed":"True"}"#, "completed must be a boolean value"),
        (#"{"completed":1}"#, "completed must be a boolean value"),
        (
            #"{"status":"done"}"#,
            "status must be one of the following values: "
                + "to_do, pending, incomplete, incompleted, completed"
        ),
        (
            #"{"dueDate":"soon"}"#,
            "dueDate must be a valid ISO 8601 date string of the years 1970 to 9900"
        ),
        (#"{"assignedTo":5}"#, "assignedTo must be a string"),
        (#"{"body":[]}"#, "body must be a string"),
        (#"{"description":"x"}"#, "property description should not exist"),
        (#"{"contactId":"x"}"#, "contactId must be the contact of the path"),
        (#"{"contactId":["x"]}"#, "contactId must be the contact of the path"),
        (#"{"contactId":5}"#, "contactId must be an array"),
        (#"{"contactName":"x"}"#, "property contactName should not exist"),
    ])
    func `what is wrong is refused with its reason`(json: String, reason: String) throws {
        #expect(
            try violations { try ContactTaskBody(members(json), .optional, of: Self.contact) } == [
                reason
            ]
        )
    }

    @Test func `a status says whether the task is completed and nothing else`() throws {
        let body = try ContactTaskBody(status: ["completed": .bool(true)])
        #expect(body.edit(assigneeID: .keep, zone: .utc) == TaskEdit(state: .set(.completed)))
        let reasons = try violations {
            try ContactTaskBody(status: ["title": "A", "completed": .integer(1)])
        }
        #expect(
            reasons == ["property title should not exist", "completed must be a boolean value"]
        )
    }

    @Test(arguments: [
        (#"{"completed":"true"}"#, true), (#"{"completed":"false"}"#, false),
        (#"{"status":"completed"}"#, true), (#"{"status":"to_do"}"#, false),
        (#"{"status":"pending"}"#, false), (#"{"status":"incomplete"}"#, false),
        (#"{"status":"incompleted"}"#, false), (#"{"status":"to_do","completed":true}"#, true),
        (#"{"status":"completed","completed":false}"#, false),
        (#"{"status":"completed","completed":null}"#, true),
    ])
    func `a state comes as a text or in a word, too`(json: String, completed: Bool) throws {
        let body = try ContactTaskBody(members(json), .optional, of: Self.contact)
        #expect(body.completed == completed)
    }

    @Test func `a creation needs no state beside a status`() throws {
        let json = #"{"title":"A","dueDate":"2025-07-25","status":"completed"}"#
        #expect(try ContactTaskBody(members(json), .required, of: Self.contact).completed == true)
    }

    @Test func `a status alone takes a text`() throws {
        #expect(try ContactTaskBody(status: ["completed": "true"]).completed == true)
    }

    @Test(arguments: [
        #"{"contactId":"\#(contact)"}"#, #"{"contactId":["\#(contact)"]}"#, #"{"contactId":""}"#,
        #"{"contactId":[]}"#,
        """
        {"id": 5, "_id": {}, "businessId": "x", "recurringTaskId": "x", "locationId": "x",
         "deleted": true, "dateAdded": "x", "dateUpdated": "x", "updatedAt": null,
         "statusGroup": "x", "searchAfter": [], "contactDetails": 1, "assignedToUserDetails": []}
        """,
    ])
    func `what only answers have is taken, and does nothing`(json: String) throws {
        let body = try ContactTaskBody(members(json), .optional, of: Self.contact)
        #expect(try body == ContactTaskBody([:], .optional, of: Self.contact))
    }
}
