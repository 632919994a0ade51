import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// The writes of `/tasks`.
struct TaskWrites<
    Store: BrowsingStore & PeopleStore & SeriesStore & SnoozeStore & TaskStore,
    Zones: ZoneSource
>: Sendable {
    let store: Store
    let commands: TaskCommands<Store, Zones>
    let browsing: BrowsingCommands<Store, Zones>
    let records: TaskRecords<Store, Zones>
    let series: SeriesCommands<Store, Zones>
    let zones: Zones
    let horizon: Horizon

    /// Creates a task, or a series that is answered by its first task.
    func create(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        if reader.has("text") {
            return try await createSpoken(call, &reader, isTrial: isTrial)
        }
        let fields = TaskFieldReader(zones: zones, zone: call.zone, for: call)
        let draft = fields.draft(of: .task, from: &reader, by: call.principal.userID)
        try reader.finish()
        guard let draft else { throw Problem(.internalError, "A fault was not told.") }
        return try await create(draft, call, isTrial: isTrial)
    }

    /// Creates a task, or a series, which is answered by its first task.
    func create(
        _ draft: TaskDraft,
        _ call: APICall,
        isTrial: Bool,
        writing writeMembers: (inout JSONWriter) -> Void = { _ in }
    ) async throws -> Response {
        let outcome =
            draft.rule == nil
            ? try await commands.create(
                draft,
                under: WriteTerms(isTrial: isTrial, reminderZones: zones),
                by: call.actor,
                at: call.now
            )
            : try await begin(draft, call, isTrial: isTrial)
        var response = response(to: call, outcome, .created, writing: writeMembers)
        if !isTrial {
            let first = outcome.entry
            let occurrence = first.isComputed ? first.task.slot : nil
            let id = occurrence.map { OccurrenceName($0).text } ?? "\(first.task.id.rawValue)"
            response.headers[.location] = "/v1/tasks/\(id)"
        }
        return response
    }

    /// Creates a series, and shows its first task, which may be a computed one.
    private func begin(
        _ draft: TaskDraft,
        _ call: APICall,
        isTrial: Bool
    ) async throws -> WriteOutcome {
        let first: @Sendable (SeriesOutcome) throws -> TaskEntry = { [browsing] outcome in
            if let task = outcome.task { return task }
            if let task = try browsing.firstTask(of: outcome.entry, after: call.now) { return task }
            let fault = Problem.Fault(.pointer("/recurrence"), "has no occurrence to come")
            throw Problem(.invalidBody, faults: [fault])
        }
        var terms = SeriesTerms(isTrial: isTrial, reminderZones: zones)
        terms.checkOutcome = { _ = try first($0) }
        let outcome = try await series.create(
            draft,
            horizon: horizon,
            under: terms,
            by: call.actor,
            at: call.now
        )
        return WriteOutcome(
            entry: try first(outcome),
            effect: outcome.effect,
            changeNumber: outcome.changeNumber
        )
    }

    /// Changes a task by a merge patch, or it and those that follow it.
    func update(_ call: APICall, _ text: String) async throws -> Response {
        let (extent, overrides, isTrial) = try scope(call)
        let address = try TaskAddress(text)
        let body = try await call.body()
        let entry = try await records.task(at: address, call)
        var reader = MemberReader(body)
        let fields = TaskFieldReader(
            zones: zones,
            zone: try zone(of: entry, toRead: body),
            for: call
        )
        let edit = fields.edit(from: &reader, of: entry, extent)
        try reader.finish()
        let outcome = try await commands.update(
            address.id,
            with: edit,
            extent: extent,
            overrides: overrides,
            seenBy: call.viewer,
            under: terms(of: address, call, isTrial: isTrial, for: .change),
            by: call.actor,
            at: call.now
        )
        return response(to: call, outcome)
    }

    /// Deletes a task, or it and those that follow it, or the whole series.
    func delete(_ call: APICall, _ text: String) async throws -> Response {
        let (extent, overrides, isTrial) = try scope(call)
        guard overrides == .keep else {
            throw Problem(.invalidQuery, faults: [.init(.parameter("overrides"), "is of PATCH")])
        }
        let address = try TaskAddress(text)
        let outcome = try await commands.delete(
            address.id,
            extent: extent,
            seenBy: call.viewer,
            under: terms(of: address, call, isTrial: isTrial, for: .deletion),
            by: call.actor,
            at: call.now
        )
        return response(to: call, outcome)
    }

    // MARK: - Parts

    private static var extents: KeyValuePairs<String, Extent> {
        ["this": .thisOne, "following": .thisAndFollowing, "all": .all]
    }

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

    /// The terms of a write of what a path names.
    func terms(
        of address: TaskAddress,
        _ call: APICall,
        isTrial: Bool,
        for purpose: TaskPurpose
    ) -> WriteTerms {
        commands.terms(
            call.terms(isTrial: isTrial, for: purpose, of: address, in: zones),
            of: address,
            at: call.now
        )
    }

    private func scope(
        _ call: APICall
    ) throws(Problem) -> (extent: Extent, overrides: OverridePolicy, isTrial: Bool) {
        var parameters = try call.parameters()
        let extent = parameters.choice("scope", among: Self.extents) ?? .thisOne
        let overrides = parameters.choice("overrides", among: PolicyWords.overrides) ?? .keep
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        return (extent, overrides, isTrial)
    }

    func response(
        to call: APICall,
        _ outcome: WriteOutcome,
        _ status: HTTPResponse.Status = .ok,
        writing writeMembers: (inout JSONWriter) -> Void = { _ in }
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("task")
        var words = RuleWords(zones: zones, for: call)
        let tag = words.record(of: outcome.entry).write(to: &json)
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
    /// Reads whether a write is only to be tried, which is all that its query may say.
    func isTrial() throws(Problem) -> Bool {
        var parameters = try parameters()
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        return isTrial
    }

    /// The terms of a write: the task is as the client has it, and its state allows the write.
    func terms(
        isTrial: Bool,
        for purpose: TaskPurpose,
        of address: TaskAddress,
        in zones: some ZoneSource
    ) -> WriteTerms {
        let tags = entityTags(.ifMatch)
        return WriteTerms(isTrial: isTrial, reminderZones: zones) { entry in
            // The tag of an occurrence is that of its computed task, which is stored just now.
            if let tags, !tags.contains(entry.tag), !tags.contains(entry.computedTag(of: address)) {
                var problem = Problem(
                    .changedMeanwhile,
                    "The task is not as you have it; `task` is how it is now."
                )
                var json = JSONWriter()
                var words = RuleWords(zones: zones, for: self)
                words.record(of: entry).write(to: &json)
                problem.members["task"] = try? JSONValue(parsing: json.bytes)
                throw problem
            }
            if let reason = purpose.refusal(of: entry.task) { throw Problem(.conflict, reason) }
        }
    }
}

extension JSONWriter {
    /// Writes what a write does.
    mutating func write(_ effect: ChangeEffect) {
        beginObject()
        write("created", count: effect.created)
        write("changed", count: effect.changed)
        write("moved", count: effect.moved)
        write("kept", count: effect.kept)
        write("removed", count: effect.removed)
        write("remindersPlanned", count: effect.reminders.planned)
        write("remindersWithdrawn", count: effect.reminders.withdrawn)
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

    /// Writes a task without what depends on its series, which the change may be of.
    private mutating func write(_ task: TaskInstance) {
        beginObject()
        TaskEntry(task: task, ruleText: nil).writeTask(to: &self)
        endObject()
    }
}
