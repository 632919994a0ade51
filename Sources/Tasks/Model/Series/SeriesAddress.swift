/// Where a series is.
package struct SeriesAddress: Hashable, Sendable {
    package var locationID: LocationID
    package var seriesID: Identifier<RecurringTask>

    package init(locationID: LocationID, seriesID: Identifier<RecurringTask>) {
        self.locationID = locationID
        self.seriesID = seriesID
    }
}
