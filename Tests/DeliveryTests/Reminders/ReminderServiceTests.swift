import Delivery
import Recurrence
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// The relay works by itself: it is woken by what is stored, and sleeps until what is next.
struct ReminderServiceTests {
    @Test(.timeLimit(.minutes(1)))
    func `what is stored is planned at once, and sent when it is time`() async throws {
        let office = try await ReminderOffice()
        let post = TellingPost()
        let relay = ReminderOffice.relay(over: office.store, post, office.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            await office.clock.untilSomebodySleeps()
            let due = office.clock.now.advanced(by: .seconds(50))
            try await office.create("Soon", dueAfter: 50) {
                $0.reminders = [Reminder(.before(0), by: .email)]
            }
            while relay.nextAt != due { await Task.yield() }
            #expect(post.count == 0)
            office.sleep(50)
            // What a clock does that goes.
            office.store.reminderAgenda.sender.ring()
            #expect(await post.next() == "Soon")
            while try await office.ledger() != ["01-07T08:00:50Z 1 email sent (250 ok)"] {
                await Task.yield()
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        await office.store.close()
    }
}

/// Takes mails, and tells of each as it comes.
private final class TellingPost: ReminderSender {
    private let titles = AsyncStream<String>.makeStream()
    private let counted = Mutex(0)

    var count: Int { counted.withLock { $0 } }

    func canSend(by way: ReminderWay) -> Bool { true }

    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        counted.withLock { $0 += 1 }
        titles.continuation.yield(notice.tasks.first?.title ?? "")
        return .taken("250 ok")
    }

    func next() async -> String? {
        for await title in titles.stream { return title }
        return nil
    }
}
