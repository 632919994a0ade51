import JSON
import LionDesk
import Recurrence
import SystemZones
import Tasks
import Testing

@Suite struct LionDeskDateTests {
    @Test(
        arguments: [
            ("2012-09-27", .date(day(2012, 9, 27))),
            ("2020-02-29", .date(day(2020, 2, 29))),
            ("0001-01-01", .date(.earliest)),
            ("9999-12-31", .date(.latest)),
            ("2018-12-16T12:00:00", wall(2018, 12, 16, 12)),
            ("2018-12-16 12:00:00", wall(2018, 12, 16, 12)),
            ("2018-12-16T12:00", wall(2018, 12, 16, 12)),
            ("2018-12-16T23:59:59", wall(2018, 12, 16, 23, 59, 59)),
            ("2018-12-16T12:00:00.5", wall(2018, 12, 16, 12, microseconds: 500_000)),
            ("2018-12-16T12:00:00.123456789", wall(2018, 12, 16, 12, microseconds: 123_456)),
            ("2012-09-27T09:15:00Z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15Z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15:00.000Z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15:00-07:00", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00-0700", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00-07", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00+02:00", instant(2012, 9, 27, 7, 15)),
            ("2012-09-27T09:15:00 02:00", instant(2012, 9, 27, 7, 15)),
            ("2012-09-27 09:15 0230", instant(2012, 9, 27, 6, 45)),
            ("2012-09-27T09:15:00.25+00:00", instant(2012, 9, 27, 9, 15, microseconds: 250_000)),
        ] as [(String, LionDeskDate)]
    )
    func `a date is read`(text: String, date: LionDeskDate) {
        #expect(LionDeskDate(parsing: text) == date)
    }

    @Test(arguments: [
        "", " ", "garbage", "2012", "2012-09", "2012-9-27", "12-09-27", "20120927", "2012-W39-4",
        "2012-271", "2021-02-29", "2021-02-30", "2012-13-01", "2012-00-10", "2012-01-00",
        "0000-01-01", "10000-01-01", "-2012-01-01", "+2012-01-01", "1348737300", "1348737300000",
        "2012-09-27T", "2012-09-27T09", "2012-09-27T9:15", "2012-09-27T0915", "2012-09-27t09:15",
        "2012-09-27T24:00", "2012-09-27T24:00:00", "2012-09-27T09:60", "2012-09-27T09:15:60",
        "2012-09-27T09:15:00.", "2012-09-27T09:15:00.Z", "2012-09-27T09:15:00,5",
        "2012-09-27T09:15:00.1234567890", "2012-09-27T09:15:00z", "2012-09-27T09:15:00ZZ",
        "2012-09-27T09:15:00+", "2012-09-27T09:15:00+2", "2012-09-27T09:15:00+24:00",
        "2012-09-27T09:15:00+02:60", "2012-09-27T09:15:00+02:", "2012-09-27T09:15:00+02:000",
        "2012-09-27Z", "2012-09-27+02:00", " 2012-09-27", "2012-09-27 ", "2012-09-27T09:15 ",
        "٢٠١٢-09-27", "2012-09-27T09:15:00−07:00",
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
        var json = JSONWriter()
        json.write(due.local)
        #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(shown)\"")
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

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? .earliest
    }

    private static func wall(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int = 0,
        _ second: Int = 0,
        microseconds: Int64 = 0
    ) -> LionDeskDate {
        let time = hour * 3600 + minute * 60 + second
        let local = LocalDateTime(self.day(year, month, day), secondOfDay: time)
        return .wallClock(local, microseconds: microseconds)
    }

    private static func instant(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        microseconds: Int64 = 0
    ) -> LionDeskDate {
        let local = LocalDateTime(
            self.day(year, month, day),
            secondOfDay: hour * 3600 + minute * 60
        )
        return .instant(Timestamp(microseconds: local.secondsSince1970 * 1_000_000 + microseconds))
    }
}
