/// A member of a recurrence set: computed, never stored.
public struct Occurrence: Hashable, Sendable {
    /// The local date-time that the set yields, even if the clocks skip it (RECURRENCE-ID).
    public let recurrenceID: LocalDateTime
    /// When it takes place; for a floating set, as if its local time were UTC.
    public let timestamp: Timestamp

    /// Creates an occurrence.
    public init(recurrenceID: LocalDateTime, timestamp: Timestamp) {
        self.recurrenceID = recurrenceID
        self.timestamp = timestamp
    }
}
