/// How much one location may store.
///
/// A limit that is none does not hold. Each is a bound on what a location costs the others, not an
/// account to the last row: what is under way at one moment may pass it together.
package struct LocationQuotas: Hashable, Sendable {
    /// The most series that have occurrences to come.
    package var seriesLimit: Int?
    /// The most tasks that are open.
    package var openTaskLimit: Int?
    /// The most tasks that are made between two full hours.
    package var hourlyTaskLimit: Int?
    /// The shortest time between two occurrences of a series, in seconds; 1 allows all rules.
    package var minimumSpacing: Int64

    package init(
        seriesLimit: Int? = nil,
        openTaskLimit: Int? = nil,
        hourlyTaskLimit: Int? = nil,
        minimumSpacing: Int64 = 1
    ) {
        self.seriesLimit = seriesLimit
        self.openTaskLimit = openTaskLimit
        self.hourlyTaskLimit = hourlyTaskLimit
        self.minimumSpacing = minimumSpacing
    }
}
