/// The records of the directory that a command refers to.
///
/// They are checked in the same transaction.
package struct References: Hashable, Sendable {
    package var assigneeIDs: [Identifier<User>]
    package var contactIDs: [Identifier<Contact>]
    package var categoryID: Identifier<Category>?
    /// The users who take turns.
    package var rotationIDs: [Identifier<User>] = []
    /// The calendar whose days off count.
    package var calendarID: Identifier<DayCalendar>?

    package init(
        assigneeIDs: [Identifier<User>],
        contactIDs: [Identifier<Contact>]
    ) {
        self.assigneeIDs = assigneeIDs
        self.contactIDs = contactIDs
    }

    /// The records that a task refers to.
    package init(
        assigneeID: Identifier<User>? = nil,
        contactID: Identifier<Contact>? = nil,
        categoryID: Identifier<Category>? = nil
    ) {
        assigneeIDs = assigneeID.map { [$0] } ?? []
        contactIDs = contactID.map { [$0] } ?? []
        self.categoryID = categoryID
    }

    /// The references with those of a series' policies.
    package func with(_ policies: SeriesPolicies) -> References {
        var references = self
        references.rotationIDs = policies.rotation?.userIDs ?? []
        references.calendarID = policies.dayOff?.calendarID
        return references
    }
}
