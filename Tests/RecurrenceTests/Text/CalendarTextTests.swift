import Foundation
import Recurrence
import SystemZones
import TestSupport
import Testing

struct CalendarTextTests {
    @Test(
        arguments: [
            (0, "19700101T000000Z"), (873_205_200_000_000, "19970902T130000Z"),
            (250_000, "19700101T000000.25Z"), (1, "19700101T000000.000001Z"),
            (-1, "19691231T235959.999999Z"), (-62_135_596_800_000_000, "00010101T000000Z"),
            (253_402_300_799_999_999, "99991231T235959.999999Z"),
        ] as [(Int64, String)]
    )
    func `a timestamp reads as ISO 8601 has it`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test func `the first and the last timestamp have a text`() {
        #expect(Timestamp(microseconds: .min).description.hasSuffix("Z"))
        #expect(Timestamp(microseconds: .max).description.hasSuffix("Z"))
    }

    @Test func `weekdays follow each other`() throws {
        let thursday = try #require(CivilDate(year: 1970, month: 1, day: 1))
        #expect(thursday.dayOfWeek == .thursday)
        #expect(CivilDate.earliest.dayOfWeek == .monday)
        #expect(CivilDate.latest.dayOfWeek == .friday)
        for number in -10...10 {
            let day = thursday.advanced(byDays: number).dayOfWeek.rawValue
            #expect((day + 1) % 7 == thursday.advanced(byDays: number + 1).dayOfWeek.rawValue)
        }
    }
}

struct TimestampDateTests {
    @Test(arguments: [2001 as UInt64, 1865, 2137])
    func `a timestamp that becomes a date comes back`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let first = Timestamp(seconds: -3_310_000_000)
        let last = Timestamp(seconds: 5_270_000_000)
        for _ in 0..<5000 {
            let timestamp = Timestamp(
                microseconds: Int64.random(
                    in: first.microseconds...last.microseconds,
                    using: &generator
                )
            )
            #expect(Timestamp(Date(timestamp)) == timestamp)
        }
    }

    @Test func `a date is the timestamp of its second`() {
        #expect(Timestamp(Date(timeIntervalSince1970: 1.5)).microseconds == 1_500_000)
        #expect(Timestamp(Date(timeIntervalSince1970: -0.25)).microseconds == -250_000)
        #expect(Date(Timestamp(microseconds: -250_000)).timeIntervalSince1970 == -0.25)
    }

    @Test func `dates beyond all timestamps are the first and the last`() {
        #expect(Timestamp(Date(timeIntervalSince1970: -.infinity)).microseconds == .min)
        #expect(Timestamp(Date(timeIntervalSince1970: 1e300)).microseconds == .max)
        #expect(Timestamp(Date.distantFuture).description == "40010101T000000Z")
    }

    @Test func `a date that is no number is refused`() async {
        await #expect(processExitsWith: .failure) {
            _ = Timestamp(Date(timeIntervalSince1970: .nan))
        }
    }
}
