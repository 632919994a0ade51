package import Recurrence

/// When the occurrences of a series come, and when the tasks that they make are due.
package struct DueRecurrence: Hashable, Sendable {
    /// The first occurrence, on the clocks of the zone in which the rule is expanded.
    package var start: WallClockTime
    package var rule: SeriesRule
    /// How long after its occurrence a task is due, in seconds, 0 or more.
    package var dueAfter: Int64
    /// The zone of the tasks' due times.
    package var dueZone: Zone
    /// The most occurrences that are carried out.
    package var occurrenceLimit: Int?
    package var whileOverdue: WhileOverdue
    /// This schedule as its author wrote it, in the author's own form.
    package var wording: String?

    package init(
        start: WallClockTime,
        rule: SeriesRule,
        dueAfter: Int64,
        dueZone: Zone,
        occurrenceLimit: Int? = nil,
        whileOverdue: WhileOverdue = .create,
        wording: String? = nil
    ) {
        self.start = start
        self.rule = rule
        self.dueAfter = dueAfter
        self.dueZone = dueZone
        self.occurrenceLimit = occurrenceLimit
        self.whileOverdue = whileOverdue
        self.wording = wording
    }
}

/// A series to be created that makes its tasks when their occurrences come.
package struct SeriesDraft: Hashable, Sendable {
    package var title: String
    package var body: String
    package var contactIDs: [Identifier<Contact>]
    /// The first of them is the tasks' assignee.
    package var ownerIDs: [Identifier<User>]
    package var recurrence: DueRecurrence
    /// Whether the tasks of the first occurrence are made at once, even if it is in the future or
    /// long past.
    package var makesFirstTasks: Bool

    package init(
        title: String,
        body: String = "",
        contactIDs: [Identifier<Contact>] = [],
        ownerIDs: [Identifier<User>] = [],
        recurrence: DueRecurrence,
        makesFirstTasks: Bool = true
    ) {
        self.title = title
        self.body = body
        self.contactIDs = contactIDs
        self.ownerIDs = ownerIDs
        self.recurrence = recurrence
        self.makesFirstTasks = makesFirstTasks
    }
}

/// The changes to a series.
///
/// Tasks that were made already stay as they are.
package struct SeriesEdit: Hashable, Sendable {
    package var title: FieldEdit<String>
    package var body: FieldEdit<String>
    package var contactIDs: FieldEdit<[Identifier<Contact>]>
    package var ownerIDs: FieldEdit<[Identifier<User>]>
    /// If it is set, it replaces the whole schedule.
    ///
    /// The count of the occurrences that were carried out is kept.
    package var recurrence: FieldEdit<DueRecurrence>
    /// Whether the first occurrence of a new schedule makes its tasks at once, unless it has them
    /// already.
    package var makesFirstTasks: Bool

    package init(
        title: FieldEdit<String> = .keep,
        body: FieldEdit<String> = .keep,
        contactIDs: FieldEdit<[Identifier<Contact>]> = .keep,
        ownerIDs: FieldEdit<[Identifier<User>]> = .keep,
        recurrence: FieldEdit<DueRecurrence> = .keep,
        makesFirstTasks: Bool = false
    ) {
        self.title = title
        self.body = body
        self.contactIDs = contactIDs
        self.ownerIDs = ownerIDs
        self.recurrence = recurrence
        self.makesFirstTasks = makesFirstTasks
    }

    /// The parts of a series that are replaced, whatever they were.
    var replacedParts: Set<SeriesPart> {
        var parts: Set<SeriesPart> = [.modifiedAt]
        if title != .keep { parts.insert(.title) }
        if body != .keep { parts.insert(.body) }
        if contactIDs != .keep { parts.insert(.contact) }
        if ownerIDs != .keep { parts.insert(.assignee) }
        if recurrence != .keep {
            parts.formUnion([.start, .timeZone, .rule, .policies, .clock])
            // The people of a schedule are in it.
            if contactIDs != .keep, ownerIDs != .keep { parts.insert(.schedule) }
        }
        return parts
    }

    /// The records that the edit refers to.
    package var references: References {
        References(
            assigneeIDs: ownerIDs.applied(to: []),
            contactIDs: contactIDs.applied(to: [])
        )
    }
}
