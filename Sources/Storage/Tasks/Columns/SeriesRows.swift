import Recurrence
import Tasks

extension RecurringTask {
    /// Creates a series from the columns of ``SeriesStatements/byID``.
    ///
    /// - Throws: `UnreadableRow`, also where another version wrote the rule or the schedule.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        let mended = try MendedSeries(row, in: locationID)
        if let first = mended.unreadable { throw first }
        self = mended.series
    }
}

/// A series as far as it can be read, with substitutes in the place of the rest.
struct MendedSeries {
    let series: RecurringTask
    let flaws: SeriesFlaws
    /// The first column that cannot be read.
    let unreadable: UnreadableRow?

    /// Creates a series from the columns of ``SeriesStatements/byID``.
    ///
    /// - Throws: `UnreadableRow` if not even its number can be read.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        let id: Identifier<RecurringTask>
        do throws(UnreadableValue) { id = try row.identifier(0) } catch {
            throw UnreadableRow(error, of: "series", in: locationID, row)
        }
        var parts = PartReader(row: row, locationID: locationID)
        series = RecurringTask(id: id, &parts)
        flaws = parts.flaws
        unreadable = parts.first
    }
}

extension RecurringTask {
    fileprivate init<Row>(id: Identifier<RecurringTask>, _ parts: inout PartReader<Row>) {
        let at = SeriesColumns.places
        let timeZone = parts.timeZone(at.timeZone)
        self.init(
            id: id,
            creatorID: parts.identifier(.creator, at.creatorID),
            template: TaskTemplate(
                title: parts.text(.title, at.title),
                body: parts.text(.body, at.body),
                assigneeID: parts.identifier(.assignee, at.assigneeID),
                contactID: parts.identifier(.contact, at.contactID),
                categoryID: parts.identifier(.category, at.categoryID),
                reminder: parts.choice(.reminder, at.reminder, else: .noReminder),
                isAllDay: parts.flag(.marks, at.isAllDay),
                notifiesAssignee: parts.flag(.marks, at.notifiesAssignee),
                priority: parts.priority(at.priority),
                tags: parts.tags(at.tags),
                reminders: parts.reminders(at.reminders)
            ),
            start: parts.start(at.startLocal),
            startsInSecondPass: parts.flag(.start, at.startsInSecondPass),
            timeZone: timeZone,
            rule: parts.rule(at.ruleText),
            materialization: Materialization(
                parts.schedule(
                    at.dueSchedule,
                    else: DueSchedule(dueAfter: 0, timeZone: timeZone)
                )
            ),
            missedWork: parts.missedWork(at),
            policies: parts.seriesPolicies(at),
            isDeleted: parts.flag(.isDeleted, at.isDeleted),
            createdAt: parts.timestamp(.createdAt, at.createdAt),
            modifiedAt: parts.timestamp(.modifiedAt, at.modifiedAt)
        )
    }
}

/// Reads columns of a series, and notes those that cannot be read.
private struct PartReader<Row: SQLRow> {
    private let row: Row
    private let locationID: LocationID
    private(set) var flaws = SeriesFlaws()
    private(set) var first: UnreadableRow?

    init(row: Row, locationID: LocationID) {
        self.row = row
        self.locationID = locationID
    }

    mutating func text(_ part: SeriesPart, _ column: Int) -> String {
        read(part, else: "") { row throws(UnreadableValue) in
            try row.text(column, lengths: .texts)
        }
    }

    mutating func identifier<Subject>(
        _ part: SeriesPart,
        _ column: Int
    ) -> Identifier<Subject>? {
        read(part, else: nil) { row throws(UnreadableValue) in
            try row.optionalIdentifier(column)
        }
    }

    mutating func choice<Choice: RawRepresentable<Int>>(
        _ part: SeriesPart,
        _ column: Int,
        else substitute: Choice
    ) -> Choice {
        read(part, else: substitute) { row throws(UnreadableValue) in try row.value(column) }
    }

    /// Reads a flag; that of the start may be null.
    mutating func flag(_ part: SeriesPart, _ column: Int) -> Bool {
        read(part, else: false) { row throws(UnreadableValue) in
            part == .start ? try row.optionalFlag(column) : try row.flag(column)
        }
    }

    mutating func priority(_ column: Int) -> Int {
        read(.labels, else: 0) { row throws(UnreadableValue) in try row.priority(column) }
    }

    mutating func tags(_ column: Int) -> [String] {
        read(.labels, else: []) { row throws(UnreadableValue) in try row.tags(column) }
    }

    mutating func reminders(_ column: Int) -> [Reminder]? {
        read(.reminder, else: nil) { row throws(UnreadableValue) in try row.reminders(column) }
    }

    mutating func timestamp(_ part: SeriesPart, _ column: Int) -> Timestamp {
        read(part, else: Timestamp(microseconds: 0)) { row throws(UnreadableValue) in
            try row.timestamp(column)
        }
    }

    mutating func start(_ column: Int) -> LocalDateTime {
        read(.start, else: LocalDateTime(secondsSince1970: 0)) { row throws(UnreadableValue) in
            try row.localDateTime(column, in: .slots)
        }
    }

    mutating func timeZone(_ column: Int) -> String {
        read(.timeZone, else: Zone.utc.identifier) { row throws(UnreadableValue) in
            try row.zoneName(column)
        }
    }

    mutating func rule(_ column: Int) -> SeriesRule? {
        read(.rule, else: nil) { row throws(UnreadableValue) in try row.optionalRule(column) }
    }

    mutating func schedule(_ column: Int, else substitute: DueSchedule) -> DueSchedule? {
        read(.schedule, else: substitute) { row throws(UnreadableValue) in
            try row.optionalSchedule(column)
        }
    }

    mutating func missedWork(_ at: SeriesColumns.Places) -> MissedWork {
        read(.policies, else: MissedWork()) { row throws(UnreadableValue) in
            try row.missedWork(at)
        }
    }

    mutating func seriesPolicies(_ at: SeriesColumns.Places) -> SeriesPolicies {
        read(.course, else: SeriesPolicies()) { row throws(UnreadableValue) in
            try row.policies(at)
        }
    }

    private mutating func read<Value>(
        _ part: SeriesPart,
        else substitute: Value,
        _ body: (Row) throws(UnreadableValue) -> Value
    ) -> Value {
        do throws(UnreadableValue) {
            return try body(row)
        } catch {
            let unreadable = UnreadableRow(error, of: "series", in: locationID, row)
            flaws.add(part, because: "\(unreadable)")
            first = first ?? unreadable
            return substitute
        }
    }
}

extension SQLRow {
    fileprivate func optionalRule(_ column: Int) throws(UnreadableValue) -> SeriesRule? {
        guard let text = try optionalText(column, lengths: .texts) else { return nil }
        do throws(RecurrenceRule.ParseError) {
            return try SeriesRule(parsing: text)
        } catch {
            throw UnreadableValue(
                column: name(of: column),
                reason: "\(error.part.prefix(100)): \(error.reason.prefix(100))"
            )
        }
    }

    fileprivate func optionalSchedule(_ column: Int) throws(UnreadableValue) -> DueSchedule? {
        guard let text = try optionalText(column, lengths: .texts) else { return nil }
        guard let schedule = DueSchedule(stored: text) else {
            throw UnreadableValue(column: name(of: column), reason: "is no schedule")
        }
        return schedule
    }
}
