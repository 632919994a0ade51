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
        let task = try TaskInstance(
            columns: row,
            title: try row.text(at.title, lengths: .texts),
            body: try row.text(at.body, lengths: .texts),
            inheritsWording: try row.flag(at.inheritsWording)
        )
        self.init(
            task: task,
            ruleText: try row.optionalText(at.ruleText, lengths: .texts),
            overrides: TaskOverrides(rawValue: Int(try row.int64(at.overrides)))
        )
        if ruleText != nil { ruleSetting = try? RuleSetting(row, besideTask: task) }
    }
}

extension TaskInstance {
    /// Creates a task from the columns as they are stored, which leave out the words of its series.
    ///
    /// - Parameters:
    ///   - row: The columns of ``RecordTable/storedSelection``.
    ///   - series: What the tasks of its series say; none for a task that is single, or whose words
    ///     are not the series'.
    ///   - timeZone: The zone that most of the tasks have.
    ///   - locationID: The location.
    /// - Throws: `UnreadableRow`.
    init(
        stored row: some SQLRow,
        of series: TaskTemplate?,
        mostlyIn timeZone: String? = nil,
        in locationID: LocationID
    ) throws(UnreadableRow) {
        let at = TaskColumns.places
        do throws(UnreadableValue) {
            let inherits = row.isNull(at.title)
            try self.init(
                columns: row,
                title: try row.text(at.title, else: series?.title),
                body: try row.text(at.body, else: series?.body),
                inheritsWording: inherits,
                sharing: series,
                mostlyIn: timeZone
            )
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row)
        }
    }

    fileprivate init(
        columns row: some SQLRow,
        title: String,
        body: String,
        inheritsWording: Bool,
        sharing known: TaskTemplate? = nil,
        mostlyIn timeZone: String? = nil
    ) throws(UnreadableValue) {
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
        let state: TaskState = try row.value(at.state)
        let template = TaskTemplate(
            title: title,
            body: body,
            assigneeID: try row.optionalIdentifier(at.assigneeID),
            contactID: try row.optionalIdentifier(at.contactID),
            categoryID: try row.optionalIdentifier(at.categoryID),
            reminder: try row.value(at.reminder),
            isAllDay: try row.flag(at.isAllDay),
            notifiesAssignee: try row.flag(at.notifiesAssignee),
            priority: try row.priority(at.priority),
            tags: try row.tags(at.tags),
            reminders: try row.reminders(at.reminders)
        )
        self.init(
            id: try row.identifier(0),
            slot: slot,
            creatorID: try row.optionalIdentifier(at.creatorID),
            template: known.map { template.sharing($0) } ?? template,
            inheritsWording: inheritsWording,
            due: DueTime(
                local: try row.localDateTime(at.dueLocal),
                isInSecondPass: try row.optionalFlag(at.dueInSecondPass),
                timeZone: try row.zoneName(at.timeZone, mostly: timeZone),
                timestamp: try row.timestamp(at.dueAt)
            ),
            state: state,
            completion: try row.completion(at, of: state),
            skip: try row.skip(at, of: state),
            createdAt: try row.timestamp(at.createdAt),
            modifiedAt: try row.timestamp(at.modifiedAt)
        )
    }
}

extension RuleSetting {
    /// Creates a setting from the columns of ``TaskStatements/columns``.
    ///
    /// - Throws: Where a column of the series cannot be read, which is no reason to hide its tasks.
    fileprivate init(_ row: some SQLRow, besideTask task: TaskInstance) throws(UnreadableValue) {
        let at = TaskColumns.places
        self.init(
            start: try row.localDateTime(at.seriesStart, in: .slots),
            isAllDay: try row.flag(at.seriesIsAllDay),
            timeZone: row.isNull(at.seriesTimeZone)
                ? task.due.timeZone : try row.zoneName(at.seriesTimeZone),
            monthEnd: row.isNull(at.monthEnd) ? .skip : try row.value(at.monthEnd),
            repeats: try row.optionalFlag(at.repeatsAfterCompletion)
                ? .afterCompletion : .onSchedule
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
    /// Returns a text; that of the series where the column is null and there is one.
    fileprivate func text(
        _ column: Int,
        else inherited: String?
    ) throws(UnreadableValue) -> String {
        if let inherited, isNull(column) { return inherited }
        return try text(column, lengths: .texts)
    }

    /// Returns a zone's name, which is mostly a known one.
    fileprivate func zoneName(
        _ column: Int,
        mostly known: String?
    ) throws(UnreadableValue) -> String {
        if let known, has(known, in: column) { return known }
        return try zoneName(column)
    }

    fileprivate func completion(
        _ at: TaskColumns.Places,
        of state: TaskState
    ) throws(UnreadableValue) -> Completion? {
        guard let time = try optionalTimestamp(at.completedAt) else { return nil }
        guard state == .completed else {
            throw UnreadableValue(
                column: name(of: at.completedAt),
                reason: "is of a task that is not complete"
            )
        }
        return Completion(at: time, by: try optionalIdentifier(at.completedByID))
    }

    fileprivate func skip(
        _ at: TaskColumns.Places,
        of state: TaskState
    ) throws(UnreadableValue) -> Skip? {
        guard let reason = try optionalText(at.skipReason, lengths: .texts) else { return nil }
        guard state == .deleted else {
            throw UnreadableValue(
                column: name(of: at.skipReason),
                reason: "is of a task that is not left out"
            )
        }
        return Skip(because: reason)
    }
}
