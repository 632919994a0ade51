import Recurrence
import Tasks

/// A category as it is stored.
struct CategoryRow: DirectoryRow {
    static let fixedNumbers = Set(TaskCategory.defaults.map(\.id.rawValue))

    var identity: DirectoryIdentity
    var name: String
    var ownerID: Identifier<User>?
    var deletedAt: Timestamp?
    /// Its times as they were read; saving sets them.
    private var createdAt: Timestamp?
    private var modifiedAt: Timestamp?

    /// Creates the row of a new category that the whole location shares.
    init(_ address: DirectoryAddress, name: String) {
        identity = DirectoryIdentity(address: address)
        self.name = name
    }

    init(
        _ identity: DirectoryIdentity,
        creating update: CategoryUpdate,
        at place: DirectoryPlace
    ) throws {
        guard let name = update.name else { throw place.refusal(.name, .missing) }
        self.init(identity.address, name: name)
    }

    init?(_ address: DirectoryAddress, from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, at: address, of: "category") { row in
            var category = CategoryRow(address, name: try row.text(0, lengths: .names))
            category.ownerID = try row.optionalIdentifier(1)
            category.deletedAt = try row.optionalTimestamp(2)
            category.createdAt = try row.timestamp(3)
            category.modifiedAt = try row.timestamp(4)
            return category
        }
        guard let row else { return nil }
        self = row
    }

    mutating func apply(_ update: CategoryUpdate) {
        name = update.name ?? name
        ownerID = update.ownerID.applied(to: ownerID)
    }

    func record(zone: String, savedAt: Timestamp?) -> DirectoryRecord {
        .category(
            TaskCategory(
                id: Identifier(identity.address.number),
                name: name,
                ownerID: ownerID,
                createdAt: createdAt ?? savedAt ?? Timestamp(microseconds: 0),
                modifiedAt: savedAt ?? modifiedAt ?? Timestamp(microseconds: 0)
            )
        )
    }

    func save(
        replacing old: CategoryRow?,
        to connection: some SQLConnection,
        at now: Timestamp
    ) throws {
        var arguments = commonArguments
        arguments.append(.text(name), for: "name")
        arguments.append(.integer(orNull: ownerID?.rawValue), for: "ownerID")
        arguments.append(.integer(now.microseconds), for: "now")
        try connection.execute(Self.upsert, arguments)
    }

    static func number(
        namedBy update: CategoryUpdate,
        from connection: some SQLConnection
    ) throws -> Int64? {
        guard let locationID = update.locationID, let name = update.name else { return nil }
        return try connection.row(
            selectNamed,
            [
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "name": .text(name),
                "ownerID": .integer(orNull: update.ownerID.applied(to: nil)?.rawValue),
            ]
        ) { row in try row.int64(0) }
    }

    private static let select = SQLStatement(
        """
        SELECT name, ownerID, deletedAt, createdAt, modifiedAt FROM category
        WHERE shard = :shard AND locationID = :locationID AND categoryID = :number
        """
    )
    // A category that is in use comes before one that is not.
    private static let selectNamed = SQLStatement(
        """
        SELECT categoryID FROM category
        WHERE shard = :shard AND locationID = :locationID AND name = :name
            AND ownerID IS NOT DISTINCT FROM :ownerID
        ORDER BY CASE WHEN deletedAt IS NULL THEN 0 ELSE 1 END, categoryID LIMIT 1
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO category (
            shard, locationID, categoryID, deletedAt, name, ownerID, createdAt, modifiedAt
        ) VALUES (
            :shard, :locationID, :number, :deletedAt, :name, :ownerID, :now, :now
        )
        ON CONFLICT (shard, locationID, categoryID) DO UPDATE SET
            deletedAt = excluded.deletedAt, name = excluded.name, ownerID = excluded.ownerID,
            modifiedAt = excluded.modifiedAt
        """
    )
}
