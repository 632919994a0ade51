import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

/// `/directory`: the location's directory as one document.
struct DirectoryDocuments<Store: AdministrationStore & DirectoryStore>: Sendable {
    let store: Store
    let format: any DirectoryFormat

    /// The most bytes of a document; the command takes longer ones.
    private static var byteLimit: Int { 8 << 20 }

    /// Takes over a document, of which only the caller's location is changed.
    func importDocument(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        let bytes = try await call.document(upTo: Self.byteLimit)
        let outcome: DirectoryOutcome
        do {
            let update = try format.update(reading: bytes)
            try check(update, call)
            let principal = call.principal
            let terms = DirectoryTerms(
                author: call.author,
                in: call.locationID,
                isTrial: isTrial
            ) { record in
                guard case .token(let token) = record, !principal.covers(token.scopes) else {
                    return
                }
                throw Problem(.insufficientScope, "A token may do more than yours.")
            }
            outcome = try await store.apply(update, under: terms, at: call.now)
        } catch let error as DirectoryDocumentError {
            throw Problem(error)
        } catch let refusal as DirectoryRefusal {
            throw Problem(format.error(for: refusal))
        }
        return response(outcome)
    }

    /// Answers with a document that makes the same directory again, but for tokens.
    func export(_ call: APICall) async throws -> Response {
        try call.expectNoParameters()
        let contents = try await store.contents(of: call.locationID)
        var response = Response.json(format.document(of: contents))
        response.headers[.contentDisposition] = #"attachment; filename="directory.json""#
        return response
    }

    /// Refuses what the caller may not do by any other call, either.
    private func check(_ update: DirectoryUpdate, _ call: APICall) throws {
        let principal = call.principal
        if !update.locations.isEmpty, !APIScope.writeSettings.isGranted(to: principal) {
            throw Problem(.insufficientScope, "`locations` needs the scope `settings.write`.")
        }
        if !update.tokens.isEmpty, !APIScope.writeTokens.isGranted(to: principal) {
            throw Problem(.insufficientScope, "`tokens` needs the scope `tokens.write`.")
        }
        if let position = update.locations.firstIndex(where: { $0.isDeleted == true }) {
            throw DirectoryDocumentError(
                path: "$.locations[\(position)].deleted",
                reason: "is for the operator's command alone"
            )
        }
        for (position, token) in update.tokens.enumerated() {
            let scopes: Set<String>? =
                switch token.scopes {
                case .set(let scopes): scopes
                case .keep, .clear: nil
                }
            if !principal.covers(scopes) {
                throw DirectoryDocumentError(
                    path: "$.tokens[\(position)].scopes",
                    reason: "allow more than your own token"
                )
            }
        }
        for (position, user) in update.users.enumerated()
        where user.id != nil && user.id == principal.userID {
            if user.isDeleted == true || user.role.map({ $0 < .admin }) ?? false {
                throw DirectoryDocumentError(
                    path: "$.users[\(position)]",
                    reason: "takes away your own role, which somebody else has to do"
                )
            }
        }
    }

    private func response(_ outcome: DirectoryOutcome) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("effect")
        json.beginObject()
        for kind in DirectoryKind.allCases {
            json.name(kind.listName)
            json.beginObject()
            json.write("created", count: outcome[kind].created)
            json.write("updated", count: outcome[kind].updated)
            json.write("unchanged", count: outcome[kind].unchanged)
            json.write("deleted", count: outcome[kind].deleted)
            json.endObject()
        }
        json.endObject()
        json.name("given")
        json.beginArray()
        for name in outcome.given {
            json.beginObject()
            json.write("pointer", "/\(name.kind.listName)/\(name.position)")
            json.write("id", String(name.number))
            json.write("publicId", name.publicID)
            json.endObject()
        }
        json.endArray()
        json.name("auditNumber")
        if let number = outcome.auditNumber { json.write(number) } else { json.writeNull() }
        json.endObject()
        return .json(json.bytes)
    }
}

extension DirectoryKind {
    /// What a list of such records is called.
    fileprivate var listName: String {
        switch self {
        case .location: "locations"
        case .user: "users"
        case .team: "teams"
        case .contact: "contacts"
        case .category: "categories"
        case .token: "tokens"
        }
    }
}

extension Problem {
    /// The refusal of a document, whose JSON path becomes a JSON pointer.
    init(_ error: DirectoryDocumentError) {
        var pointer = ""
        for part in error.path.dropFirst().split(whereSeparator: { ".[".contains($0) }) {
            let name = part.last == "]" ? part.dropLast() : part
            let plain = name.replacing("\"", with: "")
            pointer += "/" + plain.replacing("~", with: "~0").replacing("/", with: "~1")
        }
        self.init(.invalidBody, faults: [Fault(.pointer(pointer), error.reason)])
    }
}
