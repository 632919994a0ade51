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
            case .postponed, .stillPostponed, .locationHeldBack, .shardHeldBack: false
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
    /// A series was tried again in vain, and is tried again at a time.
    case stillPostponed(SeriesAddress, since: Timestamp, until: Timestamp, reason: String)
    /// Not even a time for the next try could be stored in a location.
    ///
    /// The location is left alone until then.
    case locationHeldBack(LocationID, until: Timestamp, reason: String)
    /// A turn in a shard failed as a whole.
    ///
    /// The shard is left alone until then.
    case shardHeldBack(Int, until: Timestamp, reason: String)
}

/// A series that is set aside or held: since when, and the reason.
package struct SeriesSetAside: Hashable, Sendable {
    package var address: SeriesAddress
    package var setAsideAt: Timestamp
    /// When it is tried again, if it is held; none if it is set aside.
    package var triedAgainAt: Timestamp?
    package var reason: String

    package init(
        address: SeriesAddress,
        setAsideAt: Timestamp,
        triedAgainAt: Timestamp? = nil,
        reason: String
    ) {
        self.address = address
        self.setAsideAt = setAsideAt
        self.triedAgainAt = triedAgainAt
        self.reason = reason
    }
}

/// How many series are held for one reason, that is, postponed until a fault passes.
package struct HeldSeries: Hashable, Sendable {
    package var reason: String
    package var count: Int

    package init(reason: String, count: Int) {
        self.reason = reason
        self.count = count
    }
}
