import Logging
import Recurrence
import Synchronization
import Tasks

/// Logs what the scheduler could not do.
///
/// A trouble that lasts is logged once a minute for each kind and place, however often it is met. A
/// series that is set aside is always logged, since that happens to it once.
final class TroubleLog: Sendable {
    private struct Kind: Hashable {
        var message: String
        var place: String
    }

    private let logger: Logger
    private let lastLogged = Mutex<[Kind: Timestamp]>([:])

    /// How long a kind of trouble is not logged again.
    private static let interval = Duration.seconds(60)
    /// How many kinds are remembered; beyond that they are forgotten, and may be logged sooner.
    private static let kindLimit = 1_000

    init(logger: Logger) {
        self.logger = logger
    }

    func add(_ trouble: FiringTrouble, at now: Timestamp) {
        switch trouble {
        case .setAside(let address, let reason):
            log("Set a series aside", address.metadata.merging(["reason": "\(reason)"]) { $1 })
        case .postponed(let address, let end, let reason):
            guard isNews("Postponed a series", at: address.locationID.rawValue, now) else { return }
            let details: Logger.Metadata = ["reason": "\(reason)", "until": "\(end.readable)"]
            log("Postponed a series", address.metadata.merging(details) { $1 })
        case .locationHeldBack(let locationID, let end, let reason):
            guard isNews("Held a location back", at: locationID.rawValue, now) else { return }
            log(
                "Held a location back",
                [
                    "location": "\(locationID.rawValue)", "reason": "\(reason)",
                    "until": "\(end.readable)",
                ]
            )
        case .shardHeldBack(let shard, let end, let reason):
            guard isNews("Held a shard back", at: "\(shard)", now) else { return }
            log(
                "Held a shard back",
                ["shard": "\(shard)", "reason": "\(reason)", "until": "\(end.readable)"]
            )
        }
    }

    /// Adds an error because of which nothing could be done in any location.
    func add(_ error: any Error, at now: Timestamp) {
        guard isNews("Could not do what is due", at: "", now) else { return }
        log("Could not do what is due", ["error": "\(error)"])
    }

    private func log(_ message: Logger.Message, _ metadata: Logger.Metadata) {
        logger.error(message, metadata: metadata)
    }

    /// Tells whether a kind of trouble was not logged in the last while, and notes that it is now.
    private func isNews(_ message: String, at place: String, _ now: Timestamp) -> Bool {
        lastLogged.withLock { lastLogged in
            let kind = Kind(message: message, place: place)
            let begin = now.advanced(by: .zero - Self.interval)
            if let last = lastLogged[kind], last > begin, last <= now { return false }
            if lastLogged.count >= Self.kindLimit { lastLogged = [:] }
            lastLogged[kind] = now
            return true
        }
    }
}

extension SeriesAddress {
    fileprivate var metadata: Logger.Metadata {
        ["location": "\(locationID.rawValue)", "series": "\(seriesID.rawValue)"]
    }
}

extension Timestamp {
    fileprivate var readable: String { text(in: .extended, fraction: .milliseconds) }
}
