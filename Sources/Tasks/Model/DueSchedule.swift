/// How a series makes its tasks one occurrence at a time, when that comes, and not ahead.
///
/// An occurrence that is carried out makes a task for each contact, or one for none where the series
/// never had any. A contact that the directory has no more is passed over, and a series that had
/// contacts and has none left makes no more tasks.
package struct DueSchedule: Hashable, Sendable, Codable {
    /// How long after its occurrence a task is due, in seconds, 0 or more.
    package var dueAfter: Int64
    /// The IANA name of the zone in whose wall-clock time the tasks' due times are kept.
    package var timeZone: String
    /// How many occurrences are carried out at most; one that was skipped is not counted.
    package var occurrenceLimit: Int?
    package var contactIDs: [Identifier<Contact>]
    /// Whom the series was given to; the first is the tasks' assignee.
    package var ownerIDs: [Identifier<User>]
    /// The schedule as its author wrote it, in the author's own form; none once it was rewritten
    /// in another.
    package var wording: String?

    package init(
        dueAfter: Int64,
        timeZone: String,
        occurrenceLimit: Int? = nil,
        contactIDs: [Identifier<Contact>] = [],
        ownerIDs: [Identifier<User>] = [],
        wording: String? = nil
    ) {
        self.dueAfter = dueAfter
        self.timeZone = timeZone
        self.occurrenceLimit = occurrenceLimit
        self.contactIDs = contactIDs
        self.ownerIDs = ownerIDs
        self.wording = wording
    }
}

/// What a series does about work that was missed.
package struct MissedWork: Hashable, Sendable {
    package var catchUp: CatchUp
    package var whileOverdue: WhileOverdue

    package init(catchUp: CatchUp = .latest, whileOverdue: WhileOverdue = .create) {
        self.catchUp = catchUp
        self.whileOverdue = whileOverdue
    }
}

/// What to do about occurrences that came while no server ran; the numbers are stored.
package enum CatchUp: Int, Hashable, Sendable, CaseIterable {
    /// Carry out the last of them.
    case latest = 1
    /// Carry out every one, up to ``Horizon/taskLimit``.
    case all = 2
    /// Carry out none.
    case none = 3

    /// How many of them are carried out at most.
    package var limit: Int {
        switch self {
        case .latest: 1
        case .all: Horizon.taskLimit
        case .none: 0
        }
    }

    /// How late an occurrence may be carried out without having been missed.
    package static let grace = Duration.seconds(60)
}

/// What to do when an occurrence comes while the newest task of the series for the same contact is
/// open and overdue; the numbers are stored.
///
/// A task that is made ahead of its occurrence is made in any case.
package enum WhileOverdue: Int, Hashable, Sendable, CaseIterable {
    case create = 1
    /// Let the occurrence pass; it is not counted and not caught up with.
    case skip = 2
}
