import Recurrence
import Wording

/// All series: their rules in words, when they come next, and how they fare.
struct SeriesListView {
    let visit: Visit

    private var say: ReaderLocale { visit.say }

    func view() async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/series?limit=200")
        let names = try await people
        let series = page.records("series").map { ShownSeries($0, in: visit.zone) }
        let order: [ShownSeries.State] = [.setAside, .active, .paused, .ended]
        let sorted = order.flatMap { state in
            series.filter { $0.state == state }
                .sorted { ($0.nextAt ?? .late) < ($1.nextAt ?? .late) }
        }
        let rows = sorted.map { row($0, names) }
        let list: HTML =
            rows.isEmpty
            ? #"<div class="kind"><p>\#(say(.noSeries))</p></div>"#
            : #"<ul class="tasks series">\#(rows)</ul>"#
        return View(
            title: say(.series),
            place: .series,
            content: """
                <div class="head"><div><h1>\(say(.series))</h1>
                <p class="summary">\(say(.seriesOf(rows.count)))</p></div></div>
                \(list)
                """
        )
    }

    private func row(_ series: ShownSeries, _ people: People) -> HTML {
        let next =
            series.next.map { next in
                let day = say.nearDay(next.date, from: visit.today)
                return series.isAllDay ? day : "\(day), \(say.time(next))"
            } ?? say(.comesNoMore)
        var meta: [HTML] = []
        if let contact = people.contact(series.contactID) {
            meta.append(#"<a href="/contacts/\#(contact.id)">\#(contact.name)</a>"#)
        }
        if let user = people.user(series.assigneeID) {
            meta.append(
                """
                <span><span class="initials" aria-hidden="true">\(user.initials)</span>\
                \(user.name)</span>
                """
            )
        }
        return """
            <li class="serie \(series.state.rawValue)" data-id="\(series.id)">
            <div class="what"><a class="title" href="\(series.path)">\(series.title)</a>
            <p class="meta"><span class="rule">\(Icon.again.markup)\
            \(series.words ?? say(.noRule))</span> \(meta.joined(by: " "))</p></div>
            <div class="comes"><p>\(next)</p>\(chip(series.state))</div>
            <div class="fares">\(TallyBar(series.record).markup(say))</div>
            </li>
            """
    }

    private func chip(_ state: ShownSeries.State) -> HTML {
        switch state {
        case .active: .none
        case .paused: #"<span class="chip warm">\#(say(.paused))</span>"#
        case .ended: #"<span class="chip">\#(say(.ended))</span>"#
        case .setAside: #"<span class="chip late">\#(say(.setAside))</span>"#
        }
    }
}

/// A series as the page shows it.
struct ShownSeries: Sendable {
    enum State: String, Sendable {
        case active
        case paused
        case ended
        case setAside
    }

    let id: String
    let title: String
    let words: String?
    let state: State
    let nextAt: Timestamp?
    let next: LocalDateTime?
    let isAllDay: Bool
    let assigneeID: String?
    let contactID: String?
    let record: Record

    init(_ record: Record, in zone: Zone) {
        id = record.text("id")
        title = record.text("title")
        words =
            record.record("recurrence")?.optional("words")
            ?? record.record("recurrence")?.optional("rule")
        state = State(rawValue: record.text("state")) ?? .active
        nextAt = record.record("next")?.instant("at")
        isAllDay = record.flag("isAllDay")
        next = nextAt.map { zone.localDateTime(at: $0) }
        assigneeID = record.optional("assigneeId")
        contactID = record.optional("contactId")
        self.record = record
    }

    var path: String { "/series/\(id)" }
}

extension Timestamp {
    /// After every time that is shown.
    static let late = Timestamp(microseconds: .max)
}

/// How many tasks of a series were done, skipped and missed.
struct TallyBar: Sendable {
    let completed: Int
    let skipped: Int
    let missed: Int

    init(_ series: Record) {
        let counts = series.record("counts")
        completed = counts?.number("completed") ?? 0
        skipped = counts?.number("skipped") ?? 0
        missed = counts?.number("missed") ?? 0
    }

    func markup(_ say: ReaderLocale) -> HTML {
        let total = completed + skipped + missed
        let parts = [
            say(.done(completed)), skipped > 0 ? say(.skippedCount(skipped)) : nil,
            missed > 0 ? say(.missedCount(missed)) : nil,
        ].compactMap(\.self)
        guard total > 0 else { return #"<p class="muted">\#(parts.joined(separator: " · "))</p>"# }
        let done = 100 * completed / total
        let left = 100 * (completed + skipped) / total
        return """
            <p class="muted">\(parts.joined(separator: " · "))</p>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="missed" width="100" height="4"/><rect class="all" width="\(left)" \
            height="4"/><rect width="\(done)" height="4"/></svg>
            """
    }
}
