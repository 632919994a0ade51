import JSON
import Recurrence
import Wording

/// The board: tasks in columns by state, by assignee or by category.
struct BoardView {
    private enum Grouping: String, CaseIterable {
        case state
        case assignee
        case category

        var phrase: Phrase {
            switch self {
            case .state: .byState
            case .assignee: .byAssignee
            case .category: .byCategory
            }
        }
    }

    private struct Column {
        let id: String
        let title: String
        let tasks: [ShownTask]
        /// What is dropped into it becomes that; nothing where it cannot.
        var change: String?
    }

    let visit: Visit

    private var say: ReaderLocale { visit.say }
    private static let limit = 300

    func view() async throws -> View {
        let grouping = visit.query["by"].flatMap { Grouping(rawValue: $0) } ?? .state
        let isMine = visit.query["who"] != "all" && grouping != .assignee
        let whose = isMine ? "&assignee=me" : ""
        let end = visit.start(of: visit.today.advanced(byDays: 31)).shown
        let week = visit.start(of: visit.today.advanced(byDays: -6)).shown
        async let people = People(for: visit.api)
        async let open = visit.api.get(
            "/tasks?state=open&sort=due&limit=\(Self.limit)&dueTo=\(end)\(whose)"
        )
        async let done = visit.api.get(
            "/tasks?state=complete&sort=-due&limit=100&dueFrom=\(week)\(whose)"
        )
        let names = try await people
        let tasks = visit.tasks(try await open)
        let columns: [Column] =
            switch grouping {
            case .state: stateColumns(tasks, done: visit.tasks(try await done))
            case .assignee: columns(tasks, names.users, "assignee", \.assigneeID, none: .nobody)
            case .category: columns(tasks, names.categories, "category", \.categoryID, none: .none)
            }
        return View(
            title: say(.board),
            place: .board,
            content: """
                <div class="wide">\(head(grouping, isMine: isMine))
                <div class="board">\(columns.map { column($0, names) })</div></div>
                """
        )
    }

    private func stateColumns(_ tasks: [ShownTask], done: [ShownTask]) -> [Column] {
        let today = visit.today
        let week = today.advanced(byDays: 7)
        return [
            Column(
                id: "overdue",
                title: say(.overdue),
                tasks: tasks.filter { $0.due.date < today }
            ),
            Column(
                id: "today",
                title: say(.dueToday),
                tasks: tasks.filter { $0.due.date == today },
                change: "date=\(today.shown)"
            ),
            Column(
                id: "soon",
                title: say(.dueSoon),
                tasks: tasks.filter { $0.due.date > today && $0.due.date <= week },
                change: "date=\(today.advanced(byDays: 1).shown)"
            ),
            Column(
                id: "later",
                title: say(.later7),
                tasks: tasks.filter { $0.due.date > week },
                change: "date=\(week.advanced(byDays: 1).shown)"
            ),
            Column(id: "done", title: say(.doneLately), tasks: done, change: "state=complete"),
        ]
    }

    private func columns(
        _ tasks: [ShownTask],
        _ people: [People.Person],
        _ field: String,
        _ path: KeyPath<ShownTask, String?>,
        none: Phrase
    ) -> [Column] {
        let groups = Dictionary(grouping: tasks) { $0[keyPath: path] ?? "" }
        let known = people.map { person in
            Column(
                id: person.id,
                title: person.name,
                tasks: groups[person.id] ?? [],
                change: "\(field)=\(person.id)"
            )
        }
        let other = Column(id: "none", title: say(none), tasks: groups[""] ?? [])
        // Categories that nothing is in take no room.
        return (known + [other]).filter { column in
            !column.tasks.isEmpty || field == "assignee" && column.id != "none"
        }
    }

    private func head(_ grouping: Grouping, isMine: Bool) -> HTML {
        let who = isMine ? "" : "&who=all"
        let ways = Grouping.allCases.map { way -> HTML in
            """
            <a href="/board?by=\(way.rawValue)\(who)"\
            \(#" aria-current="true""#, if: way == grouping)>\(say(way.phrase))</a>
            """
        }
        let by = grouping.rawValue
        let filter: HTML =
            grouping == .assignee
            ? .none
            : """
            <nav class="switch" aria-label="\(say(.whose))">\
            <a href="/board?by=\(by)"\(#" aria-current="true""#, if: isMine)>\(say(.mine))</a>\
            <a href="/board?by=\(by)&amp;who=all"\(#" aria-current="true""#, if: !isMine)>\
            \(say(.everybodys))</a></nav>
            """
        return """
            <div class="head"><h1>\(say(.board))</h1><div class="row">\(filter)
            <nav class="switch" aria-label="\(say(.groupBy))">\(ways)</nav></div></div>
            """
    }

    private func column(_ column: Column, _ people: People) -> HTML {
        let drop: HTML =
            column.change.map { change -> HTML in #" data-drop="\#(change)""# } ?? .none
        let list: HTML =
            column.tasks.isEmpty
            ? #"<p class="empty">\#(say(.emptyColumn))</p>"#
            : "<ul>\(column.tasks.prefix(100).map { card($0, people) })</ul>"
        return """
            <section class="column" aria-labelledby="column-\(column.id)"\(drop)>
            <h2 id="column-\(column.id)">\(column.title) \
            <span class="count">\(column.tasks.count)</span></h2>\(list)</section>
            """
    }

    private func card(_ task: ShownTask, _ people: People) -> HTML {
        let day = say.nearDay(task.due.date, from: visit.today)
        let time = task.isAllDay ? "" : " · \(say.time(task.due))"
        let isLate = task.isOverdue(at: visit)
        var parts: [HTML] = [#"<span\#(#" class="late""#, if: isLate)>\#(day)\#(time)</span>"#]
        if let contact = people.contact(task.contactID) {
            parts.append("<span>\(contact.name)</span>")
        }
        if let user = people.user(task.assigneeID), user.id != visit.userID {
            parts.append(
                #"<span class="initials" title="\#(user.name)">\#(user.initials)</span>"#
            )
        }
        let back = visit.ownPath.percentEncoded
        return """
            <li class="tile p\(task.priority)" draggable="true" data-id="\(task.id)">\
            <a class="title" href="\(task.path)/sheet?back=\(back)" data-sheet draggable="false">\
            \(task.title)</a><p class="meta">\(parts.joined(by: " "))</p></li>
            """
    }
}
