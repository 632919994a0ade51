import Recurrence
import Synchronization

/// Bounds how often links are tried that are not in force, by whomever.
///
/// A link in force lets its user in nevertheless, so that nobody can shut others out.
final class LinkLimiter: Sendable {
    private let window = Mutex<(start: Timestamp, count: Int)>((Timestamp(seconds: 0), 0))

    private static let length: Duration = .seconds(60)
    private static let limit = 300

    /// Whether one more is not too many.
    func admit(at now: Timestamp) -> Bool {
        window.withLock { window in
            if now < window.start || window.start.advanced(by: Self.length) <= now {
                window = (now, 0)
            }
            window.count += 1
            return window.count <= Self.limit
        }
    }
}
