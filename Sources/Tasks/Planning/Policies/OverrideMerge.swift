import Recurrence

/// What becomes of what tasks have of their own when their series changes.
package enum OverridePolicy: Hashable, Sendable, CaseIterable {
    /// They keep it.
    case keep
    /// They keep it, and a due time of their own moves by as much as the series.
    case shift
    /// They take what the series says.
    case drop
}

/// Takes a series' tasks along when the series changes.
struct OverrideMerge {
    /// The series as it was, by which it is told what a task has of its own.
    let former: SeriesCourse
    /// The series as it is to be.
    let course: SeriesCourse
    let overrides: OverridePolicy
    /// How far a due time of a task's own moves.
    var shift = Duration.zero

    /// Gives a task an occurrence of the changed series.
    func apply(to task: inout TaskInstance, at planned: PlannedOccurrence) {
        let due = DueTime(at: planned.due.timestamp, in: course.zone)
        let template = course.series.template.taking(planned.turn)
        let before = task.slot.map { former.planned(slot: $0.recurrenceID) }
        task.slot = Slot(seriesID: course.series.id, recurrenceID: planned.slot)
        guard overrides != .drop, let before else {
            task.template = template
            task.inheritsWording = true
            task.due = due
            return
        }
        let base = former.series.template.taking(before.turn)
        task.template = task.template.rebased(from: base, to: template)
        task.inheritsWording = task.template.hasWording(of: course.series.template)
        if task.due.timestamp == before.due.timestamp {
            task.due = due
        } else if overrides == .shift, shift != .zero {
            let moved = task.due.local.advanced(bySeconds: shift.components.seconds)
            task.due = DueTime(WallClockTime(local: moved, zone: course.zone))
        }
    }
}

extension TaskTemplate {
    /// The template with the values of another one, where it has those of a third.
    func rebased(from base: TaskTemplate, to new: TaskTemplate) -> TaskTemplate {
        if self == base { return new }
        var template = self
        func rebase<Value: Equatable>(_ field: WritableKeyPath<TaskTemplate, Value>) {
            if self[keyPath: field] == base[keyPath: field] {
                template[keyPath: field] = new[keyPath: field]
            }
        }
        rebase(\.title)
        rebase(\.body)
        rebase(\.assigneeID)
        rebase(\.contactID)
        rebase(\.categoryID)
        rebase(\.reminder)
        rebase(\.isAllDay)
        rebase(\.notifiesAssignee)
        rebase(\.priority)
        rebase(\.tags)
        rebase(\.reminders)
        return template
    }

    /// Whether title and body are those of another template.
    func hasWording(of other: TaskTemplate) -> Bool {
        title == other.title && body == other.body
    }
}
