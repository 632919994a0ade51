/// Whether a command may use its references.
///
/// It is true for a kind of reference that the command does not have.
///
/// A location's own token and those who oversee it may refer to everything in the location. Other
/// users may refer to less.
package struct ReferenceVerdict: Hashable, Sendable {
    /// Each assignee is the actor or shares work with the actor.
    package var assigneeIsAllowed: Bool
    /// Each contact is owned by, assigned to or shared with the actor, or is owned by somebody who
    /// shares work with the actor.
    package var contactIsAllowed: Bool
    /// The category is the location's or the actor's own.
    package var categoryIsAllowed: Bool
    /// Each user who takes turns is the actor or shares work with the actor.
    package var rotationIsAllowed: Bool
    /// The location has the calendar.
    package var calendarIsAllowed: Bool

    package init(
        assigneeIsAllowed: Bool = true,
        contactIsAllowed: Bool = true,
        categoryIsAllowed: Bool = true,
        rotationIsAllowed: Bool = true,
        calendarIsAllowed: Bool = true
    ) {
        self.rotationIsAllowed = rotationIsAllowed
        self.calendarIsAllowed = calendarIsAllowed
        self.assigneeIsAllowed = assigneeIsAllowed
        self.contactIsAllowed = contactIsAllowed
        self.categoryIsAllowed = categoryIsAllowed
    }

    /// Decides by the facts from the directory.
    package init(on facts: ReferenceFacts, for actor: Actor) {
        assigneeIsAllowed = facts.assignees.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        contactIsAllowed = facts.contacts.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        categoryIsAllowed = facts.categories.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        rotationIsAllowed = facts.rotation.allSatisfy { $0?.isAllowed(to: actor) ?? false }
        calendarIsAllowed = facts.calendarIsThere
    }

    /// The verdict, but without refusing references that the task has already.
    func ignoring(_ edit: TaskEdit, unchangedIn template: TaskTemplate) -> ReferenceVerdict {
        ReferenceVerdict(
            assigneeIsAllowed: assigneeIsAllowed || edit.assigneeID == .set(template.assigneeID),
            contactIsAllowed: contactIsAllowed || edit.contactID == .set(template.contactID),
            categoryIsAllowed: categoryIsAllowed || edit.categoryID == .set(template.categoryID),
            rotationIsAllowed: rotationIsAllowed,
            calendarIsAllowed: calendarIsAllowed
        )
    }

    /// Throws if a reference may not be used.
    ///
    /// - Throws: ``TaskRefusal/unusableReferences(_:)``.
    package func check() throws {
        guard self == ReferenceVerdict() else { throw TaskRefusal.unusableReferences(self) }
    }
}

extension ReferenceFacts.Assignee {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.boundingUserID else { return true }
        return userID == actorID || sharesWork
    }
}

extension ReferenceFacts.Contact {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.boundingUserID else { return true }
        return ownerID == actorID || assigneeID == actorID || isShared || ownerSharesWork
    }
}

extension ReferenceFacts.Category {
    fileprivate func isAllowed(to actor: Actor) -> Bool {
        guard let actorID = actor.boundingUserID, let ownerID else { return true }
        return ownerID == actorID
    }
}
