import HTTPServing
import Hummingbird
import JSON
import Tasks

/// `/teams` to be read: those that the caller is in, or all of them.
struct TeamRecords<Store: AdministrationStore>: Sendable {
    let store: Store

    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("teams")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        let after = place.flatMap { (1...Identifier<Team>.largest).contains($0[0]) ? $0[0] : nil }
        let teams = try await store.teams(
            after: after.map { Identifier($0) },
            limit: limit + 1,
            seenBy: call.actor
        )
        let page = teams.prefix(limit)
        let next = teams.count > limit ? page.last : nil
        return call.response(
            "teams",
            page,
            next: next.map { Cursor(query: fingerprint, place: [$0.id.rawValue]) }
        )
    }

    func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        guard let id = Identifier<Team>(digits: text),
            let team = try await store.team(id, seenBy: call.actor)
        else { throw Problem.noRecord }
        return call.response("team", team)
    }
}
