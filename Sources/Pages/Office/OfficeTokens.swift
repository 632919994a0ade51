import JSON
import Wording

/// The tokens of everybody and of the office itself.
struct OfficeTokens: OfficePage {
    let visit: Visit
    var area: OfficeArea { .tokens }

    func act(_ parts: [String]) async throws -> Outcome {
        switch parts.count {
        case 0: return .view(try await view(issuing: true))
        case 1:
            try await visit.api.delete("/tokens/\(parts[0].percentEncoded)")
            return told(.tokenRevoked)
        default: return visit.nothingHere
        }
    }

    func view(issuing: Bool = false) async throws -> View {
        async let people = People(for: visit.api)
        async let me = visit.api.get("/me")
        let names = try await people
        let holders = names.users.map { (value: $0.id, text: $0.name) }
        let card = TokenCard(
            visit: visit,
            path: area.path,
            holders: holders + [("office", say(.wholeOffice).capitalizedFirst)]
        ) { [say] token in
            names.user(token.optional("userId"))?.name ?? say(.wholeOffice).capitalizedFirst
        }
        let shown = issuing ? try await card.issue(to: nil) : TokenCard.Shown()
        let tokens = try await visit.api.get("/tokens?limit=500\(cursorQuery)")
        let scopes = try await me.texts("scopes")
        return area.page(
            visit,
            self.card(
                nil,
                """
                \(card.markup(tokens.records("tokens"), scopes: scopes, shown))\
                \(more(tokens, at: area.path))
                """
            )
        )
    }
}
