import Recurrence
import Tasks

extension DirectoryTransaction {
    /// Changes or creates a location.
    ///
    /// A new one has the default categories from the start.
    mutating func apply(_ update: LocationUpdate, at place: DirectoryPlace) throws {
        try note(.location(update.id), at: place)
        let old = try LocationRow(update.id, from: connection)
        var row = try old ?? LocationRow(creating: update, at: place)
        row.apply(update)
        row.deletedAt = deletedAt(row.deletedAt, update.isDeleted)
        if row != old { try row.save(to: connection) }
        if old == nil { try furnish(update.id) }
        count(.location, from: old, to: row, deletion: \.deletedAt)
    }

    private func furnish(_ id: LocationID) throws {
        try register.give(.location(id), to: DirectoryAddress(id, 0))
        for (categoryID, name) in TaskCategory.defaults {
            let category = CategoryRow(DirectoryAddress(id, categoryID.rawValue), name: name)
            try category.save(replacing: nil, to: connection, at: now)
        }
    }
}
