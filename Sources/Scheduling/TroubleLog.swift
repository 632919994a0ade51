import Logging
import Recurrence
import Synchronization
import Tasks

/// Logs what the scheduler could not do.
///
/// A trouble that lasts is logged once a minute for each kind and place, however often it is met; a
/// series that stays postponed once a day for each reason in its location. A series that is set aside
/// is always logged, since that happens to it once.
final class TroubleLog: Sendable {
    private struct Kind: Hashable {
        var message: String
        var place: String
    }

    private let logger: Logger
    private let repeated = Mutex(RepeatedTroubles<Kind, Timestamp>())
    private let lasting = Mutex(RepeatedTroubles<Kind, Timestamp>(interval: day))

    private static let day = Duration.seconds(86_400)

    init(logger: Logger) {
        self.logger = logger
    }

    func add(_ trouble: FiringTrouble, at now: Timestamp) {
        switch trouble {
        case .setAside(let address, let reason):
            logger.error("Set a series aside", metadata: address.metadata(["reason": "\(reason)"]))
        case .postponed(let address, let end, let reason):
            log(
                "Postponed a series",
                at: address.locationID.rawValue,
                address.metadata(["reason": "\(reason)", "until": "\(end.readable)"]),
                now
            )
        case .stillPostponed(let address, let since, let end, let reason):
            // It was told of when it began.
            guard since.duration(to: now) >= Self.day else { return }
            let kind = Kind(message: reason, place: address.locationID.rawValue)
            guard let count = lasting.withLock({ $0.add(kind, at: now) }) else { return }
            logger.error(
                "A series is still postponed",
                metadata: address.metadata([
                    "reason": "\(reason)", "since": "\(since.readable)",
                    "until": "\(end.readable)", "count": "\(count)",
                ])
            )
        case .locationHeldBack(let locationID, let end, let reason):
            let place = locationID.rawValue
            log(
                "Held a location back",
                at: place,
                ["location": "\(place)", "reason": "\(reason)", "until": "\(end.readable)"],
                now
            )
        case .shardHeldBack(let shard, let end, let reason):
            log(
                "Held a shard back",
                at: "\(shard)",
                ["shard": "\(shard)", "reason": "\(reason)", "until": "\(end.readable)"],
                now
            )
        }
    }

    /// Adds an error because of which nothing could be done in any location.
    func add(_ error: any Error, at now: Timestamp) {
        log("Could not do what is due", at: "", ["error": "\(error)"], now)
    }

    /// Logs a trouble, unless its kind was logged there in the last minute.
    private func log(
        _ message: String,
        at place: String,
        _ metadata: Logger.Metadata,
        _ now: Timestamp
    ) {
        let kind = Kind(message: message, place: place)
        guard let count = repeated.withLock({ $0.add(kind, at: now) }) else { return }
        logger.error("\(message)", metadata: metadata.merging(["count": "\(count)"]) { $1 })
    }
}

extension SeriesAddress {
    func metadata(_ details: Logger.Metadata) -> Logger.Metadata {
        details.merging(["location": "\(locationID.rawValue)", "series": "\(seriesID.rawValue)"]) {
            $1
        }
    }
}

extension Timestamp {
    fileprivate var readable: String { text(in: .extended, fraction: .milliseconds) }
}
