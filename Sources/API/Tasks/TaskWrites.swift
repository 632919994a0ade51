import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// The writes of `/tasks`.
struct TaskWrites<Store: BrowsingStore & TaskStore, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let browsing: BrowsingCommands<Store, Zones>
    let zones: Zones

    /// Creates a task, or a series that is answered by its first task.
    func create(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let fields = TaskFieldReader(zones: zones, now: call.now, zone: call.zone)
        let draft = fields.draft(from: &reader, by: call.principal.userID)
        try reader.finish()
        guard let draft else { throw Problem(.internalError, "A fault was not told.") }
        let outcome = try await commands.create(
            draft,
            under: WriteTerms(isTrial: isTrial),
            by: call.actor,
            at: call.now
        )
        var response = response(to: call, outcome, .created)
        if !isTrial {
            response.headers[.location] = "/v1/tasks/\(outcome.entry.task.id.rawValue)"
        }
        return response
    }

    /// Changes a task by a merge patch, or it and those that follow it.
    func update(_ call: APICall, _ text: String) async throws -> Response {
        let (extent, isTrial) = try scope(
            call,
            among: ["this": .thisOne, "following": .thisAndFollowing]
        )
        let id = try identifier(text)
        let body = try await call.body()
        let entry = try await commands.task(
            id,
            where: .all([]),
            seenBy: call.viewer,
            in: call.locationID
        )
        var reader = MemberReader(body)
        let fields = TaskFieldReader(
            zones: zones,
            now: call.now,
            zone: try zone(of: entry, toRead: body)
        )
        let edit = fields.edit(from: &reader, of: entry, extent)
        try reader.finish()
        let outcome = try await commands.update(
            id,
            with: edit,
            extent: extent,
            seenBy: call.viewer,
            under: call.terms(isTrial: isTrial, for: .changing),
            by: call.actor,
            at: call.now
        )
        return response(to: call, outcome)
    }

    /// Deletes a task, or it and those that follow it, or the whole series.
    func delete(_ call: APICall, _ text: String) async throws -> Response {
        let (extent, isTrial) = try scope(
            call,
            among: ["this": .thisOne, "following": .thisAndFollowing, "all": .all]
        )
        let outcome = try await commands.delete(
            try identifier(text),
            extent: extent,
            seenBy: call.viewer,
            under: call.terms(isTrial: isTrial, for: .deleting),
            by: call.actor,
            at: call.now
        )
        return response(to: call, outcome)
    }

    /// Completes a task, or opens one that is complete, and tells what comes next in its series.
    func setState(_ state: TaskState, _ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let id = try identifier(text)
        try MemberReader(try await call.body()).finish()
        let outcome = try await commands.update(
            id,
            with: TaskEdit(state: .set(state)),
            extent: .thisOne,
            seenBy: call.viewer,
            under: call.terms(isTrial: isTrial, for: .changing),
            by: call.actor,
            at: call.now
        )
        var next: Occurrence?
        if let slot = outcome.entry.task.slot {
            next = try await browsing.next(after: slot, in: call.locationID)
        }
        return response(to: call, outcome) { json in
            json.name("next")
            if let next { json.write(next) } else { json.writeNull() }
        }
    }

    // MARK: - Parts

    /// The zone of a task; UTC where it is not known and the body has no time of its own.
    private func zone(
        of entry: TaskEntry,
        toRead body: JSONObject
    ) throws(UnknownZone) -> Zone {
        do throws(UnknownZone) {
            return try zones.zone(named: entry.task.due.timeZone)
        } catch {
            if ["due", "dueAt", "recurrence"].contains(where: { body[$0] != nil }) { throw error }
            return .utc
        }
    }

    private func identifier(_ text: String) throws(Problem) -> Identifier<TaskInstance> {
        guard let id = Identifier<TaskInstance>(written: text), !id.isOfTrial else {
            throw .noRecord
        }
        return id
    }

    private func scope(
        _ call: APICall,
        among extents: KeyValuePairs<String, Extent>
    ) throws(Problem) -> (extent: Extent, isTrial: Bool) {
        var parameters = try call.parameters()
        let extent = parameters.choice("scope", among: extents) ?? .thisOne
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        return (extent, isTrial)
    }

    private func response(
        to call: APICall,
        _ outcome: WriteOutcome,
        _ status: HTTPResponse.Status = .ok,
        writing writeMembers: (inout JSONWriter) -> Void = { _ in }
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("task")
        let tag = outcome.entry.write(to: &json)
        json.name("effect")
        json.write(outcome.effect)
        json.name("changeNumber")
        if let number = outcome.changeNumber { json.write(number) } else { json.writeNull() }
        writeMembers(&json)
        json.endObject()
        return .json(json.bytes, status: status, headers: [.eTag: tag.text])
    }
}

extension APICall {
    /// What a write is about to do to a task.
    enum Purpose {
        case changing
        case deleting
    }

    /// Reads whether a write is only to be tried, which is all that its query may say.
    func isTrial() throws(Problem) -> Bool {
        var parameters = try parameters()
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        return isTrial
    }

    /// The terms of a write: the task is as the client has it, and was not deleted.
    func terms(isTrial: Bool, for purpose: Purpose) -> WriteTerms {
        let tags = entityTags(.ifMatch)
        return WriteTerms(isTrial: isTrial) { entry in
            if let tags, !tags.contains(entry.tag) {
                var problem = Problem(
                    .changedMeanwhile,
                    "The task is not as you have it; `task` is how it is now."
                )
                var json = JSONWriter()
                entry.write(to: &json)
                problem.members["task"] = try? JSONValue(parsing: json.bytes)
                throw problem
            }
            if purpose == .changing, entry.task.state == .deleted {
                throw Problem(.conflict, "The task is deleted.")
            }
        }
    }
}

extension JSONWriter {
    /// Writes what a write does.
    fileprivate mutating func write(_ effect: ChangeEffect) {
        beginObject()
        write("created", count: effect.created)
        write("changed", count: effect.changed)
        write("moved", count: effect.moved)
        write("kept", count: effect.kept)
        write("removed", count: effect.removed)
        name("samples")
        beginArray()
        for sample in effect.samples {
            beginObject()
            name("before")
            if let before = sample.before { write(before) } else { writeNull() }
            name("after")
            write(sample.after)
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func write(_ task: TaskInstance) {
        TaskEntry(task: task, ruleText: nil).write(to: &self)
    }
}
