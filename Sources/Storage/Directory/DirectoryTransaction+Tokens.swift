import Recurrence
import Tasks

extension DirectoryTransaction {
    /// Changes or creates a token.
    mutating func apply(_ update: TokenUpdate, at place: DirectoryPlace) throws {
        try note(.token(digest: update.digest), at: place)
        let holder = try update.holder.map { try found($0, at: place) }
        let old = try TokenRow(digest: update.digest, from: connection)
        if let old {
            if !isWithinReach(old.record.locationID) { throw place.refusal(nil, .taken) }
            try terms.check(.token(old.record))
        }
        var row = try old ?? newRow(of: update, for: holder, at: place)
        if let holder, holder != TokenSeat(row.record) {
            throw place.refusal(holder.userID == nil ? .location : .user, .otherHolder)
        }
        if row.record.revokedAt != nil, update.isRevoked == false {
            throw place.refusal(.deletion, .revoked)
        }
        row.record.scopes = update.scopes.applied(to: row.record.scopes)
        row.record.expiresAt = update.expiresAt.applied(to: row.record.expiresAt)
        row.record.revokedAt = deletedAt(row.record.revokedAt, update.isRevoked)
        if row != old { try row.save(to: connection) }
        let change = count(.token, from: old, to: row, deletion: \.record.revokedAt)
        note(
            DirectorySample(
                change: change,
                before: old.map { .token($0.record) },
                after: .token(row.record)
            ),
            place,
            DirectoryAddress(row.record.locationID, 0)
        )
    }

    private func newRow(
        of update: TokenUpdate,
        for holder: TokenSeat?,
        at place: DirectoryPlace
    ) throws -> TokenRow {
        guard let holder else { throw place.refusal(.user, .missing) }
        return TokenRow(
            digest: update.digest,
            record: TokenRecord(
                id: TokenText.identifier(ofDigest: update.digest),
                hint: update.hint,
                locationID: holder.locationID,
                userID: holder.userID,
                scopes: nil,
                createdAt: now,
                expiresAt: nil,
                revokedAt: nil
            )
        )
    }

    private mutating func found(
        _ holder: TokenHolder,
        at place: DirectoryPlace
    ) throws -> TokenSeat {
        switch holder {
        case .user(let userID):
            let locationID = try locationID(of: userID, referredToBy: .user, at: place)
            return TokenSeat(locationID: locationID, userID: userID)
        case .location(let locationID):
            if !isWithinReach(locationID) { throw place.refusal(.location, .unknown) }
            try checkLocation(locationID, at: place)
            return TokenSeat(locationID: locationID, userID: nil)
        }
    }
}
