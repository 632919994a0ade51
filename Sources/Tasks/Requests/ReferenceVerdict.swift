/// What a command may refer to; true where nothing was referred to.
///
/// A location's own token may refer to all that the location has, a user to less.
package struct ReferenceVerdict: Hashable, Sendable {
    /// Each assignee is the actor or shares work with the actor.
    package var assigneeIsAllowed: Bool
    /// Each contact is owned by, assigned to or shared with the actor, or is owned by somebody who
    /// shares work with the actor.
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

    /// Decides from what the directory says.
    package init(on facts: ReferenceFacts, for actor: Actor) {
        assigneeIsAllowed = facts.assignees.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        contactIsAllowed = facts.contacts.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        categoryIsAllowed = facts.categories.allSatisfy { $0?.isAllowed(to: actor) ?? false }
    }

    /// The verdict without objections to what the task has already.
    func ignoring(_ edit: TaskEdit, unchangedIn template: TaskTemplate) -> ReferenceVerdict {
        ReferenceVerdict(
            assigneeIsAllowed: assigneeIsAllowed || edit.assigneeID == .set(template.assigneeID),
            contactIsAllowed: contactIsAllowed || edit.contactID == .set(template.contactID),
            categoryIsAllowed: categoryIsAllowed || edit.categoryID == .set(template.categoryID)
        )
    }

    /// Refuses what may not be referred to.
    ///
    /// - Throws: ``TaskRefusal/unusableReferences(_:)``.
    func check() throws {
        guard self == ReferenceVerdict() else { throw TaskRefusal.unusableReferences(self) }
    }
}

extension ReferenceFacts.Assignee {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.userID else { return true }
        return userID == actorID || sharesWork
    }
}

extension ReferenceFacts.Contact {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.userID else { return true }
        return ownerID == actorID || assigneeID == actorID || isShared || ownerSharesWork
    }
}

extension ReferenceFacts.Category {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.userID, let ownerID else { return true }
        return ownerID == actorID
    }
}
