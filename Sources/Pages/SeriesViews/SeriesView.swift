import JSON
import Recurrence
import Wording

/// One series: its rule, what comes of it, how it fares, and its policies.
struct SeriesView {
    let visit: Visit
    let id: String

    private var say: ReaderLocale { visit.say }
    private var path: String { "/series/\(id.percentEncoded)" }

    // MARK: Actions

    /// Pauses, resumes or ends the series, or changes its policies.
    func act(_ action: String) async throws -> Outcome {
        switch action {
        case "pause":
            var body: JSONObject = [:]
            if let day = visit.form.said("until").flatMap({ CivilDate(shown: $0) }) {
                body["until"] = .string(visit.start(of: day).shown)
            }
            return told(try await visit.api.post(path + "/pause", body), .pausedNow)
        case "resume": return told(try await visit.api.post(path + "/resume"), .resumedNow)
        case "end": return told(try await visit.api.post(path + "/end"), .endedNow)
        case "policies":
            let body = SeriesPolicyForm(visit: visit).members
            return told(try await visit.api.patch(path, body), .seriesSaved)
        default: return visit.nothingHere
        }
    }

    private func told(_ answer: Record, _ phrase: Phrase) -> Outcome {
        let effect = EffectSentence(answer).map { " " + $0.text(say) } ?? ""
        let number = answer.optionalNumber("changeNumber")
        return .seeOther(
            visit.returnPath,
            Notice(text: say(phrase) + effect, changeNumbers: number.map { [$0] } ?? [])
        )
    }

    // MARK: Showing

    func view() async throws -> Outcome {
        async let people = People(for: visit.api)
        async let occurrences = visit.api.get(path + "/occurrences?limit=12")
        async let adherence = visit.api.get(path + "/adherence")
        async let history = visit.api.get(path + "/history")
        async let calendars = visit.api.get("/calendars?limit=100")
        let record = try await visit.api.get(path).record("series")
        guard let record else { return visit.nothingHere }
        let series = ShownSeries(record, in: visit.zone)
        let names = try await people
        let explained = try await explanation(names)
        return .view(
            View(
                title: series.title,
                place: .series,
                content: """
                    <div class="wide two"><div>
                    \(head(series, names))
                    <section class="card"><h2>\(say(.upcoming))</h2>
                    \(coming(try await occurrences, series))</section>
                    \(SeriesPolicyForm(visit: visit).markup(
                        record,
                        path: path,
                        calendars: try await calendars.records("calendars")
                    ))
                    </div>
                    <aside class="aside">
                    <section class="card"><h2>\(say(.howItFares))</h2>
                    \(fares(record, try await adherence))</section>
                    <section class="card"><h2>\(say(.whyDay))</h2>\(explained)</section>
                    <section class="card"><h2>\(say(.history))</h2>\
                    \(HistoryList(visit: visit, people: names)
                        .markup(try await history.records("changes")))</section>
                    </aside></div>
                    """
            )
        )
    }

