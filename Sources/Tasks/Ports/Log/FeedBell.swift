import Synchronization

/// Wakes those who follow a location's log when something is added to it.
///
/// The store rings it once a change of this process is durable, and ``NodeWatch`` a moment after those of
/// other nodes; a ring for nothing costs each follower a look at the log.
package final class FeedBell: Sendable {
    private struct State {
        var followers: [LocationID: [ObjectIdentifier: Follower]] = [:]
        var isClosed = false
        /// The last changes that were found of locations that changed a moment ago.
        var foundNumbers: [LocationID: Int64] = [:]
        /// The locations of which the watcher is to be told.
        var watched: Set<LocationID> = []
        var rung = Rung()
    }

    /// What the watcher is told of.
    package struct Rung: Sendable {
        /// The watched locations whose logs have grown.
        package fileprivate(set) var locationIDs: Set<LocationID> = []
        /// Whether the list of webhooks has changed.
        package fileprivate(set) var hasNewWebhooks = false
    }

    private let state = Mutex(State())

    /// Who watches many locations at once, to relay their changes.
    package let watcher = Follower()

    package init() {}

    /// Somebody who follows a location's log, from now on.
    ///
    /// What is rung before the follower waits is not lost.
    package func follower(of locationID: LocationID) -> Follower {
        let follower = Follower()
        let isClosed = state.withLock { state in
            state.followers[locationID, default: [:]][ObjectIdentifier(follower)] = follower
            return state.isClosed
        }
        if isClosed { follower.ring() }
        return follower
    }

    /// Lets a follower go.
    package func remove(_ follower: Follower, of locationID: LocationID) {
        state.withLock { state in
            state.followers[locationID]?[ObjectIdentifier(follower)] = nil
            if state.followers[locationID]?.isEmpty ?? false { state.followers[locationID] = nil }
        }
    }

    /// Wakes those who follow a location.
    package func ring(_ locationID: LocationID) {
        let (followers, isWatched) = state.withLock { state in
            let isWatched = state.watched.contains(locationID)
            if isWatched { state.rung.locationIDs.insert(locationID) }
            return (state.followers[locationID].map { Array($0.values) } ?? [], isWatched)
        }
        for follower in followers { follower.ring() }
        if isWatched { watcher.ring() }
    }

    /// Wakes the watcher, because the list of webhooks has changed.
    package func ringForWebhooks() {
        state.withLock { $0.rung.hasNewWebhooks = true }
        watcher.ring()
    }

    /// Tells the watcher of these locations alone from now on.
    ///
    /// - Returns: Whether one is among them of which it was not told before.
    package func watch(_ locationIDs: Set<LocationID>) -> Bool {
        state.withLock { state in
            defer { state.watched = locationIDs }
            return !locationIDs.isSubset(of: state.watched)
        }
    }

    /// Takes what the watcher was woken for since the last time.
    package func takeRung() -> Rung {
        state.withLock { state in
            defer { state.rung = Rung() }
            return state.rung
        }
    }

    /// Wakes those who follow locations that have changed since the last call.
    ///
    /// - Parameter numbers: The last change of each location that changed a moment ago.
    package func ring(_ numbers: [LocationID: Int64]) {
        let former = state.withLock { state in
            let former = state.foundNumbers
            state.foundNumbers = numbers
            return former
        }
        for (locationID, number) in numbers where former[locationID] != number { ring(locationID) }
    }

    /// Wakes everybody, for good: the server is about to stop.
    package func close() {
        let followers = state.withLock { state in
            state.isClosed = true
            return state.followers.values.flatMap(\.values)
        }
        for follower in followers { follower.ring() }
    }

    /// Whether the server is about to stop, so that nobody waits any more.
    package var isClosed: Bool { state.withLock(\.isClosed) }

    /// The locations that are followed.
    package var followedLocations: [LocationID] { state.withLock { Array($0.followers.keys) } }
}

/// Somebody who waits until a location's log grows.
package final class Follower: Sendable {
    private enum State {
        case idle
        case rung
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.idle)

    /// Waits for the next ring, or until the time is over.
    ///
    /// - Parameter pause: Ends when the time is over.
    /// - Returns: Whether it rang.
    package func wait(upTo pause: @escaping @Sendable () async throws -> Void) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.rung() }
            group.addTask {
                do { try await pause() } catch {}
                return false
            }
            let hasRung = await group.next() ?? false
            group.cancelAll()
            return hasRung
        }
    }

    /// Waits for the next ring; a cancellation counts as one.
    private func rung() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    if case .rung = state {
                        state = .idle
                        return true
                    }
                    state = .waiting(continuation)
                    return false
                }
                if isRung {
                    continuation.resume()
                } else if Task.isCancelled {
                    ring()
                }
            }
        } onCancel: {
            ring()
        }
        return true
    }

    package func ring() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state {
            case .idle, .rung:
                state = .rung
                return nil
            case .waiting(let continuation):
                state = .idle
                return continuation
            }
        }
        continuation?.resume()
    }
}
