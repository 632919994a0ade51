/// The store cannot answer for the moment, and nothing was changed: worth another try.
package struct StoreUnavailable: Error, Hashable {
    /// What the operator should know of it; no client is shown it.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
