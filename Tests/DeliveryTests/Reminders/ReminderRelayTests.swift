import Delivery
import Recurrence
import Storage
import Tasks
import TestSupport
import Testing

/// People are reminded of their tasks when it is time, once.
struct ReminderRelayTests {
    private let office: ReminderOffice

    init() async throws {
        office = try await ReminderOffice()
    }

    private let byMail: (inout TaskTemplate) -> Void = {
        $0.reminder = .email
        $0.reminders = []
    }

    @Test func `LionDesk's mail is sent when the task is due`() async throws {
        try await office.create("Call back") {
            byMail(&$0)
            $0.contactID = Identifier(5)
        }
        try await office.pass(7199)
        #expect(office.post.texts == [])
        #expect(try await office.ledger() == ["01-07T10:00:00Z 1 email waiting"])
        try await office.pass(1)
        #expect(office.post.texts == ["01-07T10:00:00Z Ana email: Call back"])
        #expect(try await office.ledger() == ["01-07T10:00:00Z 1 email sent (250 ok)"])
        let notice = try #require(office.post.notices.first)
        #expect(notice.locationName == "Office")
        #expect(notice.recipient.email == "ana@example.com")
        #expect(notice.tasks.first?.contactName == "Carla Cruz")
        #expect(notice.tasks.first?.isRecurring == false)
        try await office.pass(86_400)
        #expect(office.post.texts.count == 1)
        let sent = try #require(try await office.reminders().first)
        #expect(sent.sentAt == sent.fireAt)
        #expect(sent.attempts == 1)
        await office.store.close()
    }

