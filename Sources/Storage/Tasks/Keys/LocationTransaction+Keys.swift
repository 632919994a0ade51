import JSON
import Recurrence
import Tasks

/// The row of a keyed request.
struct KeptRow {
    var note: EffectNote?
    /// None while the answer is not known.
    var status: Int?
    var fields: [KeptAnswer.Field]
    var body: [UInt8]
    var createdAt: Timestamp

    var known: KnownRequest {
        guard let status else { return .carriedOut(at: createdAt) }
        return .answered(KeptAnswer(status: status, fields: fields, body: body))
    }
}

extension LocationTransaction {
    /// The row of a request that was carried out within the time for which answers are kept.
    ///
    /// - Throws: ``KeyRefusal/otherRequest``.
    func keptRow(of request: KeyedRequest, at now: Timestamp) throws -> KeptRow? {
        let after = now.advanced(by: .zero - KeyedRequest.keptDuration)
        var arguments = arguments(of: request)
        arguments.append(.integer(after.microseconds), for: "after")
        let found = try connection.row(KeptAnswerStatements.byKey, arguments) { row in
            do throws(UnreadableValue) {
                return (fingerprint: try row.blob(0), row: try KeptRow(row))
            } catch {
                throw UnreadableRow(
                    error,
                    of: "keptAnswer",
                    key: "\(locationID.rawValue)/\(request.key.text)"
                )
            }
        }
        guard let found else { return nil }
        guard found.fingerprint == request.fingerprint else { throw KeyRefusal.otherRequest }
        return found.row
    }

    /// Stores that a request was carried out.
    func remember(_ note: EffectNote, of request: KeyedRequest, at now: Timestamp) throws {
        var arguments = arguments(of: request)
        arguments.append(.blob(request.fingerprint), for: "fingerprint")
        arguments.append(.integer(note.recordID), for: "recordID")
        arguments.append(.integer(orNull: note.changeNumber), for: "changeNumber")
        arguments.append(.integer(now.microseconds), for: "createdAt")
        try connection.execute(KeptAnswerStatements.remember, arguments)
    }

    /// Stores the answer to a request, be it remembered yet or not.
    func keep(_ answer: KeptAnswer, to request: KeyedRequest, at now: Timestamp) throws {
        var json = JSONWriter()
        json.beginArray()
        for field in answer.fields {
            json.write(field.name)
            json.write(field.value)
        }
        json.endArray()
        var arguments = arguments(of: request)
        arguments.append(.blob(request.fingerprint), for: "fingerprint")
        arguments.append(.integer(answer.status), for: "status")
        arguments.append(.text(String(decoding: json.bytes, as: UTF8.self)), for: "fields")
        arguments.append(.blob(answer.body), for: "body")
        arguments.append(.integer(now.microseconds), for: "createdAt")
        try connection.execute(KeptAnswerStatements.keep, arguments)
    }

    private func arguments(of request: KeyedRequest) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.text(request.key.principal), for: "principal")
        arguments.append(.text(request.key.text), for: "requestKey")
        return arguments
    }
}

extension KeptRow {
    /// Creates a row from the columns that ``KeptAnswerStatements/byKey`` selects.
    fileprivate init(_ row: some SQLRow) throws(UnreadableValue) {
        if let recordID = try row.optionalInt64(1) {
            note = EffectNote(recordID: recordID, changeNumber: try row.optionalInt64(2))
        }
        status = row.isNull(3) ? nil : Int(try row.int64(3, in: .successes))
        fields = try row.fields(4)
        body = status == nil ? [] : try row.blob(5)
        createdAt = try row.timestamp(6)
        // Another length would have the client wait, or take the rest for the next answer.
        let length = fields.filter { $0.name.lowercased() == "content-length" }
        if status != nil, !length.allSatisfy({ $0.value == "\(body.count)" }) {
            throw UnreadableValue(column: row.name(of: 5), reason: "has not its fields' length")
        }
    }
}

extension SQLRow {
    /// Returns the header fields that a column holds, as an array of names and values in turn.
    fileprivate func fields(_ column: Int) throws(UnreadableValue) -> [KeptAnswer.Field] {
        guard let text = try optionalText(column, lengths: .texts) else { return [] }
        guard case .array(let items)? = try? JSONValue(parsing: Array(text.utf8)),
            case let words = items.compactMap(\.string),
            words.count == items.count, words.count.isMultiple(of: 2)
        else {
            throw UnreadableValue(column: name(of: column), reason: "is no list of fields")
        }
        return stride(from: 0, to: words.count, by: 2).map { place in
            KeptAnswer.Field(words[place], words[place + 1])
        }
    }
}

enum KeptAnswerStatements {
    private static let isRequest = """
        shard = :shard AND locationID = :locationID AND principal = :principal
            AND requestKey = :requestKey
        """

    static let byKey = SQLStatement(
        """
        SELECT fingerprint, recordID, changeNumber, status, fields, body, createdAt
        FROM keptAnswer WHERE \(isRequest) AND createdAt > :after
        """
    )

    /// A row that is there already is an old one, whose key may be used again.
    static let remember = SQLStatement(
        """
        INSERT INTO keptAnswer (
            shard, locationID, principal, requestKey, fingerprint, recordID, changeNumber, createdAt
        ) VALUES (
            :shard, :locationID, :principal, :requestKey, :fingerprint, :recordID, :changeNumber,
            :createdAt
        )
        ON CONFLICT (shard, locationID, principal, requestKey) DO UPDATE SET
            fingerprint = excluded.fingerprint,
            recordID = excluded.recordID,
            changeNumber = excluded.changeNumber,
            status = NULL,
            fields = NULL,
            body = NULL,
            createdAt = excluded.createdAt
        """
    )

    static let keep = SQLStatement(
        """
        INSERT INTO keptAnswer (
            shard, locationID, principal, requestKey, fingerprint, status, fields, body, createdAt
        ) VALUES (
            :shard, :locationID, :principal, :requestKey, :fingerprint, :status, :fields, :body,
            :createdAt
        )
        ON CONFLICT (shard, locationID, principal, requestKey) DO UPDATE SET
            fingerprint = excluded.fingerprint,
            status = excluded.status,
            fields = excluded.fields,
            body = excluded.body,
            createdAt = excluded.createdAt
        """
    )

    static let forget = SQLStatement(
        """
        DELETE FROM keptAnswer
        WHERE shard = :shard AND (locationID, principal, requestKey) IN (
            SELECT locationID, principal, requestKey FROM keptAnswer
            WHERE shard = :shard AND createdAt <= :before ORDER BY createdAt LIMIT :limit
        )
        """
    )

    static let shardsWithOld = SQLStatement(
        "SELECT shard FROM keptAnswer WHERE createdAt <= :before GROUP BY shard"
    )
}
