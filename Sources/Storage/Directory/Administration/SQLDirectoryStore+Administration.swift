package import Recurrence
package import Tasks

extension SQLDirectoryStore: AdministrationStore {
    package func teams(
        after id: Identifier<Team>?,
        limit: Int,
        seenBy actor: Actor
    ) async throws -> [DirectoryTeam] {
        var arguments = SQLArguments(in: actor.locationID)
        arguments.append(.integer(id?.rawValue ?? 0), for: "after")
        arguments.append(.integer(limit), for: "limit")
        arguments.append(.integer(orNull: actor.boundingUserID?.rawValue), for: "actorID")
        return try await database.scan(for: actor.locationID) {
            [arguments, unreadableRows = database.unreadableRows] connection in
            try connection.rows(TeamStatements.page, arguments) { row in try row.int64(0) }
                .compactMap { number in
                    do {
                        return try connection.team(DirectoryAddress(actor.locationID, number))
                    } catch let row as UnreadableRow {
                        unreadableRows.note(row)
                        return nil
                    }
                }
        }
    }

    package func team(
        _ id: Identifier<Team>,
        seenBy actor: Actor
    ) async throws -> DirectoryTeam? {
        try await database.readSnapshot { connection in
            let team = try connection.team(DirectoryAddress(actor.locationID, id.rawValue))
            guard let userID = actor.boundingUserID else { return team }
            return team.flatMap { $0.memberIDs.contains(userID) ? $0 : nil }
        }
    }

    package func shares(
        of contactIDs: [Identifier<Contact>],
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>: [Identifier<User>]] {
        if contactIDs.isEmpty { return [:] }
        return try await database.readSnapshot { connection in
            try contactIDs.reduce(into: [:]) { shares, id in
                let userIDs = try ContactRow.shares(
                    of: DirectoryAddress(locationID, id.rawValue),
                    from: connection
                )
                if !userIDs.isEmpty { shares[id] = userIDs.sorted().map { Identifier($0) } }
            }
        }
    }

    package func contents(of locationID: LocationID) async throws -> DirectoryUpdate {
        try await database.scan(for: locationID) { connection in
            try DirectoryContents(of: locationID, on: connection).update()
        }
    }

    // MARK: Tokens

    package func tokens(in locationID: LocationID) async throws -> [TokenRecord] {
        try await database.scan(for: locationID) {
            [unreadableRows = database.unreadableRows, uses = database.tokenUses] connection in
            try TokenRow.all(in: locationID, from: connection, telling: unreadableRows).map { row in
                var record = row.record
                record.lastUsedOn = uses.day(of: row.digest) ?? record.lastUsedOn
                return record
            }
        }
    }

