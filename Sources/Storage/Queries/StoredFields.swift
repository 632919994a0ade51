import Tasks

extension TaskField: StoredField {
    var expression: String {
        switch self {
        case .id: "task.taskID"
        case .originID: "COALESCE(task.seriesID, task.taskID)"
        case .seriesID: "task.seriesID"
        case .creatorID: "task.creatorID"
        case .contactID: "task.contactID"
        case .contactBusiness:
            """
            (
                SELECT contact.business FROM contact
                WHERE contact.shard = task.shard AND contact.locationID = task.locationID
                    AND contact.contactID = task.contactID
            )
            """
        case .assigneeID: "task.assigneeID"
        case .dueAt: "task.dueAt"
        case .isAllDay: "task.isAllDay"
        case .notifiesAssignee: "task.notifiesAssignee"
        case .reminder: "task.reminder"
        case .categoryID: "task.categoryID"
        case .title: "COALESCE(task.title, series.title)"
        case .body: "COALESCE(task.body, series.body)"
        case .state: "task.state"
        case .ruleText: "series.ruleText"
        case .createdAt: "task.createdAt"
        case .modifiedAt: "task.modifiedAt"
        case .priority: "COALESCE(task.priority, 0)"
        case .tags: "task.tags"
        case .skipReason: "task.skipReason"
        case .words:
            """
            perennialFold(
                COALESCE(task.title, series.title) || ' ' || COALESCE(task.body, series.body)
                    || ' ' || COALESCE((
                        SELECT COALESCE(contact.firstName, '') || ' '
                            || COALESCE(contact.lastName, '')
                        FROM contact
                        WHERE contact.shard = task.shard
                            AND contact.locationID = task.locationID
                            AND contact.contactID = task.contactID
                    ), '')
            )
            """
        }
    }

    func sought(_ text: String) -> String? {
        if self == .words { return FoldedText.of(text) }
        return self == .tags ? text : nil
    }

    var kind: FieldKind {
        switch self {
        case .id, .originID, .seriesID, .creatorID, .contactID, .assigneeID, .reminder,
            .categoryID, .state, .priority:
            .integer
        case .title, .body, .ruleText, .contactBusiness, .tags, .skipReason, .words: .text
        case .isAllDay, .notifiesAssignee: .boolean
        case .dueAt, .createdAt, .modifiedAt: .timestamp
        }
    }

    var isNullable: Bool {
        switch self {
        case .seriesID, .creatorID, .contactID, .contactBusiness, .assigneeID, .categoryID,
            .ruleText, .tags, .skipReason:
            true
        case .priority, .words, .id, .originID, .dueAt, .isAllDay, .notifiesAssignee, .reminder,
            .title, .body,
            .state, .createdAt, .modifiedAt:
            false
        }
    }

    func isOneOf(_ list: String) -> String {
        guard self == .originID else { return "\(expression) IN \(list)" }
        // In this form an index serves each half.
        return "(task.seriesID IN \(list) OR (task.seriesID IS NULL AND task.taskID IN \(list)))"
    }

    /// Whether the row of the series is needed to know the value.
    var isOfSeries: Bool {
        switch self {
        case .title, .body, .ruleText, .words: true
        case .priority, .tags, .skipReason, .id, .originID, .seriesID, .creatorID, .contactID,
            .contactBusiness, .assigneeID,
            .dueAt, .isAllDay, .notifiesAssignee, .reminder, .categoryID, .state, .createdAt,
            .modifiedAt:
            false
        }
    }
}

extension OriginField: StoredField {
    var expression: String {
        switch self {
        case .id: "originID"
        case .creatorID: "creatorID"
        case .start: "startLocal * 1000000"
        case .repeats: "CASE WHEN ruleText IS NULL THEN 0 ELSE 1 END"
        case .ruleText: "ruleText"
        case .createdAt: "createdAt"
        case .modifiedAt: "modifiedAt"
        }
    }

    /// A start is compared as if its wall clock showed UTC.
    var kind: FieldKind {
        switch self {
        case .id, .creatorID: .integer
        case .repeats: .boolean
        case .ruleText: .text
        case .start, .createdAt, .modifiedAt: .timestamp
        }
    }

    var isNullable: Bool {
        switch self {
        case .creatorID, .ruleText: true
        case .id, .start, .repeats, .createdAt, .modifiedAt: false
        }
    }
}

extension CategoryField: StoredField {
    var expression: String {
        switch self {
        case .id: "categoryID"
        case .name: "name"
        case .ownerID: "ownerID"
        case .createdAt: "createdAt"
        case .modifiedAt: "modifiedAt"
        }
    }

    var kind: FieldKind {
        switch self {
        case .id, .ownerID: .integer
        case .name: .text
        case .createdAt, .modifiedAt: .timestamp
        }
    }

    var isNullable: Bool {
        switch self {
        case .ownerID: true
        case .id, .name, .createdAt, .modifiedAt: false
        }
    }
}
