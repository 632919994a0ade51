import Recurrence
import Tasks

extension CourseOutlook {
    /// What is unusual within five years, each in a sentence.
    func notes(of course: SeriesCourse) -> [String] {
        var notes: [String] = []
        if let first = shortMonths.first {
            let months = Self.list(shortMonths.map { String($0.text(in: .extended).prefix(7)) })
            let day = course.series.start.date.components.day
            let said = first.components.day == 1 ? "have no such day" : "have no day \(day)"
            notes.append(
                "\(Self.count(shortMonths.count, "month")) \(said) and are left out: \(months)."
            )
        }
        if !movedMonthEnds.isEmpty {
            let dates = Self.list(movedMonthEnds.map { $0.text(in: .extended) })
            let stand = course.series.policies.monthEnd == .lastDay ? "last day" : "next day"
            notes.append(
                "In \(Self.count(movedMonthEnds.count, "month")) without such a day the \(stand) "
                    + "stands in for it: \(dates)."
            )
        }
        if !gaps.isEmpty {
            let slots = Self.list(gaps.map { $0.recurrenceID.text(in: .extended) })
            notes.append(
                "The clocks skip \(Self.count(gaps.count, "time")), which then come later by the "
                    + "gap: \(slots)."
            )
        }
        if !overlaps.isEmpty {
            let slots = Self.list(overlaps.map { $0.recurrenceID.text(in: .extended) })
            notes.append(
                "The clocks show \(Self.count(overlaps.count, "time")) twice; the first is meant: "
                    + "\(slots)."
            )
        }
        if !daysOff.isEmpty, let then = course.series.policies.dayOff?.then {
            let days = Self.list(
                daysOff.map { planned in
                    let date = planned.slot.date
                    let name = course.nameOfDayOff(date).map { " (\($0))" } ?? ""
                    return date.text(in: .extended) + name
                }
            )
            notes.append(
                "\(Self.count(daysOff.count, "occurrence")) on days off \(then.consequence): \(days)."
            )
        }
        let isOfAbsentee = { (planned: PlannedOccurrence) in planned.turn?.isOfAbsentee ?? false }
        let consequences = [
            (absences.filter { !isOfAbsentee($0) }, "somebody absent is passed over"),
            (absences.filter(isOfAbsentee), "everybody is absent, and the turn stays as it is"),
        ]
        for (absences, consequence) in consequences where !absences.isEmpty {
            let days = Self.list(absences.map { $0.slot.date.text(in: .extended) })
            let count = Self.count(absences.count, "occurrence")
            notes.append("At \(count) \(consequence): \(days).")
        }
        if course.series.policies.repeats == .afterCompletion {
            notes.append("The dates are those of tasks that are each done when they are due.")
        }
        return notes
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }

    /// The first of a list's items, and that there are more.
    private static func list(_ items: [String]) -> String {
        let shown = items.prefix(5).joined(separator: ", ")
        return items.count > 5 ? "\(shown) and \(items.count - 5) more" : shown
    }
}

extension DayOffMove {
    /// What comes of an occurrence on a day off.
    fileprivate var consequence: String {
        switch self {
        case .keep: "stay where they are"
        case .before: "are due on the last working day before"
        case .after: "are due on the first working day after"
        case .skip: "make no task"
        }
    }
}
