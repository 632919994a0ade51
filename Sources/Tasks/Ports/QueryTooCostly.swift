/// A query took longer than it may and was given up.
///
/// A narrower query may be answered.
package struct QueryTooCostly: Error, Hashable {
    /// How long a query may take.
    package var timeLimit: Duration

    package init(timeLimit: Duration) {
        self.timeLimit = timeLimit
    }
}
