import Delivery
import Recurrence
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// The relay works by itself, on a clock that goes.
struct ReminderServiceTests {
    @Test(.timeLimit(.minutes(1)))
    func `a reminder is sent on time while the relay sleeps`() async throws {
        let office = try await ReminderOffice()
        let post = TimedPost()
        let relay = ReminderRelay(
            store: office.store,
            sender: post,
            zones: SystemZones(),
            clock: DayClock(),
            logger: ReminderOffice.quiet
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            let due = DayClock().now.advanced(by: .milliseconds(400))
            let draft = TaskDraft(
                template: TaskTemplate(
                    title: "Soon",
                    reminders: [Reminder(.before(0), by: .email)]
                ),
                due: WallClockTime(at: due, in: .utc)
            )
            _ = try await office.commands.create(draft, by: office.actor(), at: DayClock().now)
            let sentAt = try #require(await post.next())
            #expect(sentAt >= due)
            group.cancelAll()
            try await group.waitForAll()
        }
        await office.store.close()
    }
}

/// A clock that goes as the machine's does, from the time of the offices on.
struct DayClock: Clock {
    private static let begin = ContinuousClock.now
    private static let start = Timestamp(seconds: 1_894_003_200)

    var now: Timestamp { Self.start.advanced(by: Self.begin.duration(to: .now)) }

    var minimumResolution: Duration { .microseconds(1) }

    func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        let length = now.duration(to: deadline)
        try await ContinuousClock().sleep(for: length, tolerance: tolerance)
    }
}

/// Tells when each notice came.
final class TimedPost: ReminderSender {
    private let times = AsyncStream<Timestamp>.makeStream()

    func canSend(by way: ReminderWay) -> Bool { true }

    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        times.continuation.yield(DayClock().now)
        return .taken("250 ok")
    }

    func next() async -> Timestamp? {
        for await time in times.stream { return time }
        return nil
    }
}
