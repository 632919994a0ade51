import Recurrence
import Tasks

extension TaskEntry {
    /// Creates an entry from the columns of ``TaskStatements/columns``.
    init(_ row: some SQLRow) {
        let slot = row.optionalInt64(1).map { seriesID in
            Slot(
                seriesID: Identifier(seriesID),
                recurrenceID: LocalDateTime(secondsSince1970: row.int64(2)),
                contactID: row.int64(20) == 0 ? nil : row.identifier(20)
            )
        }
        let task = TaskInstance(
            id: Identifier(row.int64(0)),
            slot: slot,
            creatorID: row.identifier(3),
            template: TaskTemplate(
                title: row.text(4),
                body: row.text(5),
                assigneeID: row.identifier(6),
                contactID: row.identifier(7),
                categoryID: row.identifier(8),
                reminder: row.value(9),
                isAllDay: row.int64(10) != 0,
                notifiesAssignee: row.int64(11) != 0
            ),
            inheritsWording: row.int64(18) != 0,
            due: DueTime(
                local: LocalDateTime(secondsSince1970: row.int64(13)),
                timeZone: row.text(14),
                timestamp: row.timestamp(12)
            ),
            state: row.value(15),
            createdAt: row.timestamp(16),
            modifiedAt: row.timestamp(17)
        )
        self.init(task: task, ruleText: row.optionalText(19))
    }
}

extension RecurringTask {
    /// Creates a series from the columns of ``SeriesStatements/byID``.
    ///
    /// - Throws: `RecurrenceRule.ParseError` or ``UnreadableSchedule`` where another version wrote
    ///   the rule or the schedule.
    init(_ row: some SQLRow) throws {
        self.init(
            id: Identifier(row.int64(0)),
            creatorID: row.identifier(1),
            template: TaskTemplate(
                title: row.text(2),
                body: row.text(3),
                assigneeID: row.identifier(4),
                contactID: row.identifier(5),
                categoryID: row.identifier(6),
                reminder: row.value(7),
                isAllDay: row.int64(8) != 0,
                notifiesAssignee: row.int64(9) != 0
            ),
            start: LocalDateTime(secondsSince1970: row.int64(10)),
            timeZone: row.text(11),
            rule: try row.optionalText(12).map { try SeriesRule(parsing: $0) },
            dueSchedule: try row.optionalText(13).map { try DueSchedule(stored: $0) },
            missedWork: MissedWork(catchUp: row.value(14), whileOverdue: row.value(15)),
            isDeleted: row.int64(16) != 0,
            createdAt: row.timestamp(17),
            modifiedAt: row.timestamp(18)
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
