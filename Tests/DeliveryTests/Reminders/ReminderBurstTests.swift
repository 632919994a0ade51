import Delivery
import Foundation
import Logging
import Recurrence
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// Many reminders at the same instant are sent soon after it, and those that wait cost nothing.
///
/// `PERENNIAL_BURST` says how many; without it there are a few.
struct ReminderBurstTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["PERENNIAL_BURST"].flatMap(Int.init) ?? 600
    /// How many wait besides.
    private static let waiting = environment["PERENNIAL_WAITING"].flatMap(Int.init) ?? 0

    @Test func `reminders that are due at once are all sent, each once`() async throws {
        let office = try await ReminderOffice()
        let clock = DayClock()
        let post = CountingPost()
        let relay = ReminderRelay(
            store: office.store,
            sender: post,
            zones: SystemZones(),
            clock: clock,
            limits: ReminderLimits(hourLimit: .max, dayLimit: .max),
            logger: ReminderOffice.quiet
        )
        let lead = Duration.milliseconds(3_000 + Self.count * 2 + Self.waiting / 2)
        let due = Timestamp(seconds: clock.now.advanced(by: lead).seconds)
        try await office.add(Self.waiting, dueAt: due.advanced(by: .seconds(86_400)), at: clock.now)
        try await office.add(Self.count, dueAt: due, at: clock.now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            await post.untilSent(Self.count)
            group.cancelAll()
            try await group.waitForAll()
        }
        let lateness = post.times.map { Int(due.duration(to: $0) / .milliseconds(1)) }.sorted()
        #expect(post.keys.count == Self.count)
        #expect(lateness.first ?? 0 >= 0)
        Logger(label: "burst").notice(
            """
            \(Self.count) were late by \(lateness[Self.count / 2]) ms at the median, \
            \(lateness[Self.count * 99 / 100]) ms but for one in a hundred
            """
        )
        await office.store.close()
    }
}

extension ReminderOffice {
    /// Stores tasks with a reminder at their due time.
    fileprivate func add(_ count: Int, dueAt due: Timestamp, at now: Timestamp) async throws {
        var left = count
        while left > 0 {
            let part = min(left, 2_000)
            left -= part
            _ = try await store.create(References(), under: WriteTerms(), by: actor(), at: now) {
                _,
                numbers in
                let tasks = try (0..<part).map { _ in
                    TaskInstance(
                        id: try numbers.next(),
                        slot: nil,
                        creatorID: Self.ana,
                        template: TaskTemplate(
                            title: "Call back",
                            reminders: [Reminder(.before(0), by: .email)]
                        ),
                        inheritsWording: false,
                        due: DueTime(at: due, in: .utc),
                        state: .open,
                        createdAt: now,
                        modifiedAt: now
                    )
                }
                return ChangePlan(.created, tasks: tasks.map { Replacement(after: $0) })
            }
        }
    }
}

/// Tells when each notice came, and how many there were.
private final class CountingPost: ReminderSender {
    private struct State {
        var times: [Timestamp] = []
        var keys: Set<ReminderKey> = []
    }

    private let state = Mutex(State())
    private let sent = AsyncStream<Void>.makeStream()

    func canSend(by way: ReminderWay) -> Bool { true }

    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        let now = DayClock().now
        state.withLock { state in
            state.times.append(now)
            state.keys.insert(notice.key)
        }
        sent.continuation.yield()
        return .taken("250 ok")
    }

    func untilSent(_ count: Int) async {
        var left = count
        for await _ in sent.stream {
            left -= 1
            if left == 0 { return }
        }
    }

    var times: [Timestamp] { state.withLock { $0.times } }
    var keys: Set<ReminderKey> { state.withLock { $0.keys } }
}
