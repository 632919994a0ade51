import HTTPServing
import HTTPTypes
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
                contactIDs: try await directory.contacts(
                    named: body.contactIDs ?? [],
                    in: call.locationID
                ),
                ownerIDs: try await directory.users(named: body.owners ?? [], in: call.locationID)
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
        if let notModified = call.notModified(EntityTag(of: entry)) { return notModified }
        return try await response(entry, to: call)
    }

    private func update(_ call: HighLevelCall, _ text: String) async throws -> Response {
        let members = try await call.body()
        let body = try RecurringTaskBody(
            members,
            .optional,
            zone: call.zone,
            keeping: members["rruleOptions"] == nil ? nil : try await nearestOptions(text, call)
        )
        let entry = try await withRecord(named: text, orElse: HighLevelError.recurringTaskNotFound)
        { id in
            try await commands.update(
                id,
                with: try await edit(by: body, of: id, call),
                checking: call.seriesCheck,
                by: call.actor,
                at: call.now
            )
        }
        return try await response(entry, to: call)
    }

    private func delete(_ call: HighLevelCall, _ text: String) async throws -> Response {
        try await withRecord(named: text, orElse: HighLevelError.recurringTaskNotFound) { id in
            try await commands.delete(
                id,
                checking: call.seriesCheck,
                by: call.actor,
                at: call.now
            )
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

    /// The options by which answers show a series that another dialect made; none for any other, or
    /// where the series or its zone cannot be read.
    private func nearestOptions(
        _ text: String,
        _ call: HighLevelCall
    ) async throws -> RRuleOptions? {
        guard let id = Identifier<RecurringTask>(highLevel: text) else { return nil }
        do {
            let series = try await commands.series(id, in: call.locationID).series
            if series.dueSchedule?.wording != nil { return nil }
            return RRuleOptions(nearestTo: series, in: try zones.zone(named: series.timeZone))
        } catch TaskRefusal.notFound {
            return nil
        } catch is UnreadableRow {
            return nil
        } catch is UnknownZone {
            return nil
        }
    }

    /// What a body changes.
    private func edit(
        by body: RecurringTaskBody,
        of id: Identifier<RecurringTask>,
        _ call: HighLevelCall
    ) async throws -> SeriesEdit {
        body.edit(
            contactIDs: try await directory.contacts(
                named: body.contactIDs,
                in: call.locationID,
                unlessShown: { try await shown(id, call)?.contactNames }
            ),
            ownerIDs: try await directory.users(
                named: body.owners,
                in: call.locationID,
                unlessShown: { try await shown(id, call)?.ownerNames }
            )
        )
    }

    /// What answers show of a series; none where it or its zone cannot be read.
    private func shown(
        _ id: Identifier<RecurringTask>,
        _ call: HighLevelCall
    ) async throws -> RecurringTaskRecord? {
        do {
            let entry = try await commands.series(id, in: call.locationID)
            return try await records(of: [entry], for: call).first
        } catch is UnreadableRow {
            return nil
        }
    }

    private func response(
        _ entry: SeriesEntry,
        _ status: HTTPResponse.Status = .ok,
        to call: HighLevelCall
    ) async throws -> Response {
        let records = try await records(of: [entry], for: call)
        if records.isEmpty { throw UnknownZone(identifier: entry.series.timeZone) }
        return call.response(status, headers: [.eTag: EntityTag(of: entry).text]) { json in
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
