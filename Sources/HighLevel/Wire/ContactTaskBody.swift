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

    /// What answers have besides, and no request changes.
    ///
    /// A client may send back what it was answered.
    private static let readOnlyNames = [
        "id", "_id", "businessId", "recurringTaskId", "locationId", "deleted", "dateAdded",
        "dateUpdated", "updatedAt", "statusGroup", "searchAfter", "contactDetails",
        "assignedToUserDetails",
    ]

    /// Reads a body.
    ///
    /// `status` tells in a word what `completed` tells, which counts if both are there. `contactId`
    /// may repeat what the path says, as a text or as a list.
    ///
    /// - Parameters:
    ///   - members: The members of the body.
    ///   - presence: `.required` for a creation; `.optional` for an update, which may leave out
    ///     title, due date and state.
    ///   - contactName: The contact that the path names.
    /// - Throws: The refusal with every violation.
    package init(
        _ members: JSONObject,
        _ presence: PropertyReader.Presence,
        of contactName: String
    ) throws(HighLevelError) {
        var reader = PropertyReader(members)
        title = reader.text("title", presence, lengths: RecurringTaskBody.Limit.titleLengths)
        body = reader.text(
            "body",
            .optional,
            lengths: RecurringTaskBody.Limit.descriptionLengths
        )
        dueDate = reader.date("dueDate", presence)
        let status: ContactTaskStatus? = reader.choice("status", .optional)
        let isCompleted = reader.boolean(
            "completed",
            status == nil ? presence : .optional,
            .typedOrText
        )
        completed = isCompleted ?? status?.isCompleted
        assignedTo = reader.clearableName("assignedTo")
        let contacts = reader.texts("contactId", .optional, countLimit: 1, .typedOrText)
        if let contact = contacts?.first, contact != contactName {
            reader.note("contactId must be the contact of the path")
        }
        reader.ignore(Self.readOnlyNames)
        try reader.finish()
    }

    /// Reads a body that has only `completed`.
    ///
    /// - Throws: The refusal with every violation.
    package init(status members: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(members)
        completed = reader.boolean("completed", .required, .typedOrText)
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

/// Whether a task is completed, in the words that answers and clients have for it.
private enum ContactTaskStatus: String, CaseIterable {
    case toDo = "to_do"
    case pending
    case incomplete
    case incompleted
    case completed

    var isCompleted: Bool { self == .completed }
}
