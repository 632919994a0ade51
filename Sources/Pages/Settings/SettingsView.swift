import JSON
import Recurrence
import Tasks
import Wording

/// What a user says of themselves: name, clocks and language, reminders, and who may read as them.
struct SettingsView<Sessions: PageStore> {
    let visit: Visit
    let sessions: Sessions

    /// What was sent and is shown again because something is wrong with it, or what is shown once.
    private struct Shown {
        var profile: (sent: Form, faults: FieldFaults)?
        var reminders: (sent: Form, faults: FieldFaults)?
        var tokens = TokenCard.Shown()
        /// The secret address of the user's calendar.
        var address: SessionText?
    }

    private var say: ReaderLocale { visit.say }
    private var userID: Identifier<User> { visit.visitor.session.userID }
    private var locationID: LocationID { visit.visitor.session.locationID }

    // MARK: Actions

    /// Does what a form below `/settings` says.
    func act(_ parts: [String]) async throws -> Outcome {
        switch (parts.first, parts.count) {
        case ("you", 1): return try await saveProfile()
        case ("reminders", 1): return try await saveReminders()
        case ("reminders", 2) where parts[1] == "test":
            return try await ReminderCard(visit: visit).test()
        case ("sessions", 2): return try await end(parts[1])
        case ("tokens", 1): return try await issueToken()
        case ("tokens", 2):
            try await visit.api.delete("/tokens/\(parts[1].percentEncoded)")
            return told(.tokenRevoked)
        case ("calendar", 1): return try await makeAddress()
        case ("calendar", 2) where parts[1] == "remove":
            _ = try await sessions.removeCalendarAddress(of: userID, in: locationID)
            return told(.addressRemoved)
        default: return visit.nothingHere
        }
    }

    private func told(_ phrase: Phrase) -> Outcome {
        .seeOther("/settings", Notice(text: say(phrase)))
    }

    private func end(_ id: String) async throws -> Outcome {
        _ = try await sessions.endSession(id, of: userID, in: locationID, at: visit.now)
        return told(.sessionEnded)
    }

    private func saveProfile() async throws -> Outcome {
        let form = visit.form
        let body: JSONObject = [
            "name": .string(form.said("name") ?? ""),
            "timeZone": form.said("timeZone").map { .string($0) } ?? .null,
            "locale": form.said("locale").map { .string($0) } ?? .null,
        ]
        do {
            try await visit.api.patch("/users/\(visit.userID)", body)
            return told(.adminSaved)
        } catch let refusal as Refusal where refusal.status == 422 {
            var shown = Shown()
            shown.profile = (form, FieldFaults(refusal))
            return .view(try await view(shown))
        }
    }

    private func saveReminders() async throws -> Outcome {
        do {
            try await ReminderCard(visit: visit).save()
            return told(.adminSaved)
        } catch let refusal as Refusal where refusal.status == 422 {
            var shown = Shown()
            shown.reminders = (visit.form, FieldFaults(refusal))
            return .view(try await view(shown))
        }
    }

    private func issueToken() async throws -> Outcome {
        var shown = Shown()
        shown.tokens = try await TokenCard(visit: visit, path: "/settings/tokens").issue(
            to: visit.userID
        )
        return .view(try await view(shown))
    }

    private func makeAddress() async throws -> Outcome {
        let text = SessionText(in: locationID, randomBytes: visit.site.randomBytes(20))
        try await sessions.setCalendarAddress(
            SessionDigest(text),
            of: userID,
            in: locationID,
            at: visit.now
        )
        var shown = Shown()
        shown.address = text
        return .view(try await view(shown))
    }

    // MARK: Showing

    func view() async throws -> View { try await view(Shown()) }

