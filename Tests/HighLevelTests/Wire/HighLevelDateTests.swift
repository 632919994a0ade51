import HighLevel
import Recurrence
import Testing

@Suite struct HighLevelDateTests {
    @Test(arguments: [
        ("2021-04-15T10:00:00.000Z", "2021-04-15T10:00:00.000Z"),
        ("2020-10-25T11:00:00Z", "2020-10-25T11:00:00.000Z"),
        ("2020-10-25t11:00z", "2020-10-25T11:00:00.000Z"),
        ("2020-10-25 11:00:00 02:00", "2020-10-25T09:00:00.000Z"),
        ("2020-10-25T11:00:00", "2020-10-25T11:00:00.000Z"),
        ("2020-10-25", "2020-10-25T00:00:00.000Z"),
        ("2020-10-25T11:00:00.123456789Z", "2020-10-25T11:00:00.123Z"),
        ("2020-10-25T11:00:00.9Z", "2020-10-25T11:00:00.900Z"),
        ("2020-10-25T11:00:00+02:00", "2020-10-25T09:00:00.000Z"),
        ("2020-10-25T11:00:00-0730", "2020-10-25T18:30:00.000Z"),
        ("2020-10-25T11:00:00+02", "2020-10-25T09:00:00.000Z"),
        ("1970-01-01T00:00:00+14:00", "1969-12-31T10:00:00.000Z"),
        ("9900-12-31T23:59:59.999Z", "9900-12-31T23:59:59.999Z"),
    ])
    func `a date is read and written in UTC with milliseconds`(text: String, written: String) {
        #expect(HighLevelDate(parsing: text)?.text == written)
    }

    @Test(arguments: [
        "", "now", "15/04/2021", "2021-02-29", "2021-04-15T24:00:00Z", "2021-04-15T10:00:60Z",
        "1969-12-31T00:00:00Z", "9901-01-01T00:00:00Z", "+010000-01-01T00:00:00Z",
        "1618480800000", "2021-W15-4",
    ])
    func `what is no date is refused`(text: String) {
        #expect(HighLevelDate(parsing: text) == nil)
    }

    @Test(
        arguments: [
            (-1, "1969-12-31T23:59:59.999Z"), (-1000, "1969-12-31T23:59:59.999Z"),
            (-1001, "1969-12-31T23:59:59.998Z"), (999, "1970-01-01T00:00:00.000Z"),
            (1000, "1970-01-01T00:00:00.001Z"),
        ] as [(Int64, String)]
    )
    func `a time is cut to the millisecond towards the past`(microseconds: Int64, text: String) {
        #expect(HighLevelDate(Timestamp(microseconds: microseconds)).text == text)
    }
}
