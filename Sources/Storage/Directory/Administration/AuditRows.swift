import JSON
import Recurrence
import Tasks

extension SQLConnection {
    /// Adds an entry to a location's audit, whose row the transaction has locked.
    ///
    /// - Returns: The entry's number.
    func append(
        _ entry: DirectoryDeed.Entry,
        by author: AuditAuthor,
        in locationID: LocationID,
        at now: Timestamp
    ) throws -> Int64 {
        let last = try row(AuditStatements.last, SQLArguments(in: locationID)) { row in
            try row.optionalInt64(0)
        }
        let number = ((last ?? nil) ?? 0) + 1
        var json = JSONWriter()
        json.write(.object(entry.detail))
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "auditNumber")
        arguments.append(.integer(now.microseconds), for: "doneAt")
        arguments.append(.integer(Int64(author.door.rawValue)), for: "door")
        arguments.append(.integer(orNull: author.userID?.rawValue), for: "actorID")
        arguments.append(.text(orNull: author.tokenID), for: "tokenID")
        arguments.append(.text(entry.action), for: "action")
        arguments.append(.text(orNull: entry.subject), for: "subject")
        arguments.append(.text(String(decoding: json.bytes, as: UTF8.self)), for: "detail")
        try execute(AuditStatements.insert, arguments)
        return number
    }

    /// Reads the entries of a location's audit before a number, the latest first.
    func auditEntries(
        before number: Int64?,
        limit: Int,
        in locationID: LocationID,
        telling unreadableRows: UnreadableRows
    ) throws -> [AuditEntry] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number ?? Int64.max), for: "before")
        arguments.append(.integer(limit), for: "limit")
        return try readableRows(AuditStatements.page, arguments, telling: unreadableRows) { row in
            do throws(UnreadableValue) {
                return AuditEntry(
                    number: try row.int64(0, in: .identifiers),
                    doneAt: try row.timestamp(1),
                    author: AuditAuthor(
                        door: try row.value(2),
                        userID: try row.optionalIdentifier(3),
                        tokenID: try row.optionalText(4, lengths: .names)
                    ),
                    action: try row.text(5, lengths: .names),
                    subject: try row.optionalText(6, lengths: .names),
                    detail: try row.text(7, lengths: .texts)
                )
            } catch {
                throw UnreadableRow(error, of: "audit", in: locationID, row)
            }
        }.values
    }
}

private enum AuditStatements {
    static let last = SQLStatement(
        """
        SELECT MAX(auditNumber) FROM audit WHERE shard = :shard AND locationID = :locationID
            AND auditNumber < \(ClosedRange<Int64>.identifiers.upperBound)
        """
    )
    static let insert = SQLStatement(
        """
        INSERT INTO audit (
            shard, locationID, auditNumber, doneAt, door, actorID, tokenID, action, subject, detail
        ) VALUES (
            :shard, :locationID, :auditNumber, :doneAt, :door, :actorID, :tokenID, :action,
            :subject, :detail
        )
        """
    )
    static let page = SQLStatement(
        """
        SELECT auditNumber, doneAt, door, actorID, tokenID, action, subject, detail FROM audit
        WHERE shard = :shard AND locationID = :locationID AND auditNumber < :before
        ORDER BY auditNumber DESC LIMIT :limit
        """
    )
}
