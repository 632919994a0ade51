package import Recurrence
package import Tasks

extension SQLDirectoryStore: CalendarAddressStore {
    package func setCalendarAddress(
        _ address: SessionDigest,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws {
        var arguments = AddressStatements.arguments(of: userID, in: locationID)
        arguments.append(.blob(address.digest), for: "digest")
        arguments.append(.integer(now.microseconds), for: "now")
        let former = AddressStatements.arguments(of: userID, in: locationID)
        try await database.write { [arguments] connection in
            try connection.execute(AddressStatements.remove, former)
            try connection.execute(AddressStatements.add, arguments)
        }
    }

    package func removeCalendarAddress(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> Bool {
        let arguments = AddressStatements.arguments(of: userID, in: locationID)
        return try await database.write { connection in
            try connection.execute(AddressStatements.remove, arguments) > 0
        }
    }

    package func calendarAddress(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> CalendarAddress? {
        let arguments = AddressStatements.arguments(of: userID, in: locationID)
        return try await database.read { connection in
            // By its digest, so that an address that cannot be read has one name.
            let digest = try connection.row(AddressStatements.ofUser, arguments) { try $0.blob(0) }
            guard let digest else { return nil }
            return try Self.holder(of: digest, in: locationID.shard, from: connection)?.address
        }
    }

    package func reader(
        byCalendarAddress address: SessionDigest
    ) async throws -> (principal: Principal, address: CalendarAddress)? {
        try await database.read { connection in
            let known = try Self.holder(of: address.digest, in: address.shard, from: connection)
            guard let known else { return nil }
            return try Self.principal(of: known.seat, from: connection).map { ($0, known.address) }
        }
    }

    /// Whose an address is, and what is known of it.
    private static func holder(
        of digest: [UInt8],
        in shard: Int,
        from connection: Driver.Connection
    ) throws -> (seat: TokenSeat, address: CalendarAddress)? {
        try connection.row(
            AddressStatements.one,
            ["shard": .integer(shard), "digest": .blob(digest)],
            of: "calendarAddress",
            key: TokenText.identifier(ofDigest: digest)
        ) { row in
            (
                seat: TokenSeat(
                    locationID: LocationID(try row.text(0, lengths: .names)),
                    userID: try row.identifier(1)
                ),
                address: CalendarAddress(
                    createdAt: try row.timestamp(2),
                    usedAt: try row.optionalTimestamp(3)
                )
            )
        }
    }

    package func noteUse(
        ofCalendarAddress address: SessionDigest,
        at now: Timestamp
    ) async throws {
        var arguments = AddressStatements.arguments(address)
        arguments.append(.integer(now.microseconds), for: "now")
        _ = try await database.write { [arguments] connection in
            try connection.execute(AddressStatements.noteUse, arguments)
        }
    }
}

private enum AddressStatements {
    static func arguments(_ address: SessionDigest) -> SQLArguments {
        ["shard": .integer(address.shard), "digest": .blob(address.digest)]
    }

    static func arguments(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        return arguments
    }

    static let add = SQLStatement(
        """
        INSERT INTO calendarAddress (shard, digest, locationID, userID, createdAt, usedAt)
        VALUES (:shard, :digest, :locationID, :userID, :now, NULL)
        """
    )
    static let remove = SQLStatement(
        """
        DELETE FROM calendarAddress
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
        """
    )
    static let ofUser = SQLStatement(
        """
        SELECT digest FROM calendarAddress
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
        """
    )
    static let one = SQLStatement(
        """
        SELECT locationID, userID, createdAt, usedAt FROM calendarAddress
        WHERE shard = :shard AND digest = :digest
        """
    )
    static let noteUse = SQLStatement(
        "UPDATE calendarAddress SET usedAt = :now WHERE shard = :shard AND digest = :digest"
    )
}
