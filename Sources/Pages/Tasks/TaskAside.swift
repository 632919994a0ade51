import Recurrence
import Wording

/// What stands beside a task: why it is due then, its neighbours, its reminders, its history.
struct TaskAside {
    let visit: Visit
    let people: People
    let task: ShownTask
    let history: [Record]
    let reasons: [String]

    private var say: ReaderLocale { visit.say }

    func markup() async throws -> HTML {
        """
        <aside class="aside">
        \(try await series())
        <section class="card"><h2>\(say(.why))</h2><ul class="reasons" lang="en">\
        \(reasons.map { reason -> HTML in "<li>\(visit.told(reason, people))</li>" })</ul></section>
        <section class="card"><h2>\(say(.reminders))</h2>\(reminders)</section>
        <section class="card"><h2>\(say(.history))</h2>\
        \(HistoryList(visit: visit, people: people).markup(history))</section>
        </aside>
        """
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

extension Visit {
    /// A reason of the API with the names of users in place of their numbers, and days and times as the
    /// visitor reads them.
    func told(_ reason: String, _ people: People) -> String {
        var words = reason.split(separator: " ", omittingEmptySubsequences: false)
            .map(String.init)
        for (place, word) in words.enumerated() {
            let end = word.reversed().prefix { ".,;:".contains($0) }.count
            let (said, mark) = (String(word.dropLast(end)), word.suffix(end))
            if let local = LocalDateTime(shown: said) {
                words[place] = "\(say.day(local.date, besides: today)), \(say.time(local))\(mark)"
            } else if let date = CivilDate(shown: said) {
                words[place] = say.shortDay(date, besides: today) + mark
            } else if place > 0, words[place - 1].lowercased() == "user",
                let user = people.user(said)
            {
                words[place - 1] = ""
                words[place] = user.name + mark
            }
        }
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
