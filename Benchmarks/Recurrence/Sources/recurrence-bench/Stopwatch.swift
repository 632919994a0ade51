import Glibc

/// Measures processor time, which is the same on a busy machine as on an idle one.
enum Stopwatch {
    /// Nanoseconds of processor time that the process has used.
    static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Runs something at least once, and again until a duration has passed.
    ///
    /// - Parameters:
    ///   - duration: How long at least, in nanoseconds.
    ///   - body: What is run. It gets the run's number. It returns a number that depends on all
    ///     that it computes, so that the compiler cannot leave anything out.
    /// - Returns: The nanoseconds that a run took on average, and the sum of what the runs
    ///   returned.
    static func time(
        for duration: Int = 4_000_000,
        _ body: (Int) throws -> Int64
    ) rethrows -> (nanoseconds: Double, digest: Int64) {
        var digest: Int64 = 0
        var count = 0
        var batch = 1
        let begin = now
        while true {
            for _ in 0..<batch {
                digest &+= try body(count)
                count += 1
            }
            let elapsed = now - begin
            if elapsed >= duration { return (Double(elapsed) / Double(count), digest) }
            // Looking at the clock takes as long as some fifty occurrences.
            batch = min(batch * 2, 1024)
        }
    }
}
