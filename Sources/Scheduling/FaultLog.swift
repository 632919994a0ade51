package import Tasks

/// Decides when faults are logged: each kind once in a while, with how often it has come.
package struct FaultLog<Instant: InstantProtocol> where Instant.Duration == Duration {
    /// A line that is to be logged now.
    package struct Line: Hashable, Sendable {
        package let fault: StoreFault
        /// How often the fault has come since its line before.
        package let count: Int
    }

    private struct Kind {
        var count = 0
        var loggedAt: Instant?
    }

    private let interval: Duration
    private var kinds: [StoreFault: Kind] = [:]

    /// Creates a log that repeats no kind of fault within an interval.
    package init(interval: Duration = .seconds(60)) {
        self.interval = interval
    }

    /// Takes faults, each with how often it has come, and returns the lines that are due.
    package mutating func lines(adding faults: [StoreFault: Int], at now: Instant) -> [Line] {
        for (fault, count) in faults { kinds[fault, default: Kind()].count += count }
        var lines: [Line] = []
        for (fault, kind) in kinds {
            if let loggedAt = kind.loggedAt, now < loggedAt.advanced(by: interval) { continue }
            if kind.count == 0 {
                kinds[fault] = nil
            } else {
                lines.append(Line(fault: fault, count: kind.count))
                kinds[fault] = Kind(loggedAt: now)
            }
        }
        return lines
    }
}
