/// How a series makes its tasks when their occurrences come, and not ahead.
///
/// An occurrence that is carried out makes one task for each contact. If the series never had
/// contacts, it makes one task without a contact. A contact that the directory does not have any
/// more is passed over. A series that had contacts and has none left makes no more tasks.
package struct DueSchedule: Hashable, Sendable, Codable {
    /// How long after its occurrence a task is due, in seconds, 0 or more.
    package var dueAfter: Int64
    /// The IANA name of the zone of the tasks' due times.
    package var timeZone: String
    /// The most occurrences that are carried out.
    ///
    /// An occurrence that was skipped is not counted.
    package var occurrenceLimit: Int?
    package var contactIDs: [Identifier<Contact>]
    /// The users to whom the series was given.
    ///
    /// The first is the tasks' assignee.
    package var ownerIDs: [Identifier<User>]
    /// The schedule as its author wrote it, in the author's own form.
    ///
    /// None after a change that this text does not show.
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
