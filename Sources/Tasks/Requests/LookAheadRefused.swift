/// A query asks for due times so late that the tasks up to them may not all be made.
///
/// To ask again does not help, other than for an earlier time.
package struct LookAheadRefused: Error, Hashable {
    /// What there is too much of, as a sentence without its full stop.
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
