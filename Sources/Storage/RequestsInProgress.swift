import Synchronization
import Tasks

/// The keyed requests that this process carries out.
final class RequestsInProgress: Sendable {
    private let keys = Mutex<Set<KeyedRequest.Key>>([])

    func begin(_ key: KeyedRequest.Key) -> Bool {
        keys.withLock { $0.insert(key).inserted }
    }

    func end(_ key: KeyedRequest.Key) {
        keys.withLock { _ = $0.remove(key) }
    }
}
