import HTTPServing
import Recurrence
import Tasks
import TestSupport
import Testing

struct RateLimiterTests {
    /// 2026-06-19T12:00:00Z, where an interval begins.
    private static let noon = Timestamp(seconds: 1_781_870_400)
    private static let midnight = noon.advanced(by: .seconds(43_200))

    private let location = LocationID("a")

    @Test func `the limits are those that HighLevel publishes`() {
        #expect(
            RateLimits() == RateLimits(perInterval: 100, interval: .seconds(10), perDay: 200_000)
        )
    }

    @Test func `what is admitted counts down, and comes free an interval later`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 2, perDay: 9))
        let verdicts = [0, 3, 4, 9].map {
            limiter.admit(location, at: Self.noon.advanced(by: .seconds($0)))
        }
        // An interval has 32 parts of 312.5 ms, and a request counts with its whole part.
        let reopening = Duration.microseconds(33 * 312_500)
        #expect(
            verdicts == [
                RateVerdict(isAdmitted: true, remaining: 1, dailyRemaining: 8),
                RateVerdict(isAdmitted: true, remaining: 0, dailyRemaining: 7),
                RateVerdict(
                    isAdmitted: false,
                    remaining: 0,
                    dailyRemaining: 7,
                    retryAfter: reopening - .seconds(4)
                ),
                RateVerdict(
                    isAdmitted: false,
                    remaining: 0,
                    dailyRemaining: 7,
                    retryAfter: reopening - .seconds(9)
                ),
            ]
        )
        let next = limiter.admit(location, at: Self.noon.advanced(by: reopening))
        #expect(next == RateVerdict(isAdmitted: true, remaining: 0, dailyRemaining: 6))
    }

    @Test func `two intervals' worth does not pass where two intervals meet`() {
        let limiter = RateLimiter(limits: RateLimits())
        let verdicts = [-0.3, 0.3].flatMap { seconds in
            (0..<100).map { _ in
                limiter.admit(location, at: Self.noon.advanced(by: .seconds(seconds)))
            }
        }
        #expect(verdicts.count(where: \.isAdmitted) == 100)
    }

    @Test func `the day is used up until midnight in UTC`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 5, perDay: 2))
        let leads: [Duration] = [.seconds(60), .seconds(30), .seconds(20), .microseconds(1)]
        let verdicts = leads.map {
            limiter.admit(location, at: Self.midnight.advanced(by: .zero - $0))
        }
        #expect(verdicts.map(\.isAdmitted) == [true, true, false, false])
        #expect(verdicts.map(\.retryAfter) == [nil, nil, .seconds(20), .microseconds(1)])
        let next = limiter.admit(location, at: Self.midnight)
        #expect(next == RateVerdict(isAdmitted: true, remaining: 4, dailyRemaining: 1))
    }

    @Test(arguments: [(0, 0, 1_000), (0, 7, 7), (7, 0, 7)])
    func `a limit of 0 is none`(perInterval: Int, perDay: Int, admissionCount: Int) {
        let limiter = RateLimiter(limits: RateLimits(perInterval: perInterval, perDay: perDay))
        let verdicts = (0..<1_000).map { _ in limiter.admit(location, at: Self.noon) }
        #expect(verdicts.count(where: \.isAdmitted) == admissionCount)
        #expect(verdicts.allSatisfy { ($0.remaining == nil) == (perInterval == 0) })
        #expect(verdicts.allSatisfy { ($0.dailyRemaining == nil) == (perDay == 0) })
    }

    @Test func `each location is counted for itself`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 1))
        let locations = [location, LocationID("b")]
        #expect(locations.allSatisfy { limiter.admit($0, at: Self.noon).isAdmitted })
        #expect(locations.allSatisfy { !limiter.admit($0, at: Self.noon).isAdmitted })
    }

    @Test func `a request that was overtaken counts with the one that overtook it`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 2))
        let late = Self.noon.advanced(by: .microseconds(-1))
        #expect(limiter.admit(location, at: Self.noon).remaining == 1)
        #expect(limiter.admit(location, at: late).remaining == 0)
        let refused = limiter.admit(location, at: late)
        #expect(refused.retryAfter == .microseconds(33 * 312_500 + 1))
        #expect(!limiter.admit(location, at: Self.noon).isAdmitted)
    }

    @Test(arguments: [60, 86_400, 3_000_000, 1_781_870_400, 2_000_000_000])
    func `a clock that is set back locks nobody out`(secondCount: Int) {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 1, perDay: 2))
        #expect(limiter.admit(location, at: Self.noon).isAdmitted)
        let earlier = Self.noon.advanced(by: .seconds(-secondCount))
        #expect(limiter.admit(location, at: earlier).isAdmitted)
        let refused = limiter.admit(location, at: earlier)
        #expect(!refused.isAdmitted)
        #expect(refused.retryAfter.map { $0 <= .seconds(2 * 86_400) } == true)
    }

    @Test func `too many locations make the limiter forget those that asked least`() {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 5), locationLimit: 10)
        for _ in 0..<5 { _ = limiter.admit(location, at: Self.noon) }
        let lightOnes = (2..<1_000).map { LocationID("\($0)") }
        for light in lightOnes {
            #expect(limiter.admit(light, at: Self.noon).remaining == 4)
        }
        #expect(!limiter.admit(location, at: Self.noon).isAdmitted)
        let rememberedCount = lightOnes.count { light in
            limiter.admit(light, at: Self.noon).remaining == 3
        }
        #expect(rememberedCount < 10)
        #expect(!limiter.admit(location, at: Self.noon).isAdmitted)
    }

    @Test func `as many are admitted at once as one after another`() async {
        let limiter = RateLimiter(limits: RateLimits(perInterval: 700, perDay: 1_000))
        for (second, expectedCount) in [(0, 700), (11, 300), (22, 0)] {
            let now = Self.noon.advanced(by: .seconds(second))
            let admissionCount = await withTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        (0..<500).count { _ in limiter.admit(location, at: now).isAdmitted }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(admissionCount == expectedCount)
        }
    }

    /// A limiter that remembers when it admitted each request.
    private struct PlainLimiter {
        let limits: RateLimits
        private var admitted: [LocationID: [Timestamp]] = [:]

        init(limits: RateLimits) {
            self.limits = limits
        }

        mutating func note(_ location: LocationID, at now: Timestamp) {
            admitted[location, default: []].append(now)
        }

        /// Whether a limit of requests in so long a time lets one more in.
        func admits(_ location: LocationID, at now: Timestamp, interval: Duration) -> Bool {
            let times = admitted[location, default: []]
            let day = Int64(86_400_000_000)
            return times.count { $0.duration(to: now) < interval } < limits.perInterval
                && times.count { $0.microseconds / day == now.microseconds / day } < limits.perDay
        }
    }

    @Test(arguments: 0..<60)
    func `no interval ever has more requests than the limit, nor many fewer`(seed: Int) {
        var random = SplitMix64(seed: seed)
        let limits = RateLimits(
            perInterval: Int.random(in: 1...5, using: &random),
            interval: .milliseconds(Int.random(in: 32...20_000, using: &random)),
            perDay: Int.random(in: 1...40, using: &random)
        )
        let limiter = RateLimiter(limits: limits)
        var plain = PlainLimiter(limits: limits)
        var now = Self.midnight.advanced(by: .seconds(-600))
        for _ in 0..<400 {
            let location = LocationID("\(Int.random(in: 0..<3, using: &random))")
            let verdict = limiter.admit(location, at: now)
            if let wait = verdict.retryAfter {
                let most = limits.interval + limits.interval / 32 + .microseconds(40)
                #expect(!plain.admits(location, at: now, interval: most))
                let before = now.advanced(by: wait - .microseconds(1))
                #expect(!plain.admits(location, at: before, interval: most))
                let reopening = now.advanced(by: wait)
                #expect(plain.admits(location, at: reopening, interval: limits.interval))
            } else {
                #expect(plain.admits(location, at: now, interval: limits.interval))
                plain.note(location, at: now)
            }
            now = now.advanced(by: .milliseconds(Int.random(in: 0...6_000, using: &random)))
        }
    }
}
