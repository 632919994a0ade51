package import Recurrence
import Synchronization
package import Tasks

/// Counts the requests of each token for each location, and refuses those above the limits.
///
/// Both windows are fixed, and the same for all keys. An interval begins at a multiple of its
/// length since 1970, and a day at 00:00 UTC. A refused request does not count. A time in the
/// window just before the current one counts in the current one, because a later request may be
/// counted first. If the clock is set back further, that window begins with no counts.
package final class RateLimiter: Sendable {
    package let limits: RateLimits

    private let windows: Mutex<Windows>

    private struct Windows {
        var interval: RateWindow
        var day: RateWindow
    }

    /// - Parameters:
    ///   - limits: How much is admitted.
    ///   - keyLimit: How many keys a window counts at once, at least 2.
    ///
    ///     When one more comes, the window keeps only the half with the most requests. The other
    ///     keys count from zero again.
    package init(limits: RateLimits, keyLimit: Int = 100_000) {
        precondition(keyLimit >= 2, "half of the keys are forgotten at a time")
        self.limits = limits
        let interval = RateWindow(
            length: limits.interval,
            admissionLimit: limits.perInterval,
            keyLimit: keyLimit
        )
        let day = RateWindow(
            length: .seconds(86_400),
            admissionLimit: limits.perDay,
            keyLimit: keyLimit
        )
        windows = Mutex(Windows(interval: interval, day: day))
    }

    /// Counts a request, or refuses it where a limit is reached.
    ///
    /// Costs a look-up in each window. When a window has too many keys, it also sorts all of them.
    package func admit(_ key: RateKey, at now: Timestamp) -> RateVerdict {
        windows.withLock { windows in
            windows.interval.move(to: now)
            windows.day.move(to: now)
            let reopening = [windows.interval.reopening(for: key), windows.day.reopening(for: key)]
                .compactMap { $0 }
                .max()
            if reopening == nil {
                windows.interval.count(key)
                windows.day.count(key)
            }
            return RateVerdict(
                isAdmitted: reopening == nil,
                remaining: windows.interval.remaining(for: key),
                dailyRemaining: windows.day.remaining(for: key),
                retryAfter: reopening.map(now.duration(to:))
            )
        }
    }
}

/// How much is admitted for each key.
package struct RateLimits: Hashable, Sendable {
    /// Requests in an interval; 0 for any number.
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

/// Requests with the same key are counted together: those made with one token of one location.
package struct RateKey: Hashable, Sendable {
    /// The token's SHA-256 digest; see ``TokenDigest``.
    package var tokenDigest: [UInt8]
    package var locationID: LocationID

    package init(tokenDigest: [UInt8], locationID: LocationID) {
        self.tokenDigest = tokenDigest
        self.locationID = locationID
    }
}

/// What a limiter decides about one request.
package struct RateVerdict: Hashable, Sendable {
    package var isAdmitted: Bool
    /// How many more requests are admitted in this interval; nil for any number.
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

/// The counts of one window, the current one.
private struct RateWindow {
    /// Microseconds.
    private let length: Int64
    /// How many requests of a key are admitted, 0 for any number.
    private let admissionLimit: Int
    private let keyLimit: Int
    /// How many windows lie between this one and the beginning of 1970.
    private var index: Int64 = 0
    private var counts: [RateKey: Int] = [:]

    init(length: Duration, admissionLimit: Int, keyLimit: Int) {
        self.length = Timestamp(microseconds: 0).advanced(by: length).microseconds
        self.admissionLimit = admissionLimit
        self.keyLimit = keyLimit
    }

    /// How many more requests are admitted; nil for any number.
    func remaining(for key: RateKey) -> Int? {
        admissionLimit == 0 ? nil : admissionLimit - (counts[key] ?? 0)
    }

    /// When the window ends, if the key has used it up; nil if the key is still admitted.
    func reopening(for key: RateKey) -> Timestamp? {
        remaining(for: key) == 0 ? Timestamp(microseconds: (index + 1) * length) : nil
    }

    mutating func move(to now: Timestamp) {
        let (quotient, remainder) = now.microseconds.quotientAndRemainder(dividingBy: length)
        let newIndex = remainder < 0 ? quotient - 1 : quotient
        guard newIndex != index && newIndex != index - 1 else { return }
        index = newIndex
        counts.removeAll()
    }

    mutating func count(_ key: RateKey) {
        guard admissionLimit > 0 else { return }
        if counts.count >= keyLimit, counts[key] == nil { forgetLightest() }
        counts[key, default: 0] += 1
    }

    private mutating func forgetLightest() {
        let heaviest = counts.sorted { $0.value > $1.value }.prefix(keyLimit / 2)
        counts = Dictionary(uniqueKeysWithValues: heaviest.map { ($0.key, $0.value) })
    }
}
