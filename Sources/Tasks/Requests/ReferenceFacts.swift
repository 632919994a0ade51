/// What the directory says about a command's references, in their order.
///
/// `nil` stands for a record that the location does not have.
package struct ReferenceFacts: Hashable, Sendable {
    /// A user of the location.
    package struct Assignee: Hashable, Sendable {
        package var userID: Identifier<User>
        /// Whether the user is the actor, or is in a team with the actor whose members share their
        /// work.
        package var sharesWork: Bool

        package init(userID: Identifier<User>, sharesWork: Bool) {
            self.userID = userID
            self.sharesWork = sharesWork
        }
    }

    /// A contact of the location.
    package struct Contact: Hashable, Sendable {
        package var ownerID: Identifier<User>?
        package var assigneeID: Identifier<User>?
        /// Whether the contact is shared with the actor by name.
        package var isShared: Bool
        /// Whether the owner is the actor, or is in a team with the actor whose members share their
        /// work.
        package var ownerSharesWork: Bool

        package init(
            ownerID: Identifier<User>?,
            assigneeID: Identifier<User>?,
            isShared: Bool,
            ownerSharesWork: Bool
        ) {
            self.ownerID = ownerID
            self.assigneeID = assigneeID
            self.isShared = isShared
            self.ownerSharesWork = ownerSharesWork
        }
    }

    /// A category of the location.
    package struct Category: Hashable, Sendable {
        /// The user whose own category it is; none if the whole location shares it.
        package var ownerID: Identifier<User>?

        package init(ownerID: Identifier<User>?) {
            self.ownerID = ownerID
        }
    }

    package var assignees: [Assignee?]
    package var contacts: [Contact?]
    /// Empty if the command refers to no category.
    package var categories: [Category?]
    /// The users who take turns.
    package var rotation: [Assignee?] = []
    /// Whether there is the calendar that the command refers to; also if it refers to none.
    package var calendarIsThere = true
    /// What policies need to know of the records that the command refers to.
    package var policyFacts = PolicyFacts()

    package init(
        assignees: [Assignee?] = [],
        contacts: [Contact?] = [],
        categories: [Category?] = []
    ) {
        self.assignees = assignees
        self.contacts = contacts
        self.categories = categories
    }
}
