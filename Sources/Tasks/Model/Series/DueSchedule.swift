/// How a series makes its tasks one occurrence at a time, when that comes, and not ahead.
///
/// An occurrence that is carried out makes a task for each contact, or one for none where the series
/// never had any. A contact that the directory has no more is passed over, and a series that had
/// contacts and has none left makes no more tasks.
package struct DueSchedule: Hashable, Sendable, Codable {
    /// How long after its occurrence a task is due, in seconds, 0 or more.
    package var dueAfter: Int64
    /// The IANA name of the zone in whose wall-clock time the tasks' due times are kept.
    package var timeZone: String
    /// How many occurrences are carried out at most; one that was skipped is not counted.
    package var occurrenceLimit: Int?
    package var contactIDs: [Identifier<Contact>]
    /// Whom the series was given to; the first is the tasks' assignee.
    package var ownerIDs: [Identifier<User>]
    /// The schedule as its author wrote it, in the author's own form; none once it was rewritten
    /// in another.
    package var wording: String?

    package init(
        dueAfter: Int64,
        timeZone: String,
        occurrenceLimit: Int? = nil,
        contactIDs: [Identifier<Contact>] = [],
        ownerIDs: [Identifier<User>] = [],
        wording: String? = nil
    ) {
        self.dueAfter = dueAfter
        self.timeZone = timeZone
        self.occurrenceLimit = occurrenceLimit
        self.contactIDs = contactIDs
        self.ownerIDs = ownerIDs
        self.wording = wording
    }
}
