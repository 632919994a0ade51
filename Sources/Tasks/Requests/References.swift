/// What a command points at in the directory, to be checked in the same transaction.
package struct References: Hashable, Sendable {
    package var assigneeIDs: [Identifier<User>]
    package var contactIDs: [Identifier<Contact>]
    package var categoryID: Identifier<Category>?

    package init(
        assigneeIDs: [Identifier<User>],
        contactIDs: [Identifier<Contact>]
    ) {
        self.assigneeIDs = assigneeIDs
        self.contactIDs = contactIDs
    }

    /// What a task points at.
    package init(
        assigneeID: Identifier<User>? = nil,
        contactID: Identifier<Contact>? = nil,
        categoryID: Identifier<Category>? = nil
    ) {
        assigneeIDs = assigneeID.map { [$0] } ?? []
        contactIDs = contactID.map { [$0] } ?? []
        self.categoryID = categoryID
    }
}
