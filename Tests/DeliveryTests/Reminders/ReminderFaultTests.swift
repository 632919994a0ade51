import DatabaseTestSupport
import Delivery
import Foundation
import Recurrence
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// What fails about one reminder, or one location, or one way, stops no other.
struct ReminderFaultTests {
    private let office: ReminderOffice

    init() async throws {
        office = try await ReminderOffice()
    }

    private let byMail: (inout TaskTemplate) -> Void = {
        $0.reminders = [Reminder(.before(0), by: .email)]
    }

    private func execute(_ text: String) async throws {
        let statement = SQLStatement(dynamic: text)
        _ = try await office.store.driver.write { try $0.execute(statement, [:]) }
    }

    @Test func `a task that cannot be read is passed over`() async throws {
        let spoiled = try await office.create("Spoiled") { byMail(&$0) }
        try await office.create("Other") { byMail(&$0) }
        try await office.pass(0)
        // PostgreSQL cannot be told to let it be stored.
        let ignore = TestEngine.isSQLite
        let spoil = "UPDATE task SET state = 99 WHERE taskID = \(spoiled.rawValue)"
        if ignore { try await execute("PRAGMA ignore_check_constraints = ON") }
        if ignore { try await execute(spoil) }
        if ignore { try await execute("PRAGMA ignore_check_constraints = OFF") }
        try await office.pass(7200)
        #expect(office.post.texts.contains("01-07T10:00:00Z Ana email: Other"))
        if ignore {
            #expect(
                try await office.ledger().contains(
                    "01-07T10:00:00Z 1 email missed (the task cannot be read)"
                )
            )
        }
        await office.store.close()
    }

    @Test func `what was on its way when a server ended is taken up by the next`() async throws {
        try await office.create("Mail") { byMail(&$0) }
        try await office.create("SMS") { $0.reminders = [Reminder(.before(0), by: .sms)] }
        try await office.pass(0)
        office.sleep(7200)
        for way in [ReminderWay.email, .sms] {
            let claim = try await claim(by: way)
            #expect(claim.count == 1)
        }
        #expect(try await office.ledger().allSatisfy { $0.hasSuffix("waiting") })
        // Not while the lease holds, unless nobody else works on the store.
        try await office.pass(29)
        #expect(office.post.texts == [])
        office.sleep(2)
        try await office.pass(0)
        #expect(office.post.texts.map { $0.suffix(4) } == ["Mail"])
        #expect(
            Set(try await office.ledger()) == [
                "01-07T10:00:00Z 1 email sent (250 ok)",
                "01-07T10:00:00Z 1 sms failed (the outcome is not known)",
            ]
        )
        #expect(try await office.reminders(ReminderQuery(way: .email)).first?.attempts == 2)
        await office.store.close()
    }

    @Test func `a gateway that knows repeats is sent a message again`() async throws {
        office.post.knowRepeats()
        try await office.create("SMS") { $0.reminders = [Reminder(.before(0), by: .sms)] }
        try await office.pass(0)
        office.sleep(7200)
        _ = try await claim(by: .sms)
        office.sleep(31)
        try await office.pass(0)
        #expect(office.post.texts.map { $0.suffix(3) } == ["SMS"])
        await office.store.close()
    }

    @Test func `what a sender says whose lease has ended is not kept`() async throws {
        try await office.create { byMail(&$0) }
        try await office.pass(0)
        office.sleep(7200)
        let first = try #require(try await claim(by: .email).first)
        office.sleep(31)
        _ = try await office.store.takeUpAbandonedReminders(
            inShards: [ReminderOffice.location.shard],
            before: office.clock.now,
            sendingAgainBy: [.email]
        )
        let second = try #require(try await claim(by: .email).first)
        #expect(second.reminder.attempts == 2)
        let sent = ReminderDecision(.sent(at: office.clock.now, "250 first"))
        let shard = ReminderOffice.location.shard
        #expect(try await office.store.finish([ReminderOutcome(first, sent)], inShard: shard) == 0)
        #expect(try await office.store.matter(of: first) == nil)
        #expect(try await office.store.matter(of: second) != nil)
        #expect(try await office.store.finish([ReminderOutcome(second, sent)], inShard: shard) == 1)
        await office.store.close()
    }

    @Test(.enabled(if: TestEngine.isSQLite))
    func `a location in which nothing can be planned or told holds no other up`() async throws {
        let bad = ReminderOffice.other
        try await office.create("Good") { $0.reminders = [Reminder(.before(0), by: .page)] }
        try await office.create("Bad", by: Identifier(3), in: bad) {
            $0.reminders = [Reminder(.before(0), by: .page)]
        }
        try await office.pass(0)
        try await execute(
            """
            CREATE TRIGGER spoiled BEFORE INSERT ON reminder WHEN NEW.locationID = '\(bad.rawValue)'
            BEGIN SELECT RAISE(ABORT, 'spoiled'); END
            """
        )
        try await execute(
            """
            CREATE TRIGGER untold BEFORE INSERT ON change WHEN NEW.locationID = '\(bad.rawValue)'
                AND NEW.kind = 5
            BEGIN SELECT RAISE(ABORT, 'untold'); END
            """
        )
        try await office.create("Bad, too", by: Identifier(3), in: bad) { byMail(&$0) }
        try await office.create("Good, too") { byMail(&$0) }
        try await office.pass(7200)
        #expect(
            Set(try await office.ledger()) == [
                "01-07T10:00:00Z 1 page sent (in the log)",
                "01-07T10:00:00Z 1 email sent (250 ok)",
            ]
        )
        try await execute("DROP TRIGGER spoiled")
        try await execute("DROP TRIGGER untold")
        try await office.pass(600)
        let later = try await office.store.reminders(
            ReminderQuery(state: .sent),
            in: bad,
            after: nil,
            limit: 10
        )
        // What could not be planned was told of and passed over.
        #expect(later.map(\.key.way) == [.page])
        await office.store.close()
    }

    @Test(.enabled(if: TestEngine.isSQLite))
    func `a task that cannot be planned holds no other of its location up`() async throws {
        let before = try await office.create("Before", dueAfter: 60)
        try await execute(
            """
            CREATE TRIGGER spoiled BEFORE INSERT ON reminder WHEN NEW.taskID = \(before.rawValue)
            BEGIN SELECT RAISE(ABORT, 'spoiled'); END
            """
        )
        try await office.create("After", dueAfter: 60)
        try await office.change(of: nil) { $0.reminders = [Reminder(.before(0), by: .email)] }
        try await office.pass(60)
        #expect(office.post.texts == ["01-07T08:01:00Z Ana email: After"])
        await office.store.close()
    }

    @Test func `an answer of any length is kept`() async throws {
        try await office.create { byMail(&$0) }
        let mark = "\u{301}"
        office.post.answer(.refused("a" + String(repeating: mark, count: 5000), isFinal: true))
        try await office.pass(7200)
        #expect(try await office.reminders().first?.state == .failed)
        #expect(try await office.reminders().first?.answer.unicodeScalars.count == 200)
        await office.store.close()
    }

    @Test func `a way that hangs holds no other up`() async throws {
        let post = HangingPost()
        let relay = ReminderOffice.relay(over: office.store, post, office.clock)
        try await office.create("Mail") { byMail(&$0) }
        try await office.create("SMS") { $0.reminders = [Reminder(.before(0), by: .sms)] }
        try await office.pass(0)
        office.sleep(7200)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await relay.settle() }
            await post.untilSent(by: .sms)
            post.release()
            await group.waitForAll()
        }
        #expect(try await office.ledger().allSatisfy { $0.contains("sent") })
        await office.store.close()
    }

    private func claim(by way: ReminderWay) async throws -> [ClaimedReminder] {
        try await office.store.claimReminders(
            inShard: ReminderOffice.location.shard,
            by: way,
            at: office.clock.now,
            limit: 10,
            leaseDuration: .seconds(30),
            zones: SystemZones()
        ).reminders
    }
}

/// Takes messages at once, and mails once it is told to.
private final class HangingPost: ReminderSender {
    private let released = AsyncStream<Void>.makeStream()
    private let sent = AsyncStream<Void>.makeStream()

    func canSend(by way: ReminderWay) -> Bool { true }

    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        if way == .email {
            for await _ in released.stream { break }
        } else {
            sent.continuation.yield()
        }
        return .taken("250 ok")
    }

    func untilSent(by way: ReminderWay) async {
        for await _ in sent.stream { return }
    }

    func release() { released.continuation.finish() }
}
