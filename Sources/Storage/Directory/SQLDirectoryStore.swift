package import Recurrence
package import Tasks

/// The directory in a database that has the tables of ``Schema``.
package struct SQLDirectoryStore<Driver: SQLDriver>: Sendable {
    private let database: SQLStore<Driver>
    private let randomBytes: @Sendable (Int) -> [UInt8]

    /// Creates the directory's part of a store.
    ///
    /// - Parameters:
    ///   - database: The store, which is open.
    ///   - randomBytes: Returns as many random bytes as it is asked for. Public IDs are made of
    ///     them.
    package init(
        over database: SQLStore<Driver>,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.database = database
        self.randomBytes = randomBytes
    }
}

extension SQLDirectoryStore: DirectoryStore {
    package func apply(
        _ update: DirectoryUpdate,
        at now: Timestamp
    ) async throws -> DirectoryOutcome {
        try await database.write {
            [randomBytes, unreadableRows = database.unreadableRows] connection in
            var transaction = DirectoryTransaction(
                connection,
                at: now,
                randomBytes: randomBytes,
                telling: unreadableRows
            )
            try transaction.apply(update)
            return transaction.outcome
        }
    }

    package func addToken(_ token: NewToken, at now: Timestamp) async throws -> TokenRecord {
        try await database.write { connection in
            let seat = try Self.seat(of: token.holder, from: connection)
            let record = TokenRecord(
                hint: token.hint,
                locationID: seat.locationID,
                userID: seat.userID,
                scopes: token.scopes,
                createdAt: now,
                expiresAt: token.expiresAt,
                revokedAt: nil
            )
            try TokenRow(digest: token.digest, record: record).save(to: connection)
            return record
        }
    }

    package func revokeToken(
        withDigest digest: [UInt8],
        orHint hint: String,
        at now: Timestamp
    ) async throws -> TokenRecord {
        try await database.write { connection in
            let rows = try TokenRow.inForce(digest: digest, orHint: hint, from: connection)
            guard var row = rows.first else { throw TokenRefusal.unknown }
            guard rows.count == 1 else { throw TokenRefusal.ambiguous(count: rows.count) }
            row.record.revokedAt = now
            try row.save(to: connection)
            return row.record
        }
    }

    package func tokens() async throws -> [TokenRecord] {
        try await database.scan(for: nil) {
            [unreadableRows = database.unreadableRows] connection in
            try TokenRow.all(from: connection, telling: unreadableRows)
        }
    }

    /// Finds the holder of a token.
    ///
    /// It must be in use.
    private static func seat(
        of holder: TokenHolder,
        from connection: Driver.Connection
    ) throws -> TokenSeat {
        let seat: TokenSeat
        switch holder {
        case .location(let locationID):
            seat = TokenSeat(locationID: locationID, userID: nil)
        case .user(let userID):
            let name = DirectoryName.number(userID.rawValue, .user)
            guard let address = try DirectoryRegister(connection).holder(of: name),
                let member = try MemberRow(address, from: connection), member.deletedAt == nil
            else { throw TokenRefusal.unknownHolder }
            seat = TokenSeat(locationID: address.locationID, userID: userID)
        }
        guard let location = try LocationRow(seat.locationID, from: connection),
            location.deletedAt == nil
        else { throw TokenRefusal.unknownHolder }
        return seat
    }
}

extension SQLDirectoryStore: TokenStore {
    package func verdict(
        onTokenWithHash hash: [UInt8],
        at now: Timestamp
    ) async throws -> TokenVerdict {
        try await database.read { connection in
            let verdict = try connection.row(
                TokenStatements.principal,
                ["digest": .blob(hash)]
            ) { row in try Self.verdict(row, at: now) }
            return verdict ?? .unknown
        }
    }

    /// - Throws: `UnreadableRow`, which names the row whose zone it is where that cannot be read.
    private static func verdict(
        _ row: some SQLRow,
        at now: Timestamp
    ) throws(UnreadableRow) -> TokenVerdict {
        let principal: Principal
        do throws(UnreadableValue) {
            let expiresAt = try row.optionalTimestamp(3)
            principal = Principal(
                locationID: LocationID(try row.text(0, lengths: .names)),
                userID: try row.optionalIdentifier(1),
                timeZone: try row.zoneName(4),
                scopes: TokenRow.scopes(try row.optionalText(2, lengths: .texts))
            )
            if let expiresAt, expiresAt <= now { return .expired }
        } catch {
            guard error.column == "timeZone" else {
                throw TokenRow.unreadable(error, row, hintAt: 6)
            }
            let location = (try? row.text(0)) ?? "?"
            let isUsers = (try? row.flag(5)) ?? false
            throw isUsers
                ? UnreadableRow(error, of: "member", in: LocationID(location), row, numberAt: 1)
                : UnreadableRow(error, of: "location", key: location)
        }
        return .accepted(principal)
    }
}

private enum TokenStatements {
    /// A token in force.
    ///
    /// Its location is in use, and so is its user if it has one.
    static let principal = SQLStatement(
        """
        SELECT token.locationID, token.userID, token.scopes, token.expiresAt,
            COALESCE(member.timeZone, location.timeZone) AS timeZone,
            CASE WHEN member.timeZone IS NULL THEN 0 ELSE 1 END, token.hint
        FROM token
        JOIN location ON location.shard = token.shard
            AND location.locationID = token.locationID
        LEFT JOIN member ON member.shard = token.shard
            AND member.locationID = token.locationID AND member.userID = token.userID
        WHERE token.digest = :digest AND token.revokedAt IS NULL AND location.deletedAt IS NULL
            AND (token.userID IS NULL OR (member.userID IS NOT NULL AND member.deletedAt IS NULL))
        """
    )
}
