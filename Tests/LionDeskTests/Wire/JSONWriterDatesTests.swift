import JSON
import LionDesk
import Recurrence
import Testing

@Suite struct JSONWriterDatesTests {
    @Test(arguments: [
        (LocalDateTime(year: 2018, month: 12, day: 16, hour: 12), #""2018-12-16T12:00:00""#),
        (LocalDateTime(year: 1, month: 1, day: 1), #""0001-01-01T00:00:00""#),
        (
            LocalDateTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 58),
            #""9999-12-31T23:59:58""#
        ),
    ])
    func `a due time is written without an offset`(local: LocalDateTime?, json: String) throws {
        var writer = JSONWriter()
        writer.write(try #require(local))
        #expect(text(writer) == json)
    }

    @Test(arguments: [
        (1_467_375_131_000_000, #""2016-07-01T12:12:11.000Z""#),
        (0, #""1970-01-01T00:00:00.000Z""#),
        (7_089_999, #""1970-01-01T00:00:07.089Z""#),
        (-1, #""1969-12-31T23:59:59.999Z""#),
    ])
    func `a point in time is written in UTC with milliseconds`(microseconds: Int64, json: String) {
        var writer = JSONWriter()
        writer.write(Timestamp(microseconds: microseconds))
        #expect(text(writer) == json)
    }

    private func text(_ json: JSONWriter) -> String {
        String(decoding: json.bytes, as: UTF8.self)
    }
}
