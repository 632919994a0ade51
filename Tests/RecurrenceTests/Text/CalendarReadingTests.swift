import Recurrence
import Testing

struct CalendarReadingTests {
    @Test(
        arguments: [
            ("2012-09-27", .date(day(2012, 9, 27))),
            ("2020-02-29", .date(day(2020, 2, 29))),
            ("0001-01-01", .date(.earliest)),
            ("9999-12-31", .date(.latest)),
            ("2018-12-16T12:00:00", time(2018, 12, 16, 12)),
            ("2018-12-16 12:00:00", time(2018, 12, 16, 12)),
            ("2018-12-16t12:00", time(2018, 12, 16, 12)),
            ("2018-12-16T23:59:59", time(2018, 12, 16, 23, 59, 59)),
            ("2018-12-16T23:59:60", time(2018, 12, 16, 23, 59, 59)),
            ("2018-12-16T12:00:00.5", time(2018, 12, 16, 12, microseconds: 500_000)),
            ("2018-12-16T12:00:00.123456789", time(2018, 12, 16, 12, microseconds: 123_456)),
            ("2012-09-27T09:15:00Z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15:00.000Z", instant(2012, 9, 27, 9, 15)),
            ("2012-09-27T09:15:00-07:00", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00-0700", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00-07", instant(2012, 9, 27, 16, 15)),
            ("2012-09-27T09:15:00+23:59", instant(2012, 9, 26, 9, 16)),
            ("2012-09-27T09:15:00 02:00", instant(2012, 9, 27, 7, 15)),
            ("2012-09-27 09:15 0230", instant(2012, 9, 27, 6, 45)),
            ("2012-09-27T09:15:00.25+00:00", instant(2012, 9, 27, 9, 15, microseconds: 250_000)),
            ("0001-01-01T00:00+00:01", .instant(Timestamp(seconds: -62_135_596_860))),
        ] as [(String, CalendarText)]
    )
    func `a text in the extended form is read`(text: String, meaning: CalendarText) {
        #expect(CalendarText(parsing: text, in: .extended, allowing: .all) == meaning)
    }

    @Test(arguments: [
        "", " ", "garbage", "2012", "2012-09", "2012-9-27", "12-09-27", "20120927", "2012-W39-4",
        "2012-271", "2021-02-29", "2021-02-30", "2012-13-01", "2012-00-10", "2012-01-00",
        "0000-01-01", "10000-01-01", "-2012-01-01", "+2012-01-01", "1348737300", "1348737300000",
        "15/04/2021", "2012-09-27T", "2012-09-27T09", "2012-09-27T9:15", "2012-09-27T0915",
        "2012-09-27T24:00", "2012-09-27T24:00:00", "2012-09-27T09:60", "2012-09-27T09:15:61",
        "2012-09-27T09:15:00.", "2012-09-27T09:15:00.Z", "2012-09-27T09:15:00,5",
        "2012-09-27T09:15:00.1234567890", "2012-09-27T09:15:00ZZ", "2012-09-27T09:15:00.0\u{0}Z",
        "2012-09-27T09:15:00+", "2012-09-27T09:15:00+2", "2012-09-27T09:15:00+24:00",
        "2012-09-27T09:15:00+02:60", "2012-09-27T09:15:00+02:", "2012-09-27T09:15:00+02:000",
        "2012-09-27Z", "2012-09-27+02:00", " 2012-09-27", "2012-09-27 ", "2012-09-27T09:15 ",
        "٢٠١٢-09-27", "２０１２-09-27", "2012-09-27T09:15:00−07:00",
    ])
    func `what is not in the extended form is refused`(text: String) {
        #expect(CalendarText(parsing: text, in: .extended, allowing: .all) == nil)
    }

    @Test(
        arguments: [
            ("19970902", .date(day(1997, 9, 2))),
            ("19970902T090000", time(1997, 9, 2, 9)),
            ("19970902T235960", time(1997, 9, 2, 23, 59, 59)),
            ("19970902T0900", time(1997, 9, 2, 9)),
            ("19970902T091500Z", instant(1997, 9, 2, 9, 15)),
            ("19970902T091500.25Z", instant(1997, 9, 2, 9, 15, microseconds: 250_000)),
            ("19970902T091500-0400", instant(1997, 9, 2, 13, 15)),
            ("19970902 091500 04", instant(1997, 9, 2, 5, 15)),
        ] as [(String, CalendarText)]
    )
    func `a text in the compact form is read`(text: String, meaning: CalendarText) {
        #expect(CalendarText(parsing: text, in: .compact, allowing: .all) == meaning)
    }

