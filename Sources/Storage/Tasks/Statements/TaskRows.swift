import Recurrence
import Tasks

extension TaskEntry {
    /// Creates an entry from the columns of ``TaskStatements/columns``.
    init(_ row: some SQLRow) {
        let at = TaskColumns.places
        let slot = row.optionalInt64(at.seriesID).map { seriesID in
            Slot(
                seriesID: Identifier(seriesID),
                recurrenceID: LocalDateTime(secondsSince1970: row.int64(at.recurrenceID)),
                contactID: row.int64(at.slotContactID) == 0 ? nil : row.identifier(at.slotContactID)
            )
        }
        let task = TaskInstance(
            id: Identifier(row.int64(0)),
            slot: slot,
            creatorID: row.identifier(at.creatorID),
            template: TaskTemplate(
                title: row.text(at.title),
                body: row.text(at.body),
                assigneeID: row.identifier(at.assigneeID),
                contactID: row.identifier(at.contactID),
                categoryID: row.identifier(at.categoryID),
                reminder: row.value(at.reminder),
                isAllDay: row.int64(at.isAllDay) != 0,
                notifiesAssignee: row.int64(at.notifiesAssignee) != 0
            ),
            inheritsWording: row.int64(at.inheritsWording) != 0,
            due: DueTime(
                local: LocalDateTime(secondsSince1970: row.int64(at.dueLocal)),
                timeZone: row.text(at.timeZone),
                timestamp: row.timestamp(at.dueAt)
            ),
            state: row.value(at.state),
            createdAt: row.timestamp(at.createdAt),
            modifiedAt: row.timestamp(at.modifiedAt)
        )
        self.init(task: task, ruleText: row.optionalText(at.ruleText))
    }
}

extension RecurringTask {
    /// Creates a series from the columns of ``SeriesStatements/byID``.
    ///
    /// - Throws: `RecurrenceRule.ParseError` or ``UnreadableSchedule`` if another version wrote a
    ///   rule or a schedule that this one cannot read.
    init(_ row: some SQLRow) throws {
        let at = SeriesColumns.places
        self.init(
            id: Identifier(row.int64(0)),
            creatorID: row.identifier(at.creatorID),
            template: TaskTemplate(
                title: row.text(at.title),
                body: row.text(at.body),
                assigneeID: row.identifier(at.assigneeID),
                contactID: row.identifier(at.contactID),
                categoryID: row.identifier(at.categoryID),
                reminder: row.value(at.reminder),
                isAllDay: row.int64(at.isAllDay) != 0,
                notifiesAssignee: row.int64(at.notifiesAssignee) != 0
            ),
            start: LocalDateTime(secondsSince1970: row.int64(at.startLocal)),
            timeZone: row.text(at.timeZone),
            rule: try row.optionalText(at.ruleText).map { try SeriesRule(parsing: $0) },
            materialization: Materialization(
                try row.optionalText(at.dueSchedule).map { try DueSchedule(stored: $0) }
            ),
            missedWork: MissedWork(
                catchUp: row.value(at.catchUp),
                whileOverdue: row.value(at.whileOverdue)
            ),
            isDeleted: row.int64(at.isDeleted) != 0,
            createdAt: row.timestamp(at.createdAt),
            modifiedAt: row.timestamp(at.modifiedAt)
        )
    }
}

extension SeriesClock {
    /// Creates a clock from the columns of ``SeriesStatements/clock``.
    init(_ row: some SQLRow) {
        self.init(
            materializedThrough: LocalDateTime(secondsSince1970: row.int64(0)),
            nextAt: row.optionalTimestamp(1),
            fireAt: row.optionalTimestamp(2),
            occurrenceCount: row.int(3)
        )
    }
}

extension SQLRow {
    /// Returns a number as an identifier, or `nil` for null.
    func identifier<Subject>(_ column: Int) -> Identifier<Subject>? {
        optionalInt64(column).map { Identifier($0) }
    }

    func timestamp(_ column: Int) -> Timestamp { Timestamp(microseconds: int64(column)) }

    /// Returns the value that a stored number stands for.
    fileprivate func value<Value: RawRepresentable<Int>>(_ column: Int) -> Value {
        guard let value = Value(rawValue: int(column)) else {
            preconditionFailure("column \(column) holds no \(Value.self)")
        }
        return value
    }
}
