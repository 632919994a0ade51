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

/// What the directory says of the references; true where nothing was referred to.
package struct ReferenceFacts: Hashable, Sendable {
    /// Each assignee is the actor or shares a team with the actor whose members share their work.
    package var assigneeIsAllowed: Bool
    /// Each contact is owned by, assigned to or shared with the actor, or a teammate who shares.
    package var contactIsAllowed: Bool
    /// The category is the location's or the actor's own.
    package var categoryIsAllowed: Bool

    package init(
        assigneeIsAllowed: Bool = true,
        contactIsAllowed: Bool = true,
        categoryIsAllowed: Bool = true
    ) {
        self.assigneeIsAllowed = assigneeIsAllowed
        self.contactIsAllowed = contactIsAllowed
        self.categoryIsAllowed = categoryIsAllowed
    }
}
