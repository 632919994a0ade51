import JSON
import LionDesk
import Recurrence
import Tasks
import Testing

@Suite struct LionDeskTaskEditTests {
    private let required: JSONObject = [
        "assigned_user_id": "2", "due_at": "2018-12-16T12:00:00", "description": "Call",
        "status": "incomplete",
    ]

    @Test func `a creation has the defaults of what it leaves out`() throws {
        let draft = try LionDeskTaskBody(required, for: .create, zone: .utc).draft
        let due = try #require(LocalDateTime(year: 2018, month: 12, day: 16, hour: 12))
        #expect(
            draft
                == TaskDraft(
                    template: TaskTemplate(
                        title: "Call",
                        assigneeID: Identifier(2),
                        reminders: []
                    ),
                    due: WallClockTime(local: due, zone: .utc)
                )
        )
        #expect(draft.template.notifiesAssignee)
        #expect(draft.template.reminder == .noReminder)
    }

    @Test func `a creation says all that it is told`() throws {
        var members = required
        members["contact_id"] = "3"
        members["category_id"] = .integer(4)
        members["reminder_type"] = "6"
        members["is_all_day"] = .bool(true)
        members["notify_assignee"] = .bool(false)
        members["notes"] = "Ring twice"
        members["status"] = "deleted"
        members["recurrence_rule"] = "FREQ=DAILY"
        let draft = try LionDeskTaskBody(members, for: .create, zone: .utc).draft
        #expect(
            draft.template
                == TaskTemplate(
                    title: "Call",
                    body: "Ring twice",
                    assigneeID: Identifier(2),
                    contactID: Identifier(3),
                    categoryID: Identifier(4),
                    reminder: .agentTextMessage,
                    isAllDay: true,
                    notifiesAssignee: false,
                    reminders: []
                )
        )
        #expect(draft.state == .deleted)
        #expect(try draft.rule == SeriesRule(parsing: "FREQ=DAILY"))
    }

    @Test func `an update resets what it leaves out, and keeps what has no default`() throws {
        let edit = try LionDeskTaskBody([:], for: .update, zone: .utc).edit()
        #expect(
            edit
                == TaskEdit(
                    body: .set(""),
                    contactID: .set(nil),
                    categoryID: .set(nil),
                    reminder: .set(.noReminder),
                    isAllDay: .set(false),
                    notifiesAssignee: .set(true),
                    rule: .set(nil)
                )
        )
    }

    @Test func `an update of the status alone keeps all else`() throws {
        let members: JSONObject = ["update_type": "3", "status": "complete", "notes": "x"]
        let edit = try LionDeskTaskBody(members, for: .update, zone: .utc).edit()
        #expect(edit == TaskEdit(state: .set(.completed)))
    }

    @Test(
        arguments: [
            (nil, .thisOne), (.integer(1), .thisOne), (.integer(2), .thisAndFollowing),
            (.integer(3), .thisOne), (.null, .thisOne),
        ] as [(JSONValue?, Extent)]
    )
    func `an update reaches one task unless its type is 2`(
        type: JSONValue?,
        extent: Extent
    ) throws {
        var members = required
        members["update_type"] = type
        let body = try LionDeskTaskBody(members, for: .update, zone: .utc)
        #expect(body.updateExtent == extent)
    }

    @Test(
        arguments: [
            (nil, .thisOne), ("1", .thisOne), ("2", .thisAndFollowing), ("3", .all), ("", .thisOne),
        ] as [(JSONValue?, Extent)]
    )
    func `a removal reaches as far as its type says`(
        type: JSONValue?,
        extent: Extent
    ) throws {
        var members = JSONObject()
        members["delete_type"] = type
        let body = try LionDeskTaskBody(members, for: .remove, zone: .utc)
        #expect(body.deletionExtent == extent)
    }
}
