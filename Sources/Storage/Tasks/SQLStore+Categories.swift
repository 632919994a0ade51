package import Recurrence
package import Tasks

extension SQLStore: CategoryStore {
    package func categories(
        _ query: Query<CategoryField>,
        seenBy userID: Identifier<User>?,
        in locationID: LocationID
    ) async throws -> Page<TaskCategory> {
        let listing = CategoryStatements.listing(of: query, seenBy: userID, in: locationID)
        return try await scan(for: locationID) { connection in
            let page = try connection.page(
                of: listing,
                limit: query.limit,
                skip: query.skip,
                telling: unreadableRows
            ) { row in
                try TaskCategory(row, in: locationID)
            }
            return Page(total: page.total, records: page.rows)
        }
    }

    package func createCategory(
        named name: String,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory {
        try await change(in: locationID, at: now, remembering: .category) { transaction, _ in
            let category = TaskCategory(
                id: try transaction.newCategoryID(),
                name: name,
                ownerID: userID,
                createdAt: now,
                modifiedAt: now
            )
            try transaction.insert(category)
            let detail = ChangeDetail.category(Replacement(after: category))
            try transaction.append(
                LoggedChange(kind: .created, actorID: userID, changedAt: now, detail: detail)
            )
            return (category, nil)
        }
    }

    package func renameCategory(
        _ id: Identifier<Category>,
        to name: String,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory {
        try await change(in: locationID, at: now, remembering: .category) { transaction, _ in
            let category = try transaction.category(id, ownedBy: userID)
            var renamed = category
            renamed.name = name
            renamed.modifiedAt = now
            try transaction.rename(renamed)
            let detail = ChangeDetail.category(Replacement(before: category, after: renamed))
            try transaction.append(
                LoggedChange(kind: .updated, actorID: userID, changedAt: now, detail: detail)
            )
            return (renamed, nil)
        }
    }

    package func deleteCategory(
        _ id: Identifier<Category>,
        ownedBy userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> TaskCategory {
        try await change(in: locationID, at: now, remembering: .category) { transaction, _ in
            let category = try transaction.category(id, ownedBy: userID)
            var deleted = category
            deleted.modifiedAt = now
            try transaction.delete(deleted)
            let detail = ChangeDetail.category(
                Replacement(before: category, after: deleted),
                removedFromTasks: try transaction.remove(
                    deleted,
                    with: CategoryStatements.removeFromTasks
                ),
                removedFromSeries: try transaction.remove(
                    deleted,
                    with: CategoryStatements.removeFromSeries
                )
            )
            try transaction.append(
                LoggedChange(kind: .deleted, actorID: userID, changedAt: now, detail: detail)
            )
            return (deleted, nil)
        }
    }
}

extension EffectMemory where Value == TaskCategory {
    /// Remembers the category that a command addressed.
    fileprivate static var category: EffectMemory {
        EffectMemory(
            note: { EffectNote(recordID: $0.id.rawValue) },
            recall: { note, transaction in try transaction.category(Identifier(note.recordID)) }
        )
    }
}
