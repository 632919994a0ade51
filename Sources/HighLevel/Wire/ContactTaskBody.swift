package import JSON
package import Recurrence
package import Tasks

/// The body of a request that creates or updates a contact's task.
///
/// The assignee is the name that was sent; it is not looked up yet.
package struct ContactTaskBody: Hashable, Sendable {
    package let title: String?
    package let body: String?
    package let dueDate: HighLevelDate?
    package let completed: Bool?
    package let assignedTo: FieldEdit<String?>

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - members: The members of the body.
    ///   - presence: `.required` for a creation; `.optional` for an update, which may leave out
    ///     title, due date and state.
    /// - Throws: The refusal with every violation.
    package init(
        _ members: JSONObject,
        _ presence: PropertyReader.Presence
    ) throws(HighLevelError) {
        var reader = PropertyReader(members)
        title = reader.text("title", presence, lengths: RecurringTaskBody.Limit.titleLengths)
        body = reader.text(
            "body",
            .optional,
            lengths: RecurringTaskBody.Limit.descriptionLengths
        )
        dueDate = reader.date("dueDate", presence)
        completed = reader.boolean("completed", presence)
        assignedTo = reader.clearableName("assignedTo")
        try reader.finish()
    }

    /// Reads a body that has only `completed`.
    ///
    /// - Throws: The refusal with every violation.
    package init(status members: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(members)
        completed = reader.boolean("completed", .required)
        title = nil
        body = nil
        dueDate = nil
        assignedTo = .keep
        try reader.finish()
    }
}

extension ContactTaskBody {
    /// The task that a body for a creation describes.
    ///
    /// - Precondition: The body was read with presence `.required`.
    package func draft(
        contactID: Identifier<Contact>,
        assigneeID: Identifier<User>?,
        zone: Zone
    ) -> TaskDraft {
        guard let title, let dueDate, let completed else {
            preconditionFailure("title, due date and state are required of a creation")
        }
        return TaskDraft(
            template: TaskTemplate(
                title: title,
                body: body ?? "",
                assigneeID: assigneeID,
                contactID: contactID
            ),
            due: WallClockTime(at: dueDate.timestamp, in: zone),
            state: completed ? .completed : .open
        )
    }

    /// What a body for an update does to a task.
    ///
    /// - Parameters:
    ///   - assigneeID: What the body does to the assignee.
    ///   - zone: The location's zone.
    /// - Returns: The edit, which keeps what the body leaves out.
    package func edit(assigneeID: FieldEdit<Identifier<User>?>, zone: Zone) -> TaskEdit {
        TaskEdit(
            title: title.map { .set($0) } ?? .keep,
            body: body.map { .set($0) } ?? .keep,
            assigneeID: assigneeID,
            due: dueDate.map { .set(WallClockTime(at: $0.timestamp, in: zone)) } ?? .keep,
            state: completed.map { .set($0 ? .completed : .open) } ?? .keep
        )
    }
}
