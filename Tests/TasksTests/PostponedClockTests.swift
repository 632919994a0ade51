import Recurrence
import Tasks
import Testing

/// When a series is tried again that could not be taken up.
@Suite struct PostponedClockTests {
    private static let now = Timestamp(seconds: 1_704_099_600)

    @Test(arguments: [
        (0, 1), (1, 1), (2, 2), (7, 7), (299, 299), (300, 300), (86_400, 300),
        // Of a horizon that moves in good time.
        (-86_400, 300),
    ])
    func `a series waits as long as it is late, within bounds`(late: Int, wait: Int) {
        let clock = SeriesClock(
            materializedThrough: Zone.utc.localDateTime(at: Self.now),
            nextAt: Self.now.advanced(by: .seconds(-late)),
            fireAt: Self.now,
            occurrenceCount: 7
        )
        var expected = clock
        expected.fireAt = Self.now.advanced(by: .seconds(wait))
        #expect(clock.postponed(at: Self.now) == expected)
    }

    @Test(arguments: [Timestamp(microseconds: .min), Timestamp(microseconds: .max), nil])
    func `a clock that makes no sense waits the longest time`(nextAt: Timestamp?) {
        let clock = SeriesClock(
            materializedThrough: Zone.utc.localDateTime(at: Self.now),
            nextAt: nextAt,
            fireAt: Self.now
        )
        let end = Self.now.advanced(by: BackOffTime.longest)
        #expect(clock.postponed(at: Self.now).fireAt == end)
    }
}
