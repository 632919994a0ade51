import JSON
import Recurrence
import Wording

/// The office: people, categories, days off, tokens and the audit; for those who administer it.
struct AdminView {
    let visit: Visit

    private var say: ReaderLocale { visit.say }

    // MARK: Actions

    /// Changes the directory as a form says.
    func act(_ parts: [String]) async throws -> Outcome {
        let form = visit.form
        let api = visit.api
        switch (parts.first, parts.count) {
        case ("people", 1):
            var body: JSONObject = ["name": .string(form.said("name") ?? "")]
            if let email = form.said("email") { body["email"] = .string(email) }
            body["role"] = .string(form.said("role") ?? "agent")
            try await api.post("/users", body)
            return told(.adminAdded)
        case ("people", 2):
            var body: JSONObject = [:]
            if let role = form.said("role") { body["role"] = .string(role) }
            if let locale = form.said("locale") { body["locale"] = .string(locale) }
            try await api.patch("/users/\(parts[1].percentEncoded)", body)
            return told(.adminSaved)
        case ("categories", 1):
            try await api.post("/categories", ["name": .string(form.said("name") ?? "")])
            return told(.adminAdded)
        case ("calendars", 1):
            try await api.post("/calendars", ["name": .string(form.said("name") ?? "")])
            return told(.adminAdded)
        case ("calendars", 2): return try await addDay(to: parts[1])
        case ("tokens", 2):
            try await api.delete("/tokens/\(parts[1].percentEncoded)")
            return told(.adminSaved)
        default: return visit.nothingHere
        }
    }

    private func told(_ phrase: Phrase, undoing number: Int64? = nil) -> Outcome {
        .seeOther("/admin", Notice(text: say(phrase), changeNumbers: number.map { [$0] } ?? []))
    }

    /// Adds a day off to those that a calendar has.
    private func addDay(to id: String) async throws -> Outcome {
        let path = "/calendars/\(id.percentEncoded)"
        let calendar = try await visit.api.get(path).record("calendar")
        var days = (calendar?.records("days") ?? []).map { JSONValue.object($0.members) }
        if let date = visit.form.said("date") {
            var day: JSONObject = ["date": .string(date)]
            if let name = visit.form.said("name") { day["name"] = .string(name) }
            days.append(.object(day))
        }
        let answer = try await visit.api.patch(path, ["days": .array(days)])
        let effect = EffectSentence(answer).map { " " + $0.text(say) } ?? ""
        return .seeOther("/admin", Notice(text: say(.adminSaved) + effect))
    }

    // MARK: Showing

    func view() async throws -> View {
        async let users = visit.api.get("/users?limit=200")
        async let people = People(for: visit.api)
        async let calendars = visit.api.get("/calendars?limit=100")
        async let tokens = visit.api.get("/tokens")
        async let audit = visit.api.get("/audit?limit=20")
        let names = try await people
        let sections: [HTML] = [
            peopleSection(try await users.records("users")),
            categorySection(names),
            calendarSection(try await calendars.records("calendars")),
            tokenSection(try await tokens.records("tokens"), names),
            auditSection(try await audit.records("entries"), names),
        ]
        return View(
            title: say(.admin),
            place: .admin,
            content: """
                <h1>\(say(.admin))</h1><div class="stack">\(sections)</div>
                """
        )
    }

    private func section(_ title: Phrase, _ content: HTML) -> HTML {
        #"<section class="card"><h2>\#(say(title))</h2>\#(content)</section>"#
    }

    private func form(_ path: String, _ content: HTML) -> HTML {
        """
        <form class="row" method="post" action="/admin/\(path)" hx-post="/admin/\(path)">\
        \(visit.formFields)\(content)</form>
        """
    }

    private func roles(_ chosen: String) -> HTML {
        let options = ["agent", "manager", "admin"].map { role -> HTML in
            let phrase: Phrase =
                role == "admin" ? .roleAdmin : role == "manager" ? .roleManager : .roleAgent
            return """
                <option value="\(role)"\(" selected", if: role == chosen)>\(say(phrase))</option>
                """
        }
        return #"<select name="role" aria-label="\#(say(.role))">\#(options)</select>"#
    }