    private func head(_ series: ShownSeries, _ people: People) -> HTML {
        var who: [HTML] = []
        let rotation = series.record.record("assignment")?.texts("rotate") ?? []
        if !rotation.isEmpty {
            let names = rotation.compactMap { people.user($0)?.name }.joined(separator: ", ")
            who.append(#"<span class="chip">\#(names) (\#(say(.inTurn)))</span>"#)
        } else if let user = people.user(series.assigneeID) {
            who.append(#"<span class="chip">\#(user.name)</span>"#)
        }
        if let contact = people.contact(series.contactID) {
            who.append(
                #"<a class="chip" href="/contacts/\#(contact.id)">\#(contact.name)</a>"#
            )
        }
        return """
            <div class="head"><div><h1>\(series.title)</h1>
            <p class="summary"><span class="chip">\(Icon.again.markup)\
            \(series.words ?? say(.noRule))</span> \(state(series)) \(who)</p></div>
            \(actions(series))</div>
            """
    }

    private func state(_ series: ShownSeries) -> HTML {
        switch series.state {
        case .active: #"<span class="chip when">\#(say(.active))</span>"#
        case .paused: #"<span class="chip warm">\#(say(.paused))</span>"#
        case .ended: #"<span class="chip">\#(say(.ended))</span>"#
        case .setAside: #"<span class="chip late">\#(say(.setAside))</span>"#
        }
    }

    private func actions(_ series: ShownSeries) -> HTML {
        func form(_ name: String, _ content: HTML) -> HTML {
            """
            <form method="post" action="\(path)/\(name)" hx-post="\(path)/\(name)">\
            \(visit.formFields(back: path))\(content)</form>
            """
        }
        let resume = form(
            "resume",
            #"<button class="main">\#(Icon.play.markup)\#(say(.resume))</button>"#
        )
        let pause = form("pause", "<button>\(Icon.pause.markup)\(say(.pause))</button>")
        let end = form("end", #"<button class="plain danger">\#(say(.end))</button>"#)
        switch series.state {
        case .active: return #"<div class="row">\#(pause)\#(end)</div>"#
        case .paused: return #"<div class="row">\#(resume)\#(end)</div>"#
        case .ended, .setAside: return #"<div class="row">\#(resume)</div>"#
        }
    }

    private func coming(_ list: Record, _ series: ShownSeries) -> HTML {
        let items = list.records("occurrences").prefix(12).compactMap { occurrence -> HTML? in
            guard let at = occurrence.instant("at") ?? occurrence.instant("dueAt") else {
                return nil
            }
            let local = visit.zone.localDateTime(at: at)
            let slot = occurrence.text("slot")
            let tasks = occurrence.records("tasks")
            let id = tasks.first?.optional("id") ?? "\(series.id)@\(slot)"
            let day = say.day(local.date, besides: visit.today).capitalizedFirst
            let isPlanned = occurrence.flag("isComputed")
            let mark: HTML =
                isPlanned ? #" <span class="tag">\#(say(.planned))</span>"# : .none
            let time = series.isAllDay ? say(.allDay) : say.time(local)
            return """
                <li><a href="/tasks/\(id.percentEncoded)">\(day)</a> \
                <span class="muted">\(time)</span>\(mark)</li>
                """
        }
        if items.isEmpty || series.state == .ended {
            return "<p class=\"muted\">\(say(.comesNoMore))</p>"
        }
        return #"<ol class="dates long" aria-label="\#(say(.nextDates))">\#(items)</ol>"#
    }

    private func fares(_ record: Record, _ adherence: Record) -> HTML {
        let counts = adherence.record("adherence") ?? adherence
        let (done, open) = (counts.number("completed"), counts.number("open"))
        let skipped = counts.number("skipped")
        let total = done + open
        let share: HTML =
            total == 0 ? .none : #"<p class="big">\#(say(.share(100 * done / total)))</p>"#
        return """
            \(share)<p class="muted">\(say(.fared)): \(say(.done(done))), \
            \(say(.openCount(open))), \(say(.skippedCount(skipped)))</p>
            \(TallyBar(record).markup(say))
            """
    }

    /// A form that asks why there is a task on a day, or none, and the answer.
    private func explanation(_ people: People) async throws -> HTML {
        let day = visit.query.said("on").flatMap { CivilDate(shown: $0) }
        var answer: HTML = .none
        if let day {
            let why = try await visit.api.get("\(path)/why?on=\(day.shown)").record("why")
            let reasons = (why?.texts("reasons") ?? []).map { reason -> HTML in
                "<li>\(visit.told(reason, people))</li>"
            }
            let verdict = say(why?.flag("comes") ?? false ? .taskThatDay : .noTaskThatDay)
            answer = """
                <div role="status"><p><strong>\(say.longDay(day).capitalizedFirst):</strong> \
                \(verdict)</p><ul class="reasons" lang="en">\(reasons)</ul></div>
                """
        }
        return """
            <form class="row" method="get" action="\(path)">
            <label>\(say(.day)) <input type="date" name="on" required \
            value="\((day ?? visit.today).shown)"></label>
            <button>\(say(.explain))</button></form>\(answer)
            """
    }
}
