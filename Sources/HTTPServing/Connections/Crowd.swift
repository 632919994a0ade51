import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Whether a server has all the connections it may have.
final class Crowd: Sendable {
    private let full = Atomic(false)

    var isFull: Bool { full.load(ordering: .relaxed) }

    fileprivate func set(isFull: Bool) {
        full.store(isFull, ordering: .relaxed)
    }
}

/// Counts a server's connections and lets those above a limit wait.
struct ConnectionCounter: AvailableConnectionsDelegate {
    let limit: Int
    let crowd: Crowd
    let logger: Logger
    private var count = 0
    private var nextWarning = NIODeadline.uptimeNanoseconds(0)

    init(limit: Int, crowd: Crowd, logger: Logger) {
        self.limit = limit
        self.crowd = crowd
        self.logger = logger
    }

    mutating func connectionOpened() {
        count += 1
        guard count >= limit, !crowd.isFull else { return }
        crowd.set(isFull: true)
        guard nextWarning <= .now() else { return }
        nextWarning = .now() + .minutes(1)
        logger.warning(
            "Reached the limit of connections; new ones wait",
            metadata: ["limit": "\(limit)"]
        )
    }

    mutating func connectionClosed() {
        count -= 1
        // Not at once, or a server at its limit would go back and forth all the time.
        if count <= limit - limit / 8 { crowd.set(isFull: false) }
    }

    func isAcceptingNewConnections() -> Bool { count < limit }
}
