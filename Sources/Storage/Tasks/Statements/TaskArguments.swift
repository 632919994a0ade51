import Recurrence
import Tasks

extension SQLArguments {
    /// The arguments that every statement has.
    init(in locationID: LocationID) {
        self = ["shard": .integer(locationID.shard), "locationID": .text(locationID.rawValue)]
    }

    /// The arguments that say who sees what.
    init(in locationID: LocationID, seenBy viewer: Viewer) {
        self.init(in: locationID)
        if case .creator(let userID) = viewer {
            append(.integer(userID.rawValue), for: "creatorID")
        }
    }

    /// All columns of a task; title and body are null where they are the series' own.
    init(_ task: TaskInstance, in locationID: LocationID) {
        let template = task.template
        self = [
            "seriesID": .integer(orNull: task.slot?.seriesID.rawValue),
            "recurrenceID": .integer(orNull: task.slot?.recurrenceID.secondsSince1970),
            "slotContactID": .integer(task.slot?.contactID?.rawValue ?? 0),
            "creatorID": .integer(orNull: task.creatorID?.rawValue),
            "title": task.inheritsWording ? .null : .text(template.title),
            "body": task.inheritsWording ? .null : .text(template.body),
            "assigneeID": .integer(orNull: template.assigneeID?.rawValue),
            "contactID": .integer(orNull: template.contactID?.rawValue),
            "categoryID": .integer(orNull: template.categoryID?.rawValue),
            "reminder": .integer(template.reminder.rawValue),
            "isAllDay": .integer(template.isAllDay ? 1 : 0),
            "notifiesAssignee": .integer(template.notifiesAssignee ? 1 : 0),
            "dueAt": .integer(task.due.timestamp.microseconds),
            "dueLocal": .integer(task.due.local.secondsSince1970),
            "timeZone": .text(task.due.timeZone),
            "state": .integer(task.state.rawValue),
            "createdAt": .integer(task.createdAt.microseconds),
            "modifiedAt": .integer(task.modifiedAt.microseconds),
            "shard": .integer(locationID.shard),
            "locationID": .text(locationID.rawValue),
            "taskID": .integer(task.id.rawValue),
        ]
    }

    /// All columns of a series.
    init(_ series: RecurringTask, in locationID: LocationID) {
        let template = series.template
        self = [
            "creatorID": .integer(orNull: series.creatorID?.rawValue),
            "title": .text(template.title),
            "body": .text(template.body),
            "assigneeID": .integer(orNull: template.assigneeID?.rawValue),
            "contactID": .integer(orNull: template.contactID?.rawValue),
            "categoryID": .integer(orNull: template.categoryID?.rawValue),
            "reminder": .integer(template.reminder.rawValue),
            "isAllDay": .integer(template.isAllDay ? 1 : 0),
            "notifiesAssignee": .integer(template.notifiesAssignee ? 1 : 0),
            "startLocal": .integer(series.start.secondsSince1970),
            "timeZone": .text(series.timeZone),
            "ruleText": .text(orNull: series.rule?.text),
            "dueSchedule": .text(orNull: series.dueSchedule?.storedText),
            "catchUp": .integer(series.missedWork.catchUp.rawValue),
            "whileOverdue": .integer(series.missedWork.whileOverdue.rawValue),
            "isDeleted": .integer(series.isDeleted ? 1 : 0),
            "createdAt": .integer(series.createdAt.microseconds),
            "modifiedAt": .integer(series.modifiedAt.microseconds),
            "shard": .integer(locationID.shard),
            "locationID": .text(locationID.rawValue),
            "seriesID": .integer(series.id.rawValue),
        ]
    }
}
