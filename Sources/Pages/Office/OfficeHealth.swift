import JSON
import Recurrence
import Wording

/// How the server is, in words.
struct OfficeHealth: OfficePage {
    let visit: Visit
    var area: OfficeArea { .health }

    func view() async throws -> View {
        let findings = try await HealthFindings(of: visit)
        let troubles = findings.troubles.map { trouble -> HTML in
            let detail: HTML =
                trouble.detail.isEmpty
                ? .none : #"<p class="muted" lang="en">\#(trouble.detail)</p>"#
            return "<li><div><strong>\(say(trouble.phrase))</strong>\(detail)</div></li>"
        }
        let told: HTML =
            findings.isWell
            ? #"<p class="well">\#(Icon.check.markup) \#(say(.allWellExplained))</p>"#
            : #"<ul class="lines troubles">\#(troubles)</ul>"#
        let series = findings.setAside.map { series -> HTML in
            """
            <li><div><a class="title" href="/series/\(series.text("id"))">\(series.text("title"))</a>\
            <p class="muted" lang="en">\(series.text("reason"))</p></div></li>
            """
        }
        let list: HTML =
            series.isEmpty
            ? #"<p class="muted">\#(say(.noneSetAside))</p>"#
            : #"<p>\#(say(.setAsideExplained))</p><ul class="lines">\#(series)</ul>"#
        let release = findings.zoneRelease
        let facts: HTML = """
            <dl class="facts"><div><dt>\(say(.zoneData))</dt><dd>\(release)</dd></div></dl>
            """
        return area.page(
            visit,
            """
            \(card(.serverState, told))\(card(.setAsideTitle, list))\
            \(release.isEmpty ? .none : card(.facts, facts))
            """
        )
    }
}

/// What is wrong with the server, or with what is in it.
struct HealthFindings: Sendable {
    struct Trouble: Sendable {
        let phrase: Phrase
        /// What the server itself says, in English.
        var detail = ""
    }

    private(set) var troubles: [Trouble] = []
    /// The series of the location that nobody can read.
    private(set) var setAside: [Record] = []
    private(set) var zoneRelease = ""

    var isWell: Bool { troubles.isEmpty }

    /// The most series that are looked at, 500 at a time.
    private static let pageLimit = 10

    init(of visit: Visit) async throws {
        let health = try await visit.site.health()
        var cursor = ""
        for _ in 0..<Self.pageLimit {
            let page = try await visit.api.get("/series?limit=500\(cursor)")
            setAside += page.records("series").filter { $0.text("state") == "setAside" }
            guard let next = page.optional("nextCursor") else { break }
            cursor = "&cursor=\(next.percentEncoded)"
        }
        read(health)
        let hooks = try await visit.api.get("/webhooks?limit=500").records("webhooks")
        for hook in hooks where hook.optional("reason") != nil {
            troubles.append(
                Trouble(
                    phrase: .webhookPaused(String(hook.text("url").prefix(100))),
                    detail: hook.text("reason")
                )
            )
        }
    }

    private mutating func read(_ health: Record) {
        let status = health.text("status")
        if !status.isEmpty, status != "ok" {
            troubles.append(Trouble(phrase: .storeTrouble, detail: status))
        }
        if !setAside.isEmpty {
            troubles.append(Trouble(phrase: .setAsideCount(setAside.count)))
        }
        for held in health.records("seriesHeld") {
            troubles.append(
                Trouble(phrase: .heldCount(held.number("count")), detail: held.text("reason"))
            )
        }
        if let clock = health.optional("clock") {
            troubles.append(Trouble(phrase: .clockTrouble, detail: clock))
        }
        let zones = health.record("zones")
        zoneRelease = zones?.text("release") ?? ""
        for warning in zones?.texts("warnings") ?? [] {
            troubles.append(Trouble(phrase: .oldZones, detail: warning))
        }
    }
}
