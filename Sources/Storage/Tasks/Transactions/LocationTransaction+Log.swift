import Recurrence
import Tasks

extension LocationTransaction {
    /// Appends a change to the location's log, under the location's next number.
    ///
    /// Where the location does not know its last number, the log tells it.
    ///
    /// - Returns: The number.
    /// - Throws: ``UnknownLocation``.
    @discardableResult
    func append(_ change: LoggedChange) throws -> Int64 {
        guard let number = try connection.append([(self, change)]).first else {
            preconditionFailure("each change has a number")
        }
        return number
    }

    /// Appends a change under a number that the log tells.
    fileprivate func appendMending(_ change: LoggedChange) throws -> Int64 {
        let arguments = SQLArguments(in: locationID)
        let place = try connection.row(LogStatements.mendChangeNumber, arguments) { row in
            try LogPlace(row)
        }
        guard let place,
            try connection.execute(
                LogStatements.append,
                logArguments(change, at: place)
            ) == 1
        else { throw UnknownLocation(locationID: locationID) }
        try noteAppended(change, at: place)
        unreadableRows.note(
            UnreadableRow(
                table: "location",
                key: locationID.rawValue,
                column: "changeNumber",
                reason: "was not the log's last number"
            )
        )
        return place.number
    }

    fileprivate func logArguments(_ change: LoggedChange, at place: LogPlace) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(place.number), for: "changeNumber")
        arguments.append(.integer(change.changedAt.microseconds), for: "changedAt")
        arguments.append(.integer(orNull: change.actorID?.rawValue), for: "actorID")
        arguments.append(.integer(change.kind.rawValue), for: "kind")
        arguments.append(.integer(orNull: change.door.map { Int64($0.rawValue) }), for: "door")
        arguments.append(.integer(orNull: change.undoneNumber), for: "undoneNumber")
        arguments.append(.text(change.detail), for: "detail")
        return arguments
    }

    /// Notes what follows from an entry that was appended.
    fileprivate func noteAppended(_ change: LoggedChange, at place: LogPlace) throws {
        connection.keepProof(LogStatements.proof, logArguments(change, at: place))
        switch (change.concern, place.remindsOfAll) {
        case (.reminders, _), (.tasks, true):
            try noteReminderWork(changedBy: place.number, since: change.changedAt)
        case (.tasks, false), (.none, _): break
        }
    }
}

extension SQLConnection {
    /// Appends one change to the log of each of some locations, likewise.
    ///
    /// - Returns: The numbers.
    /// - Throws: ``UnknownLocation``.
    @discardableResult
    func append(
        _ changes: [(transaction: LocationTransaction<Self>, change: LoggedChange)]
    ) throws -> [Int64] {
        var places = [LogPlace?](repeating: nil, count: changes.count)
        let keys = changes.map { SQLArguments(in: $0.transaction.locationID) }
        try queryEach(LogStatements.takeChangeNumber, keys) { index, row in
            places[index] = try LogPlace(row)
        }
        let arguments = zip(changes, places).compactMap { change, place in
            place.map { change.transaction.logArguments(change.change, at: $0) }
        }
        let appended = try executeEach(LogStatements.append, arguments)
        var counts = appended.makeIterator()
        return try zip(changes, places).map { change, place in
            guard let place, counts.next() == 1 else {
                return try change.transaction.appendMending(change.change)
            }
            try change.transaction.noteAppended(change.change, at: place)
            return place.number
        }
    }
}

/// Where a change stands in the log.
private struct LogPlace {
    let number: Int64
    /// Whether people are reminded of tasks that do not say so.
    let remindsOfAll: Bool

    /// Creates a place from the columns of ``LogStatements/takeChangeNumber``.
    init(_ row: some SQLRow) throws(UnreadableValue) {
        number = try row.int64(0)
        remindsOfAll = (try? row.int64(1)) == 1
    }
}

/// An entry of a location's log, without its number.
struct LoggedChange {
    var kind: ChangeKind
    /// None if the server itself or a location's own token made the change.
    var actorID: Identifier<User>?
    /// None where nobody asked for the change.
    var door: ChangeDoor?
    /// The number of the change that it undoes.
    var undoneNumber: Int64?
    var changedAt: Timestamp
    /// The text that ``ChangeDetail`` makes of it.
    var detail: String
    /// Whether anybody may have to be reminded because of it.
    var concern = ReminderConcern.none
}

private enum LogStatements {
    static let takeChangeNumber = SQLStatement(
        """
        UPDATE location SET changeNumber = changeNumber + 1
        WHERE shard = :shard AND locationID = :locationID AND deletedAt IS NULL
            AND changeNumber BETWEEN 0 AND \(lastNumber)
        RETURNING changeNumber, remindsOfAll
        """
    )

    static let mendChangeNumber = SQLStatement(
        """
        UPDATE location SET changeNumber = 1 + COALESCE((
            SELECT MAX(change.changeNumber) FROM change
            WHERE change.shard = :shard AND change.locationID = :locationID
                AND change.changeNumber BETWEEN 0 AND \(lastNumber)
        ), 0)
        WHERE shard = :shard AND locationID = :locationID AND deletedAt IS NULL
        RETURNING changeNumber, remindsOfAll
        """
    )

    private static let lastNumber = ClosedRange<Int64>.counts.upperBound - 1

    static let append = SQLStatement(
        """
        INSERT INTO change (
            shard, locationID, changeNumber, changedAt, actorID, kind, door, undoneNumber, detail
        ) VALUES (
            :shard, :locationID, :changeNumber, :changedAt, :actorID, :kind, :door, :undoneNumber,
            :detail
        )
        ON CONFLICT DO NOTHING
        """
    )
    /// The entry as it was appended; a later change cannot have its number.
    static let proof = SQLStatement(
        """
        SELECT 1 FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber = :changeNumber
            AND changedAt = :changedAt AND COALESCE(actorID, 0) = COALESCE(CAST(:actorID AS bigint), 0)
            AND kind = :kind AND detail = :detail
        """
    )
}
