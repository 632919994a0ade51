import Recurrence
import Tasks
import Testing

/// When a series is tried again that could not be taken up.
@Suite struct PostponedClockTests {
    private static let now = Timestamp(seconds: 1_704_099_600)

    @Test(arguments: [
        (0, 1), (1, 1), (2, 2), (7, 7), (299, 299), (300, 300), (3_600, 300), (10_800, 300),
        (14_400, 400), (86_400, 2_400), (129_600, 3_600), (864_000, 3_600),
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

    @Test(arguments: [(-1, 300), (7, 7), (300, 300), (14_400, 400), (864_000, 3_600)])
    func `a horizon that moves in good time waits as long as it was postponed`(
        held: Int,
        wait: Int
    ) {
        let clock = SeriesClock(
            materializedThrough: Zone.utc.localDateTime(at: Self.now),
            nextAt: Self.now.advanced(by: .days(300)),
            fireAt: Self.now
        )
        let since = Self.now.advanced(by: .seconds(-held))
        let end = Self.now.advanced(by: .seconds(wait))
        #expect(clock.postponed(at: Self.now, since: since).fireAt == end)
    }

    @Test(arguments: [
        (Timestamp(microseconds: .min), BackOffTime.longestOfSeries),
        (Timestamp(microseconds: .max), BackOffTime.longest), (nil, BackOffTime.longest),
    ])
    func `a clock that makes no sense waits a long time`(nextAt: Timestamp?, wait: Duration) {
        let clock = SeriesClock(
            materializedThrough: Zone.utc.localDateTime(at: Self.now),
            nextAt: nextAt,
            fireAt: Self.now
        )
        let end = Self.now.advanced(by: wait)
        #expect(clock.postponed(at: Self.now).fireAt == end)
    }
}
