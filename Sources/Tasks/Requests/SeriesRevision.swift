package import Recurrence

/// The changes to a series and to what its tasks that are still to come have from it.
package struct SeriesRevision: Hashable, Sendable {
    /// The template's new values, and the rule's.
    package var edit = TaskEdit()
    /// Another start; its zone is that of the rule.
    package var start: FieldEdit<WallClockTime> = .keep
    package var makesWhenDue: FieldEdit<Bool> = .keep
    package var catchUp: FieldEdit<CatchUp> = .keep
    package var whileOverdue: FieldEdit<WhileOverdue> = .keep
    package var repeats: FieldEdit<RepeatBasis> = .keep
    package var monthEnd: FieldEdit<MonthEndPolicy> = .keep
    package var dayOff: FieldEdit<DayOffPolicy?> = .keep
    package var rotation: FieldEdit<AssigneeRotation?> = .keep
    package var pause: FieldEdit<SeriesPause?> = .keep
    package var dates: FieldEdit<[LocalDateTime]> = .keep
    package var exceptionDates: FieldEdit<[LocalDateTime]> = .keep

    package init() {}

    /// The records that the revision refers to.
    package var references: References {
        var references = edit.references
        references.rotationIDs = rotation.applied(to: nil)?.userIDs ?? []
        references.calendarID = dayOff.applied(to: nil)?.calendarID
        return references
    }

    /// The policies after the revision.
    package func applied(to former: SeriesPolicies) -> SeriesPolicies {
        var policies = former
        policies.repeats = repeats.applied(to: former.repeats)
        policies.monthEnd = monthEnd.applied(to: former.monthEnd)
        policies.dayOff = dayOff.applied(to: former.dayOff)
        policies.rotation = rotation.applied(to: former.rotation)
        policies.pause = pause.applied(to: former.pause)
        policies.dates = dates.applied(to: former.dates)
        policies.exceptionDates = exceptionDates.applied(to: former.exceptionDates)
        return policies
    }

    /// The series after the revision.
    package func applied(to former: RecurringTask) -> RecurringTask {
        var series = former
        series.template = edit.applied(to: former.template)
        series.rule = edit.rule.applied(to: former.rule)
        if case .set(let start) = start {
            series.start = start.local
            series.startsInSecondPass = start.pass == .second
            series.timeZone = start.zone.identifier
        }
        series.missedWork.catchUp = catchUp.applied(to: former.missedWork.catchUp)
        series.missedWork.whileOverdue = whileOverdue.applied(to: former.missedWork.whileOverdue)
        series.policies = applied(to: former.policies)
        // Who is given the tasks does them all.
        if rotation == .keep, edit.assigneeID != .keep { series.policies.rotation = nil }
        // Another rule is a new beginning of a series that was ended.
        if edit.rule != .keep { series.policies.endedAt = nil }
        if case .set(let makesWhenDue) = makesWhenDue {
            series.materialization =
                makesWhenDue
                ? .whenDue(former.dueSchedule ?? DueSchedule(of: series)) : .ahead
        }
        let template = series.template
        series.changeSchedule { schedule in
            if edit.assigneeID != .keep {
                schedule.ownerIDs = template.assigneeID.map { [$0] } ?? []
            }
            if edit.contactID != .keep {
                schedule.contactIDs = template.contactID.map { [$0] } ?? []
            }
            if edit.rule != .keep || start != .keep { schedule.wording = nil }
        }
        return series
    }
}

extension DueSchedule {
    /// The schedule of a series whose tasks are due when they come.
    package init(of series: RecurringTask) {
        self.init(
            dueAfter: 0,
            timeZone: series.timeZone,
            contactIDs: series.template.contactID.map { [$0] } ?? [],
            ownerIDs: series.template.assigneeID.map { [$0] } ?? []
        )
    }
}

/// Values of a series that do not go together.
package struct PolicyConflict: Error, Hashable {
    package enum Field: Hashable, Sendable {
        case rule
        case dates
        case whileOverdue
    }

    package var field: Field
    package var reason: String
}

/// All that is wrong with a series.
package struct PolicyConflicts: Error, Hashable {
    package var conflicts: [PolicyConflict]
}

extension RecurringTask {
    /// Refuses values that do not go together.
    ///
    /// - Throws: ``PolicyConflicts``.
    package func checkPolicies() throws(PolicyConflicts) {
        var conflicts: [PolicyConflict] = []
        let makesAhead = dueSchedule == nil
        switch policies.repeats {
        case .onSchedule:
            if makesAhead, missedWork.whileOverdue != .create {
                conflicts.append(
                    PolicyConflict(field: .whileOverdue, reason: "needs `make: whenDue`")
                )
            }
        case .afterCompletion:
            if missedWork.whileOverdue != .create {
                let reason = "goes with `repeats: onSchedule`: the next task comes when one is done"
                conflicts.append(PolicyConflict(field: .whileOverdue, reason: reason))
            }
            if !policies.dates.isEmpty || !policies.exceptionDates.isEmpty {
                let reason = "go with `repeats: onSchedule`"
                conflicts.append(PolicyConflict(field: .dates, reason: reason))
            }
            if let rule = rule?.rule {
                do throws(RepeatAfterCompletion.UnsuitableRule) {
                    _ = try RepeatAfterCompletion(rule: rule, secondOfDay: 0, zone: .utc)
                } catch {
                    let reason = "\(error.part): what counts from a completion is of days or longer"
                    conflicts.append(PolicyConflict(field: .rule, reason: reason))
                }
            }
        }
        if !conflicts.isEmpty { throw PolicyConflicts(conflicts: conflicts) }
    }
}
