package import Recurrence
import Synchronization
package import Tasks

/// Counts the requests made of each location, whatever tokens they bring, and refuses those above
/// the limits.
///
/// The interval slides: it is the time just before a request. The day is that of UTC. A refused
/// request does not count. If the clock is set back, what was counted less than an interval ahead
/// of it still counts, and a day begins with no counts, unless it is the one just before.
package final class RateLimiter: Sendable {
    package let limits: RateLimits

    private let windows: Mutex<Windows>

    private struct Windows {
        var interval: SlidingWindow
        var day: RateDay
    }

    /// - Parameters:
    ///   - limits: How much is admitted.
    ///   - locationLimit: How many locations are counted at once, at least 2.
    ///
    ///     When one more comes, only the half with the most requests is kept. The other locations
    ///     count from zero again.
    package init(limits: RateLimits, locationLimit: Int = 100_000) {
        precondition(locationLimit >= 2, "half of the locations are forgotten at a time")
        self.limits = limits
        let interval = SlidingWindow(
            length: limits.interval,
            admissionLimit: limits.perInterval,
            locationLimit: locationLimit
        )
        let day = RateDay(admissionLimit: limits.perDay, locationLimit: locationLimit)
        windows = Mutex(Windows(interval: interval, day: day))
    }

    /// Counts a request, or refuses it where a limit is reached.
    ///
    /// Costs two look-ups for the interval and two for the day. When there are too many locations,
    /// it also sorts all of them.
    package func admit(_ locationID: LocationID, at now: Timestamp) -> RateVerdict {
        windows.withLock { windows in
            windows.day.move(to: now)
            let interval = windows.interval.standing(of: locationID, at: now)
            let day = windows.day.standing(of: locationID)
            if let reopening = [interval.reopening, day.reopening].compactMap({ $0 }).max() {
                return RateVerdict(
                    isAdmitted: false,
                    remaining: interval.remaining,
                    dailyRemaining: day.remaining,
                    retryAfter: now.duration(to: reopening)
                )
            }
            windows.interval.count(locationID, at: now)
            windows.day.count(locationID)
            return RateVerdict(
                isAdmitted: true,
                remaining: interval.remaining.map { $0 - 1 },
                dailyRemaining: day.remaining.map { $0 - 1 }
            )
        }
    }
}

/// How much is admitted for each location.
package struct RateLimits: Hashable, Sendable {
    /// Requests in any interval; 0 for any number.
    package let perInterval: Int
    package let interval: Duration
    /// Requests in a day; 0 for any number.
    package let perDay: Int

    /// - Precondition: No limit is negative, and the interval is a microsecond or longer.
    package init(
        perInterval: Int = 100,
        interval: Duration = .seconds(10),
        perDay: Int = 200_000
    ) {
        precondition(perInterval >= 0 && perDay >= 0, "a number of requests is not negative")
        precondition(interval >= .microseconds(1), "an interval has a length")
        self.perInterval = perInterval
        self.interval = interval
        self.perDay = perDay
    }

    /// Whether nothing is counted, because any number of requests is admitted.
    package var admitAll: Bool { perInterval == 0 && perDay == 0 }
}

/// How a location stands with one limit before a request.
struct RateStanding {
    /// How many more requests are admitted; nil for any number.
    var remaining: Int?
    /// When the location is admitted again; nil if it is admitted now.
    var reopening: Timestamp?
}

/// What a limiter decides about one request.
package struct RateVerdict: Hashable, Sendable {
    package var isAdmitted: Bool
    /// How many more requests are admitted now; nil for any number.
    package var remaining: Int?
    /// How many more requests are admitted on this day; nil for any number.
    package var dailyRemaining: Int?
    /// How long a refused request has to wait; nil for an admitted one.
    package var retryAfter: Duration?

    package init(
        isAdmitted: Bool,
        remaining: Int?,
        dailyRemaining: Int?,
        retryAfter: Duration? = nil
    ) {
        self.isAdmitted = isAdmitted
        self.remaining = remaining
        self.dailyRemaining = dailyRemaining
        self.retryAfter = retryAfter
    }

    /// How many whole seconds a refused request has to wait; none for an admitted one.
    package var retryAfterSeconds: Int? {
        retryAfter.map { wait in
            let (seconds, attoseconds) = wait.components
            return Int(seconds) + (attoseconds > 0 ? 1 : 0)
        }
    }
}
