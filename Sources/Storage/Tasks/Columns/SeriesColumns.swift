import Recurrence
import Tasks

/// The columns of a series, each in one line.
enum SeriesColumns {
    static let table = RecordTable(name: "series", key: "seriesID", columns: all)

    static let all: [Column<RecurringTask>] = [
        Column("creatorID", .integer { $0.creatorID?.rawValue }),
        Column("title", .text { $0.template.title }),
        Column("body", .text { $0.template.body }),
        Column("assigneeID", .integer { $0.template.assigneeID?.rawValue }),
        Column("contactID", .integer { $0.template.contactID?.rawValue }),
        Column("categoryID", .integer { $0.template.categoryID?.rawValue }),
        Column("reminder", .integer { Int64($0.template.reminder.rawValue) }),
        Column("isAllDay", .boolean { $0.template.isAllDay }),
        Column("notifiesAssignee", .boolean { $0.template.notifiesAssignee }),
        Column("priority", .integer { $0.template.storedPriority }),
        Column("tags", .text { $0.template.storedTags }),
        Column("reminders", .text { $0.template.storedReminders }),
        Column("startLocal", .integer { $0.start.secondsSince1970 }),
        Column("startsInSecondPass", .integer { $0.startsInSecondPass ? 1 : nil }),
        Column("timeZone", .text { $0.timeZone }),
        Column("ruleText", .text { $0.rule?.text }),
        Column("dueSchedule", .text { $0.dueSchedule?.storedText }),
        Column("catchUp", .integer { Int64($0.missedWork.catchUp.rawValue) }),
        Column("whileOverdue", .integer { $0.missedWork.storedWhileOverdue }),
        Column("rollsForward", .integer { $0.missedWork.whileOverdue == .rollForward ? 1 : nil }),
        Column(
            "repeatsAfterCompletion",
            .integer { $0.policies.repeats == .afterCompletion ? 1 : nil }
        ),
        Column("monthEnd", .integer { $0.policies.monthEnd.stored }),
        Column("dayOffCalendarID", .integer { $0.policies.dayOff?.calendarID.rawValue }),
        Column("dayOffMove", .integer { $0.policies.dayOff.map { Int64($0.then.rawValue) } }),
        Column("rotation", .text { $0.policies.rotation?.storedUsers }),
        Column("rotationStep", .integer { $0.policies.rotation.map { Int64($0.by.rawValue) } }),
        Column("rotationTurn", .integer { $0.policies.rotation.map { Int64($0.firstTurn) } }),
        Column("pausedFrom", .integer { $0.policies.pause?.from.microseconds }),
        Column("pausedUntil", .integer { $0.policies.pause?.until?.microseconds }),
        Column("endedAt", .integer { $0.policies.endedAt?.microseconds }),
        Column("dates", .text { $0.policies.dates.storedText }),
        Column("exceptionDates", .text { $0.policies.exceptionDates.storedText }),
        Column("isDeleted", .boolean { $0.isDeleted }),
        Column("createdAt", .integer { $0.createdAt.microseconds }),
        Column("modifiedAt", .integer { $0.modifiedAt.microseconds }),
    ]

    /// The places of the columns in a row.
    ///
    /// The number comes first.
    struct Places: Sendable {
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
        let startLocal = table.place(of: "startLocal")
        let startsInSecondPass = table.place(of: "startsInSecondPass")
        let timeZone = table.place(of: "timeZone")
        let ruleText = table.place(of: "ruleText")
        let dueSchedule = table.place(of: "dueSchedule")
        let catchUp = table.place(of: "catchUp")
        let whileOverdue = table.place(of: "whileOverdue")
        let rollsForward = table.place(of: "rollsForward")
        let repeatsAfterCompletion = table.place(of: "repeatsAfterCompletion")
        let monthEnd = table.place(of: "monthEnd")
        let dayOffCalendarID = table.place(of: "dayOffCalendarID")
        let dayOffMove = table.place(of: "dayOffMove")
        let rotation = table.place(of: "rotation")
        let rotationStep = table.place(of: "rotationStep")
        let rotationTurn = table.place(of: "rotationTurn")
        let pausedFrom = table.place(of: "pausedFrom")
        let pausedUntil = table.place(of: "pausedUntil")
        let endedAt = table.place(of: "endedAt")
        let dates = table.place(of: "dates")
        let exceptionDates = table.place(of: "exceptionDates")
        let isDeleted = table.place(of: "isDeleted")
        let createdAt = table.place(of: "createdAt")
        let modifiedAt = table.place(of: "modifiedAt")
    }

    static let places = Places()
}
