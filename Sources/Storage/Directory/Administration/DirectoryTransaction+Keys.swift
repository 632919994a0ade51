import Tasks

extension DirectoryTransaction {
    /// What is remembered of an update that was carried out.
    var effectNote: EffectNote {
        let sample = outcome.samples.first
        let number = (sample?.after ?? sample?.before)?.number
        return EffectNote(recordID: number ?? 0, changeNumber: outcome.auditNumber)
    }

    /// Tells what came of an update that was carried out before: its one record, as it is now.
    ///
    /// - Returns: Whether there is such a record; of an update of several there is none.
    mutating func recall(_ update: DirectoryUpdate, by note: EffectNote) throws -> Bool {
        guard let locationID = terms.locationID, update.recordCount == 1,
            let location = try LocationRow(locationID, from: connection)
        else { return false }
        let address = DirectoryAddress(locationID, note.recordID)
        let zone = location.timeZone
        let isFound =
            if !update.locations.isEmpty {
                recall(location.record, isDeleted: location.deletedAt != nil)
            } else if !update.users.isEmpty {
                recall(try MemberRow(address, from: connection), in: zone)
            } else if !update.teams.isEmpty {
                recall(try TeamRow(address, from: connection), in: zone)
            } else if !update.contacts.isEmpty {
                recall(try ContactRow(address, from: connection), in: zone)
            } else if !update.categories.isEmpty {
                recall(try CategoryRow(address, from: connection), in: zone)
            } else {
                false
            }
        if isFound { outcome.auditNumber = note.changeNumber }
        return isFound
    }

    private mutating func recall(_ row: (some DirectoryRow)?, in zone: String) -> Bool {
        guard let row else { return false }
        return recall(row.record(zone: zone, savedAt: nil), isDeleted: row.deletedAt != nil)
    }

    private mutating func recall(_ record: DirectoryRecord, isDeleted: Bool) -> Bool {
        outcome.note(
            DirectorySample(
                change: .unchanged,
                before: record,
                after: isDeleted ? nil : record
            )
        )
        return true
    }
}

extension DirectoryRecord {
    /// The number of the record within its location, where it has one.
    fileprivate var number: Int64? {
        switch self {
        case .user(let user): user.id.rawValue
        case .team(let team): team.id.rawValue
        case .contact(let contact): contact.id.rawValue
        case .category(let category): category.id.rawValue
        case .location, .token: nil
        }
    }
}
