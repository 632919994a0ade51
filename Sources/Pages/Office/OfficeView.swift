import Recurrence
import Wording

/// The office: what administrators look after, at a glance, and the way to each part of it.
struct OfficeView {
    let visit: Visit

    private var say: ReaderLocale { visit.say }

    // MARK: Ways

    /// A view below `/admin`.
    func view(_ parts: [String]) async throws -> Outcome {
        guard let area = parts.first.flatMap({ OfficeArea(rawValue: $0) }) else {
            return parts.isEmpty ? .view(try await overview()) : visit.nothingHere
        }
        let rest = Array(parts.dropFirst())
        switch area {
        case .people: return try await OfficePeople(visit: visit).view(rest)
        case .teams: return .view(try await OfficeTeams(visit: visit).view())
        case .contacts: return try await OfficeContacts(visit: visit).view(rest)
        case .categories: return .view(try await OfficeCategories(visit: visit).view())
        case .daysOff: return .view(try await OfficeCalendars(visit: visit).view())
        case .tokens: return .view(try await OfficeTokens(visit: visit).view())
        case .webhooks: return try await OfficeWebhooks(visit: visit).view(rest)
        case .reminders: return .view(try await OfficeReminders(visit: visit).view())
        case .audit: return .view(try await OfficeAudit(visit: visit).view())
        case .health: return .view(try await OfficeHealth(visit: visit).view())
        }
    }

    /// Does what a form below `/admin` says.
    func act(_ parts: [String]) async throws -> Outcome {
        guard let area = parts.first.flatMap({ OfficeArea(rawValue: $0) }) else {
            return visit.nothingHere
        }
        let rest = Array(parts.dropFirst())
        switch area {
        case .people: return try await OfficePeople(visit: visit).act(rest)
        case .teams: return try await OfficeTeams(visit: visit).act(rest)
        case .contacts: return try await OfficeContacts(visit: visit).act(rest)
        case .categories: return try await OfficeCategories(visit: visit).act(rest)
        case .daysOff: return try await OfficeCalendars(visit: visit).act(rest)
        case .tokens: return try await OfficeTokens(visit: visit).act(rest)
        case .webhooks: return try await OfficeWebhooks(visit: visit).act(rest)
        case .reminders, .audit, .health: return visit.nothingHere
        }
    }

    // MARK: At a glance

    private func overview() async throws -> View {
        async let users = visit.api.get("/users?limit=500")
        async let teams = visit.api.get("/teams?limit=500")
        async let contacts = visit.api.get("/contacts?limit=500")
        async let categories = visit.api.get("/categories?limit=500")
        async let calendars = visit.api.get("/calendars?limit=500")
        async let tokens = visit.api.get("/tokens?limit=500")
        async let webhooks = visit.api.get("/webhooks")
        async let failed = visit.api.get("/reminders?state=failed&limit=1&from=\(weekAgo)")
        async let missed = visit.api.get("/reminders?state=missed&limit=1&from=\(weekAgo)")
        async let audit = visit.api.get("/audit?limit=1")
        async let findings = HealthFindings(of: visit)
        let inForce = try await tokens.records("tokens").filter { token in
            token.optional("revokedAt") == nil
                && token.instant("expiresAt").map { $0 > visit.now } ?? true
        }
        let hooks = try await webhooks.records("webhooks")
        let paused = hooks.filter { $0.text("state") == "paused" }.count
        let last = try await audit.records("entries").first?.instant("at")
        let found = try await findings
        let (lost, late) = try await (failed, missed)
        let areWell = lost.records("reminders").isEmpty && late.records("reminders").isEmpty
        let facts: [OfficeArea: (text: String, isWarning: Bool)] = [
            .people: (count(try await users, "users"), false),
            .teams: (count(try await teams, "teams"), false),
            .contacts: (count(try await contacts, "contacts"), false),
            .categories: (count(try await categories, "categories"), false),
            .daysOff: (count(try await calendars, "calendars"), false),
            .tokens: (say(.inForceCount(inForce.count)), false),
            .webhooks: (say(.webhookCount(hooks.count, paused: paused)), paused > 0),
            .reminders: (say(areWell ? .remindersWell : .remindersLost), !areWell),
            .audit: (
                last.map { time in
                    let local = visit.zone.localDateTime(at: time)
                    return say(.lastEntry(say.nearDay(local.date, from: visit.today)))
                } ?? say(.noAudit), false
            ),
            .health: (
                found.isWell ? say(.allWell) : say(.findingCount(found.troubles.count)),
                !found.isWell
            ),
        ]
        let tiles = OfficeArea.allCases.map { area -> HTML in
            let fact = facts[area] ?? ("", false)
            return """
                <li class="card"><h2><a href="\(area.path)">\(say(area.phrase))</a></h2>
                <p class="muted">\(say(area.purpose))</p>
                <p class="fact\(" warned", if: fact.isWarning)">\(fact.text)</p></li>
                """
        }
        return View(
            title: say(.admin),
            place: .admin,
            content: """
                <div class="head"><div><h1>\(say(.admin))</h1>
                <p class="summary">\(say(.adminSummary))</p></div></div>
                <ul class="tiles">\(tiles)</ul>
                """
        )
    }

    private var weekAgo: String { visit.start(of: visit.today.advanced(byDays: -7)).shown }

    /// How many records a list has, as far as it goes.
    private func count(_ list: Record, _ name: String) -> String {
        let number = list.records(name).count
        return say(list.optional("nextCursor") == nil ? .inOffice(number) : .moreThan(number))
    }
}
