import Recurrence
import TestSupport
import Testing

struct CalendarWritingTests {
    @Test(arguments: [
        (LocalDateTime(year: 2018, month: 12, day: 16, hour: 12), "2018-12-16T12:00:00"),
        (LocalDateTime(year: 1, month: 1, day: 1), "0001-01-01T00:00:00"),
        (
            LocalDateTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 58),
            "9999-12-31T23:59:58"
        ),
    ])
    func `a date-time is written in both forms`(local: LocalDateTime?, text: String) throws {
        let local = try #require(local)
        #expect(local.text(in: .extended) == text)
        #expect(local.date.text(in: .extended) == text.prefix(10))
        #expect(local.description == compact(text))
        #expect(local.date.description == compact(text).prefix(8))
    }

    @Test(arguments: [
        (1_467_375_131_000_000, "2016-07-01T12:12:11.000Z"),
        (0, "1970-01-01T00:00:00.000Z"),
        (7_089_999, "1970-01-01T00:00:07.089Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_800_000_000, "+010000-01-01T00:00:00.000Z"),
        (-62_167_219_200_000_000, "0000-01-01T00:00:00.000Z"),
        (-62_167_219_200_000_001, "-000001-12-31T23:59:59.999Z"),
        (.min, "-290308-12-21T19:59:05.224Z"),
        (.max, "+294247-01-10T04:00:54.775Z"),
    ])
    func `a point in time is cut towards the past`(microseconds: Int64, text: String) {
        let timestamp = Timestamp(microseconds: microseconds)
        #expect(timestamp.text(in: .extended, fraction: .milliseconds) == text)
        #expect(timestamp.text(in: .extended, fraction: .none) == text.dropLast(5) + "Z")
        #expect(
            timestamp.text(in: .compact, fraction: .milliseconds).utf8.count
                == text.utf8.count - 4
        )
    }

    @Test(arguments: [
        (0, "+00:00"), (7200, "+02:00"), (-16_200, "-04:30"), (-17_762, "-04:56:02"),
        (50_400, "+14:00"), (1, "+00:00:01"),
    ])
    func `an offset is written with seconds where it has any`(offset: Int, text: String) throws {
        let local = try #require(LocalDateTime(year: 1997, month: 9, day: 2, hour: 9))
        #expect(local.text(in: .extended, offset: offset) == "1997-09-02T09:00:00" + text)
        #expect(
            local.text(in: .compact, offset: offset)
                == "19970902T090000" + text.filter { $0 != ":" }
        )
    }

    @Test func `the longest date-time has room`() {
        let edge = LocalDateTime(secondsSince1970: .max - 100_000)
        #expect(edge.text(in: .extended, offset: 86_399).hasSuffix("+23:59:59"))
        #expect(edge.text(in: .extended).hasPrefix("+292277026596-"))
    }

    @Test(arguments: [1997 as UInt64, 5545, 8601])
    func `what is written is read again`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let seconds =
            LocalDateTime(.earliest)
            .secondsSince1970...LocalDateTime(.latest)
            .secondsSince1970
        for _ in 0..<5000 {
            let local = LocalDateTime(
                secondsSince1970: Int64.random(in: seconds, using: &generator)
            )
            let microsecond = Int64.random(in: 0..<1_000_000, using: &generator)
            let exact = Timestamp(microseconds: local.secondsSince1970 * 1_000_000 + microsecond)
            let offset = 60 * Int.random(in: -1439...1439, using: &generator)
            let shifted = Timestamp(seconds: local.secondsSince1970 - Int64(offset))
            for form in [CalendarForm.extended, .compact] {
                func reading(_ text: String) -> CalendarText? {
                    CalendarText(
                        parsing: text,
                        in: form,
                        allowing: [.days, .localTimes, .offsets, .fractions]
                    )
                }
                #expect(reading(local.date.text(in: form)) == .date(local.date))
                #expect(reading(local.text(in: form)) == .local(local))
                #expect(reading(local.text(in: form, offset: offset)) == .instant(shifted))
                #expect(reading(exact.text(in: form, fraction: .shortest)) == .instant(exact))
                #expect(
                    reading(exact.text(in: form, fraction: .milliseconds))
                        == .instant(exact.cutToMilliseconds)
                )
            }
        }
    }

    @Test func `bytes are appended as texts are written`() throws {
        let local = try #require(LocalDateTime(year: 1997, month: 9, day: 2, hour: 9))
        var bytes = Array("at ".utf8)
        bytes.append(local, in: .compact)
        bytes.append(Timestamp(microseconds: 250_000), in: .extended, fraction: .shortest)
        #expect(
            String(decoding: bytes, as: UTF8.self) == "at 19970902T0900001970-01-01T00:00:00.25Z"
        )
    }

    private func compact(_ text: String) -> String { text.filter { $0 != "-" && $0 != ":" } }
}
