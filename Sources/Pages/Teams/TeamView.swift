import JSON
import Recurrence
import Wording

/// The team: how much everybody has on which day, and what is overdue; for those who oversee it.
struct TeamView {
    let visit: Visit

    private var say: ReaderLocale { visit.say }
    private static let dayCount = 14
    private static let handOverLimit = 500

    /// Gives everything open of one to another, in one step.
    func handOver() async throws -> Outcome {
        guard let from = visit.form.said("from"), let to = visit.form.said("to"), from != to else {
            return .seeOther("/team", Notice(text: say(.nothingToHandOver), isFailure: true))
        }
        let days = visit.form.number("days").map { min(max($0, 1), 366) } ?? 7
        let end = visit.start(of: visit.today.advanced(byDays: days)).shown
        let page = try await visit.api.get(
            "/tasks?state=open&assignee=\(from.percentEncoded)&dueTo=\(end)"
                + "&limit=\(Self.handOverLimit)"
        )
        let operations = page.records("tasks").map { task in
            TeamShare.giving(task.text("id"), to: to)
        }
        guard !operations.isEmpty else {
            return .seeOther("/team", Notice(text: say(.nothingToHandOver)))
        }
        let numbers = try await visit.api.postTogether(operations)
        let name = try await visit.api.get("/users/\(to.percentEncoded)")
            .record("user")?.text("name")
        return .seeOther(
            "/team",
            Notice(
                text: say(.handedOver(numbers.count, name ?? "")),
                // As many as a notice can name.
                changeNumbers: numbers.count <= 100 ? numbers : []
            )
        )
    }

    func view() async throws -> View {
        async let people = People(for: visit.api)
        async let fares = TeamFares(visit: visit).markup()
        let days = (0..<Self.dayCount).map { visit.today.advanced(byDays: $0) }
        let end = visit.start(of: visit.today.advanced(byDays: Self.dayCount)).shown
        var tasks: [ShownTask] = []
        var cursor: String?
        for _ in 0..<6 {
            let place = cursor.map { "&cursor=\($0.percentEncoded)" } ?? ""
            let page = try await visit.api.get(
                "/tasks?state=open&sort=due&limit=500&dueTo=\(end)\(place)"
            )
            tasks += visit.tasks(page)
            cursor = page.optional("nextCursor")
            if cursor == nil { break }
        }
        let names = try await people
        let groups = Dictionary(grouping: tasks) { $0.assigneeID ?? "" }
        var rows = names.users.map { row($0.name, id: $0.id, groups[$0.id] ?? [], days) }
        if let unassigned = groups[""], !unassigned.isEmpty {
            rows.append(row(say(.nobody), id: nil, unassigned, days))
        }
        let heads = days.map { day -> HTML in
            """
            <th scope="col"><abbr title="\(say.longDay(day))">\
            \(say.weekday(day, short: true))<br>\(day.components.day)</abbr></th>
            """
        }
        return View(
            title: say(.team),
            place: .team,
            content: """
                <div class="wide"><div class="head"><div><h1>\(say(.team))</h1>
                <p class="summary">\(say(.teamHint)) \(say(.teamDrag))</p></div></div>
                <div class="scroll" tabindex="0" role="region" aria-label="\(say(.teamLoad))">
                <table class="heat"><thead><tr><th scope="col">\(say(.person))</th>
                <th scope="col">\(say(.overdueByPerson))</th>\(heads)</tr></thead>
                <tbody>\(rows)</tbody></table></div>
                \(handOverForm(names))
                \(try await fares)</div>
                """
        )
    }

    private func row(
        _ name: String,
        id: String?,
        _ tasks: [ShownTask],
        _ days: [CivilDate]
    ) -> HTML {
        let late = tasks.filter { $0.isOverdue(at: visit) }.count
        let byDay = Dictionary(grouping: tasks) { $0.due.date }.mapValues(\.count)
        let cells = days.map { day -> HTML in
            let count = byDay[day] ?? 0
            let level = count == 0 ? 0 : min(1 + count / 2, 5)
            let label = say(.shareOf(name, say.longDay(day)))
            return """
                <td class="heat-\(level)">\(field(count, of: id, "date=\(day.shown)", label))</td>
                """
        }
        let label: HTML =
            id.map { id -> HTML in
                #"<a href="/search?state=open&amp;assignee=\#(id)">\#(name)</a>"#
            } ?? "\(name)"
        let overdue: HTML =
            late == 0
            ? "0"
            : #"<strong class="late">\#(field(late, of: id, "late=1", say(.lateOf(name))))</strong>"#
        let goal: HTML = id.map { id -> HTML in #" data-drop="to=\#(id)""# } ?? .none
        return #"<tr\#(goal)><th scope="row">\#(label)</th><td>\#(overdue)</td>\#(cells)</tr>"#
    }

    /// How many tasks somebody has, to be opened or dragged to somebody else.
    private func field(_ count: Int, of id: String?, _ part: String, _ label: String) -> HTML {
        if count == 0 { return .none }
        let path = "/team/share?person=\(id ?? "")&\(part)"
        return """
            <a class="share" href="\(path)&amp;back=/team" data-sheet draggable="true" \
            data-id="\(id ?? "")-\(part)" data-move="\(path)" \
            aria-label="\(label): \(say(.tasks(count)))">\(count)</a>
            """
    }

    private func handOverForm(_ people: People) -> HTML {
        let users = people.users.map { user -> HTML in
            #"<option value="\#(user.id)">\#(user.name)</option>"#
        }
        return """
            <form class="card row hand" method="post" action="/team" hx-post="/team">
            \(visit.formFields)<h2>\(say(.handOver))</h2>
            <label>\(say(.handOverFrom)) <select name="from">\(users)</select></label>
            <label>\(say(Phrase("of the next", "de los próximos"))) <input type="number" \
            name="days" class="short" min="1" max="366" value="7"> \(say(.days))</label>
            <label>\(say(.handOverTo)) <select name="to">\(users)</select></label>
            <button class="main">\(say(.giveAll))</button></form>
            """
    }
}
