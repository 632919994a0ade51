import HTTPServing
import JSON
import Recurrence
import Testing

@Suite struct JSONWriterDatesTests {
    @Test func `dates are written as strings`() throws {
        var json = JSONWriter()
        json.beginArray()
        json.write(try #require(LocalDateTime(year: 2018, month: 12, day: 16, hour: 12)))
        json.write(Timestamp(microseconds: 7_089_999))
        json.endArray()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"["2018-12-16T12:00:00","1970-01-01T00:00:07.089Z"]"#
        )
    }
}
