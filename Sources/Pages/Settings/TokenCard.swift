import JSON
import Recurrence
import Wording

/// Tokens by which programs act as somebody: made, shown once, listed and revoked.
struct TokenCard {
    /// What was sent and is shown again, or the token that is shown once.
    struct Shown {
        var sent: Form?
        var faults = FieldFaults.none
        var token: String?
    }

    let visit: Visit
    /// Where its forms are sent.
    let path: String
    /// Whom a token can be made for, with what stands for the whole office; none where it is the user.
    var holders: [(value: String, text: String)] = []
    /// Names the holder of a token; none where all are the user's.
    var holderName: ((Record) -> String)?

    private var say: ReaderLocale { visit.say }
    /// How many tokens that are not in force any more are shown.
    private static let pastLimit = 5

    /// Makes a token as the form says, which says for whom where no user is given.
    func issue(to userID: String?) async throws -> Shown {
        let form = visit.form
        var shown = Shown(sent: form)
        let scopes = form.all("scopes")
        if scopes.isEmpty {
            shown.faults.note("scopes", say(.chooseOne))
            return shown
        }
        let holder = userID ?? form.said("userId")
        var body: JSONObject = ["scopes": .array(scopes.map { .string($0) })]
        body["userId"] = holder.flatMap { $0 == "office" ? nil : .string($0) } ?? .null
        if let days = form.number("days"), (1...3650).contains(days) {
            let end = visit.start(of: visit.today.advanced(byDays: days))
            body["expiresAt"] = .string(end.shown)
        }
        do {
            let answer = try await visit.keyless.post("/tokens", body)
            return Shown(token: answer.text("token"))
        } catch let refusal as Refusal where refusal.status == 422 || refusal.status == 403 {
            shown.faults = FieldFaults(refusal)
            return shown
        }
    }

    /// The tokens, and the form of a new one, which can be given the scopes that the user has.
    func markup(_ tokens: [Record], scopes: [String], _ shown: Shown) -> HTML {
        let inForce = tokens.filter { isInForce($0) }
        let past = tokens.filter { !isInForce($0) }.suffix(Self.pastLimit)
        let lines = inForce.reversed().map { line($0, isInForce: true) }
        let pastLines = past.reversed().map { line($0, isInForce: false) }
        let list: HTML =
            lines.isEmpty && pastLines.isEmpty
            ? #"<p class="muted">\#(say(.noTokens))</p>"#
            : #"<ul class="lines">\#(lines + pastLines)</ul>"#
        let once: HTML =
            shown.token.map { token -> HTML in
                """
                <div class="once" role="status" data-keep>\
                <p><strong>\(say(.tokenOnce))</strong></p>
                <p><code class="secret">\(token)</code></p>
                <p class="hint"><code>curl -H "Authorization: Bearer …" \(visit.origin)/v1/me</code>\
                </p></div>
                """
            } ?? .none
        return "<p>\(say(.tokensExplained))</p>\(once)\(list)\(form(scopes, shown))"
    }

    private func form(_ scopes: [String], _ shown: Shown) -> HTML {
        let fields = FormFields(
            say: say,
            name: "token",
            faults: shown.faults,
            sent: shown.token == nil ? shown.sent : nil
        )
        let ends: [(value: String, text: String)] = [
            ("30", say(.days30)), ("90", say(.days90)), ("365", say(.oneYear)), ("", say(.never)),
        ]
        let holder: HTML =
            holders.isEmpty
            ? .none : fields.choice("userId", .tokenHolder, visit.userID, among: holders)
        let isOpen = !shown.faults.isEmpty
        return """
            <details class="fold"\(" open", if: isOpen)><summary>\(say(.newToken))</summary>
            <form method="post" action="\(path)" hx-post="\(path)">\
            \(visit.formFields)\
            \(fields.told(besides: ["scopes", "userId", "expiresAt", "days"]))
            <div class="fields">\(holder)\(fields.choice("days", .inForceFor, "90", among: ends))
            \(fields.boxes(
                "scopes",
                .mayDo,
                ["tasks.read", "tasks.write"],
                among: scopes.map { ($0, say(.scope($0))) }
            ))</div>
            <p class="row end"><button class="main">\(say(.makeToken))</button></p></form></details>
            """
    }

    private func isInForce(_ token: Record) -> Bool {
        if token.optional("revokedAt") != nil { return false }
        return token.instant("expiresAt").map { $0 > visit.now } ?? true
    }

    private func line(_ token: Record, isInForce: Bool) -> HTML {
        let scopes = token.texts("scopes").map { say(.scope($0)) }.joined(separator: ", ")
        let mayDo =
            token.members["scopes"] == .null
            ? say(.everything) : scopes.isEmpty ? say(.nothing) : scopes
        var facts = [mayDo]
        if let end = token.instant("expiresAt"), isInForce {
            facts.append(say(.endsOn(day(of: end))))
        }
        let used = token.optional("lastUsedOn").flatMap { CivilDate(shown: $0) }
        facts.append(
            used.map { "\(say(.lastUsed)) \(say.nearDay($0, from: visit.today))" }
                ?? say(.neverUsed)
        )
        let id = token.text("id")
        let end: HTML
        if isInForce {
            end = """
                <form method="post" action="\(path)/\(id)" hx-post="\(path)/\(id)">\
                \(visit.formFields)<button class="danger" \
                aria-label="\(say(.revokeToken(token.text("hint"))))">\(say(.revoke))</button></form>
                """
        } else {
            let word: Phrase = token.optional("revokedAt") == nil ? .expired : .revoked
            end = #"<span class="chip">\#(say(word))</span>"#
        }
        let holder: HTML = holderName.map { name in "<strong>\(name(token))</strong> " } ?? .none
        return """
            <li><div>\(holder)<code>\(token.text("hint"))</code> <span class="muted">\
            \(facts.joined(separator: " · "))</span></div>\(end)</li>
            """
    }

    private func day(of time: Timestamp) -> String {
        say.nearDay(visit.zone.localDateTime(at: time).date, from: visit.today)
    }
}
