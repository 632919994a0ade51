package import Recurrence
package import Tasks

extension SQLDirectoryStore: PageSessionStore {
    package func addSignInLink(
        for userID: Identifier<User>,
        shownAs newText: @Sendable (LocationID) -> SessionText,
        digestedBy digest: @escaping @Sendable (SessionText) -> SessionDigest,
        until expiry: Timestamp,
        at now: Timestamp
    ) async throws -> SessionText {
        let seat = try await database.read { connection in
            try Self.seat(of: .user(userID), from: connection)
        }
        let text = newText(seat.locationID)
        try await database.write { connection in
            let row = digest(text)
            var arguments = SessionStatements.arguments(row)
            arguments.append(.text(seat.locationID.rawValue), for: "locationID")
            arguments.append(.integer(userID.rawValue), for: "userID")
            arguments.append(.integer(expiry.microseconds), for: "expiresAt")
            try connection.execute(SessionStatements.addLink, arguments)
            // Links that lapsed are forgotten when others come.
            let old: SQLArguments = [
                "shard": .integer(row.shard), "now": .integer(now.microseconds),
            ]
            try connection.execute(SessionStatements.forgetLinks, old)
        }
        return text
    }

    package func signIn(
        byLink link: SessionDigest,
        beginning session: SessionDigest,
        in browser: String,
        at now: Timestamp
    ) async throws -> Bool {
        // However many links are tried that are not there, nobody waits who writes.
        let isThere = try await database.read { connection in
            try connection.row(SessionStatements.link, SessionStatements.arguments(link)) { _ in
                true
            }
        }
        guard isThere ?? false else { return false }
        return try await database.write { connection in
            let seat = try connection.row(
                SessionStatements.useLink,
                SessionStatements.arguments(link),
                of: "signInLink",
                key: SessionStatements.key(link)
            ) { row -> TokenSeat? in
                if try row.timestamp(2) <= now { return nil }
                return TokenSeat(
                    locationID: LocationID(try row.text(0, lengths: .names)),
                    userID: try row.identifier(1)
                )
            }
            // The session has the shard of its link, so both know the same location.
            guard let seat = seat.flatMap({ $0 }), let userID = seat.userID,
                seat.locationID.shard == session.shard
            else { return false }
            var arguments = SessionStatements.arguments(session)
            arguments.append(.text(seat.locationID.rawValue), for: "locationID")
            arguments.append(.integer(userID.rawValue), for: "userID")
            arguments.append(.text(browser), for: "browser")
            arguments.append(.integer(now.microseconds), for: "now")
            try connection.execute(SessionStatements.add, arguments)
            try connection.execute(
                SessionStatements.forget,
                SessionStatements.bounds(onShard: session.shard, at: now)
            )
            return true
        }
    }

    package func visitor(
        ofSession session: SessionDigest,
        at now: Timestamp
    ) async throws -> Visitor? {
        try await database.read { connection in
            let arguments = SessionStatements.arguments(session)
            let known = try connection.row(
                SessionStatements.one,
                arguments,
                of: "pageSession",
                key: SessionStatements.key(session)
            ) { row in try Self.session(row, digest: session.digest) }
            guard let known, known.isInForce(at: now) else { return nil }
            let principal = try Self.principal(
                of: TokenSeat(locationID: known.locationID, userID: known.userID),
                from: connection
            )
            return principal.map { Visitor(principal: $0, session: known) }
        }
    }