    @Test func `each task of a series is reminded of, and none of the past`() async throws {
        // It began five days ago.
        try await office.create(dueAfter: -5 * 86_400, rule: "FREQ=DAILY;COUNT=8") { byMail(&$0) }
        try await office.pass(3 * 86_400)
        #expect(
            office.post.texts == [
                "01-07T08:00:00Z Ana email: Call back", "01-08T08:00:00Z Ana email: Call back",
                "01-09T08:00:00Z Ana email: Call back",
            ]
        )
        await office.store.close()
    }

    @Test func `a task that moves, or is done, is not reminded of at its old time`() async throws {
        let moved = try await office.create("Moved") { byMail(&$0) }
        let done = try await office.create("Done") { byMail(&$0) }
        try await office.pass(3600)
        let later = WallClockTime(at: office.clock.now.advanced(by: .seconds(7200)), in: .utc)
        try await office.edit(moved, TaskEdit(due: .set(later)))
        try await office.edit(done, TaskEdit(state: .set(.completed)))
        try await office.pass(3600)
        #expect(office.post.texts == [])
        try await office.pass(3600)
        #expect(office.post.texts == ["01-07T11:00:00Z Ana email: Moved"])
        #expect(
            try await office.ledger() == [
                "01-07T10:00:00Z 1 email withdrawn (the task is done)",
                "01-07T11:00:00Z 1 email sent (250 ok)",
            ]
        )
        await office.store.close()
    }

    @Test func `what is done while its reminder is planned is withdrawn before it is sent`()
        async throws
    {
        let id = try await office.create { byMail(&$0) }
        try await office.pass(0)
        office.sleep(7200)
        // Nobody has planned it anew when the reminder is taken.
        try await office.edit(id, TaskEdit(state: .set(.completed)))
        await office.relay.sendDue()
        #expect(office.post.texts == [])
        #expect(
            try await office.ledger() == ["01-07T10:00:00Z 1 email withdrawn (the task is done)"]
        )
        await office.store.close()
    }

    @Test func `a call is not made, and the ledger says so`() async throws {
        try await office.create {
            $0.reminder = .call
            $0.reminders = []
        }
        try await office.pass(86_400)
        #expect(office.post.texts == [])
        #expect(
            try await office.ledger()
                == ["01-07T10:00:00Z 1 call failed (calls are not made, by design)"]
        )
        #expect(try await office.reminders().first?.attempts == 0)
        await office.store.close()
    }

    @Test func `a new assignee is told once of a series, and of each change`() async throws {
        let id = try await office.create("Weekly", rule: "FREQ=WEEKLY;COUNT=4") {
            byMail(&$0)
            $0.assigneeID = ReminderOffice.ben
        }
        try await office.pass(1)
        #expect(office.post.texts == ["01-07T08:00:00Z Ben email: Weekly"])
        #expect(office.post.notices.first?.key.cause == .assignment)
        #expect(office.post.notices.first?.tasks.first?.assignedBy == "Ana")
        try await office.edit(
            id,
            TaskEdit(assigneeID: .set(ReminderOffice.ana)),
            extent: .all,
            by: ReminderOffice.ben
        )
        try await office.pass(7200)
        // Ana made the series, so she is not told of it, but reminded.
        #expect(
            office.post.texts.dropFirst() == ["01-07T10:00:00Z Ana email: Weekly"]
        )
        await office.store.close()
    }

    @Test func `a refused mail is tried again, and at last given up`() async throws {
        try await office.create { byMail(&$0) }
        office.post.answer(
            .refused("451 later", isFinal: false),
            .refused("451 later", isFinal: false)
        )
        try await office.pass(7200 + 34)
        #expect(office.post.texts.count == 2)
        #expect(try await office.ledger() == ["01-07T10:00:00Z 1 email waiting (451 later)"])
        try await office.pass(1)
        #expect(office.post.texts.last == "01-07T10:00:35Z Ana email: Call back")
        #expect(try await office.reminders().first?.attempts == 3)
        try await office.create("Bounces", dueAfter: 60) { byMail(&$0) }
        office.post.answer(.refused("550 no such user", isFinal: true))
        try await office.pass(86_400)
        #expect(office.post.texts.count == 4)
        #expect(try await office.ledger().last?.hasSuffix("failed (550 no such user)") == true)
        await office.store.close()
    }

    @Test func `after an outage what is late is sent in order, and what is too late is missed`()
        async throws
    {
        for hours in [1, 20, 2] as [Int64] {
            try await office.create("After \(hours) h", dueAfter: hours * 3600) { byMail(&$0) }
        }
        try await office.pass(0)
        office.sleep(14 * 3600)
        try await office.pass(0)
        #expect(office.post.texts == ["01-07T22:00:00Z Ana email: After 2 h"])
        #expect(
            try await office.ledger() == [
                "01-07T09:00:00Z 1 email missed (13 h late, of 12 h at most)",
                "01-07T10:00:00Z 1 email sent (250 ok)", "01-08T04:00:00Z 1 email waiting",
            ]
        )
        await office.store.close()
    }

    @Test func `what the scheduler makes late is reminded of, too`() async throws {
        try await office.create(rule: "FREQ=DAILY") { byMail(&$0) }
        try await office.pass(0)
        // The horizon ends while no server runs.
        office.sleep(40 * 86_400)
        try await office.pass(0)
        let ledger = try await office.ledger()
        #expect(ledger.count { $0.contains("missed") } >= 29)
        #expect(office.post.texts.count == 0)
        try await office.pass(86_400)
        #expect(office.post.texts.count == 1)
        await office.store.close()
    }

    @Test func `without a mail server or a gateway it is missed, and said why`() async throws {
        office.post.offer([])
        for reminder in [ReminderType.email, .textMessage] {
            try await office.create {
                $0.reminder = reminder
                $0.reminders = []
            }
        }
        try await office.pass(7200)
        #expect(
            Set(try await office.ledger()) == [
                "01-07T10:00:00Z 1 email missed (no mail server is set up)",
                "01-07T10:00:00Z 1 sms missed (no SMS gateway is set up)",
            ]
        )
        await office.store.close()
    }

    @Test func `the page and webhooks are told in the log`() async throws {
        let id = try await office.create {
            $0.reminders = [
                Reminder(.before(60), by: .page), Reminder(.before(60), by: .webhook),
                Reminder(.after(60, repeatSeconds: 600), by: .page),
            ]
        }
        try await office.pass(7200 + 700)
        let feed = try await office.store.feed(
            after: FeedPlace(changeNumber: 0),
            limit: 100,
            seenBy: .wholeLocation,
            in: ReminderOffice.location
        )
        let told = feed.changes.filter { $0.kind == .reminded }
        #expect(told.count >= 3)
        #expect(told.allSatisfy { $0.tasks.map(\.task.id) == [id] })
        #expect(
            try await office.ledger()
                == [
                    "01-07T09:59:00Z 1 webhook sent (in the log)",
                    "01-07T09:59:00Z 1 page sent (in the log)",
                    "01-07T10:01:00Z 1 page sent (in the log)",
                    "01-07T10:11:00Z 1 page sent (in the log)", "01-07T10:21:00Z 1 page waiting",
                ]
        )
        try await office.edit(id, TaskEdit(state: .set(.completed)))
        try await office.pass(86_400)
        #expect(try await office.ledger().count == 5)
        await office.store.close()
    }
}
