import HTTPServing
import Recurrence
import Tasks
import TestSupport
import Testing

struct RateLimiterTests {
    /// 2026-06-19T12:00:00Z, where an interval begins.
    private static let noon = Timestamp(seconds: 1_781_870_400)
    private static let midnight = noon.advanced(by: .seconds(43_200))

    private let key = Self.key(1)

    private static func key(_ number: Int, in location: String = "a") -> RateKey {
        let digest = (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        return RateKey(tokenDigest: digest, locationID: LocationID(location))
    }

    @Test func `the limits are those that HighLevel publishes`() {
        #expect(
            RateLimits() == RateLimits(perInterval: 100, interval: .seconds(10), perDay: 200_000)
        )
    }

    @Test func `what is admitted counts down, and what comes after has to wait`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 2, perDay: 9))
        let verdicts = [0, 3, 4, 9].map {
            limiter.admit(key, at: Self.noon.advanced(by: .seconds($0)))
        }
        #expect(
            verdicts == [
                RateVerdict(isAdmitted: true, remaining: 1, dailyRemaining: 8),
                RateVerdict(isAdmitted: true, remaining: 0, dailyRemaining: 7),
                RateVerdict(
                    isAdmitted: false,
                    remaining: 0,
                    dailyRemaining: 7,
                    retryAfter: .seconds(6)
                ),
                RateVerdict(
                    isAdmitted: false,
                    remaining: 0,
                    dailyRemaining: 7,
                    retryAfter: .seconds(1)
                ),
            ]
        )
        let next = limiter.admit(key, at: Self.noon.advanced(by: .seconds(10)))
        #expect(next == RateVerdict(isAdmitted: true, remaining: 1, dailyRemaining: 6))
    }

    @Test func `the day is used up until midnight in UTC`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 5, perDay: 2))
        let leads: [Duration] = [.seconds(60), .seconds(30), .seconds(20), .microseconds(1)]
        let verdicts = leads.map { limiter.admit(key, at: Self.midnight.advanced(by: .zero - $0)) }
        #expect(verdicts.map(\.isAdmitted) == [true, true, false, false])
        #expect(verdicts.map(\.retryAfter) == [nil, nil, .seconds(20), .microseconds(1)])
        let next = limiter.admit(key, at: Self.midnight)
        #expect(next == RateVerdict(isAdmitted: true, remaining: 4, dailyRemaining: 1))
    }

    @Test(arguments: [(0, 0, 1_000), (0, 7, 7), (7, 0, 7)])
    func `a limit of 0 is none`(perInterval: Int, perDay: Int, admissionCount: Int) {
        let limiter = RateLimiter(limits: RateLimits(perInterval: perInterval, perDay: perDay))
        let verdicts = (0..<1_000).map { _ in limiter.admit(key, at: Self.noon) }
        #expect(verdicts.count(where: \.isAdmitted) == admissionCount)
        #expect(verdicts.allSatisfy { ($0.remaining == nil) == (perInterval == 0) })
        #expect(verdicts.allSatisfy { ($0.dailyRemaining == nil) == (perDay == 0) })
    }

    @Test func `each token is counted for itself, and for each location`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 1))
        let keys = [key, Self.key(2), Self.key(1, in: "b")]
        #expect(keys.allSatisfy { limiter.admit($0, at: Self.noon).isAdmitted })
        #expect(keys.allSatisfy { !limiter.admit($0, at: Self.noon).isAdmitted })
    }

    @Test func `a request that was overtaken counts in the current interval`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 2))
        let late = Self.noon.advanced(by: .microseconds(-1))
        #expect(limiter.admit(key, at: Self.noon).remaining == 1)
        #expect(limiter.admit(key, at: late).remaining == 0)
        let refused = limiter.admit(key, at: late)
        #expect(refused.retryAfter == .seconds(10) + .microseconds(1))
        #expect(!limiter.admit(key, at: Self.noon).isAdmitted)
    }

    @Test(arguments: [60, 86_400, 3_000_000, 1_781_870_400, 2_000_000_000])
    func `a clock that is set back locks nobody out`(secondCount: Int) {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 1, perDay: 2))
        #expect(limiter.admit(key, at: Self.noon).isAdmitted)
        let earlier = Self.noon.advanced(by: .seconds(-secondCount))
        #expect(limiter.admit(key, at: earlier).isAdmitted)
        let refused = limiter.admit(key, at: earlier)
        #expect(!refused.isAdmitted)
        #expect(refused.retryAfter.map { $0 <= .seconds(2 * 86_400) } == true)
    }

    @Test func `too many keys make the limiter forget those that asked least`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 5), keyLimit: 10)
        for _ in 0..<5 { _ = limiter.admit(key, at: Self.noon) }
        let lightKeys = (2..<1_000).map { Self.key($0) }
        for light in lightKeys {
            #expect(limiter.admit(light, at: Self.noon).remaining == 4)
        }
        #expect(!limiter.admit(key, at: Self.noon).isAdmitted)
        let rememberedCount = lightKeys.count { light in
            limiter.admit(light, at: Self.noon).remaining == 3
        }
        #expect(rememberedCount < 10)
        #expect(!limiter.admit(key, at: Self.noon).isAdmitted)
    }

    @Test func `as many are admitted at once as one after another`() async {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 700, perDay: 1_000))
        for (second, expectedCount) in [(0, 700), (10, 300), (20, 0)] {
            let now = Self.noon.advanced(by: .seconds(second))
            let admissionCount = await withTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        (0..<500).count { _ in limiter.admit(key, at: now).isAdmitted }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(admissionCount == expectedCount)
        }
    }

    /// A limiter that remembers every request it admitted.
    private struct PlainLimiter {
        let limits: RateLimits
        private var admitted: [RateKey: [Timestamp]] = [:]

        init(limits: RateLimits) {
            self.limits = limits
        }

        mutating func admit(_ key: RateKey, at now: Timestamp) -> Bool {
            guard admits(key, at: now) else { return false }
            admitted[key, default: []].append(now)
            return true
        }

        func admits(_ key: RateKey, at now: Timestamp) -> Bool {
            count(key, inWindowOf: now, length: limits.interval) < limits.perInterval
                && count(key, inWindowOf: now, length: .seconds(86_400)) < limits.perDay
        }

        private func count(_ key: RateKey, inWindowOf now: Timestamp, length: Duration) -> Int {
            let window = Int64(length / .microseconds(1))
            return admitted[key, default: []].count {
                $0.microseconds / window == now.microseconds / window
            }
        }
    }

    @Test(arguments: 0..<60)
    func `a limiter admits what a limiter without a bound on keys admits`(seed: Int) {
        var random = SplitMix64(seed: seed)
        let limits = RateLimits(
            perInterval: Int.random(in: 1...5, using: &random),
            interval: .milliseconds(Int.random(in: 1...20_000, using: &random)),
            perDay: Int.random(in: 1...40, using: &random)
        )
        let limiter = RateLimiter(limits: limits)
        var plain = PlainLimiter(limits: limits)
        var now = Self.midnight.advanced(by: .seconds(-600))
        for _ in 0..<400 {
            let key = Self.key(Int.random(in: 0..<3, using: &random))
            let verdict = limiter.admit(key, at: now)
            let isExpected = plain.admit(key, at: now)
            #expect(verdict.isAdmitted == isExpected)
            if let wait = verdict.retryAfter {
                let reopening = now.advanced(by: wait)
                #expect(!plain.admits(key, at: reopening.advanced(by: .microseconds(-1))))
                #expect(plain.admits(key, at: reopening))
            }
            now = now.advanced(by: .milliseconds(Int.random(in: 0...6_000, using: &random)))
        }
    }
}
