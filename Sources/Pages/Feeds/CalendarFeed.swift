import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Recurrence
import Tasks
import Wording

/// A user's open tasks as calendar programs read them (RFC 5545): as events, or as to-dos.
struct CalendarFeed {
    /// What a task is shown as.
    ///
    /// Most calendar programs show events alone.
    enum Form: String {
        case event
        case todo
    }

    let api: OwnAPI
    let now: Timestamp
    let zone: Zone
    /// The address of the server, before which paths stand.
    let origin: String
    let form: Form

    /// How far back and ahead tasks are shown, in days, and how many.
    private static let daysBack = 90
    private static let daysAhead = 366
    private static let taskLimit = 1000
    /// How long an event without a length of its own takes.
    private static let eventDuration = "PT30M"

    /// Answers with the calendar, or that it is as it was.
    func response(to request: Request) async throws -> Response {
        let bytes = Array(try await text().utf8)
        let tag = EntityTag(of: bytes[...])
        var response = Response(
            status: .ok,
            headers: [
                .contentType: "text/calendar; charset=utf-8",
                .contentDisposition: #"inline; filename="tasks.ics""#,
                .eTag: tag.text,
                // A cache may keep it for whom it is, and asks whether it is still so.
                .cacheControl: "private, no-cache",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
        if EntityTagList(.ifNoneMatch, of: request)?.containsWeakly(tag) ?? false {
            response.status = .notModified
            response.body = ResponseBody()
        }
        return response
    }

    /// The calendar.
    func text() async throws -> String {
        let location = try await api.get("/me").record("location") ?? Record([:])
        let names = try await People(for: api)
        let tasks = try await tasks()
        var lines = CalendarLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", "-//Perennial//Tasks//EN")
        lines.add("CALSCALE", "GREGORIAN")
        lines.add("NAME", written: location.text("name"))
        lines.add("X-WR-CALNAME", written: location.text("name"))
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        lines.add("X-PUBLISHED-TTL", "PT1H")
        let slots = Dictionary(grouping: tasks) { Self.slot(of: $0) ?? "" }
        for task in tasks {
            let slot = Self.slot(of: task)
            // Of several tasks of one slot, each is known by its number.
            let isAlone = slot.map { slots[$0]?.count == 1 } ?? false
            let name = slot.flatMap { isAlone ? $0 : nil } ?? "task-\(task.id)"
            add(task, named: "\(name).\(location.text("id"))@perennial", names, to: &lines)
        }
        lines.add("END", "VCALENDAR")
        return lines.text
    }

    /// The occurrence that a task is of, whose name stays when it is stored.
    private static func slot(of task: ShownTask) -> String? {
        guard let series = task.seriesID, let slot = task.record.optional("slot") else {
            return nil
        }
        return "series-\(series)-\(slot.filter { $0.isNumber || $0 == "T" })"
    }

    private func tasks() async throws -> [ShownTask] {
        // From the beginning of a day, so that the calendar stays as it is for a day.
        let today = zone.localDateTime(at: now).date
        func start(_ days: Int) -> String {
            zone.timestamp(of: LocalDateTime(today.advanced(byDays: days))).shown
        }
        let query =
            "/tasks?state=open&assignee=me&sort=due&limit=500"
            + "&dueFrom=\(start(-Self.daysBack))&dueTo=\(start(Self.daysAhead))"
        var tasks: [ShownTask] = []
        var cursor = ""
        while tasks.count < Self.taskLimit {
            let page = try await api.get(query + cursor)
            tasks += page.records("tasks").compactMap { ShownTask($0, in: zone) }
            guard let next = page.optional("nextCursor") else { break }
            cursor = "&cursor=\(next.percentEncoded)"
        }
        return Array(tasks.prefix(Self.taskLimit))
    }

    private func add(
        _ task: ShownTask,
        named name: String,
        _ people: People,
        to lines: inout CalendarLines
    ) {
        let kind = form == .event ? "VEVENT" : "VTODO"
        let modified = task.record.instant("modifiedAt") ?? task.dueAt
        lines.add("BEGIN", kind)
        lines.add("UID", name)
        lines.add("DTSTAMP", modified)
        lines.add("LAST-MODIFIED", modified)
        if let created = task.record.instant("createdAt") { lines.add("CREATED", created) }
        switch (form, task.isAllDay) {
        case (.event, true):
            lines.add("DTSTART", task.due.date)
            lines.add("DTEND", task.due.date.advanced(byDays: 1))
        case (.event, false):
            lines.add("DTSTART", task.dueAt)
            lines.add("DURATION", Self.eventDuration)
        case (.todo, true): lines.add("DUE", task.due.date)
        case (.todo, false): lines.add("DUE", task.dueAt)
        }
        lines.add("SUMMARY", written: task.title)
        let contact = people.contact(task.contactID)?.name
        lines.add(
            "DESCRIPTION",
            written: [contact, task.words, task.body].compactMap(\.self).filter { !$0.isEmpty }
                .joined(separator: "\n")
        )
        let categories = [people.category(task.categoryID)?.name].compactMap(\.self) + task.tags
        lines.add("CATEGORIES", list: categories)
        lines.add("URL", origin + task.path)
        switch form {
        case .event:
            // A task does not take the time of the person away.
            lines.add("TRANSP", "TRANSPARENT")
            lines.add("STATUS", "CONFIRMED")
        case .todo:
            lines.add("STATUS", "NEEDS-ACTION")
            // 1 is the most urgent (section 3.8.1.9), and 0 says nothing.
            lines.add("PRIORITY", ["0", "9", "5", "1"][min(max(task.priority, 0), 3)])
        }
        lines.add("END", kind)
    }
}
