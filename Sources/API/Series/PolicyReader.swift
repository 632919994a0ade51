import JSON
import Recurrence
import Tasks

/// Reads the policies of a series from a body.
struct PolicyReader {
    /// What a body says of policies, and of who does the tasks.
    private(set) var revision = SeriesRevision()
    /// Whether anything was said.
    private(set) var saysAnything = false

    private static let names = [
        "repeats", "make", "missed", "whileOverdue", "monthEnd", "dayOff", "assignment", "pause",
    ]

    /// Reads the members of an object; what has a fault is noted and left as it is.
    init(_ reader: inout MemberReader) {
        saysAnything = Self.names.contains { reader.has($0) }
        guard saysAnything else { return }
        if let repeats = reader.choice("repeats", among: PolicyWords.repeats).value {
            revision.repeats = .set(repeats)
        }
        if let makesWhenDue = reader.choice("make", among: PolicyWords.makesWhenDue).value {
            revision.makesWhenDue = .set(makesWhenDue)
        }
        if let catchUp = reader.choice("missed", among: PolicyWords.missed).value {
            revision.catchUp = .set(catchUp)
        }
        if let overdue = reader.choice("whileOverdue", among: PolicyWords.whileOverdue).value {
            revision.whileOverdue = .set(overdue)
        }
        if let monthEnd = reader.choice("monthEnd", among: PolicyWords.monthEnd).value {
            revision.monthEnd = .set(monthEnd)
        }
        readDayOff(&reader)
        readPause(&reader)
        readAssignment(&reader)
    }

    /// Adds what a recurrence says beside its rule.
    mutating func take(_ said: SaidRecurrence, _ reader: inout MemberReader) {
        revision.take(said, &reader)
    }

    private mutating func readDayOff(_ reader: inout MemberReader) {
        let dayOff = reader.object("dayOff", isNullable: true) { reader -> DayOffPolicy? in
            let id: Given<Identifier<DayCalendar>> = reader.identifier("calendarId")
            let then = reader.choice("then", among: PolicyWords.dayOff).value
            reader.require("calendarId")
            reader.require("then")
            guard let id = id.value, let then else { return nil }
            return DayOffPolicy(calendarID: id, then: then)
        }
        revision.dayOff = dayOff.edit
    }

    private mutating func readPause(_ reader: inout MemberReader) {
        let pause = reader.object("pause", isNullable: true) { reader -> SeriesPause? in
            let from = reader.instant("from").value
            let until = reader.optionalInstant("until").value
            reader.require("from")
            guard let from else { return nil }
            if let until, until <= from { reader.note("until", "is not after `from`") }
            return SeriesPause(from: from, until: until)
        }
        revision.pause = pause.edit
    }

    private mutating func readAssignment(_ reader: inout MemberReader) {
        let fixed = reader.object("assignment", isNullable: true) { reader -> Assignment? in
            let fixed: Given<Identifier<User>> = reader.identifier("fixed")
            let users: Given<[Identifier<User>]> = reader.identifiers(
                "rotate",
                countIn: 1...AssigneeRotation.userLimit
            )
            let by = reader.choice("by", among: PolicyWords.rotation).value
            switch (reader.has("fixed"), reader.has("rotate")) {
            case (true, true): reader.note("rotate", "stands beside `fixed`: say it in one way")
            case (false, false): reader.note("fixed", "is required, or `rotate`")
            case (true, false):
                if reader.has("by") { reader.note("by", "goes with `rotate`") }
                return .fixed(fixed.value)
            case (false, true):
                guard let users = users.value else { return nil }
                return .rotate(AssigneeRotation(userIDs: users, by: by ?? .occurrence))
            }
            return nil
        }
        if reader.has("assignment"), reader.has("assigneeId") {
            reader.note("assignment", "stands beside `assigneeId`: say it in one way")
        }
        switch fixed {
        case .absent: break
        case .none: revision.rotation = .set(nil)
        case .value(.fixed(let userID)):
            revision.rotation = .set(nil)
            revision.edit.assigneeID = .set(userID)
        case .value(.rotate(let rotation)): revision.rotation = .set(rotation)
        }
    }

    private enum Assignment: Hashable {
        case fixed(Identifier<User>?)
        case rotate(AssigneeRotation)
    }
}

extension SeriesRevision {
    /// Adds to the revision what a recurrence says beside its rule.
    fileprivate mutating func take(_ said: SaidRecurrence, _ reader: inout MemberReader) {
        if let dates = said.dates { self.dates = .set(dates) }
        if let dates = said.exceptionDates { exceptionDates = .set(dates) }
        guard said.countsFromCompletion else { return }
        if repeats == .set(.onSchedule) {
            reader.note("repeats", "is `onSchedule`, and the words count from a completion")
        }
        repeats = .set(.afterCompletion)
    }

    /// Adds to a draft of a series' first task what the revision says.
    func apply(to draft: inout TaskDraft) {
        draft.policies = applied(to: SeriesPolicies())
        draft.template.assigneeID = edit.assigneeID.applied(to: draft.template.assigneeID)
        let whileOverdue = whileOverdue.applied(to: .create)
        draft.missedWork = MissedWork(
            catchUp: catchUp.applied(to: makesWhenDue == .set(true) ? .latest : .all),
            whileOverdue: whileOverdue
        )
        // Tasks that are made ahead are there already when one is overdue.
        let needsWhenDue = whileOverdue != .create && draft.policies.repeats == .onSchedule
        draft.makesWhenDue = makesWhenDue.applied(to: needsWhenDue)
    }
}
