package import Recurrence
package import Tasks

/// The directory in a database that has the tables of ``Schema``.
package struct SQLDirectoryStore<Driver: SQLDriver>: Sendable {
    let database: SQLStore<Driver>
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
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> DirectoryOutcome {
        defer { database.reminderBell.planner.ring() }
        let request = terms.isTrial ? nil : KeyedRequest.current
        return try await database.write(for: terms.locationID, under: terms) {
            [randomBytes, database] connection in
            var transaction = DirectoryTransaction(
                connection,
                under: terms,
                at: now,
                randomBytes: randomBytes,
                telling: database.unreadableRows
            )
            guard let request else {
                try transaction.apply(update)
                return transaction.outcome
            }
            let location = database.transaction(in: request.key.locationID, on: connection)
            if let row = try location.keptRow(of: request, at: now) {
                guard row.status == nil else { throw KeyRefusal.inProgress }
                guard let note = row.note, try transaction.recall(update, by: note) else {
                    throw KeyRefusal.answerLost
                }
                return transaction.outcome
            }
            try transaction.apply(update)
            try location.remember(transaction.effectNote, of: request, at: now)
            return transaction.outcome
        }
    }

    package func addToken(_ token: NewToken, at now: Timestamp) async throws -> TokenRecord {
        try await addToken(token, under: .ofOperator, at: now).record
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
            let before = row.record
            row.record.revokedAt = now
            try row.save(to: connection)
            let outcome = TokenOutcome(record: row.record, predecessor: before)
            try connection.lock([row.record.locationID])
            _ = try connection.append(
                DirectoryDeed.Entry(outcome),
                by: .operatorByCommand,
                in: row.record.locationID,
                at: now
            )
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
    static func seat(
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
        try await database.read { [uses = database.tokenUses] connection in
            let verdict = try connection.row(
                TokenStatements.inForce,
                ["digest": .blob(hash)]
            ) { row in
                let verdict = try Self.verdict(row, of: hash, at: now, on: connection)
                if case .accepted? = verdict {
                    uses.note(hash, on: now.day, knownOn: try? row.optionalDay(6))
                }
                return verdict
            }
            return verdict.flatMap { $0 } ?? .unknown
        }
    }

    /// Tells for whom a token in force stands; none if its location or its user is not in use.
    ///
    /// - Throws: ``SQLError``; `UnreadableRow`, which names the row whose zone, role or language it is
    ///   where that cannot be read.
    private static func verdict(
        _ token: some SQLRow,
        of hash: [UInt8],
        at now: Timestamp,
        on connection: Driver.Connection
    ) throws -> TokenVerdict? {
        // What the token's row says of its holder is only compared here, whatever it is.
        let seat: SQLArguments = [
            "userID": .integer(orNull: try? token.optionalInt64(1)),
            "shard": .integer((try? token.int64(4)) ?? -1),
            "locationID": .text((try? token.text(0)) ?? ""),
        ]
        return try connection.row(TokenStatements.holder, seat) { holder in
            try verdict(token, withHash: hash, of: holder, at: now)
        }
    }

    private static func verdict(
        _ token: some SQLRow,
        withHash hash: [UInt8],
        of holder: some SQLRow,
        at now: Timestamp
    ) throws(UnreadableRow) -> TokenVerdict {
        let principal: Principal
        do throws(UnreadableValue) {
            let expiresAt = try token.optionalTimestamp(3)
            principal = Principal(
                locationID: LocationID(try token.text(0, lengths: .names)),
                userID: try token.optionalIdentifier(1),
                timeZone: try holder.zoneName(0),
                scopes: TokenRow.scopes(try token.optionalText(2, lengths: .texts)),
                role: try holder.role(2),
                locale: try holder.optionalText(3, lengths: .locales),
                tokenID: TokenText.identifier(ofDigest: hash),
                requiresMatch: try holder.optionalFlag(4)
            )
            if let expiresAt, expiresAt <= now { return .expired }
        } catch {
            guard ["timeZone", "role", "locale", "requiresMatch"].contains(error.column) else {
                throw TokenRow.unreadable(error, token, hintAt: 5)
            }
            let location = (try? token.text(0)) ?? "?"
            let isUsers =
                switch error.column {
                case "timeZone": (try? holder.flag(1)) ?? false
                case "requiresMatch": false
                default: true
                }
            throw isUsers
                ? UnreadableRow(error, of: "member", in: LocationID(location), token, numberAt: 1)
                : UnreadableRow(error, of: "location", key: location)
        }
        return .accepted(principal)
    }

    /// Whom a seat without a token stands for; none if its location or its user is not in use.
    ///
    /// - Throws: ``SQLError``; `UnreadableRow`, which names the row whose zone, role or language cannot
    ///   be read.
    static func principal(
        of seat: TokenSeat,
        from connection: Driver.Connection
    ) throws -> Principal? {
        var arguments = SQLArguments(in: seat.locationID)
        arguments.append(.integer(orNull: seat.userID?.rawValue), for: "userID")
        return try connection.row(TokenStatements.holder, arguments) { holder in
            do throws(UnreadableValue) {
                return Principal(
                    locationID: seat.locationID,
                    userID: seat.userID,
                    timeZone: try holder.zoneName(0),
                    scopes: nil,
                    role: try holder.role(2),
                    locale: try holder.optionalText(3, lengths: .locales),
                    requiresMatch: try holder.optionalFlag(4)
                )
            } catch {
                let isUsers = ["role", "locale"].contains(error.column)
                let isUsersZone = error.column == "timeZone" && (try? holder.flag(1)) ?? false
                guard let userID = seat.userID, isUsers || isUsersZone else {
                    throw UnreadableRow(error, of: "location", key: seat.locationID.rawValue)
                }
                let address = DirectoryAddress(seat.locationID, userID.rawValue)
                throw UnreadableRow(error, of: "member", at: address)
            }
        }
    }
}

private enum TokenStatements {
    /// A token in force.
    ///
    /// It is looked up before its shard is known, so no other table is joined with it.
    static let inForce = SQLStatement(
        """
        SELECT locationID, userID, scopes, expiresAt, shard, hint, lastUsedOn FROM token
        WHERE digest = :digest AND revokedAt IS NULL
        """
    )

    /// The time zone of a location's token, or of a user's, if the location and the user are in use;
    /// and whether it is the user's own; and what is known of the user and of the location.
    static let holder = SQLStatement(
        """
        SELECT COALESCE(member.timeZone, location.timeZone) AS timeZone,
            CASE WHEN member.timeZone IS NULL THEN 0 ELSE 1 END, member.role, member.locale,
            location.requiresMatch
        FROM location
        LEFT JOIN member ON member.shard = location.shard
            AND member.locationID = location.locationID
            AND member.userID = CAST(:userID AS bigint)
        WHERE location.shard = :shard AND location.locationID = :locationID
            AND location.deletedAt IS NULL
            AND (
                CAST(:userID AS bigint) IS NULL
                OR (member.userID IS NOT NULL AND member.deletedAt IS NULL)
            )
        """
    )
}

extension Timestamp {
    /// The day in UTC.
    fileprivate var day: CivilDate {
        let dayLength: Int64 = 86_400_000_000
        let days = microseconds / dayLength - (microseconds % dayLength < 0 ? 1 : 0)
        return CivilDate(daysSince1970: Int(days))
    }
}
