import Delivery
import Recurrence
import Storage
import Tasks
import TestSupport
import Testing

/// What people say of reminders holds for what they are sent.
struct ReminderPeopleTests {
    private let byMail = [Reminder(.before(0), by: .email)]

    @Test func `defaults of the location and of a person hold for tasks that say nothing`()
        async throws
    {
        let office = try await ReminderOffice()
        try await office.create("Before", dueAfter: 3600)
        try await office.change(of: nil) { $0.reminders = [Reminder(.before(0), by: .email)] }
        try await office.create("After", dueAfter: 3600)
        try await office.change(of: ReminderOffice.ana) {
            $0.reminders = [Reminder(.before(60), by: .sms)]
        }
        try await office.create("Ben's", dueAfter: 3600, by: ReminderOffice.ben)
        try await office.pass(3600)
        #expect(
            Set(office.post.texts) == [
                "01-07T08:59:00Z Ana sms: Before", "01-07T08:59:00Z Ana sms: After",
                "01-07T09:00:00Z Ben email: Ben's",
            ]
        )
        await office.store.close()
    }

    @Test func `quiet hours hold a mail back until they end`() async throws {
        let office = try await ReminderOffice()
        try await office.change(of: ReminderOffice.ana) {
            $0.quietHours = QuietHours(fromMinute: 9 * 60, untilMinute: 12 * 60)
        }
        try await office.create { $0.reminders = [Reminder(.before(0), by: .email)] }
        try await office.pass(4 * 3600 - 1)
        #expect(office.post.texts == [])
        try await office.pass(1)
        #expect(office.post.texts == ["01-07T12:00:00Z Ana email: Call back"])
        await office.store.close()
    }

    @Test func `quiet hours that somebody is in after an outage hold, too`() async throws {
        let office = try await ReminderOffice()
        try await office.change(of: ReminderOffice.ana) {
            $0.quietHours = QuietHours(fromMinute: 11 * 60, untilMinute: 12 * 60)
        }
        try await office.create { $0.reminders = [Reminder(.before(0), by: .email)] }
        try await office.pass(0)
        office.sleep(3 * 3600 + 1800)
        try await office.pass(0)
        #expect(office.post.texts == [])
        try await office.pass(3600)
        #expect(office.post.texts == ["01-07T12:00:00Z Ana email: Call back"])
        let sent = try #require(try await office.reminders().first)
        #expect(sent.attempts == 1)
        #expect(sent.fireAt.duration(to: try #require(sent.sentAt)) == .seconds(7200))
        await office.store.close()
    }

    @Test func `nobody is sent more than so many an hour and a day`() async throws {
        let office = try await ReminderOffice(
            limits: ReminderLimits(hourLimit: 3, dayLimit: 5)
        )
        for number in 0..<5 {
            try await office.create("First \(number)") {
                $0.reminders = [Reminder(.before(0), by: .email)]
            }
            try await office.create("Second \(number)", dueAfter: 7200 + 3601) {
                $0.reminders = [Reminder(.before(0), by: .sms)]
            }
        }
        try await office.create("Ben's", by: ReminderOffice.ben) {
            $0.reminders = [Reminder(.before(0), by: .email)]
        }
        try await office.pass(86_400)
        let ledger = try await office.ledger()
        #expect(ledger.count { $0.contains("1 email sent") } == 3)
        #expect(ledger.count { $0.contains("1 email missed (more than 3 an hour)") } == 2)
        #expect(ledger.count { $0.contains("1 sms sent") } == 2)
        #expect(ledger.count { $0.contains("1 sms missed (more than 5 a day)") } == 3)
        #expect(ledger.count { $0.contains("2 email sent") } == 1)
        await office.store.close()
    }

    @Test func `the day's work is mailed at the person's time, if there is any`() async throws {
        let office = try await ReminderOffice()
        try await office.change(of: ReminderOffice.ana) { $0.digestMinute = 9 * 60 }
        let done = try await office.create("Today", dueAfter: 5 * 3600)
        try await office.create("Tomorrow", dueAfter: 86_400 + 3600)
        try await office.create("Ben's", dueAfter: 3600, by: ReminderOffice.ben)
        try await office.pass(2 * 3600)
        #expect(office.post.texts == ["01-07T09:00:00Z Ana email: Today"])
        #expect(office.post.notices.first?.key.cause == .digest)
        try await office.pass(86_400)
        #expect(office.post.texts.last == "01-08T09:00:00Z Ana email: Today, Tomorrow")
        #expect(office.post.notices.last?.tasks.map(\.isOverdue) == [true, false])
        try await office.edit(done, TaskEdit(state: .set(.completed)))
        let all = try await office.store.tasks(
            Query<TaskField>(limit: 10),
            seenBy: .wholeLocation,
            in: ReminderOffice.location
        )
        for entry in all.records {
            try await office.edit(entry.id, TaskEdit(state: .set(.completed)))
        }
        try await office.pass(86_400)
        #expect(office.post.texts.count == 2)
        #expect(
            try await office.ledger().suffix(2) == [
                "01-09T09:00:00Z 1 email withdrawn (nothing is due)",
                "01-10T09:00:00Z 1 email waiting",
            ]
        )
        try await office.change(of: ReminderOffice.ana) { $0.digestMinute = nil }
        try await office.pass(0)
        #expect(try await office.ledger().last?.contains("withdrawn") == true)
        await office.store.close()
    }

    @Test func `who puts a task off is reminded then`() async throws {
        let office = try await ReminderOffice()
        let id = try await office.create {
            $0.reminders = [Reminder(.before(0), by: .email)]
        }
        try await office.pass(0)
        try await office.snooze(id, for: 3 * 3600)
        try await office.pass(7200)
        #expect(office.post.texts == [])
        try await office.pass(3600)
        #expect(office.post.texts == ["01-07T11:00:00Z Ana email: Call back"])
        try await office.snooze(id, for: 600)
        try await office.pass(600)
        #expect(office.post.texts.last == "01-07T11:10:00Z Ana email: Call back")
        try await office.snooze(id, for: 600)
        try await office.pass(0)
        try await office.edit(id, TaskEdit(state: .set(.completed)))
        try await office.pass(600)
        #expect(office.post.texts.count == 2)
        #expect(try await office.ledger().last?.contains("withdrawn") == true)
        await office.store.close()
    }

    @Test func `a task without reminders that is put off is told of on the page`() async throws {
        let office = try await ReminderOffice()
        let id = try await office.create()
        try await office.snooze(id, for: 600)
        try await office.pass(600)
        #expect(try await office.ledger() == ["01-07T08:10:00Z 1 page sent (in the log)"])
        await office.store.close()
    }
}
