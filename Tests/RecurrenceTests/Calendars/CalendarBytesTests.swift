import Recurrence
import SystemZones
import Testing

/// Encodings, line ends and what stands after the end.
struct CalendarBytesTests {
    private static let zones = SystemZones()

    private static let lines = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        SUMMARY:Büro
        DTSTART;TZID=Europe/Berlin:20260105T100000
        RRULE:FREQ=DAILY;COUNT=3
        END:VEVENT
        END:VCALENDAR

        """

    private static func utf16(isBigEndian: Bool) -> [UInt8] {
        ([0xFEFF] + Array(lines.utf16)).flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    private static let latin1 = lines.unicodeScalars.map { UInt8($0.value) }

    private static let forms: [(bytes: [UInt8], part: String)] = [
        (utf16(isBigEndian: true), "text"), (utf16(isBigEndian: false), "text"),
        (latin1, "SUMMARY"),
        (bytes(lines + "\u{1A}"), "text"),
        (bytes(lines + "\u{0}\u{0}"), "text"),
        (bytes(lines + "\u{1A}\r\n"), "text"),
        (bytes(lines.replacing("\n", with: "\u{85}")), "text"),
        (bytes(lines.replacing("\n", with: "\u{2028}")), "text"),
        (bytes("    " + lines.replacing("\n", with: "\n    ")), "text"),
        (bytes(lines.replacing("\n", with: "\r\n\t")), "text"),
        (
            bytes(
                "  DTSTART;TZID=Europe/Berlin:2026010\n   5T100000\n  RRULE:FREQ=DAILY;COUNT=3\n"
            ),
            "text"
        ),
        (
            bytes(lines.replacing("\n", with: "\n  ").replacing(":2026", with: "\n   :2026")),
            "text"
        ),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: forms)
    func `an unusual form of a text is read with a remark`(bytes: [UInt8], part: String) throws {
        let reading = try CalendarRecurrence(bytes: bytes, zones: CalendarBytesTests.zones)
        #expect(reading.set.zone?.identifier == "Europe/Berlin")
        #expect(reading.set.count(upTo: 9) == 3)
        #expect(reading.remarks.map(\.part) == [part])
        #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(
                bytes: bytes,
                zones: CalendarBytesTests.zones,
                strictness: .strict
            )
        }
    }

    @Test func `a line may be folded within a character`() throws {
        var bytes = Array(CalendarBytesTests.lines.utf8)
        let place = try #require(bytes.firstIndex(of: 0xC3))
        bytes.insert(contentsOf: Array("\r\n ".utf8), at: place + 1)
        let reading = try CalendarRecurrence(
            bytes: bytes,
            zones: CalendarBytesTests.zones,
            strictness: .strict
        )
        #expect(reading.remarks.isEmpty)
    }

    @Test func `a line of the series that is not UTF-8 is refused`() {
        let text = CalendarBytesTests.lines.replacing("Europe/Berlin", with: "Zürich")
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(bytes: bytes, zones: CalendarBytesTests.zones)
        }
        #expect(error == RecurrenceSet.ParseError(part: "DTSTART", reason: "it is not UTF-8"))
    }
}
