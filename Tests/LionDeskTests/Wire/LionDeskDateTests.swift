import LionDesk
import Recurrence
import SystemZones
import Tasks
import Testing

@Suite struct LionDeskDateTests {
    @Test(arguments: [
        ("2012-09-27", "2012-09-27T00:00:00"), ("2012-09-27T09:15", "2012-09-27T09:15:00"),
        ("2012-09-27 09:15:00", "2012-09-27T09:15:00"),
        ("2012-09-27T09:15:00.123456789Z", "2012-09-27T09:15:00"),
        ("2012-09-27T09:15:00-07:00", "2012-09-27T16:15:00"),
        ("2012-09-27T09:15:00-0700", "2012-09-27T16:15:00"),
        ("2012-09-27T09:15:00-07", "2012-09-27T16:15:00"),
        ("2012-09-27 09:15 0230", "2012-09-27T06:45:00"),
        ("0001-01-01", "0001-01-01T00:00:00"), ("9999-12-31", "9999-12-31T00:00:00"),
    ])
    func `a date is read`(text: String, shown: String) throws {
        let date = try #require(LionDeskDate(parsing: text))
        #expect(date.text.local(in: .utc).text(in: .extended) == shown)
    }

    @Test(arguments: [
        "", "garbage", "20120927", "2012-W39-4", "2021-02-29", "2012-09-27t09:15",
        "2012-09-27T09:15:00z", "2012-09-27T09:15:60", "2012-09-27T24:00", "2012-09-27T09:15 ",
    ])
    func `what is no date is refused`(text: String) {
        #expect(LionDeskDate(parsing: text) == nil)
    }

    @Test(arguments: [
        ("2018-12-16", LocalDateTime(year: 2018, month: 12, day: 16)),
        ("2018-12-16T12:00:00.9", LocalDateTime(year: 2018, month: 12, day: 16, hour: 12)),
        ("2018-12-16T12:00:00.9-07:00", LocalDateTime(year: 2018, month: 12, day: 16, hour: 19)),
    ])
    func `a due time is a wall clock's, in whole seconds`(
        text: String,
        local: LocalDateTime?
    ) throws {
        let due = try #require(LionDeskDate(parsing: text)?.wallClockTime(in: .utc))
        #expect(due.local == local)
        #expect(due.zone == .utc)
    }

    @Test(arguments: [
        ("2021-07-01", "2021-07-01T00:00:00"),
        ("2021-07-01T09:00:00", "2021-07-01T09:00:00"),
        ("2021-07-01T09:00:00Z", "2021-07-01T05:00:00"),
        ("2021-07-01T09:00:00-07:00", "2021-07-01T12:00:00"),
        ("2021-01-01T02:00:00Z", "2020-12-31T21:00:00"),
        ("2021-03-14T02:30:00", "2021-03-14T02:30:00"),
    ])
    func `a due time with an offset is put on the owner's clock`(
        text: String,
        shown: String
    ) throws {
        let newYork = try SystemZones().zone(named: "America/New_York")
        let due = try #require(LionDeskDate(parsing: text)?.wallClockTime(in: newYork))
        #expect(due.local.text(in: .extended) == shown)
        #expect(due.zone == newYork)
    }

    @Test(arguments: ["0001-01-01T00:00+00:01", "9999-12-31T23:59:59-00:01"])
    func `a due time beyond the calendar is none`(text: String) throws {
        let date = try #require(LionDeskDate(parsing: text))
        #expect(date.wallClockTime(in: .utc) == nil)
    }

    @Test(arguments: [
        ("1970-01-02", 86_400_000_000),
        ("1970-01-01T00:00:01", 1_000_000),
        ("1970-01-01T00:00:01.2345", 1_234_000),
        ("1970-01-01T01:00:01.2345+01:00", 1_234_000),
        ("1969-12-31T23:59:59.9999Z", -1000),
    ])
    func `a filter compares whole milliseconds`(text: String, microseconds: Int64) throws {
        let date = try #require(LionDeskDate(parsing: text))
        #expect(date.timestamp(in: .utc) == Timestamp(microseconds: microseconds))
    }
}
