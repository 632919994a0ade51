package import Recurrence
import Synchronization

/// When the next reminders of each shard are to be sent by each way, as far as this process knows.
///
/// Who stores a reminder notes it here, so that its sender can sleep until then.
package final class ReminderAgenda: Sendable {
    /// The reminders of a shard that go one way.
    package struct Lane: Hashable, Sendable {
        package var shard: Int
        package var way: ReminderWay

        package init(shard: Int, way: ReminderWay) {
            self.shard = shard
            self.way = way
        }
    }

    private let lanes = Mutex<[Lane: Timestamp]>([:])

    /// Who waits for the next instant.
    package let sender = Follower()

    package init() {}

    /// The first instant that is known.
    package var nextAt: Timestamp? { lanes.withLock { $0.values.min() } }

    /// Notes that there is something to be sent at a time.
    package func note(_ time: Timestamp?, in lane: Lane) {
        guard let time else { return }
        let isFirst = lanes.withLock { lanes in
            if let known = lanes[lane], known <= time { return false }
            let first = lanes.values.min()
            lanes[lane] = time
            return first.map { time < $0 } ?? true
        }
        if isFirst { sender.ring() }
    }

    /// The first instant that is known of lanes that a closure takes.
    package func firstAt(_ isTaken: (Lane) -> Bool) -> Timestamp? {
        lanes.withLock { lanes in lanes.filter { isTaken($0.key) }.values.min() }
    }

    /// Takes lanes out in which something is to be sent by now, those first that wait longest.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - limit: How many at most.
    ///   - isTaken: Whether a lane is to be taken.
    /// - Returns: The lanes.
    package func take(at now: Timestamp, limit: Int, _ isTaken: (Lane) -> Bool) -> [Lane] {
        lanes.withLock { lanes in
            let due = lanes.filter { $0.value <= now && isTaken($0.key) }
                .sorted { left, right in
                    (left.value, left.key.shard) < (right.value, right.key.shard)
                }
                .prefix(max(limit, 0)).map(\.key)
            for lane in due { lanes[lane] = nil }
            return due
        }
    }
}
