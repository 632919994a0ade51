import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// One request of a principal, with its time.
struct APICall {
    /// GET for HEAD.
    let method: HTTPRequest.Method
    let principal: Principal
    /// The zone of the principal's clocks.
    let zone: Zone
    let now: Timestamp
    let traceID: TraceID
    private let request: Request

    /// The most bytes of a body; the longest texts fit, with every character escaped.
    static let bodyLimit = 1 << 20

    init(
        request: Request,
        method: HTTPRequest.Method,
        principal: Principal,
        zone: Zone,
        now: Timestamp,
        traceID: TraceID
    ) {
        self.request = request
        self.method = method
        self.principal = principal
        self.zone = zone
        self.now = now
        self.traceID = traceID
    }

    /// The language that the caller reads and writes: English where it is not known or not spoken here.
    var language: Language {
        principal.locale.flatMap { Language(locale: $0) } ?? .standard
    }

    var locationID: LocationID { principal.locationID }

    var actor: Actor {
        Actor(
            locationID: principal.locationID,
            userID: principal.userID,
            overseesLocation: principal.role >= .manager,
            through: .api
        )
    }

    /// A location's token sees all of it, and so do those who oversee it.
    var viewer: Viewer { actor.boundingUserID.map { .colleague($0) } ?? .wholeLocation }

    /// Reads the parameters of the query.
    func parameters() throws(Problem) -> ParameterReader {
        do {
            return ParameterReader(try QueryString(parsing: request.uri.query ?? ""))
        } catch {
            throw Problem(
                .invalidQuery,
                "More than \(QueryString.parameterLimit) parameters are not read."
            )
        }
    }

    /// Refuses any parameter.
    func expectNoParameters() throws(Problem) {
        var reader = try parameters()
        try reader.finish()
    }

    /// The members of the body; none where there is no body.
    ///
    /// - Throws: The refusal of a body that is no JSON, or no object; `BodyTooLarge`.
    func body() async throws -> JSONObject {
        let bytes = try await request.bytes(upTo: Self.bodyLimit)
        if bytes.isEmpty { return [:] }
        try checkContentType()
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw Problem(.unreadableRequest, "\(error).")
        }
        guard let members = value.object else {
            throw Problem(.unreadableRequest, "The body is no JSON object.")
        }
        return members
    }

    /// The bytes of a document, which is larger than other bodies.
    ///
    /// - Throws: `BodyTooLarge`.
    func document(upTo limit: Int) async throws -> [UInt8] {
        let bytes = try await request.bytes(upTo: limit)
        try checkContentType()
        return bytes
    }

    /// Refuses a request that wants its answer kept and given again, because nobody may keep it.
    func expectNoKey() throws(Problem) {
        // Also where the key is that of a batch with this request in it.
        if KeyedRequest.current == nil { return }
        throw Problem(
            .unreadableRequest,
            "What is secret is shown once and never kept, so the request cannot have an Idempotency-Key."
        )
    }

    /// Who administers by this request.
    var author: AuditAuthor {
        AuditAuthor(door: .api, userID: principal.userID, tokenID: principal.tokenID)
    }

    /// Refuses a body that says that it is not JSON; a patch may say that it is a merge patch (RFC
    /// 7396).
    private func checkContentType() throws(Problem) {
        guard let field = request.headers[.contentType] else { return }
        let name = field.prefix { $0 != ";" && $0 != " " }.lowercased()
        if name == "application/json" { return }
        if name == "application/merge-patch+json", method == .patch { return }
        throw Problem(.unsupportedMediaType, "The body is `\(name.prefix(100))`, not JSON.")
    }

    /// A field of the request's header.
    func header(_ name: HTTPField.Name) -> String? { request.headers[name] }

    /// The tags that the client has of what it asks for, or of what it means to change.
    func entityTags(_ name: HTTPField.Name) -> EntityTagList? {
        EntityTagList(name, of: request)
    }
}
