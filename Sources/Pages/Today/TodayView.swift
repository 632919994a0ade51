import Recurrence
import Wording

/// Today: what is overdue, what is due today, and what comes in the next seven days.
struct TodayView {
    let visit: Visit

    private static let limit = 500

    init(_ visit: Visit) { self.visit = visit }

    func view() async throws -> View {
        let isMine = visit.query["who"] != "all"
        let whose = isMine ? "&assignee=me" : ""
        let end = visit.start(of: visit.today.advanced(byDays: 8)).shown
        let from = visit.start(of: visit.today).shown
        let midnight = visit.start(of: visit.today.advanced(byDays: 1)).shown
        async let people = People(for: visit.api)
        async let open = visit.api.get(
            "/tasks?state=open&sort=due&limit=\(Self.limit)&dueTo=\(end)\(whose)"
        )
        async let done = visit.api.get(
            "/tasks?state=complete&sort=due&limit=100&dueFrom=\(from)&dueTo=\(midnight)\(whose)"
        )
        let page = try await open
        let sections = TodaySections(
            open: visit.tasks(page),
            done: visit.tasks(try await done),
            visit: visit,
            people: try await people,
            isMine: isMine,
            hasMore: page.optional("nextCursor") != nil
        )
        return View(title: visit.say(.today), place: .today, content: sections.markup)
    }
}

/// The lists of Today.
private struct TodaySections {
    let open: [ShownTask]
    let done: [ShownTask]
    let visit: Visit
    let people: People
    let isMine: Bool
    let hasMore: Bool

    private var list: TaskList { TaskList(visit: visit, people: people) }
    private var say: ReaderLocale { visit.say }
    private var overdue: [ShownTask] { open.filter { $0.due.date < visit.today } }
    private var today: [ShownTask] { open.filter { $0.due.date == visit.today } }
    private var coming: [ShownTask] { open.filter { $0.due.date > visit.today } }

    var markup: HTML {
        """
        <div class="head">
        <div><h1 class="date">\(say.dayOfYear(visit.today).capitalizedFirst)</h1>\(summary)</div>
        \(filter)
        </div>
        \(list.markup(content))
        """
    }

    private var summary: HTML {
        let left = overdue.count + today.count
        let share = done.isEmpty ? 0 : 100 * done.count / (done.count + left)
        return """
            <p class="summary">\(say(.left(left))) · \(say(.doneToday(done.count)))</p>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="all" width="100" height="4"/><rect width="\(share)" height="4"/></svg>
            """
    }

    private var filter: HTML {
        """
        <nav class="switch" aria-label="\(say(.whose))">\
        <a href="/"\(#" aria-current="true""#, if: isMine)>\(say(.mine))</a>\
        <a href="/?who=all"\(#" aria-current="true""#, if: !isMine)>\(say(.everybodys))</a></nav>
        """
    }

    private var content: HTML {
        var parts: [HTML] = []
        if !overdue.isEmpty { parts.append(overdueSection) }
        parts.append(list.section(.today, id: "today", today, todayList))
        parts.append(
            list.section(
                .nextSevenDays,
                id: "next",
                coming,
                coming.isEmpty ? #"<p class="empty">\#(say(.nothingSoon))</p>"# : comingList
            )
        )
        if hasMore {
            parts.append(
                #"<p><a href="/search?state=open">\#(say(.moreTasks))</a></p>"#
            )
        }
        return HTML(parts)
    }

    /// What is overdue, by how long.
    private var overdueSection: HTML {
        let yesterday = visit.today.advanced(byDays: -1)
        let week = visit.today.advanced(byDays: -7)
        let groups: [(Phrase, [ShownTask])] = [
            (.beforeThat, overdue.filter { $0.due.date < week }),
            (.thisWeekBefore, overdue.filter { $0.due.date >= week && $0.due.date < yesterday }),
            (.yesterday, overdue.filter { $0.due.date == yesterday }),
        ]
        let row = TaskRow(visit: visit, people: people)
        let lists = groups.filter { !$0.1.isEmpty }.map { title, tasks -> HTML in
            """
            <h3>\(say(title))</h3>
            <ul class="tasks">\(tasks.map { row.markup($0) })</ul>
            """
        }
        return list.section(.overdue, id: "overdue", overdue, HTML(lists))
    }

    private var todayList: HTML {
        if today.isEmpty, done.isEmpty, overdue.isEmpty, coming.isEmpty {
            return """
                <div class="kind"><p>\(say(.nothingToday))</p><p>\(say(.firstTask))</p></div>
                """
        }
        let row = TaskRow(visit: visit, people: people, saysDay: false)
        if today.isEmpty {
            let isKind = !done.isEmpty && overdue.isEmpty
            let words: HTML =
                isKind
                ? "<p><strong>\(say(.allDone))</strong></p><p>\(say(.allDoneKind))</p>"
                : "<p>\(say(.nothingToday))</p>"
            return #"<div class="kind">\#(words)</div>\#(doneList(row))"#
        }
        let whole = today.filter(\.isAllDay)
        let timed = today.filter { !$0.isAllDay }
        let past = timed.filter { $0.dueAt < visit.now }
        let ahead = timed.filter { $0.dueAt >= visit.now }
        let mark: HTML =
            timed.isEmpty
            ? .none
            : """
            <li class="now"><span>\(say.time(visit.localNow)) · \(say(.now))</span></li>
            """
        return """
            <ul class="tasks">\(whole.map { row.markup($0) })\(past.map { row.markup($0) })\(mark)\
            \(ahead.map { row.markup($0) })</ul>\(doneList(row))
            """
    }

    /// What was done today, folded away.
    private func doneList(_ row: TaskRow) -> HTML {
        if done.isEmpty { return .none }
        return """
            <details class="donelist"><summary>\(say(.doneToday(done.count)))</summary>
            <ul class="tasks">\(done.map { row.markup($0) })</ul></details>
            """
    }

    private var comingList: HTML {
        let row = TaskRow(visit: visit, people: people, saysDay: false)
        let days = (1...7).map { visit.today.advanced(byDays: $0) }
        let lists = days.compactMap { day -> HTML? in
            let tasks = coming.filter { $0.due.date == day }
            if tasks.isEmpty { return nil }
            let name = say.day(day, besides: visit.today).capitalizedFirst
            let title = day == days[0] ? "\(say(.tomorrow)), \(name)" : name
            return """
                <h3>\(title)</h3>
                <ul class="tasks">\(tasks.map { row.markup($0) })</ul>
                """
        }
        return HTML(lists)
    }
}

extension Timestamp {
    /// The text of an instant in a query of the API.
    var shown: String { text(in: .extended, fraction: .none) }
}
