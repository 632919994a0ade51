package import Recurrence

/// The result of one turn of the scheduler.
package struct FiringTurn: Hashable, Sendable {
    /// How many series were taken up.
    package var seriesCount: Int
    package var taskCount: Int
    /// What the turn could not do.
    package var troubles: [FiringTrouble]

    package init(seriesCount: Int = 0, taskCount: Int = 0, troubles: [FiringTrouble] = []) {
        self.seriesCount = seriesCount
        self.taskCount = taskCount
        self.troubles = troubles
    }

    /// How many series were set aside.
    var setAsideCount: Int {
        troubles.count { trouble in
            switch trouble {
            case .setAside: true
            case .postponed, .locationHeldBack, .shardHeldBack: false
            }
        }
    }
}

/// Something that a turn could not do, what became of it, and the reason.
package enum FiringTrouble: Hashable, Sendable {
    /// No try will make the stored series readable.
    ///
    /// Its clock is stopped until somebody resumes it.
    case setAside(SeriesAddress, reason: String)
    /// A series could not be taken up, and is tried again at a time.
    case postponed(SeriesAddress, until: Timestamp, reason: String)
    /// Not even a time for the next try could be stored in a location.
    ///
    /// The location is left alone until then.
    case locationHeldBack(LocationID, until: Timestamp, reason: String)
    /// A turn in a shard failed as a whole.
    ///
    /// The shard is left alone until then.
    case shardHeldBack(Int, until: Timestamp, reason: String)
}

/// A series that is set aside: since when, and the reason.
package struct SeriesSetAside: Hashable, Sendable {
    package var address: SeriesAddress
    package var setAsideAt: Timestamp
    package var reason: String

    package init(address: SeriesAddress, setAsideAt: Timestamp, reason: String) {
        self.address = address
        self.setAsideAt = setAsideAt
        self.reason = reason
    }
}
