import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// What a token may do that does not stand for everything.
package enum LionDeskScope: String, CaseIterable {
    case read
    case write
}

/// One request, with its user and its time.
struct LionDeskCall {
    let method: HTTPRequest.Method
    private(set) var query: QueryString
    /// The user that the token acts as.
    let userID: Identifier<User>
    let locationID: LocationID
    /// The zone in which the user's wall-clock times are meant.
    let zone: Zone
    let now: Timestamp
    private let request: Request

    /// Reads the user, the method and the query of a request.
    ///
    /// - Throws: `FeathersError` where the token is not a user's, or its scopes do not allow the
    ///   method, or the query has too many parameters.
    init(request: Request, principal: Principal, zone: Zone, now: Timestamp) throws(FeathersError) {
        guard let userID = principal.userID else { throw .notAUsersToken }
        let isReading = request.method == .get || request.method == .head
        guard
            principal.allows(LionDeskScope.write.rawValue)
                || (isReading && principal.allows(LionDeskScope.read.rawValue))
        else {
            throw .insufficientScope
        }
        self.request = request
        self.userID = userID
        self.zone = zone
        self.now = now
        method = request.method
        locationID = principal.locationID
        do {
            query = try QueryString(parsing: request.uri.query ?? "")
        } catch {
            throw .tooManyParameters
        }
        // jQuery adds it so that no cache answers.
        _ = query.parameters.removeValue(for: "_")
    }

    var viewer: Viewer { .creator(userID) }

    var actor: Actor { Actor(locationID: locationID, userID: userID, through: .lionDesk) }

    /// The tags that the client has of what it asks for, or of what it means to change.
    func entityTags(_ name: HTTPField.Name) -> EntityTagList? {
        EntityTagList(name, of: request)
    }

    /// The members of the body, which is JSON or a form; none where there is no body.
    ///
    /// - Throws: `FeathersError` where the body is neither JSON nor a form, is not an object, or is
    ///   a form with too many parameters; `BodyTooLarge`.
    func body() async throws -> JSONObject {
        let bytes = try await request.bytes()
        if bytes.isEmpty { return [:] }
        let isForm =
            request.headers[.contentType]?.lowercased()
            .hasPrefix("application/x-www-form-urlencoded") ?? false
        if isForm { return try form(bytes).parameters }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw FeathersError.malformedBody(error)
        }
        if case .array = value, method == .post { throw FeathersError.multipleEntries(.create) }
        guard let members = value.object else { throw FeathersError.bodyIsNoObject }
        return members
    }

    private func form(_ bytes: [UInt8]) throws(FeathersError) -> QueryString {
        do {
            return try QueryString(parsing: bytes)
        } catch {
            throw .tooManyParameters
        }
    }
}