    private func view(_ shown: Shown) async throws -> View {
        async let me = visit.api.get("/me")
        async let tokens = visit.api.get("/tokens?limit=500")
        async let open = sessions.sessions(of: userID, in: locationID, at: visit.now)
        async let address = sessions.calendarAddress(of: userID, in: locationID)
        let (facts, own) = try await (me, tokens)
        let card = TokenCard(visit: visit, path: "/settings/tokens")
        let user = facts.record("user") ?? Record([:])
        let sections: [(id: String, title: Phrase, content: HTML)] = [
            ("you", .you, profile(user, shown)),
            (
                "reminders", .reminders,
                ReminderCard(visit: visit).markup(user, shown.reminders)
            ),
            ("calendar", .calendarAddress, calendarCard(try await address, shown.address)),
            (
                "tokens", .ownTokens,
                card.markup(
                    own.records("tokens").filter { $0.optional("userId") == visit.userID },
                    scopes: facts.texts("scopes"),
                    shown.tokens
                )
            ),
            ("sessions", .sessions, #"<ul class="lines">\#(try await open.map { line($0) })</ul>"#),
            ("keys", .keys, #"<dl class="keylist">\#(KeyHelp(say: say).rows)</dl>"#),
        ]
        let links = sections.map { section -> HTML in
            ##"<a href="#\##(section.id)">\##(say(section.title))</a>"##
        }
        let cards = sections.map { section -> HTML in
            """
            <section class="card" id="\(section.id)" aria-labelledby="\(section.id)-title">\
            <h2 id="\(section.id)-title">\(say(section.title))</h2>\(section.content)</section>
            """
        }
        return View(
            title: say(.settings),
            place: .settings,
            content: """
                <div class="head"><h1>\(say(.settings))</h1>
                <nav class="jumps" aria-label="\(say(.sections))">\(links)</nav></div>
                <div class="stack">\(cards)</div>
                """
        )
    }

    private func profile(_ user: Record, _ shown: Shown) -> HTML {
        var fields = FormFields(say: say, name: "you")
        if let profile = shown.profile { (fields.sent, fields.faults) = profile }
        let now = visit.localNow
        let clock = "\(say.weekday(now.date, short: false)), \(say.time(now))"
        let zone = fields.field("timeZone", .zone, hint: "\(say(.clockShows(clock)))") {
            attributes in
            """
            <input\(attributes) list="zones" autocomplete="off" maxlength="100" spellcheck="false" \
            value="\(fields.value("timeZone", or: visit.principal.timeZone))">
            """
        }
        let locale = fields.choice(
            "locale",
            .locale,
            user.optional("locale") ?? "",
            among: [("", say(.asBrowser))] + LocaleChoices.locales
        )
        let facts: [(Phrase, String)] = [
            (.email, user.text("email")), (.role, say(.role(user.text("role")))),
        ]
        let rows = facts.filter { !$0.1.isEmpty }.map { name, value -> HTML in
            "<div><dt>\(say(name))</dt><dd>\(value)</dd></div>"
        }
        return """
            <form method="post" action="/settings/you" hx-post="/settings/you">\
            \(visit.formFields(back: "/settings"))\
            \(fields.told(besides: ["name", "timeZone", "locale"]))
            <div class="fields">
            \(fields.text("name", .name, user.text("name"), isRequired: true))
            \(locale)\(zone)
            </div>\(LocaleChoices.zoneList(visit.site.zoneNames(), id: "zones"))
            <p class="row end"><button class="main">\(say(.save))</button></p></form>
            <dl class="facts">\(rows)</dl><p class="muted">\(say(.setByAdmin))</p>
            """
    }

    private func calendarCard(_ address: CalendarAddress?, _ text: SessionText?) -> HTML {
        let path = "/settings/calendar"
        func button(_ phrase: Phrase, at path: String, isMain: Bool = false) -> HTML {
            """
            <form method="post" action="\(path)" hx-post="\(path)">\
            \(visit.formFields(back: "/settings"))\
            <button\(#" class="main""#, if: isMain)>\(say(phrase))</button></form>
            """
        }
        guard let address else {
            return """
                <p>\(say(.addressExplained))</p>
                <p class="muted">\(say(.noAddress))</p>\(button(.makeAddress, at: path, isMain: true))
                """
        }
        let made = day(address.createdAt)
        let used = address.usedAt.map { say(.addressUsed(day($0))) } ?? say(.addressUnused)
        var told: HTML = "<p>\(say(.addressExplained))</p>"
        if let text {
            let whole = "\(visit.origin)/calendar/\(text.text).ics"
            told = """
                <div class="once" role="status" data-keep>
                <p><strong>\(say(.addressOnce))</strong></p>
                <p><code class="secret">\(whole)</code></p>
                <p class="hint">\(say(.addressAsTodo)) <code>?as=todo</code></p></div>
                """
        }
        return """
            \(told)<p class="muted">\(say(.addressMade(made))) \(used)</p>
            <div class="row">\(button(.replaceAddress, at: path))\
            \(button(.removeAddress, at: path + "/remove"))</div>
            """
    }

    private func day(_ time: Timestamp) -> String {
        let local = visit.zone.localDateTime(at: time)
        return "\(say.nearDay(local.date, from: visit.today)), \(say.time(local))"
    }

    private func line(_ session: PageSession) -> HTML {
        let isThis = session.id == visit.visitor.session.id
        let path = "/settings/sessions/\(session.id)"
        let end: HTML =
            isThis
            ? #"<span class="chip when">\#(say(.thisBrowser))</span>"#
            : """
            <form method="post" action="\(path)" hx-post="\(path)">\(visit.formFields)\
            <button>\(say(.endSession))</button></form>
            """
        let name = BrowserName.name(of: session.browser) ?? say(.unknownBrowser)
        return """
            <li><div><strong>\(name)\
            </strong> <span class="muted">\(say(.lastUsed)) \(day(session.usedAt))</span></div>\
            \(end)</li>
            """
    }
}

/// The names of browsers and systems.
private enum BrowserName {
    /// The browser and the system that a browser's own name has, as people call them.
    static func name(of text: String) -> String? {
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
            ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
        ]
        let browser = browsers.first { text.contains($0.0) }?.1
        let system = systems.first { text.contains($0.0) }?.1
        let parts = [browser, system].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
