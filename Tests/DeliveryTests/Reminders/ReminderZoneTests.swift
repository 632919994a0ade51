import Delivery
import DirectoryDocument
import Recurrence
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// What is planned on somebody's clock follows that clock.
struct ReminderZoneTests {
    @Test(arguments: [true, false])
    func `a digest follows the zone of its reader or of the location`(
        isOfLocation: Bool
    )
        async throws
    {
        let office = try await ReminderOffice()
        try await office.change(of: ReminderOffice.ana) { $0.digestMinute = 9 * 60 }
        try await office.change(of: ReminderOffice.ben) { $0.digestMinute = 9 * 60 }
        try await office.create("Today", dueAfter: 9 * 3600)
        try await office.create("Ben's", dueAfter: 9 * 3600, by: ReminderOffice.ben)
        try await office.pass(0)
        try await office.move(isOfLocation ? nil : ReminderOffice.ana, to: "America/New_York")
        try await office.pass(12 * 3600)
        let ben = isOfLocation ? "14" : "09"
        #expect(
            Set(office.post.texts) == [
                "01-07T14:00:00Z Ana email: Today", "01-07T\(ben):00:00Z Ben email: Ben's",
            ]
        )
        await office.store.close()
    }

    @Test(arguments: [true, false])
    func `quiet hours follow the zone of the person or of the location`(
        isOfLocation: Bool
    )
        async throws
    {
        let office = try await ReminderOffice()
        try await office.change(of: ReminderOffice.ana) {
            $0.quietHours = QuietHours(fromMinute: 9 * 60, untilMinute: 12 * 60)
        }
        try await office.create { $0.reminders = [Reminder(.before(0), by: .email)] }
        try await office.create("Later", dueAfter: 7 * 3600) {
            $0.reminders = [Reminder(.before(0), by: .email)]
        }
        try await office.pass(0)
        try await office.move(isOfLocation ? nil : ReminderOffice.ana, to: "America/New_York")
        try await office.pass(24 * 3600)
        #expect(
            office.post.texts == [
                "01-07T10:00:00Z Ana email: Call back", "01-07T17:00:00Z Ana email: Later",
            ]
        )
        await office.store.close()
    }

    @Test func `quiet hours over midnight end once, also when the clocks go forward`()
        async throws
    {
        let zone = try SystemZones().zone(named: "America/New_York")
        let quiet = try #require(QuietHours(from: "22:00", to: "02:30"))
        func end(_ text: String) throws -> String {
            let time = try #require(Timestamp(parsing: text))
            return quiet.end(of: time, in: zone).text(in: .extended, fraction: .none)
        }
        // On 2030-03-10, 2:30 is skipped; on 2030-11-03, 1:30 comes twice.
        #expect(try end("2030-03-10T02:59:00Z") == "2030-03-10T02:59:00Z")
        #expect(try end("2030-03-10T03:00:00Z") == "2030-03-10T07:30:00Z")
        #expect(try end("2030-03-10T05:00:00Z") == "2030-03-10T07:30:00Z")
        #expect(try end("2030-11-03T05:30:00Z") == "2030-11-03T07:30:00Z")
        #expect(try end("2030-11-03T06:30:00Z") == "2030-11-03T07:30:00Z")
        #expect(try end("2030-11-03T07:30:00Z") == "2030-11-03T07:30:00Z")
    }
}

extension ReminderOffice {
    /// Gives a person, or the location, another zone.
    fileprivate func move(_ userID: Identifier<User>?, to zone: String) async throws {
        let id = Self.location.rawValue
        let document =
            userID.map { userID in
                """
                {"users": [{"id": \(userID.rawValue), "location": "\(id)", "name": "Ana",
                            "email": "ana@example.com", "timeZone": "\(zone)"}]}
                """
            } ?? #"{"locations": [{"id": "\#(id)", "name": "Office", "timeZone": "\#(zone)"}]}"#
        let directory = SQLDirectoryStore(over: store, randomBytes: { _ in [] })
        _ = try await DirectoryImporter(store: directory, zones: SystemZones(), digest: { $0 })
            .importDocument(Array(document.utf8), at: clock.now)
    }
}
