import Recurrence
import Wording

/// Days as a table, with their tasks.
struct CalendarGrid {
    let visit: Visit
    let people: People
    let days: [CivilDate]
    let tasks: [CivilDate: [ShownTask]]
    /// The month whose days stand out; none where all are alike.
    let monthNumber: Int?

    private var say: ReaderLocale { visit.say }
    private static let shownCount = 4

    // MARK: Months

    /// A row for each week.
    var month: HTML {
        let heads = say.weekdays.map { day -> HTML in
            """
            <th scope="col"><abbr title="\(say.weekday(day, short: false))">\
            \(say.weekday(day, short: true))</abbr></th>
            """
        }
        let weeks = stride(from: 0, to: days.count, by: 7).map { start -> HTML in
            let cells = days[start..<min(start + 7, days.count)].map { cell($0) }
            return "<tr>\(cells)</tr>"
        }
        return """
            <table class="month"><thead><tr>\(heads)</tr></thead><tbody>\(weeks)</tbody></table>
            """
    }

    private func cell(_ day: CivilDate) -> HTML {
        let all = tasks[day] ?? []
        let shown = all.count > Self.shownCount ? all.prefix(Self.shownCount - 1) : all[...]
        let name = say.longDay(day)
        let isToday = day == visit.today
        let isOther = day.components.month != monthNumber
        let more: HTML =
            all.count > shown.count
            ? """
            <li><a class="rest" href="/calendar?view=day&amp;date=\(day.shown)\(whose)">\
            +\(all.count - shown.count)<span class="wordy"> \(say(.moreOfThem))</span></a></li>
            """
            : .none
        return """
            <td class="daycell\(" today", if: isToday)\(" other", if: isOther)" \
            data-drop="date=\(day.shown)">
            <div class="dayhead"><a href="/calendar?view=day&amp;date=\(day.shown)\(whose)" \
            aria-label="\(name)"\(#" aria-current="date""#, if: isToday)>\(day.components.day)</a>\
            \(load(all.count))<a class="plus" href="/add?on=\(day.shown)&amp;back=\(back)" \
            aria-label="\(say(.addOn(name)))">\(Icon.plus.markup)</a></div>
            <ul>\(shown.map { entry($0, saysShortly: true) })\(more)</ul></td>
            """
    }

    private var whose: String { visit.query["who"] == "all" ? "&who=all" : "" }
    private var back: String { visit.ownPath.percentEncoded }

    /// How full a day is.
    private func load(_ count: Int) -> HTML {
        if count == 0 { return .none }
        let width = min(count, 12) * 100 / 12
        return """
            <svg class="load" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" \
            aria-label="\(say(.tasks(count)))"><rect class="all" width="100" height="4"/>\
            <rect width="\(width)" height="4"/></svg>
            """
    }

    private func entry(_ task: ShownTask, saysShortly: Bool = false) -> HTML {
        let said = saysShortly ? say.shortTime(task.due) : say.time(task.due)
        let time = task.isAllDay ? "" : said
        let who = people.user(task.assigneeID)
        let initials: HTML =
            who.map { user -> HTML in
                user.id == visit.userID
                    ? .none : #"<span class="initials">\#(user.initials)</span>"#
            } ?? .none
        let isLate = task.isOverdue(at: visit)
        return """
            <li><a class="entry \(task.state.rawValue)\(" planned", if: task.isComputed)\
            \(" late", if: isLate)" href="\(task.path)/sheet?back=\(back)" data-sheet \
            draggable="true" data-id="\(task.id)"><span class="hour">\(time)</span> \
            \(task.title)\(initials)</a></li>
            """
    }

    // MARK: Weeks and days

    /// A column for each day, and a row for each hour that has something, or that people work in.
    var hours: HTML {
        let all = days.flatMap { tasks[$0] ?? [] }
        let used = all.filter { !$0.isAllDay }.map(\.due.time.hour)
        let first = min(used.min() ?? 8, 8)
        let last = max(used.max() ?? 18, 18)
        let heads = days.map { day -> HTML in
            let isToday = day == visit.today
            return """
                <th scope="col"\(#" class="today""#, if: isToday)>\
                <a href="/calendar?view=day&amp;date=\(day.shown)\(whose)">\
                \(say.day(day, besides: visit.today).capitalizedFirst)</a></th>
                """
        }
        let whole = days.map { day -> HTML in
            slot(day, nil, (tasks[day] ?? []).filter(\.isAllDay))
        }
        let rows = (first...last).map { hour -> HTML in
            let cells = days.map { day -> HTML in
                let due = (tasks[day] ?? []).filter { !$0.isAllDay && $0.due.time.hour == hour }
                return slot(day, hour, due)
            }
            return #"<tr><th scope="row">\#(say.hour(hour))</th>\#(cells)</tr>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(say(.calendar))">
            <table class="hours\(" single", if: days.count == 1)"><thead><tr>\
            <th scope="col"><span class="sr">\(say(.hours))</span></th>\(heads)</tr></thead><tbody>
            <tr class="whole"><th scope="row">\(say(.allDay))</th>\(whole)</tr>\(rows)\
            </tbody></table></div>
            """
    }

    private func slot(_ day: CivilDate, _ hour: Int?, _ due: [ShownTask]) -> HTML {
        let at = hour.map { "&at=\($0)" } ?? ""
        let name = "\(say.longDay(day))\(hour.map { ", \(say.hour($0))" } ?? "")"
        let isNow = day == visit.today && hour == visit.localNow.time.hour
        return """
            <td data-drop="date=\(day.shown)\(at)"\(#" class="current""#, if: isNow)>\
            <ul>\(due.map { entry($0) })</ul>\
            <a class="plus" href="/add?on=\(day.shown)\(at)&amp;back=\(back)" \
            aria-label="\(say(.addOn(name)))">\(Icon.plus.markup)</a></td>
            """
    }
}
