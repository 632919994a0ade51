import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What people and locations say of reminders is kept, and its changes stand in the audit.
struct ReminderSettingsTests {
    private let folder: TemporaryFolder
    private let world: TaskWorld

    init() async throws {
        folder = try TemporaryFolder()
        world = try await TaskWorld(in: folder)
    }

    private let all = ReminderSettings(
        reminders: [
            Reminder(.before(3600), by: .email),
            Reminder(.after(60, repeatSeconds: 600), by: .page),
        ],
        quietHours: QuietHours(fromMinute: 1320, untilMinute: 420),
        digestMinute: 450,
        refusesMail: true
    )

    private func change(
        of userID: Identifier<User>?,
        isTrial: Bool = false,
        to settings: ReminderSettings
    ) async throws -> (before: ReminderSettings, after: ReminderSettings)? {
        try await world.store.changeReminderSettings(
            of: userID,
            in: TaskWorld.acme,
            by: .operatorByCommand,
            isTrial: isTrial,
            at: TaskWorld.now
        ) { $0 = settings }
    }

    private func settings(of userID: Identifier<User>?) async throws -> ReminderSettings {
        try await world.store.reminderSettings(of: userID, in: TaskWorld.acme)
    }

    private func audit() async throws -> [String] {
        try await world.rows("SELECT action, subject, detail FROM audit", columnCount: 3)
    }

    @Test func `a user's settings are read as they were stored`() async throws {
        let made = try await change(of: Identifier(1), to: all)
        #expect(made?.before == ReminderSettings())
        #expect(made?.after == all)
        #expect(try await settings(of: Identifier(1)) == all)
        #expect(try await settings(of: Identifier(2)) == ReminderSettings())
        #expect(try await settings(of: nil) == ReminderSettings())
        #expect(try await audit().count == 1)
        #expect(try await audit().first?.hasPrefix("user.updated|1|") == true)
        await world.store.close()
    }

    @Test func `a location has reminders alone, and an empty list is one`() async throws {
        let none = ReminderSettings(reminders: [])
        _ = try await change(of: nil, to: none)
        #expect(try await settings(of: nil) == none)
        #expect(try await settings(of: Identifier(1)) == ReminderSettings())
        #expect(try await audit().first?.hasPrefix("location.updated|") == true)
        await world.store.close()
    }

    @Test func `what is tried, is refused or changes nothing leaves no trace`() async throws {
        #expect(try await change(of: Identifier(1), isTrial: true, to: all)?.after == all)
        #expect(try await change(of: Identifier(1), to: ReminderSettings()) != nil)
        #expect(try await change(of: Identifier(4), to: all) == nil)
        #expect(try await change(of: Identifier(99), to: all) == nil)
        await #expect(throws: CancellationError.self) {
            _ = try await world.store.changeReminderSettings(
                of: Identifier(1),
                in: TaskWorld.acme,
                by: .operatorByCommand,
                isTrial: false,
                at: TaskWorld.now
            ) { _ in throw CancellationError() }
        }
        #expect(try await settings(of: Identifier(1)) == ReminderSettings())
        #expect(try await audit() == [])
        #expect(try await world.rows("SELECT locationID FROM reminderWork", columnCount: 1) == [])
        await world.store.close()
    }
}
