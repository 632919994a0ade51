import JSON
import Recurrence
import Wording

/// The calendars of days off, by which series go.
struct OfficeCalendars: OfficePage {
    let visit: Visit
    var area: OfficeArea { .daysOff }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    func act(_ parts: [String]) async throws -> Outcome {
        let id = parts.first ?? ""
        let path = "/calendars/\(id.percentEncoded)"
        let form = visit.form
        do {
            switch (parts.dropFirst().first, parts.count) {
            case (_, 0):
                let name = JSONValue.string(form.said("name") ?? "")
                let answer = try await visit.api.post("/calendars", ["name": name])
                return told(effectOf: answer, .adminAdded, at: area.path)
            case (nil, 1):
                let answer = try await visit.api.patch(
                    path,
                    [
                        "name": .string(form.said("name") ?? ""),
                        "weekend": .array(form.all("weekend").map { .string($0) }),
                    ]
                )
                return told(effectOf: answer, .adminSaved, at: area.path)
            case ("days", 2): return try await addDay(to: id, path)
            case ("days", 3):
                let days = try await days(at: path).filter { $0.text("date") != parts[2] }
                return try await set(days.map(\.members), at: path)
            case ("delete", 2):
                let answer = try await visit.api.delete(path)
                return told(effectOf: answer, .calendarRemoved, at: area.path)
            default: return visit.nothingHere
            }
        } catch let refusal as Refusal where refusal.status == 422 {
            return .view(try await view((id, FieldFaults(refusal))))
        }
    }

    private func days(at path: String) async throws -> [Record] {
        try await visit.api.get(path).record("calendar")?.records("days") ?? []
    }

    private func addDay(to id: String, _ path: String) async throws -> Outcome {
        guard let date = visit.form.said("date").flatMap({ CivilDate(shown: $0) }) else {
            var faults = FieldFaults()
            faults.note("date", say(.readNoDay))
            return .view(try await view((id, faults)))
        }
        var days = try await days(at: path).map(\.members)
        days.append([
            "date": .string(date.shown), "name": .string(visit.form.said("label") ?? ""),
        ])
        return try await set(days, at: path)
    }

    private func set(_ days: [JSONObject], at path: String) async throws -> Outcome {
        let answer = try await visit.api.patch(path, ["days": .array(days.map { .object($0) })])
        return told(effectOf: answer, .adminSaved, at: area.path)
    }

    // MARK: Showing

    func view(_ faulty: (id: String, faults: FieldFaults)? = nil) async throws -> View {
        let page = try await visit.api.get("/calendars?limit=50\(cursorQuery)")
        let cards = page.records("calendars").map { calendar -> HTML in
            let id = calendar.text("id")
            return card(calendar, faulty.flatMap { $0.id == id ? $0.faults : nil })
        }
        let isNew = faulty?.id.isEmpty ?? false
        let fields = FormFields(
            say: say,
            name: "new-calendar",
            faults: isNew ? faulty?.faults ?? .none : .none,
            sent: isNew ? visit.form : nil
        )
        return area.page(
            visit,
            """
            \(cards.isEmpty ? empty(.noCalendars) : HTML(cards))\(more(page, at: area.path))
            \(card(.newCalendar, form("", kind: "row bottom", """
                \(fields.text("name", .calendarName, isRequired: true))
                <button class="main">\(say(.add))</button>
                """)))
            """
        )
    }

    private func card(_ calendar: Record, _ faults: FieldFaults?) -> HTML {
        let id = calendar.text("id")
        let fields = FormFields(
            say: say,
            name: "calendar-\(id)",
            faults: faults ?? .none,
            sent: faults == nil ? nil : visit.form
        )
        let days = calendar.records("days")
        let coming = days.filter { $0.text("date") >= visit.today.shown }
        let past = days.filter { $0.text("date") < visit.today.shown }
        let lists: HTML = """
            \(dayList(coming, of: id))\(past.isEmpty ? .none : """
                <details class="fold"><summary>\(say(.pastDays(past.count)))</summary>\
                \(dayList(past.suffix(100), of: id))</details>
                """)
            """
        let weekend = say.weekdays.map { number in
            (value: Self.weekdays[number], text: say.weekday(number, short: false))
        }
        let settings = form(
            "/\(id)",
            kind: "edit",
            """
            <div class="fields">
            \(fields.text("name", .name, calendar.text("name"), isRequired: true, isWhole: true))
            \(fields.boxes("weekend", .weekend, Set(calendar.texts("weekend")), among: weekend))
            </div><p class="row end"><button>\(say(.save))</button></p>
            """
        )
        let isOpen = faults?.reason(of: "name") != nil || faults?.reason(of: "weekend") != nil
        return """
            <section class="card"><h2>\(calendar.text("name"))</h2>\(lists)
            \(form("/\(id)/days", kind: "row bottom", """
                \(fields.text("date", .day, type: "date", limit: 10, isRequired: true))
                \(fields.text("label", .holidayName, limit: 100))
                <button>\(say(.addDayOff))</button>
                """))
            <details class="fold"\(" open", if: isOpen)><summary>\(say(.nameAndWeekend))</summary>\
            \(settings)\(confirmed(.removeCalendar, .removeCalendarQuestion, at: "/\(id)/delete"))\
            </details></section>
            """
    }

    private func dayList(_ days: [Record], of id: String) -> HTML {
        if days.isEmpty { return #"<p class="muted">\#(say(.noDaysOff))</p>"# }
        let items = days.map { day -> HTML in
            let date = CivilDate(shown: day.text("date"))
            let shown = date.map { say.day($0, besides: visit.today) } ?? day.text("date")
            let name = "\(shown) \(day.text("name"))"
            let button: HTML = """
                <button class="plain" aria-label="\(say(.removeNamed(name)))">\
                \(Icon.close.markup)</button>
                """
            return """
                <li class="chip"><strong>\(shown)</strong> \(day.text("name"))\
                \(form("/\(id)/days/\(day.text("date"))", button))</li>
                """
        }
        return #"<ul class="chips">\#(items)</ul>"#
    }
}
