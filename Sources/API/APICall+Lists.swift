import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

/// A record as this API shows it.
protocol APIRecord: Sendable {
    /// Writes the members, without the braces around them and without the tag.
    func writeMembers(to json: inout JSONWriter)

    /// Writes the members that the tag leaves out, because they are in the words of whoever asks.
    func writeUntagged(to json: inout JSONWriter)

    /// What tells apart two states of the record that are shown alike.
    var tagSalt: Int64 { get }

    /// The record's tag where it is not one of all that is shown.
    var ownTag: EntityTag? { get }
}

extension APIRecord {
    var tagSalt: Int64 { 0 }

    var ownTag: EntityTag? { nil }

    func writeUntagged(to json: inout JSONWriter) {}

    /// The tag of what is shown of the record.
    var tag: EntityTag {
        var json = JSONWriter()
        return write(to: &json)
    }

    /// Writes the record with its tag.
    ///
    /// - Returns: The tag.
    @discardableResult
    func write(to json: inout JSONWriter) -> EntityTag {
        json.beginObject()
        let start = json.bytes.count
        writeMembers(to: &json)
        let tag = ownTag ?? EntityTag(of: json.bytes[start...], salt: tagSalt)
        writeUntagged(to: &json)
        json.write("etag", tag.text)
        json.endObject()
        return tag
    }
}

extension APICall {
    /// Answers with one record under its name, or that it is as the client has it (RFC 9110, section
    /// 13.1.2).
    func response(
        _ name: StaticString,
        _ record: some APIRecord,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name(name)
        let tag = record.write(to: &json)
        json.endObject()
        return response(json, tag, status)
    }

    /// Answers with what was written, unless the client has it already.
    func tagged(_ json: JSONWriter) -> Response {
        response(json, EntityTag(of: json.bytes[...]), .ok)
    }

    private func response(
        _ json: JSONWriter,
        _ tag: EntityTag,
        _ status: HTTPResponse.Status
    ) -> Response {
        let headers: HTTPFields = [.eTag: tag.text]
        if method == .get, entityTags(.ifNoneMatch)?.containsWeakly(tag) ?? false {
            return Response(status: .notModified, headers: headers)
        }
        return .json(json.bytes, status: status, headers: headers)
    }

    /// Answers with a list of records under its name, and with the cursor of the next page if there
    /// is one.
    func response(
        _ name: StaticString,
        _ records: some Sequence<some APIRecord>,
        next: Cursor?,
        writing writeMembers: (inout JSONWriter) -> Void = { _ in }
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name(name)
        json.beginArray()
        for record in records { record.write(to: &json) }
        json.endArray()
        if let next { json.write("nextCursor", next.text) }
        writeMembers(&json)
        json.endObject()
        return .json(json.bytes)
    }

    /// What tells the list of a path from others for whoever asks.
    func fingerprint(_ path: String, _ parts: [String] = []) -> QueryFingerprint {
        var fingerprint = QueryFingerprint()
        fingerprint.add(path)
        fingerprint.add(locationID.rawValue)
        fingerprint.add(principal.userID?.rawValue ?? 0)
        for part in parts { fingerprint.add(part) }
        return fingerprint
    }
}

extension ParameterReader {
    /// Reads the place after which a page begins; none for the first page.
    ///
    /// - Throws: The refusal of a cursor that was not answered to this query, by whomever.
    mutating func place(
        named name: String = "cursor",
        in query: QueryFingerprint,
        keyCount: Int,
        or otherCount: Int? = nil
    ) throws(Problem) -> [Int64]? {
        guard let text = text(name) else { return nil }
        guard let cursor = Cursor(parsing: text), cursor.query == query,
            cursor.place.count == keyCount || cursor.place.count == otherCount
        else {
            var problem = Problem(
                .invalidCursor,
                "It was not answered to this query with these parameters; begin without one."
            )
            problem.faults = [Problem.Fault(.parameter(name), "is of another query")]
            throw problem
        }
        return cursor.place
    }
}
