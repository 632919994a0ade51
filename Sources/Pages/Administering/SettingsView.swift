import JSON
import Recurrence
import Tasks
import Wording

/// What is known of the user, and where the user is signed in.
struct SettingsView<Sessions: PageSessionStore> {
    let visit: Visit
    let sessions: Sessions

    private var say: ReaderLocale { visit.say }

    /// Ends a session.
    func end(_ id: String) async throws -> Outcome {
        _ = try await sessions.endSession(
            id,
            of: visit.visitor.session.userID,
            in: visit.visitor.session.locationID,
            at: visit.now
        )
        return .seeOther("/settings", Notice(text: say(.sessionEnded)))
    }

    func view() async throws -> View {
        let user = try await visit.api.get("/me").record("user") ?? Record([:])
        let open = try await sessions.sessions(
            of: visit.visitor.session.userID,
            in: visit.visitor.session.locationID,
            at: visit.now
        )
        let facts: [(Phrase, String)] = [
            (.name, user.text("name")), (.email, user.text("email")),
            (.role, say(Self.phrase(ofRole: user.text("role")))),
            (.zone, visit.principal.timeZone), (.locale, user.optional("locale") ?? "–"),
        ]
        let rows = facts.filter { !$0.1.isEmpty }.map { name, value -> HTML in
            "<div><dt>\(say(name))</dt><dd>\(value)</dd></div>"
        }
        return View(
            title: say(.settings),
            place: .settings,
            content: """
                <h1>\(say(.settings))</h1>
                <div class="stack">
                <section class="card"><h2>\(say(.you))</h2><dl class="facts">\(rows)</dl>
                <p class="muted">\(say(.setByAdmin))</p></section>
                <section class="card"><h2>\(say(.sessions))</h2>
                <ul class="lines">\(open.map { line($0) })</ul></section>
                <section class="card"><h2>\(say(.keys))</h2>
                <dl class="keylist">\(KeyHelp(say: say).rows)</dl></section>
                </div>
                """
        )
    }

    private func line(_ session: PageSession) -> HTML {
        let used = visit.zone.localDateTime(at: session.usedAt)
        let when = "\(say.nearDay(used.date, from: visit.today)), \(say.time(used))"
        let isThis = session.id == visit.visitor.session.id
        let path = "/settings/sessions/\(session.id)"
        let end: HTML =
            isThis
            ? #"<span class="chip when">\#(say(.thisBrowser))</span>"#
            : """
            <form method="post" action="\(path)" hx-post="\(path)">\(visit.formFields)\
            <button>\(say(.endSession))</button></form>
            """
        return """
            <li><div><strong>\(Self.name(ofBrowser: session.browser) ?? say(.unknownBrowser))\
            </strong> <span class="muted">\(say(.lastUsed)) \(when)</span></div>\(end)</li>
            """
    }

    static func phrase(ofRole role: String) -> Phrase {
        switch role {
        case "admin": .roleAdmin
        case "manager": .roleManager
        default: .roleAgent
        }
    }

    /// The browser and the system that a browser's own name has, as people call them.
    private static func name(ofBrowser text: String) -> String? {
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
