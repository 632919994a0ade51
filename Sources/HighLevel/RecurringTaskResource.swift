import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/locations/{locationId}/recurring-tasks`: a location's series.
struct RecurringTaskResource<Store: SeriesStore & DirectoryNames, Zones: ZoneSource>: Sendable {
    let commands: SeriesCommands<Store, Zones>
    let zones: Zones
    let directory: DirectoryLookup<Store>

    func answer(
        _ call: HighLevelCall,
        _ operation: RecurringTaskOperation
    ) async throws -> Response {
        switch operation {
        case .create: try await create(call)
        case .list: try await list(call)
        case .get(let id): try await get(call, id)
        case .update(let id): try await update(call, id)
        case .delete(let id): try await delete(call, id)
        }
    }

    private func create(_ call: HighLevelCall) async throws -> Response {
        let body = try RecurringTaskBody(try await call.body(), .required, zone: call.zone)
        let entry = try await commands.create(
            body.draft(
                contactIDs: try await contacts(of: body, in: call.locationID),
                ownerIDs: try await owners(of: body, in: call.locationID)
            ),
            by: call.actor,
            at: call.now
        )
        return try await response(entry, .created, to: call)
    }

    private func get(_ call: HighLevelCall, _ text: String) async throws -> Response {
        let entry = try await withRecord(named: text, orElse: HighLevelError.recurringTaskNotFound)
        { id in
            try await commands.series(id, in: call.locationID)
        }
        return try await response(entry, to: call)
    }

    private func update(_ call: HighLevelCall, _ text: String) async throws -> Response {
        let body = try RecurringTaskBody(try await call.body(), .optional, zone: call.zone)
        let entry = try await withRecord(named: text, orElse: HighLevelError.recurringTaskNotFound)
        { id in
            try await commands.update(
                id,
                with: body.edit(
                    contactIDs: try await contacts(of: body, in: call.locationID),
                    ownerIDs: try await owners(of: body, in: call.locationID)
                ),
                by: call.actor,
                at: call.now
            )
        }
        return try await response(entry, to: call)
    }

    private func delete(_ call: HighLevelCall, _ text: String) async throws -> Response {
        try await withRecord(named: text, orElse: HighLevelError.recurringTaskNotFound) { id in
            try await commands.delete(id, by: call.actor, at: call.now)
        }
        return call.response { json in
            json.name("id")
            json.write(text)
            json.name("success")
            json.write(true)
        }
    }

    private func list(_ call: HighLevelCall) async throws -> Response {
        let query = try RecurringTaskListQuery(try call.parameters())
        let page = try await commands.allSeries(
            limit: query.limit,
            skip: query.skip,
            in: call.locationID
        )
        let list = WrittenList<SeriesEntry>(
            more: { [commands] ids in try await commands.series(ids, in: call.locationID) },
            write: { entries, json in
                for record in try await records(of: entries, for: call) { record.write(to: &json) }
            },
            writeMembers: { json in
                json.name("total")
                json.write(Int64(page.total))
            }
        )
        return try await call.response("recurringTasks", of: page, as: list)
    }

    // MARK: - Parts

    private func contacts(
        of body: RecurringTaskBody,
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>] {
        try await directory.contacts(named: body.contactIDs ?? [], in: locationID)
    }

    private func owners(
        of body: RecurringTaskBody,
        in locationID: LocationID
    ) async throws -> [Identifier<User>] {
        try await directory.users(named: body.owners ?? [], in: locationID)
    }

    private func response(
        _ entry: SeriesEntry,
        _ status: HTTPResponse.Status = .ok,
        to call: HighLevelCall
    ) async throws -> Response {
        let records = try await records(of: [entry], for: call)
        if records.isEmpty { throw UnknownZone(identifier: entry.series.timeZone) }
        return call.response(status) { json in
            json.name("recurringTask")
            for record in records { record.write(to: &json) }
        }
    }

    /// What is shown of series; one whose zone cannot be read is left out.
    private func records(
        of entries: [SeriesEntry],
        for call: HighLevelCall
    ) async throws -> [RecurringTaskRecord] {
        let names = try await directory.names(
            ofContacts: entries.flatMap(\.series.contactIDs),
            users: entries.flatMap(\.series.ownerIDs),
            in: call.locationID
        )
        return try entries.compactMap { entry in
            do {
                return try RecurringTaskRecord(
                    series: entry.series,
                    zones: zones,
                    occurrenceCount: try commands.occurrenceCount(of: entry, at: call.now),
                    locationID: call.locationID,
                    names: names
                )
            } catch is UnknownZone {
                return nil
            }
        }
    }
}
