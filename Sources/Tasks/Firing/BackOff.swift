import Recurrence

/// How long the parts of a whole that failed are left alone.
///
/// The first failure of a part costs it ``BackOffTime/shortest``. Each further one doubles that, up to
/// a limit. A success ends it.
struct BackOff<Part: Hashable & Sendable>: Sendable {
    private struct Wait {
        /// When the part failed first.
        var since: Timestamp
        var end: Timestamp
        var length: Duration
    }

    private var waits: [Part: Wait] = [:]

    /// How many parts are remembered.
    ///
    /// If there are more, the part that is to be tried first is forgotten.
    private static var countLimit: Int { 10_000 }

    var isEmpty: Bool { waits.isEmpty }

    /// Until when a part is left alone; none if it has not failed since it last succeeded.
    func end(of part: Part) -> Timestamp? {
        waits.isEmpty ? nil : waits[part]?.end
    }

    /// Since when a part has failed; none if it has not failed since it last succeeded.
    func since(of part: Part) -> Timestamp? {
        waits.isEmpty ? nil : waits[part]?.since
    }

    /// Notes that a part failed, and returns until when it is left alone.
    mutating func fail(_ part: Part, at now: Timestamp, limit: Duration) -> Timestamp {
        let length = waits[part].map { min($0.length * 2, limit) } ?? BackOffTime.shortest
        if waits[part] == nil, waits.count >= Self.countLimit,
            let first = waits.min(by: { $0.value.end < $1.value.end })
        {
            waits[first.key] = nil
        }
        let end = now.advanced(by: length)
        waits[part] = Wait(since: waits[part]?.since ?? now, end: end, length: length)
        return end
    }

    /// Notes that a part did its work.
    mutating func succeed(_ part: Part) {
        if !waits.isEmpty { waits[part] = nil }
    }
}
