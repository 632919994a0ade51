import JSON
import Recurrence
import Tasks
import Wording

/// A task as the page shows it, on the visitor's clocks.
struct ShownTask: Sendable, Identifiable {
    enum State: String, Sendable {
        case open
        case complete
        case skipped
        case deleted
    }

    let id: String
    let seriesID: String?
    let title: String
    let body: String
    let state: State
    let dueAt: Timestamp
    /// When it is due on the visitor's clocks; of an all-day task, on its own.
    let due: LocalDateTime
    let isAllDay: Bool
    let assigneeID: String?
    let contactID: String?
    let categoryID: String?
    let priority: Int
    let tags: [String]
    /// The rule of its series.
    let words: String?
    let isComputed: Bool
    let record: Record

    init?(_ record: Record, in zone: Zone) {
        guard let dueAt = record.instant("dueAt"),
            let own = record.record("due")?.local("local")
        else { return nil }
        id = record.text("id")
        seriesID = record.optional("seriesId")
        title = record.text("title")
        body = record.text("body")
        state = State(rawValue: record.text("state")) ?? .open
        self.dueAt = dueAt
        isAllDay = record.flag("isAllDay")
        due = isAllDay ? own : zone.localDateTime(at: dueAt)
        assigneeID = record.optional("assigneeId")
        contactID = record.optional("contactId")
        categoryID = record.optional("categoryId")
        priority = record.number("priority")
        tags = record.texts("tags")
        words = record.optional("words")
        isComputed = record.flag("isComputed")
        self.record = record
    }

    /// Whether it should have been done: its time, or its whole day, is past.
    func isOverdue(at visit: Visit) -> Bool {
        guard state == .open else { return false }
        return isAllDay ? due.date < visit.today : dueAt < visit.now
    }

    /// The path of its view.
    var path: String { "/tasks/\(id.percentEncoded)" }

    /// What an element of the page is known by.
    var elementID: String {
        "task-" + String(id.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    }
}

extension Visit {
    /// The tasks of a list.
    func tasks(_ list: Record) -> [ShownTask] {
        list.records("tasks").compactMap { ShownTask($0, in: zone) }
    }
}