    @Test(arguments: [
        "", "1997090", "199709021", "1997-09-02", "19970931", "19971301", "00000101",
        "19970902T", "19970902T09", "19970902T09000", "19970902T0900000", "19970902T240000",
        "19970902T096000", "19970902T090061", "19970902T09:00:00", "19970902T090000ZZ",
        "19970902T090000+2400", "19970902T090000+0060", "19970902T090000+04000", "19970902Z",
        "19970902T090000.", "19970902T090000,5", "T090000",
    ])
    func `what is not in the compact form is refused`(text: String) {
        #expect(CalendarText(parsing: text, in: .compact, allowing: .all) == nil)
    }

    @Test(
        arguments: [
            ("2012-09-27", .days), ("2012-09-27T09:15:00", .localTimes),
            ("2012-09-27T09:15:00+02:00", .offsets),
            ("2012-09-27T09:15:00+0200", [.offsets, .looseOffsets]),
            ("2012-09-27T09:15:00+02", [.offsets, .looseOffsets]),
            ("2012-09-27T09:15:00.5Z", .fractions), ("2012-09-27T09:15Z", .minutes),
            ("2012-09-27T09:15:60Z", .leapSeconds), ("2012-09-27 09:15:00Z", .blanks),
            ("2012-09-27T09:15:00 02:00", [.offsets, .blanks]),
            ("2012-09-27t09:15:00Z", .lowerCase), ("2012-09-27T09:15:00z", .lowerCase),
        ] as [(String, CalendarText.Variants)]
    )
    func `a variant is read by who takes it alone`(text: String, needed: CalendarText.Variants) {
        for bits in 0...CalendarText.Variants.all.rawValue {
            let variants = CalendarText.Variants(rawValue: bits)
            let read = CalendarText(parsing: text, in: .extended, allowing: variants)
            #expect((read != nil) == variants.isSuperset(of: needed), "\(bits)")
        }
    }

    @Test func `years out of range are refused by what is written`() {
        func reads(_ text: String) -> Bool {
            CalendarText(
                parsing: text,
                in: .extended,
                allowing: .rfc3339,
                years: 1970...9900
            ) != nil
        }
        #expect(reads("1970-01-01T00:00:00+14:00"))
        #expect(reads("9900-12-31T23:59:59-14:00"))
        #expect(!reads("1969-12-31T23:59:59-14:00"))
        #expect(!reads("9901-01-01T00:00:00+14:00"))
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2027-01-15T08:00:00z", 1_800_000_000_000_000),
            ("2027-01-15t08:00:00.123456789Z", 1_800_000_000_123_456),
            ("2027-01-15T09:30:00+01:30", 1_800_000_000_000_000),
            ("2027-01-14T20:00:00-12:00", 1_800_000_000_000_000),
            ("1969-12-31T23:59:59.25Z", -750_000),
        ]
    )
    func `a time of RFC 3339 is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(parsing: text) == Timestamp(microseconds: microseconds))
    }

    @Test(arguments: [
        "2027-01-15", "2027-01-15T08:00:00", "2027-01-15 08:00:00Z", "2027-01-15T08:00Z",
        "2027-01-15T08:00:60Z", "2027-01-15T08:00:00+0100", "2027-01-15T08:00:00 01:00",
    ])
    func `a time that RFC 3339 has not is refused`(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? .earliest
    }

    private static func time(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int = 0,
        _ second: Int = 0,
        microseconds: Int64 = 0
    ) -> CalendarText {
        let time = hour * 3600 + minute * 60 + second
        let local = LocalDateTime(self.day(year, month, day), secondOfDay: time)
        return .local(local, microseconds: microseconds)
    }

    private static func instant(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        microseconds: Int64 = 0
    ) -> CalendarText {
        let local = time(year, month, day, hour, minute).local(in: .utc)
        return .instant(Timestamp(microseconds: local.secondsSince1970 * 1_000_000 + microseconds))
    }
}

extension CalendarText.Variants {
    static let all = CalendarText.Variants(rawValue: 511)
}
