import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// The ledger of reminders is read in the order of their instants, page by page.
struct ReminderLedgerTests {
    private let folder: TemporaryFolder
    private let world: TaskWorld

    init() async throws {
        folder = try TemporaryFolder()
        world = try await TaskWorld(in: folder)
        for (location, shard) in [TaskWorld.acme, TaskWorld.other].map({ ($0, $0.shard) }) {
            try await world.execute(
                """
                INSERT INTO reminder (
                    shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt, fireAt,
                    attemptAt, state, attemptCount, sentAt, answer
                ) VALUES
                    (\(shard), '\(location.rawValue)', 7, 1, 1, 1, -60, 940, 940, 940, 0, 0, NULL, NULL),
                    (\(shard), '\(location.rawValue)', 7, 1, 2, 1, -60, 940, 940, 940, 1, 1, NULL, NULL),
                    (\(shard), '\(location.rawValue)', 8, 2, 1, 1, 0, 500, 500, 500, 2, 1, 510, '250 ok'),
                    (\(shard), '\(location.rawValue)', 8, 2, 4, 2, 0, 400, 600, 600, 3, 0, NULL, 'gone'),
                    (\(shard), '\(location.rawValue)', 0, 1, 1, 3, 0, 700, 700, 700, 4, 0, NULL, 'late')
                """
            )
        }
    }

    private func list(
        _ query: ReminderQuery = ReminderQuery(),
        after last: PlannedReminder? = nil,
        limit: Int = 100
    ) async throws -> [PlannedReminder] {
        try await world.store.reminders(query, in: TaskWorld.acme, after: last, limit: limit)
    }

    private func texts(_ query: ReminderQuery = ReminderQuery()) async throws -> [String] {
        try await list(query).map { reminder in
            "\(reminder.fireAt.microseconds) \(reminder.key.way) \(reminder.state)"
        }
    }

    @Test func `reminders come by their instants, and then by their keys`() async throws {
        #expect(
            try await texts() == [
                "500 email sent", "600 page withdrawn", "700 email missed", "940 email waiting",
                "940 sms waiting",
            ]
        )
        let first = try #require(try await list().first)
        #expect(first.key.taskID == Identifier(8))
        #expect(first.key.cause == .due(offsetSeconds: 0))
        #expect(first.sentAt == Timestamp(microseconds: 510))
        #expect(first.answer == "250 ok")
        #expect(try await list()[2].key.taskID == nil)
        #expect(try await list()[2].key.cause == .digest)
        await world.store.close()
    }

    @Test func `a page begins after the last one of the page before`() async throws {
        var seen: [PlannedReminder] = []
        while let page = Optional(try await list(after: seen.last, limit: 2)), !page.isEmpty {
            seen += page
        }
        #expect(try await list() == seen)
        #expect(seen.count == 5)
        await world.store.close()
    }

    @Test func `each field of a query restricts what is read`() async throws {
        #expect(try await texts(ReminderQuery(taskID: Identifier(7))).count == 2)
        #expect(try await texts(ReminderQuery(userID: Identifier(2))).count == 2)
        #expect(try await texts(ReminderQuery(way: .sms)) == ["940 sms waiting"])
        #expect(try await texts(ReminderQuery(state: .waiting)).count == 2)
        #expect(try await texts(ReminderQuery(state: .failed)) == [])
        let span = ReminderQuery(
            from: Timestamp(microseconds: 600),
            until: Timestamp(microseconds: 940)
        )
        #expect(try await texts(span) == ["600 page withdrawn", "700 email missed"])
        await world.store.close()
    }

    @Test func `what was sent or given up is forgotten after its time, some at once`() async throws
    {
        let store = world.store
        func count(before time: Int64, limit: Int) async throws -> Int {
            try await store.forgetReminders(before: Timestamp(microseconds: time), limit: limit)
        }
        #expect(try await count(before: 500, limit: 10) == 0)
        // One of each of two locations.
        #expect(try await count(before: 700, limit: 1) == 2)
        #expect(
            try await texts() == [
                "600 page withdrawn", "700 email missed", "940 email waiting", "940 sms waiting",
            ]
        )
        #expect(try await count(before: 2000, limit: 10) == 4)
        #expect(try await texts() == ["940 email waiting", "940 sms waiting"])
    }
}
