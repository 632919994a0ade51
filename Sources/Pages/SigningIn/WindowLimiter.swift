import Recurrence
import Synchronization

/// Bounds how often each of several does something, in windows of time that begin together.
final class WindowLimiter<Key: Hashable & Sendable>: Sendable {
    private struct Window {
        var start = Timestamp(seconds: 0)
        var counts: [Key: Int] = [:]
    }

    private let limit: Int
    private let length: Duration
    private let window = Mutex(Window())

    /// - Parameters:
    ///   - limit: How often in a window; 0 for any number.
    ///   - length: How long a window is.
    init(limit: Int, per length: Duration) {
        self.limit = limit
        self.length = length
    }

    /// Whether once more is not too often.
    func admit(_ key: Key, at now: Timestamp) -> Bool {
        if limit == 0 { return true }
        return window.withLock { window in
            if now < window.start || window.start.advanced(by: length) <= now {
                window = Window(start: now)
            }
            let count = window.counts[key, default: 0]
            if count >= limit { return false }
            window.counts[key] = count + 1
            return true
        }
    }
}
