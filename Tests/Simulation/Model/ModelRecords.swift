import JSON
import Recurrence
import Tasks

/// What a task says and to whom it belongs, as the model knows it.
struct ModelContent: Equatable {
    var title: String
    var body = ""
    var assignee: Int64?
    var contact: Int64?
    var category: Int64?
    var reminder: Int64 = 0
    var isAllDay = false
    var notifies = true
}

/// A task as the model knows it.
struct ModelTask: Equatable {
    /// 0 where the server is to give the number.
    var id: Int64 = 0
    /// 0 where the series is one that the same change makes.
    var seriesID: Int64?
    var slot: LocalDateTime?
    /// The series' contact that the task was made for; 0 for none.
    var slotContact: Int64 = 0
    var creator: Int64?
    var content: ModelContent
    var dueAt: Timestamp
    var dueLocal: LocalDateTime
    /// Whether the clocks show ``dueLocal`` for the second time then.
    var isInSecondPass = false
    var zone: String
    var state: TaskState
    var createdAt: Timestamp

    mutating func setDue(_ timestamp: Timestamp, in zone: Zone) {
        dueAt = timestamp
        dueLocal = zone.localDateTime(at: timestamp)
        isInSecondPass = zone.timestamp(of: dueLocal).seconds != timestamp.seconds
        self.zone = zone.identifier
    }

    /// The name of the task's occurrence; empty for a single task.
    var slotName: [Int64] {
        guard let seriesID, let slot else { return [] }
        return [seriesID, slot.secondsSince1970, slotContact]
    }
}

extension ModelTask {
    /// The task that is stored in a row.
    init?(_ id: Int64, _ row: ReplicaRow, series: ReplicaRow?) {
        guard let title = row.text("title") ?? series?.text("title"),
            let body = row.text("body") ?? series?.text("body"),
            let reminder = row.integer("reminder"), let dueAt = row.integer("dueAt"),
            let dueLocal = row.integer("dueLocal"), let zone = row.text("timeZone"),
            let state = row.integer("state").flatMap({ TaskState(rawValue: Int($0)) }),
            let createdAt = row.integer("createdAt")
        else { return nil }
        self.init(
            id: id,
            seriesID: row.integer("seriesID"),
            slot: row.integer("recurrenceID").map { LocalDateTime(secondsSince1970: $0) },
            slotContact: row.integer("slotContactID") ?? 0,
            creator: row.integer("creatorID"),
            content: ModelContent(
                title: title,
                body: body,
                assignee: row.integer("assigneeID"),
                contact: row.integer("contactID"),
                category: row.integer("categoryID"),
                reminder: reminder,
                isAllDay: row.integer("isAllDay") == 1,
                notifies: row.integer("notifiesAssignee") == 1
            ),
            dueAt: Timestamp(microseconds: dueAt),
            dueLocal: LocalDateTime(secondsSince1970: dueLocal),
            isInSecondPass: row.integer("dueInSecondPass") == 1,
            zone: zone,
            state: state,
            createdAt: Timestamp(microseconds: createdAt)
        )
    }
}

/// A series as the model knows it.
struct ModelSeries {
    /// 0 where the server is to give the number.
    var id: Int64
    var creator: Int64?
    var content: ModelContent
    var start: LocalDateTime
    var zone: Zone
    /// None after it was told to stop repeating.
    var rule: ModelRule?
    var isDeleted = false
    var createdAt: Timestamp
    var making: Making

    enum Making {
        case ahead(AheadMaking)
        case whenDue(DueMaking)
    }

    /// How far the tasks of a series that makes them ahead are stored.
    struct AheadMaking {
        /// The next occurrence without a task; none if all have tasks.
        var next: Occurrence?
    }

    /// How far a series that makes its tasks when they come is carried out.
    struct DueMaking {
        var contacts: [Int64]
        var owners: [Int64]
        var dueAfter: Int64
        var dueZone: Zone
        var limit: Int?
        var skipsWhileOverdue: Bool
        var catchUp: CatchUp
        var through: LocalDateTime
        var count = 0
        var isStopped = false
        /// The next occurrence to come; none if no more is carried out.
        var next: Occurrence?

        var isFinished: Bool { limit.map { count >= $0 } ?? false }
        var slotContacts: [Int64] { contacts.isEmpty ? [0] : contacts }
    }

    var set: RecurrenceSet? {
        get throws { try rule?.set(from: start, in: zone) }
    }

    var due: DueMaking? {
        if case .whenDue(let making) = making { making } else { nil }
    }

    var ahead: AheadMaking? {
        if case .ahead(let making) = making { making } else { nil }
    }

    /// A task of an occurrence, made ahead.
    func task(of occurrence: Occurrence) -> ModelTask {
        var task = ModelTask(
            seriesID: id,
            slot: occurrence.recurrenceID,
            creator: creator,
            content: content,
            dueAt: occurrence.timestamp,
            dueLocal: occurrence.recurrenceID,
            zone: zone.identifier,
            state: .open,
            createdAt: createdAt
        )
        task.setDue(occurrence.timestamp, in: zone)
        return task
    }

    /// Says in what the series differs from its row; nil where it does not.
    func difference(from row: ReplicaRow) throws -> String? {
        let shown: [(String, Bool)] = [
            ("title", row.text("title") == content.title),
            ("body", row.text("body") == content.body),
            ("creator", row.integer("creatorID") == creator),
            ("assignee", row.integer("assigneeID") == content.assignee),
            ("contact", row.integer("contactID") == content.contact),
            ("category", row.integer("categoryID") == content.category),
            ("reminder", row.integer("reminder") == content.reminder),
            ("start", row.integer("startLocal") == start.secondsSince1970),
            // No client of the simulation begins a series then.
            ("pass", row.integer("startsInSecondPass") == nil),
            ("zone", row.text("timeZone") == zone.identifier),
            ("deletion", row.integer("isDeleted") == (isDeleted ? 1 : 0)),
            ("creation", row.integer("createdAt") == createdAt.microseconds),
            ("repetition", (row.text("ruleText") != nil) == (rule != nil)),
        ]
        if let wrong = shown.first(where: { !$0.1 }) { return wrong.0 }
        guard let set = try set, let text = row.text("ruleText") else { return nil }
        let stored = try RecurrenceSet(
            start: start,
            zone: zone,
            rule: RecurrenceRule(parsing: text),
            options: set.options
        )
        return Array(stored.occurrences().prefix(30)) == Array(set.occurrences().prefix(30))
            ? nil : "occurrences: \(text) instead of \(rule?.text ?? "")"
    }
}

/// A category as the model knows it.
struct ModelCategory: Equatable {
    var id: Int64
    var name: String
    var owner: Int64
    var isDeleted = false
}
