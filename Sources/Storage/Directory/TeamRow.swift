import Recurrence
import Tasks

/// A team as it is stored, with its members.
struct TeamRow: DirectoryRow {
    var identity: DirectoryIdentity
    var name: String
    var isSharing = false
    var memberIDs: Set<Int64> = []
    var deletedAt: Timestamp?

    init(
        _ identity: DirectoryIdentity,
        creating update: TeamUpdate,
        at place: DirectoryPlace
    ) throws {
        guard let name = update.name else { throw place.refusal(.name, .missing) }
        self.identity = identity
        self.name = name
    }

    init?(_ address: DirectoryAddress, from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, at: address, of: "team") { row in
            try TeamRow(address, row)
        }
        guard let row else { return nil }
        self = row
        memberIDs = Set(
            try connection.rows(Self.selectMembers, address.arguments) { row in try row.int64(0) }
        )
    }

    private init(_ address: DirectoryAddress, _ row: some SQLRow) throws(UnreadableValue) {
        identity = DirectoryIdentity(address: address)
        name = try row.text(0, lengths: .names)
        isSharing = try row.flag(1)
        deletedAt = try row.optionalTimestamp(2)
    }

    mutating func apply(_ update: TeamUpdate) {
        name = update.name ?? name
        isSharing = update.isSharing ?? isSharing
        if let memberIDs = update.memberIDs { self.memberIDs = Set(memberIDs.map(\.rawValue)) }
    }

    func record(zone: String, savedAt: Timestamp?) -> DirectoryRecord {
        .team(
            DirectoryTeam(
                id: Identifier(identity.address.number),
                name: name,
                isSharing: isSharing,
                memberIDs: memberIDs.sorted().map { Identifier($0) }
            )
        )
    }

    func save(
        replacing old: TeamRow?,
        to connection: some SQLConnection,
        at now: Timestamp
    ) throws {
        var arguments = commonArguments
        arguments.append(.text(name), for: "name")
        arguments.append(.integer(isSharing ? 1 : 0), for: "isSharing")
        try connection.execute(Self.upsert, arguments)
        let oldIDs = old?.memberIDs ?? []
        for userID in oldIDs.subtracting(memberIDs) {
            try connection.execute(Self.deleteMember, memberArguments(userID))
        }
        for userID in memberIDs.subtracting(oldIDs) {
            try connection.execute(Self.insertMember, memberArguments(userID))
        }
    }

    static func number(
        namedBy update: TeamUpdate,
        from connection: some SQLConnection
    ) throws -> Int64? {
        guard let locationID = update.locationID, let name = update.name else { return nil }
        return try connection.row(
            selectNamed,
            [
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "name": .text(name),
            ]
        ) { row in try row.int64(0) }
    }

    private func memberArguments(_ userID: Int64) -> SQLArguments {
        var arguments = identity.address.arguments
        arguments.append(.integer(userID), for: "userID")
        return arguments
    }

    private static let select = SQLStatement(
        """
        SELECT name, isSharing, deletedAt FROM team
        WHERE shard = :shard AND locationID = :locationID AND teamID = :number
        """
    )
    // A team that is in use comes before one that is not.
    private static let selectNamed = SQLStatement(
        """
        SELECT teamID FROM team
        WHERE shard = :shard AND locationID = :locationID AND name = :name
        ORDER BY CASE WHEN deletedAt IS NULL THEN 0 ELSE 1 END, teamID LIMIT 1
        """
    )
    private static let selectMembers = SQLStatement(
        """
        SELECT userID FROM teamMember
        WHERE shard = :shard AND locationID = :locationID AND teamID = :number
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO team (shard, locationID, teamID, deletedAt, name, isSharing)
        VALUES (:shard, :locationID, :number, :deletedAt, :name, :isSharing)
        ON CONFLICT (shard, locationID, teamID) DO UPDATE SET
            deletedAt = excluded.deletedAt, name = excluded.name, isSharing = excluded.isSharing
        """
    )
    private static let insertMember = SQLStatement(
        """
        INSERT INTO teamMember (shard, locationID, userID, teamID)
        VALUES (:shard, :locationID, :userID, :number)
        """
    )
    private static let deleteMember = SQLStatement(
        """
        DELETE FROM teamMember
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND teamID = :number
        """
    )
}
