import Delivery
import Recurrence
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// Somebody who is given work by another is told so, once per series.
struct AssignmentNoticeTests {
    private func begin(
        _ office: ReminderOffice,
        owner: Identifier<User>,
        by creatorID: Identifier<User>? = ReminderOffice.ana
    ) async throws -> Identifier<RecurringTask> {
        let draft = SeriesDraft(
            title: "Call",
            body: "",
            contactIDs: [],
            ownerIDs: [owner],
            recurrence: DueRecurrence(
                start: WallClockTime(at: office.clock.now.advanced(by: .seconds(3600)), in: .utc),
                rule: try SeriesRule(parsing: "FREQ=DAILY"),
                dueAfter: 3600,
                dueZone: .utc,
                occurrenceLimit: nil,
                whileOverdue: .create,
                wording: nil
            ),
            makesFirstTasks: false
        )
        let commands = SeriesCommands(store: office.store, zones: SystemZones(), catchUp: .latest)
        return try await commands.create(
            draft,
            by: office.actor(creatorID),
            at: office.clock.now
        ).series.id
    }

    @Test func `a series that makes its tasks when they come is told of by its first task`()
        async throws
    {
        let office = try await ReminderOffice()
        _ = try await begin(office, owner: ReminderOffice.ben)
        try await office.pass(3 * 86_400)
        #expect(office.post.texts == ["01-07T09:00:00Z Ben email: Call"])
        #expect(office.post.notices.map(\.key.cause) == [.assignment])
        #expect(office.post.notices.map { $0.tasks.first?.assignedBy } == ["Ana"])
        await office.store.close()
    }

    @Test func `whoever gets such a series later is told of it then, once`() async throws {
        let office = try await ReminderOffice()
        let id = try await begin(office, owner: ReminderOffice.ana)
        try await office.pass(86_400)
        #expect(office.post.texts == [])
        let commands = SeriesCommands(
            store: office.store,
            zones: SystemZones(),
            catchUp: .latest
        )
        _ = try await commands.update(
            id,
            with: SeriesEdit(ownerIDs: .set([ReminderOffice.ben])),
            by: office.actor(),
            at: office.clock.now
        )
        try await office.pass(3 * 86_400)
        #expect(office.post.texts.count == 1)
        #expect(office.post.texts.first?.contains("Ben email: Call") == true)
        await office.store.close()
    }

    @Test func `who refuses mails is told of nothing, and the ledger says why`() async throws {
        let office = try await ReminderOffice()
        let early = try await office.create("Early") {
            $0.reminders = [Reminder(.before(0), by: .email)]
        }
        try await office.pass(0)
        try await office.change(of: ReminderOffice.ana) { $0.refusesMail = true }
        try await office.create("Late", dueAfter: 10_800) {
            $0.reminders = [Reminder(.before(0), by: .email), Reminder(.before(60), by: .sms)]
        }
        try await office.create("Given", dueAfter: 20_000, by: ReminderOffice.ben) {
            $0.assigneeID = ReminderOffice.ana
        }
        try await office.pass(0)
        #expect(
            try await office.ledger() == [
                "01-07T08:00:00Z 1 email withdrawn (the person wants no mails)",
                "01-07T10:00:00Z 1 email withdrawn (the person wants no mails)",
                "01-07T10:59:00Z 1 sms waiting",
                "01-07T11:00:00Z 1 email withdrawn (the person wants no mails)",
            ]
        )
        try await office.edit(early, TaskEdit(title: .set("Earlier")))
        try await office.change(of: ReminderOffice.ana) { $0.refusesMail = false }
        try await office.pass(4 * 3600)
        #expect(
            office.post.texts == [
                "01-07T10:00:00Z Ana email: Earlier", "01-07T10:59:00Z Ana sms: Late",
                "01-07T11:00:00Z Ana email: Late",
            ]
        )
        await office.store.close()
    }
}
