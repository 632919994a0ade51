/// A store that knows how it fares, for whoever watches over it.
package protocol WatchedStore: Sendable {
    /// Why the store cannot be relied on, as far as has been noticed; no cost worth mention.
    var trouble: StoreTrouble? { get }

    /// Looks at the store from outside: whether it is still where it was opened, and whether it
    /// keeps itself in order.
    ///
    /// It does not wait for anything; what is found shows in ``trouble`` and in ``takeFaults()``.
    func inspect()

    /// Reads here and there, and makes a small write durable; returns once both have ended.
    ///
    /// What is found shows in ``trouble`` and in ``takeFaults()``. The cost is bounded, whatever
    /// the store holds; the time is not, where the disk does not answer.
    func probe() async

    /// Returns what has failed since it was last asked, and how often each.
    func takeFaults() -> [StoreFault: Int]
}

/// Why a store cannot be relied on, in the word that anybody may be told.
package enum StoreTrouble: String, Hashable, Sendable, CaseIterable {
    /// There is no room for what is to be written.
    case full = "storage-full"
    /// The disk answers with an error, or there is no memory or descriptor to reach it.
    case failing = "storage-failing"
    /// What was stored cannot be read any more.
    case damaged = "storage-damaged"
    /// A try of the store has not come back.
    case stalled = "storage-stalled"
    /// What stands at the store's path is not what was opened; this does not pass.
    case moved = "storage-moved"
}

/// Something that failed in a store.
package struct StoreFault: Hashable, Sendable {
    /// What the store was doing.
    package enum Activity: String, Hashable, Sendable {
        case reading
        case writing
        case checkpointing
        case answering
    }

    package var activity: Activity
    package var trouble: StoreTrouble
    /// What the operator should know of it; no client is shown it.
    package var reason: String

    package init(_ trouble: StoreTrouble, while activity: Activity, reason: String) {
        self.activity = activity
        self.trouble = trouble
        self.reason = reason
    }
}

/// A store was moved, removed, replaced or overwritten while it was open, so that nothing can be kept
/// in it.
package struct StoreMoved: Error, Hashable {
    package init() {}
}
