import Recurrence
import Tasks

extension DirectoryTransaction {
    /// Changes or creates a location.
    ///
    /// A new one has the default categories from the start.
    mutating func apply(_ update: LocationUpdate, at place: DirectoryPlace) throws {
        try note(.location(update.id), at: place)
        if !isWithinReach(update.id) { throw place.refusal(.id, .outOfReach) }
        let old = try LocationRow(update.id, from: connection)
        let before = old.flatMap { $0.deletedAt == nil ? $0.record : nil }
        if let before { try terms.check(before) }
        var row = try old ?? LocationRow(creating: update, at: place)
        row.apply(update)
        row.deletedAt = deletedAt(row.deletedAt, update.isDeleted)
        if row != old { try row.save(replacing: old, to: connection, at: now) }
        if old == nil { try furnish(update.id) }
        let change = count(.location, from: old, to: row, deletion: \.deletedAt)
        let after = row.deletedAt == nil ? row.record : nil
        note(
            DirectorySample(change: change, before: before, after: after),
            place,
            DirectoryAddress(update.id, 0)
        )
    }

    private func furnish(_ id: LocationID) throws {
        try register.give(.location(id), to: DirectoryAddress(id, 0))
        for (categoryID, name) in TaskCategory.defaults {
            let category = CategoryRow(DirectoryAddress(id, categoryID.rawValue), name: name)
            try category.save(replacing: nil, to: connection, at: now)
        }
    }
}
