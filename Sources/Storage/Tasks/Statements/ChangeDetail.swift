import JSON
import Recurrence
import Tasks

/// The details of a log entry, as JSON.
///
/// A record that a person changed has its `id`, and the columns that differ, `before` and `after`.
/// A new record has no `before`, and its null columns are left out. If the same change made or
/// rewrote the series of a new task, the task shows only the columns that differ from the series'
/// values. A long text that comes again is written as a reference; see ``DetailWriter``. A batch that
/// no person made lists only identifiers.
enum ChangeDetail {
    /// The detail of a person's change.
    static func images(of plan: ChangePlan, clocks: [ClockReplacement]) -> String {
        var changedSeries: [Identifier<RecurringTask>: RecurringTask] = [:]
        for series in plan.series { changedSeries[series.after.id] = series.after }
        let removedCount = plan.removedSeries.count + plan.removedTasks.count
        let isOfOneRecord = plan.series.count + plan.tasks.count + removedCount == 1
        return object(DetailWriter(ofOneRecord: isOfOneRecord)) { detail in
            detail.list("series", plan.series) { detail, series in detail.write(series) }
            detail.list("tasks", plan.tasks) { detail, task in
                let slot = task.after.slot
                let base = slot.flatMap { changedSeries[$0.seriesID]?.task(at: $0) }
                detail.write(task, inheriting: base)
            }
            detail.list("clocks", clocks) { detail, clock in detail.write(clock) }
            detail.list("removedSeries", plan.removedSeries) { $0.write(removing: $1) }
            detail.list("removedTasks", plan.removedTasks) { $0.write(removing: $1) }
        }
    }

    /// The detail of a batch: the tasks that came due or that a moved horizon added.
    static func identifiers(of made: [TaskInstance]) -> String {
        object { detail in
            detail.list("made", made) { detail, task in detail.json.write(task.id.rawValue) }
        }
    }

    /// The detail of what people were reminded of.
    static func reminders(_ reminders: [PlannedReminder]) -> String {
        object { detail in
            detail.list("reminders", reminders) { detail, reminder in
                let key = reminder.key
                detail.json.beginObject()
                detail.json.name("id")
                detail.json.write(key.taskID?.rawValue ?? 0)
                detail.json.name("userID")
                detail.json.write(key.userID.rawValue)
                detail.json.name("way")
                detail.json.write(key.way.rawValue)
                detail.json.endObject()
            }
        }
    }

    /// The detail of a clock that the server changed, with the reason.
    static func clock(_ clock: ClockReplacement, because reason: String) -> String {
        object { detail in
            detail.list("clocks", [clock]) { detail, clock in detail.write(clock) }
            detail.json.name("reason")
            detail.json.write(reason)
        }
    }

    /// The detail of a change of a category, with the records that lost the category by it.
    static func category(
        _ category: Replacement<TaskCategory>,
        removedFromTasks tasks: [Int64] = [],
        removedFromSeries series: [Int64] = []
    ) -> String {
        object { detail in
            detail.list("categories", [category]) { detail, category in detail.write(category) }
            detail.list("removedFromTasks", tasks) { detail, id in detail.json.write(id) }
            detail.list("removedFromSeries", series) { detail, id in detail.json.write(id) }
        }
    }

    private static func object(
        _ detail: DetailWriter = DetailWriter(),
        _ members: (inout DetailWriter) -> Void
    ) -> String {
        var detail = detail
        detail.json.beginObject()
        members(&detail)
        detail.json.endObject()
        return String(decoding: detail.json.bytes, as: UTF8.self)
    }
}

/// A clock before and after a change.
struct ClockReplacement {
    var seriesID: Identifier<RecurringTask>
    var before: SeriesClock?
    var after: SeriesClock?
}

extension RecurringTask {
    /// A task with the values that the series gives to the task of an occurrence.
    func task(at slot: Slot) -> TaskInstance {
        TaskInstance(
            id: Identifier(0),
            slot: nil,
            creatorID: creatorID,
            template: template,
            inheritsWording: true,
            due: DueTime(
                local: slot.recurrenceID,
                timeZone: timeZone,
                timestamp: Timestamp(microseconds: 0)
            ),
            state: .open,
            createdAt: createdAt,
            modifiedAt: modifiedAt
        )
    }
}

extension DetailWriter {
    /// Writes a list under a name, unless it is empty.
    fileprivate mutating func list<Item>(
        _ name: StaticString,
        _ items: [Item],
        _ write: (inout DetailWriter, Item) -> Void
    ) {
        if items.isEmpty { return }
        json.name(name)
        json.beginArray()
        for item in items { write(&self, item) }
        json.endArray()
    }

    /// Writes a record before and after a change.
    ///
    /// Of a new record, writes what differs from `base`.
    fileprivate mutating func write<Record: LoggedRecord>(
        _ replacement: Replacement<Record>,
        inheriting base: Record? = nil
    ) {
        json.beginObject()
        json.name("id")
        json.write(replacement.after.number)
        if let before = replacement.before {
            Record.writeImages(before: before, after: replacement.after, to: &self)
        } else {
            image("after", of: replacement.after, unlike: base)
        }
        json.endObject()
    }

    /// Writes all columns of a record that is removed.
    fileprivate mutating func write<Record: LoggedRecord>(removing record: Record) {
        json.beginObject()
        json.name("id")
        json.write(record.number)
        image("before", of: record, unlike: nil)
        json.endObject()
    }

    fileprivate mutating func write(_ clock: ClockReplacement) {
        json.beginObject()
        json.name("id")
        json.write(clock.seriesID.rawValue)
        image("before", of: clock.before, unlike: nil)
        image("after", of: clock.after, unlike: nil)
        json.endObject()
    }

    private mutating func image<Record: LoggedColumns>(
        _ name: StaticString,
        of record: Record?,
        unlike other: Record?
    ) {
        guard let record else { return }
        image(name) { record.writeColumns(unlike: other, to: &$0) }
    }
}
