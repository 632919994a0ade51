import Recurrence
import Testing

@testable import DirectoryDocument

@Suite
struct DirectoryTimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2027-01-15T08:00:00z", 1_800_000_000_000_000),
            ("2027-01-15T08:00:00.5Z", 1_800_000_000_500_000),
            ("2027-01-15t08:00:00.123456789Z", 1_800_000_000_123_456),
            ("2027-01-15T09:30:00+01:30", 1_800_000_000_000_000),
            ("2027-01-14T20:00:00-12:00", 1_800_000_000_000_000),
            ("1969-12-31T23:59:59.25Z", -750_000),
        ]
    )
    func `a time with its offset is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(parsing: text) == Timestamp(microseconds: microseconds))
    }

    @Test(
        arguments: [
            "", "2027-01-15", "2027-01-15T08:00:00", "2027-01-15 08:00:00Z", "2027-1-15T08:00:00Z",
            "2027-01-15T08:00Z", "2027-01-15T08:00:60Z", "2027-01-15T24:00:00Z",
            "2027-02-29T08:00:00Z", "0000-01-01T00:00:00Z", "2027-01-15T08:00:00.Z",
            "2027-01-15T08:00:00.1234567890Z", "2027-01-15T08:00:00+0100",
            "2027-01-15T08:00:00+24:00", "2027-01-15T08:00:00+01:60", "2027-01-15T08:00:00ZZ",
            "+027-01-15T08:00:00Z", " 2027-01-15T08:00:00Z",
        ]
    )
    func `what is no time with an offset is refused`(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }
}