    package func principal(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> Principal? {
        try await database.read { connection in
            let seat = TokenSeat(locationID: locationID, userID: userID)
            return try Self.principal(of: seat, from: connection)
        }
    }

    package func noteUse(ofSession session: SessionDigest, at now: Timestamp) async throws {
        var arguments = SessionStatements.arguments(session)
        arguments.append(.integer(now.microseconds), for: "now")
        _ = try await database.write { [arguments] connection in
            try connection.execute(SessionStatements.noteUse, arguments)
        }
    }

    package func sessions(
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> [PageSession] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        return try await database.read {
            [arguments, unreadableRows = database.unreadableRows] connection in
            try connection.readableRows(
                SessionStatements.ofUser,
                arguments,
                telling: unreadableRows
            ) { row in
                let digest = (try? row.blob(5)) ?? []
                do throws(UnreadableValue) {
                    return try Self.session(row, digest: digest)
                } catch {
                    let id = TokenText.identifier(ofDigest: digest)
                    throw UnreadableRow(error, of: "pageSession", key: id)
                }
            }.values.filter { $0.isInForce(at: now) }
        }
    }

    package func endSession(
        _ id: PageSession.ID,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> Bool {
        guard let prefix = TokenText.digestPrefix(ofIdentifier: id) else { return false }
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        arguments.append(.blob(prefix), for: "first")
        arguments.append(.blob(prefix + [UInt8](repeating: .max, count: 64)), for: "last")
        return try await database.write { [arguments] connection in
            try connection.execute(SessionStatements.end, arguments) > 0
        }
    }

    /// Reads the columns of a session.
    private static func session(
        _ row: some SQLRow,
        digest: [UInt8]
    ) throws(UnreadableValue) -> PageSession {
        PageSession(
            id: TokenText.identifier(ofDigest: digest),
            locationID: LocationID(try row.text(0, lengths: .names)),
            userID: try row.identifier(1),
            browser: try row.text(2, lengths: .optionalNames),
            createdAt: try row.timestamp(3),
            usedAt: try row.timestamp(4)
        )
    }
}

extension PageSession {
    /// Whether it is neither too old nor unused for too long.
    fileprivate func isInForce(at now: Timestamp) -> Bool {
        now < createdAt.advanced(by: SignInTerms.sessionDuration)
            && now < usedAt.advanced(by: SignInTerms.idleDuration)
    }
}

private enum SessionStatements {
    static func arguments(_ digest: SessionDigest) -> SQLArguments {
        ["shard": .integer(digest.shard), "digest": .blob(digest.digest)]
    }

    static func key(_ digest: SessionDigest) -> String {
        TokenText.identifier(ofDigest: digest.digest)
    }

    /// Before which times a session was made, or last used, that is in force no more.
    static func bounds(onShard shard: Int, at now: Timestamp) -> SQLArguments {
        [
            "shard": .integer(shard),
            "made": .integer(now.advanced(by: .zero - SignInTerms.sessionDuration).microseconds),
            "used": .integer(now.advanced(by: .zero - SignInTerms.idleDuration).microseconds),
        ]
    }

    static let addLink = SQLStatement(
        """
        INSERT INTO signInLink (shard, digest, locationID, userID, expiresAt)
        VALUES (:shard, :digest, :locationID, :userID, :expiresAt)
        """
    )
    static let link = SQLStatement(
        "SELECT 1 FROM signInLink WHERE shard = :shard AND digest = :digest"
    )
    static let useLink = SQLStatement(
        """
        DELETE FROM signInLink WHERE shard = :shard AND digest = :digest
        RETURNING locationID, userID, expiresAt
        """
    )
    static let forgetLinks = SQLStatement(
        "DELETE FROM signInLink WHERE shard = :shard AND expiresAt <= :now"
    )
    static let add = SQLStatement(
        """
        INSERT INTO pageSession (shard, digest, locationID, userID, browser, createdAt, usedAt)
        VALUES (:shard, :digest, :locationID, :userID, :browser, :now, :now)
        """
    )
    static let one = SQLStatement(
        """
        SELECT locationID, userID, browser, createdAt, usedAt FROM pageSession
        WHERE shard = :shard AND digest = :digest
        """
    )
    static let ofUser = SQLStatement(
        """
        SELECT locationID, userID, browser, createdAt, usedAt, digest FROM pageSession
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
        ORDER BY usedAt DESC, digest
        """
    )
    static let noteUse = SQLStatement(
        "UPDATE pageSession SET usedAt = :now WHERE shard = :shard AND digest = :digest"
    )
    static let end = SQLStatement(
        """
        DELETE FROM pageSession
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND digest BETWEEN :first AND :last
        """
    )
    static let forget = SQLStatement(
        """
        DELETE FROM pageSession
        WHERE shard = :shard AND (createdAt <= :made OR usedAt <= :used)
        """
    )
}
