import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/contacts/{contactId}/tasks`: the tasks that are about a contact.
struct ContactTaskResource<Store: TaskStore & DirectoryNames, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let directory: DirectoryLookup<Store>

    /// How many tasks of a contact are listed where no limit is asked for; those with the earliest
    /// due times.
    private static var listLimit: Int { 10_000 }

    func answer(
        _ call: HighLevelCall,
        _ operation: ContactTaskOperation,
        ofContactNamed name: String
    ) async throws -> Response {
        let contactIDs = try await directory.contacts(named: [name], in: call.locationID)
        let contact = TaskContact(id: contactIDs[0], name: name)
        return switch operation {
        case .create: try await create(call, for: contact)
        case .list: try await list(call, of: contact)
        case .get(let id): try await get(call, id, of: contact)
        case .update(let id):
            try await update(call, id, of: contact) { members in
                try ContactTaskBody(members, .optional, of: name)
            }
        case .updateStatus(let id):
            try await update(call, id, of: contact) { members in
                try ContactTaskBody(status: members)
            }
        case .delete(let id): try await delete(call, id, of: contact)
        }
    }

    private func list(_ call: HighLevelCall, of contact: TaskContact) async throws -> Response {
        let asked = try ContactTaskListQuery(try call.parameters())
        let query = Query(
            predicate: contact.hasTask,
            order: [Ordering(.dueAt, isAscending: true)],
            limit: asked.limit ?? Self.listLimit,
            skip: asked.skip
        )
        let page = try await commands.tasks(
            query,
            seenBy: .wholeLocation,
            in: call.locationID,
            at: call.now
        )
        let list = WrittenList<TaskEntry>(
            more: { [commands] ids in
                try await commands.tasks(
                    ids,
                    where: contact.hasTask,
                    seenBy: .wholeLocation,
                    in: call.locationID
                )
            },
            write: { [directory] entries, json in
                let names = try await directory.names(of: entries, in: call.locationID)
                for entry in entries {
                    ContactTaskRecord(task: entry.task, names: names).write(to: &json)
                }
            }
        )
        return try await call.response("tasks", of: page, as: list)
    }

    private func create(_ call: HighLevelCall, for contact: TaskContact) async throws -> Response {
        let body = try ContactTaskBody(try await call.body(), .required, of: contact.name)
        let entry = try await commands.create(
            body.draft(
                contactID: contact.id,
                assigneeID: try await directory.users(
                    named: body.assignedTo.applied(to: nil).map { [$0] } ?? [],
                    in: call.locationID
                ).first,
                zone: call.zone
            ),
            by: call.actor,
            at: call.now
        ).entry
        return try await response(entry, .created, to: call)
    }

    private func get(
        _ call: HighLevelCall,
        _ text: String,
        of contact: TaskContact
    ) async throws -> Response {
        let entry = try await withRecord(named: text, orElse: HighLevelError.taskNotFound) { id in
            try await commands.task(
                id,
                where: contact.hasTask,
                seenBy: .wholeLocation,
                in: call.locationID
            )
        }
        if let notModified = call.notModified(EntityTag(of: entry)) { return notModified }
        return try await response(entry, to: call)
    }

    private func update(
        _ call: HighLevelCall,
        _ text: String,
        of contact: TaskContact,
        reading read: (JSONObject) throws -> ContactTaskBody
    ) async throws -> Response {
        let body = try read(try await call.body())
        let entry = try await withRecord(named: text, orElse: HighLevelError.taskNotFound) { id in
            try await commands.update(
                id,
                where: contact.hasTask,
                with: body.edit(
                    assigneeID: try await assignee(
                        of: body,
                        for: id,
                        of: contact,
                        in: call.locationID
                    ),
                    zone: call.zone
                ),
                extent: .thisOne,
                seenBy: .wholeLocation,
                under: call.terms,
                by: call.actor,
                at: call.now
            ).entry
        }
        return try await response(entry, to: call)
    }

    private func delete(
        _ call: HighLevelCall,
        _ text: String,
        of contact: TaskContact
    ) async throws -> Response {
        _ = try await withRecord(named: text, orElse: HighLevelError.taskNotFound) { id in
            try await commands.delete(
                id,
                where: contact.hasTask,
                extent: .thisOne,
                seenBy: .wholeLocation,
                under: call.terms,
                by: call.actor,
                at: call.now
            )
        }
        // HighLevel's own answer has the misspelled `succeded`, and clients rely on it.
        return call.response { json in
            json.name("succeded")
            json.write(true)
            json.name("succeeded")
            json.write(true)
        }
    }

    // MARK: - Parts

    /// What a body for an update does to the assignee of a task.
    private func assignee(
        of body: ContactTaskBody,
        for taskID: Identifier<TaskInstance>,
        of contact: TaskContact,
        in locationID: LocationID
    ) async throws -> FieldEdit<Identifier<User>?> {
        guard case .set(let edited) = body.assignedTo else { return .keep }
        guard let name = edited else { return .set(nil) }
        let users = try await directory.users(named: [name], in: locationID) {
            let entry = try await commands.task(
                taskID,
                where: contact.hasTask,
                seenBy: .wholeLocation,
                in: locationID
            )
            let names = try await directory.names(of: [entry], in: locationID)
            return ContactTaskRecord(task: entry.task, names: names).user.map { [$0.publicID] }
        }
        return users.map { .set($0[0]) } ?? .keep
    }

    private func response(
        _ entry: TaskEntry,
        _ status: HTTPResponse.Status = .ok,
        to call: HighLevelCall
    ) async throws -> Response {
        let names = try await directory.names(of: [entry], in: call.locationID)
        return call.response(status, headers: [.eTag: EntityTag(of: entry).text]) { json in
            json.name("task")
            ContactTaskRecord(task: entry.task, names: names).write(to: &json)
        }
    }
}

/// The contact that a path names.
private struct TaskContact {
    let id: Identifier<Contact>
    let name: String

    /// The condition that a task is one of the contact's and is not deleted.
    var hasTask: Predicate<TaskField> {
        .all([.isVisible, .isOneOf(.contactID, [.integer(id.rawValue)])])
    }
}
