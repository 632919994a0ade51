package import JSON
package import Recurrence
package import Tasks

/// The body of a request about a task, with every field as it was sent.
///
/// An update sets each omitted field to its default. A field without a default keeps its value. So
/// both statements of LionDesk's page hold: "any omitted value will result in setting the field to
/// the default value", and its sample that updates two fields only.
package struct LionDeskTaskBody: Sendable {
    package private(set) var contactID: BodyField<Int64> = .absent
    package private(set) var assignedUserID: BodyField<Int64> = .absent
    package private(set) var dueAt: BodyField<WallClockTime> = .absent
    package private(set) var recurrenceRule: BodyField<SeriesRule> = .absent
    package private(set) var isAllDay: BodyField<Bool> = .absent
    package private(set) var notifyAssignee: BodyField<Bool> = .absent
    package private(set) var updateType: BodyField<UpdateType> = .absent
    package private(set) var deleteType: BodyField<DeleteType> = .absent
    package private(set) var reminderType: BodyField<ReminderType> = .absent
    package private(set) var categoryID: BodyField<Int64> = .absent
    package private(set) var description: BodyField<String> = .absent
    package private(set) var status: BodyField<TaskStatus> = .absent
    package private(set) var notes: BodyField<String> = .absent

    /// The most Unicode scalars of a description, and of notes.
    static let textLimit = 2000

    /// The fields that have no default.
    private static let requiredFields = ["assigned_user_id", "due_at", "description", "status"]

    /// What the body is for, which decides which of its fields are read.
    package enum Purpose: Sendable {
        /// All fields but `update_type` and `delete_type`.
        case create
        /// All fields but `delete_type`; with `update_type` 3, only the status and `update_type`.
        case update
        /// As an update, but fields without a default are required.
        case replace
        /// `delete_type` alone.
        case remove
    }

    /// Reads the members that LionDesk knows; others are ignored.
    ///
    /// - Parameters:
    ///   - members: The members of the body.
    ///   - purpose: What the body is for.
    ///   - zone: The zone in which a due time without an offset is meant.
    /// - Throws: A `BadRequest` with the reason for each field that is wrong or missing.
    package init(
        _ members: JSONObject,
        for purpose: Purpose,
        zone: Zone
    ) throws(FeathersError) {
        var reader = BodyReader(members)
        switch purpose {
        case .create:
            readTask(from: &reader, zone: zone)
            reader.require(Self.requiredFields, mayBeAbsent: false)
        case .update, .replace:
            updateType = reader.choice("update_type", reason: "is not 1, 2 or 3")
            if updateType == .value(.statusOnly) {
                readStatus(from: &reader)
                reader.require(["status"], mayBeAbsent: false)
            } else {
                readTask(from: &reader, zone: zone)
                reader.require(Self.requiredFields, mayBeAbsent: purpose == .update)
            }
        case .remove:
            deleteType = reader.choice("delete_type", reason: "is not 1, 2 or 3")
        }
        try reader.finish()
    }

    private mutating func readTask(from reader: inout BodyReader, zone: Zone) {
        contactID = reader.identifier("contact_id")
        assignedUserID = reader.identifier("assigned_user_id")
        dueAt = reader.dueTime("due_at", zone: zone)
        recurrenceRule = reader.rule("recurrence_rule")
        isAllDay = reader.boolean("is_all_day")
        notifyAssignee = reader.boolean("notify_assignee")
        reminderType = reader.choice("reminder_type", reason: "is not an integer from 0 to 7")
        categoryID = reader.identifier("category_id")
        description = reader.text("description", limit: Self.textLimit)
        readStatus(from: &reader)
        notes = reader.text("notes", limit: Self.textLimit)
    }

    private mutating func readStatus(from reader: inout BodyReader) {
        status = reader.choice("status", reason: "is not complete, incomplete or deleted")
    }
}

extension LionDeskTaskBody {
    /// The task that a body for a creation describes.
    ///
    /// - Precondition: The body was read to create.
    package var draft: TaskDraft {
        guard case .value(let due) = dueAt, case .value(let title) = description,
            case .value(let assignee) = assignedUserID, case .value(let status) = status
        else { preconditionFailure("what has no default is required of a creation") }
        return TaskDraft(
            template: TaskTemplate(
                title: title,
                body: notes.value ?? "",
                assigneeID: Identifier(assignee),
                contactID: contactID.value.map { Identifier($0) },
                categoryID: categoryID.value.map { Identifier($0) },
                reminder: reminderType.value ?? .noReminder,
                isAllDay: isAllDay.value ?? false,
                notifiesAssignee: notifyAssignee.value ?? true,
                // The type alone says whether there is a reminder, and no default of others.
                reminders: []
            ),
            due: due,
            state: status.state,
            rule: recurrenceRule.value
        )
    }

    /// What a body for an update does to a task.
    ///
    /// - Parameter isMerge: Whether a field that is left out stays, instead of being set to its
    ///   default.
    /// - Returns: The edit.
    package func edit(merging isMerge: Bool = false) -> TaskEdit {
        let state = status.value.map { FieldEdit.set($0.state) } ?? .keep
        if updateType == .value(.statusOnly) { return TaskEdit(state: state) }
        func setting<Sent, Value>(
            _ field: BodyField<Sent>,
            _ value: @autoclosure () -> Value
        ) -> FieldEdit<Value> {
            isMerge && field.isAbsent ? .keep : .set(value())
        }
        return TaskEdit(
            title: description.value.map { .set($0) } ?? .keep,
            body: setting(notes, notes.value ?? ""),
            assigneeID: assignedUserID.value.map { .set(Identifier($0)) } ?? .keep,
            contactID: setting(contactID, contactID.value.map { Identifier($0) }),
            categoryID: setting(categoryID, categoryID.value.map { Identifier($0) }),
            reminder: setting(reminderType, reminderType.value ?? .noReminder),
            isAllDay: setting(isAllDay, isAllDay.value ?? false),
            notifiesAssignee: setting(notifyAssignee, notifyAssignee.value ?? true),
            due: dueAt.value.map { .set($0) } ?? .keep,
            state: state,
            rule: setting(recurrenceRule, recurrenceRule.value)
        )
    }

    /// Which tasks of a series an update changes.
    package var updateExtent: Extent {
        updateType == .value(.thisAndFollowing) ? .thisAndFollowing : .thisOne
    }

    /// Which tasks of a series a deletion removes.
    package var deletionExtent: Extent {
        switch deleteType.value ?? .thisTask {
        case .thisTask: .thisOne
        case .thisAndFollowing: .thisAndFollowing
        case .all: .all
        }
    }
}

/// Which tasks of a series, and which of their fields, an update changes.
package enum UpdateType: Int, CaseIterable, Sendable {
    case thisTask = 1
    case thisAndFollowing = 2
    case statusOnly = 3
}

/// Which tasks of a series are removed.
package enum DeleteType: Int, CaseIterable, Sendable {
    case thisTask = 1
    case thisAndFollowing = 2
    case all = 3
}