    package func addToken(
        _ token: NewToken,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome {
        try await changeTokens(under: terms, at: now) { connection in
            let seat = try Self.seat(of: token.holder, from: connection)
            if let locationID = terms.locationID, seat.locationID != locationID {
                throw TokenRefusal.unknownHolder
            }
            let row = TokenRow(token, in: seat, at: now)
            try terms.check(.token(row.record))
            try row.save(to: connection)
            return TokenOutcome(record: row.record)
        }
    }

    package func revokeToken(
        _ id: String,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome {
        try await changeTokens(under: terms, at: now) { connection in
            var row = try connection.token(id, under: terms)
            if row.record.revokedAt != nil {
                return TokenOutcome(record: row.record, isChanged: false)
            }
            let before = row.record
            row.record.revokedAt = now
            try row.save(to: connection)
            return TokenOutcome(record: row.record, predecessor: before)
        }
    }

    package func rotateToken(
        _ id: String,
        to secret: TokenSecret,
        overlappingUntil end: Timestamp,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome {
        try await changeTokens(under: terms, at: now) { connection in
            var row = try connection.token(id, under: terms)
            let isExpired = row.record.expiresAt.map { $0 <= now } ?? false
            if row.record.revokedAt != nil || isExpired { throw TokenRefusal.unknown }
            let successor = TokenRow(
                NewToken(
                    secret,
                    holder: row.record.userID.map { .user($0) }
                        ?? .location(row.record.locationID),
                    scopes: row.record.scopes,
                    expiresAt: row.record.expiresAt
                ),
                in: TokenSeat(row.record),
                at: now
            )
            try successor.save(to: connection)
            row.record.expiresAt = row.record.expiresAt.map { min($0, end) } ?? end
            try row.save(to: connection)
            return TokenOutcome(record: successor.record, predecessor: row.record)
        }
    }

    package func audit(
        before number: Int64?,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [AuditEntry] {
        try await database.scan(for: locationID) {
            [unreadableRows = database.unreadableRows] connection in
            try connection.auditEntries(
                before: number,
                limit: limit,
                in: locationID,
                telling: unreadableRows
            )
        }
    }

    /// Changes a token, or only tries it, and notes it in the audit.
    private func changeTokens(
        under terms: DirectoryTerms,
        at now: Timestamp,
        _ body: @escaping @Sendable (Driver.Connection) throws -> TokenOutcome
    ) async throws -> TokenOutcome {
        try await database.write(for: terms.locationID, under: terms) { connection in
            var outcome = try body(connection)
            guard outcome.isChanged else { return outcome }
            let number = try connection.append(
                DirectoryDeed.Entry(outcome),
                by: terms.author,
                in: outcome.record.locationID,
                at: now
            )
            outcome.auditNumber = terms.isTrial ? nil : number
            return outcome
        }
    }
}

extension SQLDirectoryStore: TokenUseStore {
    package func keepTokenUses() async throws {
        let uses = database.tokenUses.all()
        if uses.isEmpty { return }
        try await database.write { connection in
            for (digest, day) in uses {
                try connection.execute(
                    TokenUseStatements.keep,
                    ["digest": .blob(digest), "day": .integer(Int64(day.daysSince1970))]
                )
            }
        }
        database.tokenUses.forget(uses)
    }
}

extension SQLStore {
    /// Runs a change, or only tries it: what is tried is carried out and then undone.
    ///
    /// In an atomic batch it is made together with the others.
    func write<Value: Sendable>(
        for locationID: LocationID?,
        under terms: DirectoryTerms,
        _ body: @escaping @Sendable (Driver.Connection) throws -> Value
    ) async throws -> Value {
        if let batch = WriteBatch.current?.batch, batch.isTrial || !terms.isTrial,
            let value = try await joinBatch({ transaction, _ in
                (try body(transaction.connection), nil)
            })
        {
            return value
        }
        guard terms.isTrial else { return try await write(for: locationID, body) }
        do {
            return try await write(for: locationID) { connection -> Value in
                throw EndOfTrial(value: try body(connection))
            }
        } catch let end as EndOfTrial<Value> {
            return end.value
        }
    }
}

extension SQLConnection {
    fileprivate func team(_ address: DirectoryAddress) throws -> DirectoryTeam? {
        guard let row = try TeamRow(address, from: self), row.deletedAt == nil,
            case .team(let team) = row.record(zone: "", savedAt: nil)
        else { return nil }
        return team
    }

    /// A token of the terms' location that may be changed.
    fileprivate func token(_ id: String, under terms: DirectoryTerms) throws -> TokenRow {
        guard let locationID = terms.locationID,
            let row = try TokenRow.row(ofToken: id, in: locationID, from: self)
        else { throw TokenRefusal.unknown }
        try terms.check(.token(row.record))
        return row
    }
}

extension DirectoryDeed.Entry {
    /// What became of a token.
    init(_ outcome: TokenOutcome) {
        let record = outcome.record
        let isRotated = outcome.predecessor.map { $0.id != record.id } ?? false
        let action =
            record.revokedAt != nil ? "deleted" : isRotated ? "rotated" : "created"
        let before = outcome.predecessor.map { DirectoryRecord.token($0).members }
        self.init(
            action: "token.\(action)",
            subject: isRotated ? outcome.predecessor?.id : record.id,
            detail: .difference(from: before, to: DirectoryRecord.token(record).members)
        )
    }
}

private enum TeamStatements {
    static let page = SQLStatement(
        """
        SELECT team.teamID FROM team
        WHERE team.shard = :shard AND team.locationID = :locationID AND team.teamID > :after
            AND team.deletedAt IS NULL AND (
                CAST(:actorID AS bigint) IS NULL OR EXISTS (
                    SELECT 1 FROM teamMember
                    WHERE teamMember.shard = team.shard
                        AND teamMember.locationID = team.locationID
                        AND teamMember.teamID = team.teamID AND teamMember.userID = :actorID
                )
            )
        ORDER BY team.teamID LIMIT :limit
        """
    )
}

private enum TokenUseStatements {
    static let keep = SQLStatement(
        """
        UPDATE token SET lastUsedOn = :day
        WHERE digest = :digest AND (lastUsedOn IS NULL OR lastUsedOn < :day)
        """
    )
}
