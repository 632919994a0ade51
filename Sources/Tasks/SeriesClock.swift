package import Recurrence

/// How far a series is materialized and when its horizon moves next.
package struct SeriesClock: Hashable, Sendable {
    /// The last slot whose task is stored.
    package var materializedThrough: LocalDateTime
    /// When the first slot that is not stored yet comes.
    package var nextAt: Timestamp
    /// When the scheduler moves the horizon.
    package var fireAt: Timestamp

    package init(materializedThrough: LocalDateTime, nextAt: Timestamp, fireAt: Timestamp) {
        self.materializedThrough = materializedThrough
        self.nextAt = nextAt
        self.fireAt = fireAt
    }
}

/// A series whose horizon is to move, and where it is.
package struct SeriesAddress: Hashable, Sendable {
    package var locationID: LocationID
    package var seriesID: Identifier<RecurringTask>

    package init(locationID: LocationID, seriesID: Identifier<RecurringTask>) {
        self.locationID = locationID
        self.seriesID = seriesID
    }
}
