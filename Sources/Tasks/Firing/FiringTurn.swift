/// The result of one turn of the scheduler.
package struct FiringTurn: Hashable, Sendable {
    /// How many series were taken up.
    package var seriesCount: Int
    package var taskCount: Int
    package var setAside: [SeriesSetAside]

    package init(seriesCount: Int = 0, taskCount: Int = 0, setAside: [SeriesSetAside] = []) {
        self.seriesCount = seriesCount
        self.taskCount = taskCount
        self.setAside = setAside
    }
}

/// A series that was stopped because nothing could be decided for it, and the reason.
package struct SeriesSetAside: Hashable, Sendable {
    package var address: SeriesAddress
    package var reason: String

    package init(address: SeriesAddress, reason: String) {
        self.address = address
        self.reason = reason
    }
}
