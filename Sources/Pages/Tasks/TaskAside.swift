import Recurrence

/// What stands beside a task: why it is due then, its neighbours, its reminders, its history.
struct TaskAside {
    let visit: Visit
    let people: People
    let task: ShownTask
    let history: [Record]
    let reasons: [String]

    private var say: PageLocale { visit.say }

    func markup() async throws -> HTML {
        """
        <aside class="aside">
        \(try await series())
        <section class="card"><h2>\(say(.why))</h2><ul class="reasons" lang="en">\
        \(reasons.map { reason -> HTML in "<li>\(told(reason))</li>" })</ul></section>
        <section class="card"><h2>\(say(.reminders))</h2>\(reminders)</section>
        <section class="card"><h2>\(say(.history))</h2>\
        \(HistoryList(visit: visit, people: people).markup(history))</section>
        </aside>
        """
    }

    /// A reason with the names of users in place of their numbers.
    private func told(_ reason: String) -> String {
        var reason = reason
        for user in people.users {
            for word in ["User \(user.id) ", "user \(user.id).", "user \(user.id),"] {
                let end = word.last.map { $0 == " " ? " " : String($0) } ?? ""
                reason = reason.replacing(word, with: user.name + end)
            }
        }
        return reason
    }

    private func series() async throws -> HTML {
        guard let seriesID = task.seriesID else { return .none }
        let from = task.dueAt.shown
        let states = "state=open,complete,skipped"
        async let before = visit.api.get(
            "/tasks?series=\(seriesID)&\(states)&sort=-due&limit=3&dueTo=\(from)"
        )
        let horizon = task.dueAt.advanced(by: .seconds(800 * 86_400)).shown
        async let after = visit.api.get(
            "/tasks?series=\(seriesID)&\(states)&sort=due&limit=4&dueFrom=\(from)&dueTo=\(horizon)"
        )
        let tasks = visit.tasks(try await before).reversed() + visit.tasks(try await after)
        let items = tasks.map { neighbour -> HTML in
            let day = say.day(neighbour.due.date, besides: visit.today).capitalizedFirst
            let time = neighbour.isAllDay ? "" : say.time(neighbour.due)
            if neighbour.id == task.id {
                return """
                    <li aria-current="true"><strong>\(day)</strong> <span class="muted">\(time) · \
                    \(say(.thisOne))</span></li>
                    """
            }
            return """
                <li><a href="\(neighbour.path)">\(day)</a> <span class="muted">\(time)\
                \(mark(neighbour.state))</span></li>
                """
        }
        return """
            <section class="card"><h2>\(say(.neighbours))</h2>
            <p><a href="/series/\(seriesID)">\(say(.itsSeries))</a></p>
            <ol class="neighbours">\(items)</ol></section>
            """
    }

    private func mark(_ state: ShownTask.State) -> String {
        switch state {
        case .open: ""
        case .complete: " · \(say(.stateComplete))"
        case .skipped: " · \(say(.stateSkipped))"
        case .deleted: " · \(say(.stateDeleted))"
        }
    }

    private var reminders: HTML {
        let reminders = task.record.records("reminders")
        if reminders.isEmpty { return "<p class=\"muted\">\(say(.noReminders))</p>" }
        let items = reminders.map { reminder -> HTML in
            let before = reminder.optional("before")
            let length = before ?? reminder.text("after")
            let channel = reminder.text("channel")
            let phrase: Phrase =
                before == nil
                ? Phrase("\(length) after, by \(channel)", "\(length) después, por \(channel)")
                : Phrase("\(length) before, by \(channel)", "\(length) antes, por \(channel)")
            return "<li>\(say(phrase))</li>"
        }
        return "<ul>\(items)</ul>"
    }
}
