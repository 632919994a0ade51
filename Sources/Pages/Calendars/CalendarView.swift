import Recurrence
import Wording

/// The calendar: a month, a week or a day, with what is computed beyond the horizon.
struct CalendarView {
    /// How much is shown.
    enum Span: String, CaseIterable, Sendable {
        case month
        case week
        case day

        var phrase: Phrase {
            switch self {
            case .month: .month
            case .week: .week
            case .day: .day
            }
        }
    }

    let visit: Visit

    private var say: ReaderLocale { visit.say }
    private static let limit = 500
    private static let pageLimit = 6

    func view() async throws -> View {
        let span = visit.query["view"].flatMap { Span(rawValue: $0) } ?? .month
        let date = visit.query.said("date").flatMap { CivilDate(shown: $0) } ?? visit.today
        let isMine = visit.query["who"] != "all"
        let days = days(of: span, around: date)
        async let people = People(for: visit.api)
        let tasks = try await tasks(on: days, isMine: isMine)
        let calendar = CalendarGrid(
            visit: visit,
            people: try await people,
            days: days,
            tasks: Dictionary(grouping: tasks) { $0.due.date },
            monthNumber: span == .month ? date.components.month : nil
        )
        let grid: HTML =
            switch span {
            case .month: calendar.month
            case .week, .day: calendar.hours
            }
        return View(
            title: say(.calendar),
            place: .calendar,
            content: """
                <div class="wide">
                \(head(span, date, days, isMine: isMine))
                \(grid)
                <p class="muted hint">\(say(.calendarHint))</p>
                </div>
                """
        )
    }

    /// The days that are shown; of a month whole weeks.
    private func days(of span: Span, around date: CivilDate) -> [CivilDate] {
        switch span {
        case .day: return [date]
        case .week:
            let start = say.weekStart(of: date)
            return (0..<7).map { start.advanced(byDays: $0) }
        case .month:
            let (year, month, day) = date.components
            let first = date.advanced(byDays: 1 - day)
            let count = CivilDate.dayCount(ofMonth: month, year: year)
            let start = say.weekStart(of: first)
            let last = first.advanced(byDays: count - 1)
            let weeks = (last.daysSince1970 - start.daysSince1970) / 7 + 1
            return (0..<7 * weeks).map { start.advanced(byDays: $0) }
        }
    }

    /// The tasks of some days, each week of them asked for by itself and all at once.
    private func tasks(on days: [CivilDate], isMine: Bool) async throws -> [ShownTask] {
        guard let first = days.first, let last = days.last else { return [] }
        // An all-day task of another zone may be due before or after the day begins here.
        let ends = days.indices.filter { $0 > 0 && $0 % 7 == 0 }.map { days[$0] }
        let bounds = [first.advanced(byDays: -1)] + ends + [last.advanced(byDays: 2)]
        let tasks = try await withThrowingTaskGroup(of: [ShownTask].self) { group in
            for (from, to) in zip(bounds, bounds.dropFirst()) {
                group.addTask { try await self.tasks(from: from, to: to, isMine: isMine) }
            }
            return try await group.reduce([], +)
        }
        return tasks.filter { first <= $0.due.date && $0.due.date <= last }
            .sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }

    private func tasks(
        from: CivilDate,
        to: CivilDate,
        isMine: Bool
    ) async throws -> [ShownTask] {
        let span = "dueFrom=\(visit.start(of: from).shown)&dueTo=\(visit.start(of: to).shown)"
        let whose = isMine ? "&assignee=me" : ""
        var tasks: [ShownTask] = []
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let place = cursor.map { "&cursor=\($0.percentEncoded)" } ?? ""
            let page = try await visit.api.get(
                "/tasks?sort=due&limit=\(Self.limit)&\(span)\(whose)\(place)"
            )
            tasks += visit.tasks(page)
            cursor = page.optional("nextCursor")
            if cursor == nil { break }
        }
        return tasks
    }

    private func head(
        _ span: Span,
        _ date: CivilDate,
        _ days: [CivilDate],
        isMine: Bool
    ) -> HTML {
        let who = isMine ? "" : "&who=all"
        func path(_ span: Span, _ date: CivilDate, _ who: String) -> String {
            "/calendar?view=\(span.rawValue)&date=\(date.shown)\(who)"
        }
        let spans = Span.allCases.map { one -> HTML in
            """
            <a href="\(path(one, date, who))"\(#" aria-current="true""#, if: one == span)>\
            \(say(one.phrase))</a>
            """
        }
        return """
            <div class="head"><div class="row"><h1>\(title(span, date, days))</h1>
            <span class="row turn"><a class="button" data-earlier \
            href="\(path(span, moved(span, date, -1), who))" \
            aria-label="\(say(.earlier))">\(Icon.left.markup)</a>
            <a class="button" href="\(path(span, visit.today, who))">\(say(.today))</a>
            <a class="button" data-later href="\(path(span, moved(span, date, 1), who))" \
            aria-label="\(say(.later))">\(Icon.right.markup)</a></span></div>
            <div class="row">
            <nav class="switch" aria-label="\(say(.whose))">\
            <a href="\(path(span, date, ""))"\(#" aria-current="true""#, if: isMine)>\
            \(say(.mine))</a>\
            <a href="\(path(span, date, "&who=all"))"\(#" aria-current="true""#, if: !isMine)>\
            \(say(.everybodys))</a></nav>
            <nav class="switch" aria-label="\(say(.calendarSpan))">\(spans)</nav>
            </div></div>
            """
    }

    private func title(_ span: Span, _ date: CivilDate, _ days: [CivilDate]) -> String {
        switch span {
        case .month: return say.month(of: date)
        case .day: return say.longDay(date).capitalizedFirst
        case .week:
            guard let first = days.first, let last = days.last else { return "" }
            let start = say.shortDay(first, besides: last)
            return "\(start) – \(say.shortDay(last, besides: visit.today))"
        }
    }

    /// The date one span earlier or later.
    private func moved(_ span: Span, _ date: CivilDate, _ step: Int) -> CivilDate {
        switch span {
        case .day: return date.advanced(byDays: step)
        case .week: return date.advanced(byDays: 7 * step)
        case .month:
            let first = date.advanced(byDays: 1 - date.components.day)
            let (year, month, _) = first.components
            let count = CivilDate.dayCount(ofMonth: month, year: year)
            return step > 0
                ? first.advanced(byDays: count)
                : first.advanced(byDays: -1).advanced(
                    byDays: 1 - first.advanced(byDays: -1).components.day
                )
        }
    }
}
