/// Decides when troubles that come again and again are logged: each kind once in a minute or another
/// interval, with how often it has come.
struct RepeatedTroubles<Kind: Hashable & Sendable, Instant: InstantProtocol>: Sendable
where Instant.Duration == Duration {
    private struct Record {
        var count = 0
        var loggedAt: Instant?
    }

    private let interval: Duration

    private var records: [Kind: Record] = [:]

    /// How many kinds are remembered; beyond that they are forgotten, and may be logged sooner.
    private static var kindLimit: Int { 1_000 }

    /// Creates the record of no trouble.
    ///
    /// - Parameter interval: How long a kind of trouble is not logged again.
    init(interval: Duration = .seconds(60)) {
        self.interval = interval
    }

    /// Adds a trouble.
    ///
    /// - Returns: How often its kind has come since it was logged before, if it is to be logged now.
    mutating func add(_ kind: Kind, at now: Instant) -> Int? {
        note(kind, count: 1)
        return take(kind, at: now)
    }

    /// Adds troubles, each with how often it has come.
    ///
    /// - Returns: Those that are to be logged now, of these and of earlier ones, and how often each has
    ///   come since it was logged before.
    mutating func add(_ counts: [Kind: Int], at now: Instant) -> [Kind: Int] {
        for (kind, count) in counts { note(kind, count: count) }
        return records.keys.reduce(into: [:]) { due, kind in due[kind] = take(kind, at: now) }
    }

    private mutating func note(_ kind: Kind, count: Int) {
        if records[kind] == nil, records.count >= Self.kindLimit { records = [:] }
        records[kind, default: Record()].count += count
    }

    private mutating func take(_ kind: Kind, at now: Instant) -> Int? {
        guard let record = records[kind] else { return nil }
        // A clock that was set back makes nobody wait for longer.
        if let last = record.loggedAt, last <= now, now < last.advanced(by: interval) {
            return nil
        }
        records[kind] = record.count == 0 ? nil : Record(loggedAt: now)
        return record.count == 0 ? nil : record.count
    }
}
