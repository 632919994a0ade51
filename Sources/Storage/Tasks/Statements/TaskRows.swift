import Recurrence
import Tasks

extension TaskEntry {
    /// Creates an entry from the columns of ``TaskStatements/columns``.
    ///
    /// - Throws: `UnreadableRow`, which names the series where it is the series' own text that
    ///   cannot be read.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self = try TaskEntry(columns: row)
        } catch {
            let at = TaskColumns.places
            let inherits = (try? row.flag(at.inheritsWording)) ?? false
            let seriesColumns = inherits ? ["ruleText", "title", "body"] : ["ruleText"]
            throw seriesColumns.contains(error.column)
                ? UnreadableRow(error, of: "series", in: locationID, row, numberAt: at.seriesID)
                : UnreadableRow(error, of: "task", in: locationID, row)
        }
    }

    private init(columns row: some SQLRow) throws(UnreadableValue) {
        let at = TaskColumns.places
        var slot: Slot?
        if let seriesID: Identifier<RecurringTask> = try row.optionalIdentifier(at.seriesID) {
            let contactID = try row.int64(at.slotContactID, in: .identifiersOrNone)
            slot = Slot(
                seriesID: seriesID,
                recurrenceID: try row.localDateTime(at.recurrenceID, in: .slots),
                contactID: contactID == 0 ? nil : Identifier(contactID)
            )
        }
        let task = TaskInstance(
            id: try row.identifier(0),
            slot: slot,
            creatorID: try row.optionalIdentifier(at.creatorID),
            template: TaskTemplate(
                title: try row.text(at.title, lengths: .texts),
                body: try row.text(at.body, lengths: .texts),
                assigneeID: try row.optionalIdentifier(at.assigneeID),
                contactID: try row.optionalIdentifier(at.contactID),
                categoryID: try row.optionalIdentifier(at.categoryID),
                reminder: try row.value(at.reminder),
                isAllDay: try row.flag(at.isAllDay),
                notifiesAssignee: try row.flag(at.notifiesAssignee),
                priority: try row.priority(at.priority),
                tags: try row.tags(at.tags),
                reminders: try row.reminders(at.reminders)
            ),
            inheritsWording: try row.flag(at.inheritsWording),
            due: DueTime(
                local: try row.localDateTime(at.dueLocal),
                isInSecondPass: try row.optionalFlag(at.dueInSecondPass),
                timeZone: try row.zoneName(at.timeZone),
                timestamp: try row.timestamp(at.dueAt)
            ),
            state: try row.value(at.state),
            completion: try row.completion(at),
            skip: try row.optionalText(at.skipReason, lengths: .texts).map { Skip(because: $0) },
            createdAt: try row.timestamp(at.createdAt),
            modifiedAt: try row.timestamp(at.modifiedAt)
        )
        self.init(
            task: task,
            ruleText: try row.optionalText(at.ruleText, lengths: .texts),
            overrides: TaskOverrides(rawValue: Int(try row.int64(at.overrides)))
        )
    }
}

extension SeriesClock {
    /// Creates a clock from the columns of ``SeriesStatements/clock``.
    init(_ row: some SQLRow) throws(UnreadableValue) {
        self.init(
            materializedThrough: try row.localDateTime(0),
            nextAt: try row.optionalTimestamp(1),
            fireAt: try row.optionalTimestamp(2),
            occurrenceCount: Int(try row.int64(3, in: .occurrenceCounts)),
            missedCount: row.isNull(4) ? 0 : Int(try row.int64(4, in: .occurrenceCounts)),
            doneAt: try row.optionalTimestamp(5)
        )
    }
}

extension SQLRow {
    fileprivate func completion(_ at: TaskColumns.Places) throws(UnreadableValue) -> Completion? {
        guard let time = try optionalTimestamp(at.completedAt) else { return nil }
        return Completion(at: time, by: try optionalIdentifier(at.completedByID))
    }
}
