package import Recurrence

/// What a task comes from.
///
/// It is a series, or a single task, which is its own origin and has its own number.
package struct TaskOrigin: Hashable, Identifiable, Sendable {
    package var id: Int64
    package var creatorID: Identifier<User>?
    /// The first occurrence, or the due time of a single task, on the wall clock of its zone.
    package var start: LocalDateTime
    /// The rule's text; none if nothing repeats.
    package var ruleText: String?
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp

    package init(
        id: Int64,
        creatorID: Identifier<User>?,
        start: LocalDateTime,
        ruleText: String?,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.creatorID = creatorID
        self.start = start
        self.ruleText = ruleText
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }
}
