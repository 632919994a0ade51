import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// One request with a location's token, and its time.
struct HighLevelCall {
    let locationID: LocationID
    /// The zone of the location's clocks.
    let zone: Zone
    let now: Timestamp
    let traceID: TraceID
    private let request: Request

    /// The most bytes of a body; the longest description fits, with every character escaped.
    static let bodyLimit = 1 << 20

    init(request: Request, locationID: LocationID, zone: Zone, now: Timestamp, traceID: TraceID) {
        self.request = request
        self.locationID = locationID
        self.zone = zone
        self.now = now
        self.traceID = traceID
    }

    /// A location's token names no user.
    var actor: Actor { Actor(locationID: locationID, userID: nil, through: .highLevel) }

    /// The tags that the client has of what it asks for, or of what it means to change.
    func entityTags(_ name: HTTPField.Name) -> EntityTagList? {
        EntityTagList(name, of: request)
    }

    /// The terms of a write: the task is as the client has it.
    var terms: WriteTerms {
        let tags = entityTags(.ifMatch)
        return WriteTerms { entry in
            if let tags, !tags.contains(EntityTag(of: entry)) {
                throw HighLevelError.changedMeanwhile
            }
        }
    }

    /// Refuses a series that is not as the client has it.
    var seriesCheck: @Sendable (SeriesEntry) throws -> Void {
        let tags = entityTags(.ifMatch)
        return { entry in
            if let tags, !tags.contains(EntityTag(of: entry)) {
                throw HighLevelError.changedMeanwhile
            }
        }
    }

    /// The members of the body; none where there is no body.
    ///
    /// - Throws: `HighLevelError` where the body is not JSON or not an object; `BodyTooLarge`.
    func body() async throws -> JSONObject {
        let bytes = try await request.bytes(upTo: Self.bodyLimit)
        if bytes.isEmpty { return [:] }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw HighLevelError.malformedBody(error)
        }
        // PHP writes an object without members as an empty array.
        if value == .array([]) { return [:] }
        guard let members = value.object else { throw HighLevelError.bodyIsNoObject }
        return members
    }

    /// The parameters of the query, whose values are texts.
    func parameters() throws(HighLevelError) -> JSONObject {
        do {
            return try QueryString(parsing: request.uri.query ?? "").parameters
        } catch {
            throw .tooManyParameters
        }
    }

    /// Refuses a query for another location than the token's, be there one or not.
    func check(locationNamed name: String?) throws(HighLevelError) {
        if let name, name != locationID.rawValue { throw .foreignLocation }
    }

    /// A response whose body is an object with these members and the trace identifier.
    func response(
        _ status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:],
        writing writeMembers: (inout JSONWriter) throws -> Void
    ) rethrows -> Response {
        try .object(status, traceID: traceID, headers: headers, writing: writeMembers)
    }

    /// The response that a record is as the client has it; none where it is not.
    func notModified(_ tag: EntityTag) -> Response? {
        guard entityTags(.ifNoneMatch)?.containsWeakly(tag) ?? false else { return nil }
        return Response(status: .notModified, headers: [.eTag: tag.text])
    }

    /// A response whose body is an object with a list of records.
    ///
    /// A long list is read and written in parts while it is sent.
    ///
    /// - Parameters:
    ///   - name: The list's name.
    ///   - page: The records, of which some may not be read yet.
    ///   - status: The status.
    ///   - list: How the records are written, and what follows the list.
    /// - Returns: The response.
    /// - Throws: What writing the first records throws.
    func response<Record>(
        _ name: StaticString,
        of page: Page<Record>,
        _ status: HTTPResponse.Status = .ok,
        as list: WrittenList<Record>
    ) async throws -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name(name)
        json.beginArray()
        try await list.write(page.records, &json)
        if page.rest.isEmpty {
            end(&json, list)
            return .json(json.bytes, status: status)
        }
        return .json(beginning: json, rest: page.rest, status: status) { json, ids in
            let next = try await list.more(ids)
            try await list.write(next.records, &json)
            if !next.rest.isEmpty { return next.rest }
            end(&json, list)
            return nil
        }
    }

    private func end<Record>(_ json: inout JSONWriter, _ list: WrittenList<Record>) {
        json.endArray()
        list.writeMembers(&json)
        json.name("traceId")
        json.write(traceID.text)
        json.endObject()
    }
}

/// How a list of records is read on and written.
struct WrittenList<Record: Identifiable & Sendable>: Sendable where Record.ID: Sendable {
    /// Reads records that were not read yet.
    let more: @Sendable ([Record.ID]) async throws -> Page<Record>
    /// Writes records.
    let write: @Sendable ([Record], inout JSONWriter) async throws -> Void
    /// Writes the members that follow the list.
    var writeMembers: @Sendable (inout JSONWriter) -> Void = { _ in }
}

extension Response {
    /// A response whose body is an object with these members and a trace identifier.
    static func object(
        _ status: HTTPResponse.Status,
        traceID: TraceID,
        headers: HTTPFields = [:],
        writing writeMembers: (inout JSONWriter) throws -> Void
    ) rethrows -> Response {
        var json = JSONWriter()
        json.beginObject()
        try writeMembers(&json)
        json.name("traceId")
        json.write(traceID.text)
        json.endObject()
        return .json(json.bytes, status: status, headers: headers)
    }
}
