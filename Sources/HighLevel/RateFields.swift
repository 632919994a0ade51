import HTTPServing
import HTTPTypes

extension HTTPFields {
    /// The header fields by which HighLevel tells how many more requests a location may make.
    ///
    /// A window without a limit has no fields.
    init(_ verdict: RateVerdict, of limits: RateLimits) {
        self.init()
        if let remaining = verdict.dailyRemaining {
            self["X-RateLimit-Limit-Daily"] = limits.perDay
            self["X-RateLimit-Daily-Remaining"] = remaining
        }
        if let remaining = verdict.remaining {
            self["X-RateLimit-Interval-Milliseconds"] = Int(limits.interval / .milliseconds(1))
            self["X-RateLimit-Max"] = limits.perInterval
            self["X-RateLimit-Remaining"] = remaining
        }
    }

    private subscript(name: String) -> Int? {
        get { HTTPField.Name(name).flatMap { self[$0] }.flatMap { Int($0) } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue.map(String.init) } }
    }
}
