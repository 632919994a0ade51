import Recurrence
import Tasks

/// The columns of a task, each in one line.
enum TaskColumns {
    static let table = RecordTable(name: "task", key: "taskID", columns: all)

    /// Title and body are null if they are those of the series.
    ///
    /// A slot's contact of 0 is none.
    static let all: [Column<TaskInstance>] = [
        Column("seriesID", .integer { $0.slot?.seriesID.rawValue }),
        Column("recurrenceID", .integer { $0.slot?.recurrenceID.secondsSince1970 }),
        Column("slotContactID", .integer { $0.slot?.contactID?.rawValue }, orElse: .integer(0)),
        Column("creatorID", .integer { $0.creatorID?.rawValue }),
        Column(
            "title",
            .text { $0.inheritsWording ? nil : $0.template.title },
            readAs: "COALESCE(task.title, series.title)"
        ),
        Column(
            "body",
            .text { $0.inheritsWording ? nil : $0.template.body },
            readAs: "COALESCE(task.body, series.body)"
        ),
        Column("assigneeID", .integer { $0.template.assigneeID?.rawValue }),
        Column("contactID", .integer { $0.template.contactID?.rawValue }),
        Column("categoryID", .integer { $0.template.categoryID?.rawValue }),
        Column("reminder", .integer { Int64($0.template.reminder.rawValue) }),
        Column("isAllDay", .boolean { $0.template.isAllDay }),
        Column("notifiesAssignee", .boolean { $0.template.notifiesAssignee }),
        Column("priority", .integer { $0.template.storedPriority }),
        Column("tags", .text { $0.template.storedTags }),
        Column("reminders", .text { $0.template.storedReminders }),
        Column("dueAt", .integer { $0.due.timestamp.microseconds }),
        Column("dueLocal", .integer { $0.due.local.secondsSince1970 }),
        Column("dueInSecondPass", .integer { $0.due.isInSecondPass ? 1 : nil }),
        Column("timeZone", .text { $0.due.timeZone }),
        Column("state", .integer { Int64($0.state.rawValue) }),
        Column("completedAt", .integer { $0.completion?.at.microseconds }),
        Column("completedByID", .integer { $0.completion?.userID?.rawValue }),
        Column("skipReason", .text { $0.skip?.reason }),
        Column("createdAt", .integer { $0.createdAt.microseconds }),
        Column("modifiedAt", .integer { $0.modifiedAt.microseconds }),
    ]

    /// The places of the columns in a row of ``TaskStatements/columns``.
    ///
    /// The number comes first.
    struct Places: Sendable {
        let seriesID = table.place(of: "seriesID")
        let recurrenceID = table.place(of: "recurrenceID")
        let slotContactID = table.place(of: "slotContactID")
        let creatorID = table.place(of: "creatorID")
        let title = table.place(of: "title")
        let body = table.place(of: "body")
        let assigneeID = table.place(of: "assigneeID")
        let contactID = table.place(of: "contactID")
        let categoryID = table.place(of: "categoryID")
        let reminder = table.place(of: "reminder")
        let isAllDay = table.place(of: "isAllDay")
        let notifiesAssignee = table.place(of: "notifiesAssignee")
        let priority = table.place(of: "priority")
        let tags = table.place(of: "tags")
        let reminders = table.place(of: "reminders")
        let dueAt = table.place(of: "dueAt")
        let dueLocal = table.place(of: "dueLocal")
        let dueInSecondPass = table.place(of: "dueInSecondPass")
        let timeZone = table.place(of: "timeZone")
        let state = table.place(of: "state")
        let completedAt = table.place(of: "completedAt")
        let completedByID = table.place(of: "completedByID")
        let skipReason = table.place(of: "skipReason")
        let createdAt = table.place(of: "createdAt")
        let modifiedAt = table.place(of: "modifiedAt")
        let inheritsWording = 1 + all.count
        let ruleText = 2 + all.count
        let overrides = 3 + all.count
    }

    static let places = Places()
}
