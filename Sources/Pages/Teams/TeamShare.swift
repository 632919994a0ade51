import JSON
import Recurrence
import Wording

/// Somebody's tasks of a day, or those that are overdue, to be given to somebody else.
struct TeamShare {
    let visit: Visit

    private var say: ReaderLocale { visit.say }

    /// The operation of a batch that gives a task to somebody.
    static func giving(_ taskID: String, to userID: String) -> JSONValue {
        .object([
            "method": "PATCH", "path": .string("/tasks/\(taskID.percentEncoded)"),
            "body": .object(["assigneeId": .string(userID)]),
        ])
    }

    /// The tasks as a list to choose from, in a sheet over the page or on a page of its own.
    func outcome() async throws -> Outcome {
        let people = try await People(for: visit.api)
        let person = people.user(visit.query.said("person"))
        let tasks = try await tasks(of: person)
        let name = person?.name ?? say(.nobody)
        let title = day.map { say(.shareOf(name, say.longDay($0))) } ?? say(.lateOf(name))
        let sheet = markup(title, tasks, of: person, people)
        if visit.isPartial { return .piece(sheet) }
        return .view(View(title: title, content: #"<div class="sheet">\#(sheet)</div>"#))
    }

    /// Gives those that were chosen.
    func give() async throws -> Outcome {
        let ids = visit.form.all("id").prefix(200)
        guard let to = visit.form.said("to"), !ids.isEmpty else {
            return .seeOther("/team", Notice(text: say(.nothingToHandOver), isFailure: true))
        }
        let numbers = try await visit.api.postTogether(ids.map { Self.giving($0, to: to) })
        let name = try await visit.api.get("/users/\(to.percentEncoded)")
            .record("user")?.text("name")
        return .seeOther(
            visit.returnPath,
            Notice(
                text: say(.handedOver(numbers.count, name ?? "")),
                // As many as a notice can name.
                changeNumbers: numbers.count <= 100 ? numbers : []
            )
        )
    }

    /// The day that is asked for; none where it is what is overdue.
    private var day: CivilDate? { visit.query.said("date").flatMap { CivilDate(shown: $0) } }

    private func tasks(of person: People.Person?) async throws -> [ShownTask] {
        let whose = person.map { "&assignee=\($0.id)" } ?? ""
        let from = day.map { "&dueFrom=\(visit.start(of: $0.advanced(byDays: -1)).shown)" } ?? ""
        let end = (day ?? visit.today).advanced(byDays: 2)
        let page = try await visit.api.get(
            "/tasks?state=open&sort=due&limit=500&dueTo=\(visit.start(of: end).shown)\(from)\(whose)"
        )
        return visit.tasks(page).filter { task in
            guard task.assigneeID == person?.id else { return false }
            return day.map { task.due.date == $0 } ?? task.isOverdue(at: visit)
        }
    }

    private func markup(
        _ title: String,
        _ tasks: [ShownTask],
        of person: People.Person?,
        _ people: People
    ) -> HTML {
        let goal = visit.query.said("to")
        let others = people.users.filter { $0.id != person?.id }
        let options = others.map { user -> HTML in
            """
            <option value="\(user.id)"\(" selected", if: user.id == goal)>\(user.name)</option>
            """
        }
        let lines = tasks.map { task -> HTML in
            let time = task.isAllDay ? say(.allDay) : say.time(task.due)
            let when = day == nil ? say.day(task.due.date, besides: visit.today) : time
            return """
                <li><label class="row"><input type="checkbox" name="id" value="\(task.id)" checked> \
                <span>\(task.title) <span class="muted">\(when)</span></span></label></li>
                """
        }
        let back = visit.query.has("back") ? visit.formFields : visit.formFields(back: "/team")
        return """
            <form method="post" action="/team/share" hx-post="/team/share" class="actions">
            \(back)
            <h2 id="sheet-title">\(title)</h2>
            <ul class="lines">\(lines)</ul>
            <p class="row"><label>\(say(.giveTo)) <select name="to">\(options)</select></label>
            <button class="main">\(say(.giveAll))</button></p>
            <p class="foot"><button type="submit" formmethod="dialog" class="plain" data-close hidden>\
            \(say(.close))</button></p>
            </form>
            """
    }
}
