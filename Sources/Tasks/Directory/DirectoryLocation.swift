/// A location as the directory has it.
package struct DirectoryLocation: Hashable, Sendable {
    package let id: LocationID
    package var name: String
    /// The IANA name of a zone.
    package var timeZone: String
    /// Whether requests of the server's own API that change a record need `If-Match`.
    package var requiresMatch: Bool
    /// The reminders of tasks of which neither the task nor the person says anything.
    package var reminders: [Reminder]?

    package init(
        id: LocationID,
        name: String,
        timeZone: String,
        requiresMatch: Bool = false,
        reminders: [Reminder]? = nil
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.requiresMatch = requiresMatch
        self.reminders = reminders
    }
}
