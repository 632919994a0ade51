import Recurrence
package import Tasks

extension EntityTag {
    /// The tag of a task, whatever is shown of it.
    package init(of entry: TaskEntry) {
        let task = entry.task
        var bytes = ValueBytes()
        bytes.append([task.id.rawValue, task.slot?.seriesID.rawValue ?? 0])
        bytes.append([task.slot?.recurrenceID.secondsSince1970 ?? 0, task.creatorID?.rawValue ?? 0])
        bytes.append(task.template)
        bytes.append([task.due.timestamp.microseconds, task.due.local.secondsSince1970])
        bytes.append(task.due.timeZone)
        bytes.append([Int64(task.state.rawValue), task.completion?.at.microseconds ?? 0])
        bytes.append([task.completion?.userID?.rawValue ?? 0])
        bytes.append(task.skip?.reason)
        bytes.append(entry.ruleText)
        self.init(of: bytes.bytes[...], salt: task.modifiedAt.microseconds)
    }

    /// The tag of a series, whatever is shown of it.
    package init(of entry: SeriesEntry) {
        let series = entry.series
        var bytes = ValueBytes()
        bytes.append([series.id.rawValue, series.creatorID?.rawValue ?? 0])
        bytes.append(series.template)
        bytes.append([series.start.secondsSince1970, series.startsInSecondPass ? 1 : 0])
        bytes.append(series.timeZone)
        bytes.append(series.rule?.text)
        bytes.append(series.dueSchedule?.wording)
        bytes.append([Int64(entry.clock?.occurrenceCount ?? 0), series.isDeleted ? 1 : 0])
        self.init(of: bytes.bytes[...], salt: series.modifiedAt.microseconds)
    }
}

/// Values one after the other, so that other values give other bytes.
private struct ValueBytes {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ numbers: [Int64]) {
        for number in numbers {
            for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (place * 8))) }
        }
    }

    mutating func append(_ text: String?) {
        append([text.map { Int64($0.utf8.count) } ?? -1])
        if let text { bytes.append(contentsOf: text.utf8) }
    }

    mutating func append(_ template: TaskTemplate) {
        append(template.title)
        append(template.body)
        append([
            template.assigneeID?.rawValue ?? 0, template.contactID?.rawValue ?? 0,
            template.categoryID?.rawValue ?? 0, Int64(template.reminder.rawValue),
            template.isAllDay ? 1 : 0, template.notifiesAssignee ? 1 : 0,
            Int64(template.priority), Int64(template.tags.count),
        ])
        for tag in template.tags { append(tag) }
        for reminder in template.reminders ?? [] { append(reminder.text) }
    }
}
