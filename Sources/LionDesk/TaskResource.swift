import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/scheduled/tasks`: a user's own tasks.
struct TaskResource<Store: TaskStore, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let options: LionDeskOptions

    /// Answers a request to the collection.
    func answer(_ call: LionDeskCall) async throws -> Response {
        switch call.method {
        case .get, .head: return try await find(call)
        case .post: return try await create(call)
        case .put: throw FeathersError.replaceMultiple
        case .patch: throw FeathersError.multipleEntries(.patch)
        case .delete: throw FeathersError.multipleEntries(.remove)
        case let other: throw FeathersError.methodNotAllowed(other.rawValue)
        }
    }

    /// Answers a request to one task.
    func answer(_ call: LionDeskCall, at id: String) async throws -> Response {
        switch call.method {
        case .get, .head: return try await get(call, id)
        case .put: return try await update(call, id, as: .replace)
        case .patch: return try await update(call, id, as: .update)
        case .delete: return try await remove(call, id)
        case let other: throw FeathersError.methodNotAllowed(other.rawValue)
        }
    }

    private func find(_ call: LionDeskCall) async throws -> Response {
        let query = try taskQuery(call)
        let page = try await commands.tasks(
            query.domainQuery,
            seenBy: call.viewer,
            in: call.locationID,
            at: call.now
        )
        if page.rest.isEmpty { return .page(page, of: query, options) }
        let (commands, viewer, locationID) = (commands, call.viewer, call.locationID)
        return .page(page, of: query, options) { ids in
            try await commands.tasks(
                ids,
                where: query.predicate,
                seenBy: viewer,
                in: locationID
            )
        }
    }

    private func get(_ call: LionDeskCall, _ text: String) async throws -> Response {
        let query = try taskQuery(call)
        let id: Identifier<TaskInstance> = try identifier(text)
        let entry = try await refusing(at: text) {
            try await commands.task(
                id,
                where: query.predicate,
                seenBy: call.viewer,
                in: call.locationID
            )
        }
        let tag = EntityTag(of: entry)
        if call.entityTags(.ifNoneMatch)?.containsWeakly(tag) ?? false {
            return Response(status: .notModified, headers: [.eTag: tag.text])
        }
        return response(entry, selecting: query.select)
    }

    private func create(_ call: LionDeskCall) async throws -> Response {
        let body = try LionDeskTaskBody(try await call.body(), for: .create, zone: call.zone)
        let select = LionDeskQuery<LionDeskTaskField>.selection(in: call.query)
        let entry = try await refusing {
            try await commands.create(body.draft, by: call.actor, at: call.now).entry
        }
        return response(entry, selecting: select, status: .created)
    }

    private func update(
        _ call: LionDeskCall,
        _ text: String,
        as purpose: LionDeskTaskBody.Purpose
    ) async throws -> Response {
        let query = try taskQuery(call)
        let id: Identifier<TaskInstance> = try identifier(text)
        let body = try LionDeskTaskBody(try await call.body(), for: purpose, zone: call.zone)
        let entry = try await refusing(at: text) {
            try await commands.update(
                id,
                where: query.predicate,
                with: body.edit(merging: options.mergesPatches && purpose == .update),
                extent: body.updateExtent,
                seenBy: call.viewer,
                under: terms(of: call),
                by: call.actor,
                at: call.now
            ).entry
        }
        return response(entry, selecting: query.select)
    }

    private func remove(_ call: LionDeskCall, _ text: String) async throws -> Response {
        let query = try taskQuery(call)
        let id: Identifier<TaskInstance> = try identifier(text)
        // A parameter of the URL replaces the member of the body.
        var members = try await call.body()
        if let type = call.query.parameters["delete_type"] { members["delete_type"] = type }
        let body = try LionDeskTaskBody(members, for: .remove, zone: call.zone)
        let entry = try await refusing(at: text) {
            try await commands.delete(
                id,
                where: query.predicate,
                extent: body.deletionExtent,
                seenBy: call.viewer,
                under: terms(of: call),
                by: call.actor,
                at: call.now
            ).entry
        }
        return response(entry, selecting: query.select)
    }

    /// The terms of a write: the task is as the client has it.
    private func terms(of call: LionDeskCall) -> WriteTerms {
        let tags = call.entityTags(.ifMatch)
        return WriteTerms { [options] entry in
            guard let tags, !tags.contains(EntityTag(of: entry)) else { return }
            throw FeathersError.changedMeanwhile(entry.members(options))
        }
    }

    private func response(
        _ entry: TaskEntry,
        selecting select: Set<LionDeskTaskField>?,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var response = Response.record(entry, selecting: select, status: status, options)
        response.headers[.eTag] = EntityTag(of: entry).text
        return response
    }

    /// The query, without the parameters that say how a series is changed.
    private func taskQuery(_ call: LionDeskCall) throws -> LionDeskQuery<LionDeskTaskField> {
        var query = call.query
        if call.method == .patch || call.method == .put || call.method == .delete {
            _ = query.parameters.removeValue(for: "update_type")
            _ = query.parameters.removeValue(for: "delete_type")
        }
        return try LionDeskQuery(query, zone: call.zone, page: options.page)
    }
}

/// Reads the identifier of a record in a path: decimal digits as this API writes them.
///
/// - Throws: The error that no such record exists, where the text is not an identifier.
func identifier<Subject>(_ text: String) throws(FeathersError) -> Identifier<Subject> {
    guard let number = Int64(text), number > 0, String(number) == text else {
        throw .notFound(id: text)
    }
    return Identifier(number)
}
