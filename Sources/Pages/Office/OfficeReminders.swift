import JSON
import Recurrence
import Wording

/// The ledger of reminders: what is to be sent to whom, and what became of it.
struct OfficeReminders: OfficePage {
    let visit: Visit
    var area: OfficeArea { .reminders }

    private static let states = ["waiting", "sent", "withdrawn", "missed", "failed"]
    private static let daysBack = 7

    func view() async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/reminders?limit=50&" + query + cursorQuery)
        let reminders = page.records("reminders")
        let titles = try await titles(of: reminders)
        let names = try await people
        let rows = reminders.map { row($0, names, titles) }
        let heads: [Phrase] = [
            .sendAt, .person, .task, .way, .state, .attempts, .answer,
        ]
        let table: HTML =
            rows.isEmpty
            ? empty(.noRemindersYet)
            : card(
                nil,
                """
                <div class="scroll plain" tabindex="0" role="region" \
                aria-label="\(say(.reminders))"><table class="ledger"><thead><tr>\
                \(heads.map { head -> HTML in #"<th scope="col">\#(say(head))</th>"# })</tr></thead>\
                <tbody>\(rows)</tbody></table></div>\(nextPage(page))
                """
            )
        return area.page(visit, "\(filterForm(names))\(table)")
    }

    /// What the API is asked: of a state and a person, from a day on.
    private var query: String {
        let day = visit.query.said("from").flatMap { CivilDate(shown: $0) } ?? standardDay
        var parts = ["from=\(visit.start(of: day).shown)"]
        if let state = visit.query.said("state"), Self.states.contains(state) {
            parts.append("state=\(state)")
        }
        if let user = visit.query.said("user") { parts.append("user=\(user.percentEncoded)") }
        return parts.joined(separator: "&")
    }

    private var standardDay: CivilDate { visit.today.advanced(byDays: -Self.daysBack) }

    private func filterForm(_ people: People) -> HTML {
        let fields = FormFields(say: say, name: "ledger")
        let states = [("", say(.anyState))] + Self.states.map { ($0, say(.reminderState($0))) }
        let users = [("", say(.anyone))] + people.users.map { ($0.id, $0.name) }
        let day = visit.query.said("from") ?? standardDay.shown
        return """
            <form class="card row bottom" method="get" action="\(area.path)">
            \(fields.choice("state", .state, visit.query["state"] ?? "", among: states))
            \(fields.choice("user", .person, visit.query["user"] ?? "", among: users))
            \(fields.text("from", .from, day, type: "date", limit: 10))
            <button>\(say(.find))</button></form>
            """
    }

    private func nextPage(_ page: Record) -> HTML {
        guard let cursor = page.optional("nextCursor") else { return .none }
        let rest = visit.queryText(without: "cursor")
        return """
            <p class="row end"><a class="button" \
            href="\(area.path)?\(rest)cursor=\(cursor.percentEncoded)">\(say(.nextPage))</a></p>
            """
    }

    /// The titles of the tasks that reminders are of, as far as they are there.
    private func titles(of reminders: [Record]) async throws -> [String: String] {
        let ids = Array(Set(reminders.compactMap { $0.optional("taskId") }))
        if ids.isEmpty { return [:] }
        let operations = ids.map { id -> JSONValue in
            .object(["method": "GET", "path": .string("/tasks/\(id.percentEncoded)")])
        }
        let answer = try await visit.keyless.post("/batch", ["operations": .array(operations)])
        var titles: [String: String] = [:]
        for result in answer.records("results") {
            guard let task = result.record("body")?.record("task") else { continue }
            titles[task.text("id")] = task.text("title")
        }
        return titles
    }

    private func row(_ reminder: Record, _ people: People, _ titles: [String: String]) -> HTML {
        let task: HTML =
            reminder.optional("taskId").map { id -> HTML in
                let title = titles[id] ?? "#\(id)"
                return #"<a href="/tasks/\#(id.percentEncoded)">\#(title)</a>"#
            } ?? "\(say(.dailyDigest))"
        let kind: StaticString =
            switch reminder.text("state") {
            case "sent": "when"
            case "missed", "failed": "late"
            case "waiting": "warm"
            default: ""
            }
        let cause: HTML =
            reminder.text("cause") == "assignment"
            ? #" <span class="muted">\#(say(.assignmentNotice))</span>"# : .none
        let user = reminder.text("userId")
        return """
            <tr><td>\(reminder.instant("fireAt").map { moment($0) } ?? "")</td>\
            <td>\(people.user(user)?.name ?? "#\(user)")</td><th scope="row">\(task)\(cause)</th>\
            <td>\(say(.wayNamed(reminder.text("channel"))))</td>\
            <td><span class="chip \(kind.description)">\
            \(say(.reminderState(reminder.text("state"))))</span></td>\
            <td>\(reminder.number("attempts"))</td><td lang="en">\(reminder.text("answer"))</td></tr>
            """
    }
}
