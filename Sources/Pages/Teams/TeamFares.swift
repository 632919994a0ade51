import Recurrence
import Wording

/// How what was due in the last thirty days was done, by person and by series.
struct TeamFares {
    let visit: Visit

    private static let dayCount = 30
    private static let pageLimit = 6
    private static let seriesLimit = 15

    private var say: ReaderLocale { visit.say }

    /// How some tasks were done.
    private struct Tally {
        var onTime = 0
        var late = 0
        var open = 0
        var skipped = 0

        /// All that were to be done.
        var due: Int { onTime + late + open }
        var share: Int { due == 0 ? 100 : 100 * onTime / due }

        /// Counts a task, of which is told whether it was done on its day.
        mutating func count(_ task: ShownTask, isOnItsDay: Bool) {
            switch task.state {
            case .complete: if isOnItsDay { onTime += 1 } else { late += 1 }
            case .skipped: skipped += 1
            case .open: open += 1
            case .deleted: break
            }
        }
    }

    func markup() async throws -> HTML {
        async let people = People(for: visit.api)
        let tasks = try await tasks()
        let names = try await people
        var byPerson: [String: Tally] = [:]
        var bySeries: [String: (title: String, tally: Tally)] = [:]
        for task in tasks {
            let end = visit.start(of: task.due.date.advanced(byDays: 1))
            let isOnItsDay = task.record.instant("completedAt").map { $0 < end } ?? false
            byPerson[task.assigneeID ?? "", default: Tally()].count(task, isOnItsDay: isOnItsDay)
            guard let id = task.seriesID else { continue }
            bySeries[id, default: (task.title, Tally())].tally
                .count(task, isOnItsDay: isOnItsDay)
        }
        let persons = names.users.compactMap { user -> HTML? in
            byPerson[user.id].map { tally in
                row(#"<a href="/search?assignee=\#(user.id)">\#(user.name)</a>"#, tally)
            }
        }
        // Those that fare worst come first.
        let worst = bySeries.sorted {
            ($0.value.tally.share, $0.value.title, $0.key)
                < ($1.value.tally.share, $1.value.title, $1.key)
        }
        let series = worst.prefix(Self.seriesLimit).map { id, entry -> HTML in
            row(#"<a href="/series/\#(id)">\#(entry.title)</a>"#, entry.tally)
        }
        return """
            <div class="fares">\(table(.faredByPerson, .person, persons))\
            \(table(.faredBySeries, .series, series))</div>
            """
    }

    private func tasks() async throws -> [ShownTask] {
        let from = visit.start(of: visit.today.advanced(byDays: -Self.dayCount)).shown
        var tasks: [ShownTask] = []
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let place = cursor.map { "&cursor=\($0.percentEncoded)" } ?? ""
            let page = try await visit.api.get(
                "/tasks?state=open,complete,skipped&sort=-due&limit=500&dueFrom=\(from)"
                    + "&dueTo=\(visit.now.shown)\(place)"
            )
            tasks += visit.tasks(page)
            cursor = page.optional("nextCursor")
            if cursor == nil { break }
        }
        return tasks
    }

    private func table(_ title: Phrase, _ first: Phrase, _ rows: [HTML]) -> HTML {
        let heads = [Phrase.onTime, .doneLate, .leftOpen, .skippedOnes].map { phrase -> HTML in
            #"<th scope="col">\#(say(phrase))</th>"#
        }
        let table: HTML =
            rows.isEmpty
            ? #"<p class="muted">\#(say(.nothingFared))</p>"#
            : """
            <table class="tally"><thead><tr><th scope="col">\(say(first))</th>\(heads)</tr></thead>\
            <tbody>\(rows)</tbody></table>
            """
        return """
            <section class="card"><h2>\(say(title))</h2>
            <p class="muted">\(say(.lastMonth))</p>\(table)</section>
            """
    }

    private func row(_ name: HTML, _ tally: Tally) -> HTML {
        """
        <tr><th scope="row">\(name)</th><td><span class="share-of">\(tally.share) %</span> \
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="all" width="100" height="4"/><rect width="\(tally.share)" height="4"/></svg></td>\
        <td>\(tally.late)</td><td\(#" class="late""#, if: tally.open > 0)>\(tally.open)</td>\
        <td>\(tally.skipped)</td></tr>
        """
    }
}
