import Recurrence
import Tasks

/// A token as it is stored.
struct TokenRow: Equatable {
    var digest: [UInt8]
    var record: TokenRecord

    init(digest: [UInt8], record: TokenRecord) {
        self.digest = digest
        self.record = record
    }

    /// Reads the row of a token.
    init?(digest: [UInt8], from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, ["digest": .blob(digest)]) { row in
            TokenRow(digest: digest, record: Self.record(row))
        }
        guard let row else { return nil }
        self = row
    }

    /// Reads the rows of the tokens in force that have a digest or a hint.
    static func inForce(
        digest: [UInt8],
        orHint hint: String,
        from connection: some SQLConnection
    ) throws -> [TokenRow] {
        try connection.rows(
            selectInForce,
            ["digest": .blob(digest), "hint": .text(hint)]
        ) { row in TokenRow(digest: row.blob(7), record: record(row)) }
    }

    /// Reads every token, by location, user and age.
    static func all(from connection: some SQLConnection) throws -> [TokenRecord] {
        try connection.rows(selectAll, [:]) { row in record(row) }
    }

    /// Writes the row.
    ///
    /// Its holder, its hint and its time of creation never change.
    func save(to connection: some SQLConnection) throws {
        try connection.execute(
            Self.upsert,
            [
                "digest": .blob(digest),
                "hint": .text(record.hint),
                "shard": .integer(record.locationID.shard),
                "locationID": .text(record.locationID.rawValue),
                "userID": .integer(orNull: record.userID?.rawValue),
                "scopes": .text(orNull: record.scopes.map { Self.scopeText($0) }),
                "createdAt": .integer(record.createdAt.microseconds),
                "expiresAt": .integer(orNull: record.expiresAt?.microseconds),
                "revokedAt": .integer(orNull: record.revokedAt?.microseconds),
            ]
        )
    }

    /// Returns the scopes of a column.
    ///
    /// An empty text means no scope at all.
    static func scopes(_ text: String?) -> Set<String>? {
        text.map { text in Set(text.split(separator: " ").map(String.init)) }
    }

    private static func scopeText(_ scopes: Set<String>) -> String {
        scopes.sorted().joined(separator: " ")
    }

    private static func record(_ row: some SQLRow) -> TokenRecord {
        TokenRecord(
            hint: row.text(0),
            locationID: LocationID(row.text(1)),
            userID: row.optionalInt64(2).map { Identifier($0) },
            scopes: scopes(row.optionalText(3)),
            createdAt: Timestamp(microseconds: row.int64(4)),
            expiresAt: row.optionalTimestamp(5),
            revokedAt: row.optionalTimestamp(6)
        )
    }

    private static let columns =
        "hint, locationID, userID, scopes, createdAt, expiresAt, revokedAt"
    private static let select = SQLStatement("SELECT \(columns) FROM token WHERE digest = :digest")
    private static let selectInForce = SQLStatement(
        """
        SELECT \(columns), digest FROM token
        WHERE (digest = :digest OR hint = :hint) AND revokedAt IS NULL
        """
    )
    private static let selectAll = SQLStatement(
        """
        SELECT \(columns) FROM token
        ORDER BY locationID, COALESCE(userID, 0), createdAt, hint
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO token (
            digest, hint, shard, locationID, userID, scopes, createdAt, expiresAt, revokedAt
        ) VALUES (
            :digest, :hint, :shard, :locationID, :userID, :scopes, :createdAt, :expiresAt,
            :revokedAt
        )
        ON CONFLICT (digest) DO UPDATE SET
            scopes = excluded.scopes, expiresAt = excluded.expiresAt,
            revokedAt = excluded.revokedAt
        """
    )
}

/// Whom a token stands for, and where.
struct TokenSeat: Hashable {
    var locationID: LocationID
    /// None for a location's own token.
    var userID: Identifier<User>?

    init(locationID: LocationID, userID: Identifier<User>?) {
        self.locationID = locationID
        self.userID = userID
    }

    init(_ record: TokenRecord) {
        self.init(locationID: record.locationID, userID: record.userID)
    }
}