    private func peopleSection(_ users: [Record]) -> HTML {
        let lines = users.map { user -> HTML in
            let save: HTML = #"\#(roles(user.text("role")))<button>\#(say(.save))</button>"#
            return """
                <li><div><strong>\(user.text("name"))</strong> \
                <span class="muted">\(user.text("email"))</span></div>\
                \(form("people/\(user.text("id"))", save))</li>
                """
        }
        let fields: HTML = """
            <input name="name" required aria-label="\(say(.name))" placeholder="\(say(.name))" \
            maxlength="200"><input name="email" type="email" aria-label="\(say(.email))" \
            placeholder="\(say(.email))" maxlength="200">\(roles("agent"))\
            <button>\(say(.addPerson))</button>
            """
        return section(
            .people,
            """
            <ul class="lines">\(lines)</ul>\(form("people", fields))
            <p class="muted">\(say(.signInCommand)) <code>perennial sign-in --user ID</code></p>
            """
        )
    }

    private func categorySection(_ people: People) -> HTML {
        let chips = people.categories.map { category -> HTML in
            #"<span class="chip">\#(category.name)</span>"#
        }
        let fields: HTML = """
            <input name="name" required aria-label="\(say(.category))" \
            placeholder="\(say(.category))" maxlength="100">\
            <button>\(say(.addCategory))</button>
            """
        return section(
            .categories,
            #"<p class="row">\#(chips)</p>\#(form("categories", fields))"#
        )
    }

    private func calendarSection(_ calendars: [Record]) -> HTML {
        let lists = calendars.map { calendar -> HTML in
            let days = calendar.records("days").suffix(30).map { day -> HTML in
                let date = CivilDate(shown: day.text("date"))
                let shown = date.map { say.day($0, besides: visit.today) } ?? day.text("date")
                return #"<span class="chip">\#(shown) \#(day.text("name"))</span>"#
            }
            let fields: HTML = """
                <input name="date" type="date" required aria-label="\(say(.day))">\
                <input name="name" aria-label="\(say(.name))" placeholder="\(say(.name))" \
                maxlength="100"><button>\(say(.addDayOff))</button>
                """
            return """
                <h3>\(calendar.text("name"))</h3><p class="row">\(days)</p>\
                \(form("calendars/\(calendar.text("id"))", fields))
                """
        }
        let fields: HTML = """
            <input name="name" required aria-label="\(say(.calendarName))" \
            placeholder="\(say(.calendarName))" maxlength="100">\
            <button>\(say(.newCalendar))</button>
            """
        let empty: HTML =
            calendars.isEmpty ? #"<p class="muted">\#(say(.noCalendars))</p>"# : .none
        return section(.daysOff, "\(empty)\(lists)\(form("calendars", fields))")
    }

    private func tokenSection(_ tokens: [Record], _ people: People) -> HTML {
        if tokens.isEmpty {
            return section(.accessTokens, #"<p class="muted">\#(say(.noTokens))</p>"#)
        }
        let lines = tokens.reversed().prefix(30).map { token -> HTML in
            let holder = people.user(token.optional("userId"))?.name ?? say(.wholeOffice)
            let scopes = token.texts("scopes").joined(separator: ", ")
            let used = token.optional("lastUsedOn").map { " · \(say(.lastUsed)) \($0)" } ?? ""
            let isRevoked = token.optional("revokedAt") != nil
            let end: HTML =
                isRevoked
                ? #"<span class="chip">\#(say(.revoked))</span>"#
                : form(
                    "tokens/\(token.text("id"))",
                    #"<button class="danger">\#(say(.revoke))</button>"#
                )
            return """
                <li><div><code>\(token.text("hint"))</code> \(holder) <span class="muted">\
                \(scopes.isEmpty ? say(.everything) : scopes)\(used)</span></div>\(end)</li>
                """
        }
        return section(.accessTokens, #"<ul class="lines">\#(Array(lines))</ul>"#)
    }

    private func auditSection(_ entries: [Record], _ people: People) -> HTML {
        if entries.isEmpty { return section(.audit, "<p class=\"muted\">\(say(.noAudit))</p>") }
        let lines = entries.map { entry -> HTML in
            let time = entry.instant("at").map { visit.zone.localDateTime(at: $0) }
            let when =
                time.map { "\(say.nearDay($0.date, from: visit.today)), \(say.time($0))" } ?? ""
            let who = people.user(entry.optional("actorId"))?.name ?? entry.text("door")
            return """
                <li><div><strong>\(who)</strong> <span lang="en">\(entry.text("action")) \(entry.text("subject"))</span> \
                <span class="muted">\(when)</span></div></li>
                """
        }
        return section(.audit, #"<ul class="lines">\#(lines)</ul>"#)
    }
}
