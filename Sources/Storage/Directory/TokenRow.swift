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

    /// Creates the row of a new token.
    init(_ token: NewToken, in seat: TokenSeat, at now: Timestamp) {
        digest = token.secret.digest
        record = TokenRecord(
            id: TokenText.identifier(ofDigest: token.secret.digest),
            hint: token.secret.hint,
            locationID: seat.locationID,
            userID: seat.userID,
            scopes: token.scopes,
            createdAt: now,
            expiresAt: token.expiresAt,
            revokedAt: nil
        )
    }

    /// Reads the row of a token.
    init?(digest: [UInt8], from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, ["digest": .blob(digest)]) { row in
            TokenRow(digest: digest, record: try Self.record(row, digest: digest))
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
        ) { row in try TokenRow(row) }
    }

    /// Reads the row of a location's token.
    static func row(
        ofToken id: String,
        in locationID: LocationID,
        from connection: some SQLConnection
    ) throws -> TokenRow? {
        guard let prefix = TokenText.digestPrefix(ofIdentifier: id) else { return nil }
        var arguments = SQLArguments(in: locationID)
        arguments.append(.blob(prefix), for: "first")
        arguments.append(.blob(prefix + [UInt8](repeating: .max, count: 64)), for: "last")
        return try connection.row(selectByPrefix, arguments) { row in try TokenRow(row) }
    }

    /// Reads every token that can be read, by location, user and age.
    static func all(
        from connection: some SQLConnection,
        telling unreadableRows: UnreadableRows
    ) throws -> [TokenRecord] {
        try connection.readableRows(selectAll, [:], telling: unreadableRows) { row in
            try TokenRow(row).record
        }.values
    }

    /// Reads the tokens of a location that can be read, the oldest first.
    static func all(
        in locationID: LocationID,
        from connection: some SQLConnection,
        telling unreadableRows: UnreadableRows
    ) throws -> [TokenRow] {
        try connection.readableRows(
            selectOfLocation,
            SQLArguments(in: locationID),
            telling: unreadableRows
        ) { row in try TokenRow(row) }.values
    }

    /// Creates a token from the columns, with the digest after them.
    private init(_ row: some SQLRow) throws {
        let digest = (try? row.blob(8)) ?? []
        self.init(digest: digest, record: try Self.record(row, digest: digest))
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

    /// A token is known by its hint, since its digest is nobody's to read.
    private static func record(
        _ row: some SQLRow,
        digest: [UInt8]
    ) throws(UnreadableRow) -> TokenRecord {
        do throws(UnreadableValue) {
            return TokenRecord(
                id: TokenText.identifier(ofDigest: digest),
                hint: try row.text(0, lengths: .names),
                locationID: LocationID(try row.text(1, lengths: .names)),
                userID: try row.optionalIdentifier(2),
                scopes: scopes(try row.optionalText(3, lengths: .texts)),
                createdAt: try row.timestamp(4),
                expiresAt: try row.optionalTimestamp(5),
                revokedAt: try row.optionalTimestamp(6),
                lastUsedOn: try row.optionalDay(7)
            )
        } catch {
            throw unreadable(error, row, hintAt: 0)
        }
    }

    /// Names the row of a token.
    static func unreadable(
        _ value: UnreadableValue,
        _ row: some SQLRow,
        hintAt column: Int
    ) -> UnreadableRow {
        let hint = (try? row.text(column, lengths: .names)) ?? "?"
        return UnreadableRow(value, of: "token", key: hint)
    }

    private static let columns =
        "hint, locationID, userID, scopes, createdAt, expiresAt, revokedAt, lastUsedOn"
    private static let select = SQLStatement("SELECT \(columns) FROM token WHERE digest = :digest")
    private static let selectInForce = SQLStatement(
        """
        SELECT \(columns), digest FROM token
        WHERE (digest = :digest OR hint = :hint) AND revokedAt IS NULL
        """
    )
    private static let selectAll = SQLStatement(
        """
        SELECT \(columns), digest FROM token
        ORDER BY locationID, COALESCE(userID, 0), createdAt, hint
        """
    )
    private static let selectOfLocation = SQLStatement(
        """
        SELECT \(columns), digest FROM token
        WHERE shard = :shard AND locationID = :locationID ORDER BY createdAt, digest
        """
    )
    private static let selectByPrefix = SQLStatement(
        """
        SELECT \(columns), digest FROM token
        WHERE digest BETWEEN :first AND :last AND shard = :shard AND locationID = :locationID
        LIMIT 1
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
