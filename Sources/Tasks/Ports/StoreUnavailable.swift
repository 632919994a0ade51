/// The store cannot answer at the moment.
///
/// Nothing was changed, and the caller may try again.
package struct StoreUnavailable: Error, Hashable {
    /// The reason, for the operator.
    ///
    /// It is not shown to clients.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
