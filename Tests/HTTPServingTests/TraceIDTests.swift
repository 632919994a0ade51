import HTTPServing
import Testing

@Suite struct TraceIDTests {
    @Test(arguments: [
        (0, 0, "00000000-0000-4000-8000-000000000000"),
        (UInt64.max, UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
        (0x0123_4567_89AB_CDEF, 0x0123_4567_89AB_CDEF, "01234567-89ab-4def-8123-456789abcdef"),
    ])
    func `a trace's name is a UUID of version 4`(high: UInt64, low: UInt64, text: String) {
        #expect(TraceID(random: high, low).text == text)
    }

    @Test func `no two are alike`() {
        #expect(Set((0..<1000).map { _ in TraceID().text }).count == 1000)
    }
}
