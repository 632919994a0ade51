import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// The writes of `/series`.
struct SeriesWrites<Store: BrowsingStore & SeriesStore & TaskStore, Zones: ZoneSource>: Sendable {
    let commands: SeriesCommands<Store, Zones>
    let browsing: BrowsingCommands<Store, Zones>
    let zones: Zones
    let horizon: Horizon

    /// Creates a series.
    func create(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let fields = TaskFieldReader(zones: zones, zone: call.zone, for: call)
        let draft = fields.draft(of: .series, from: &reader, by: call.principal.userID)
        try reader.finish()
        guard let draft else { throw Problem(.internalError, "A fault was not told.") }
        let outcome = try await commands.create(
            draft,
            horizon: horizon,
            under: SeriesTerms(isTrial: isTrial, reminderZones: zones),
            by: call.actor,
            at: call.now
        )
        var response = try response(to: call, outcome, .created)
        if !isTrial {
            response.headers[.location] = "/v1/series/\(outcome.entry.series.id.rawValue)"
        }
        return response
    }

    /// Changes a series by a merge patch.
    func update(_ call: APICall, _ text: String) async throws -> Response {
        let (overrides, isTrial) = try readOverrides(call)
        let body = try await call.body()
        let entry = try await entry(text, call)
        let zone = try browsing.zone(of: entry)
        var reader = MemberReader(body)
        let fields = TaskFieldReader(zones: zones, zone: zone, for: call)
        let revision = fields.revision(from: &reader, of: entry.series)
        try reader.finish()
        return try await revise(
            call,
            entry,
            overrides: overrides,
            isTrial: isTrial,
            references: revision.references
        ) { series in revision.applied(to: series) }
    }

    /// Deletes a series; the tasks that were made stay.
    func delete(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let outcome = try await commands.delete(
            try identifier(text),
            seenBy: call.viewer,
            under: call.seriesTerms(isTrial: isTrial, browsing),
            by: call.actor,
            at: call.now
        )
        return try response(to: call, outcome)
    }

    /// Pauses a series from a time on, which is now if none is said.
    func pause(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let from = reader.instant("from").value ?? call.now
        let until = reader.optionalInstant("until").value
        if let until, until <= from { reader.note("until", "is not after the pause's beginning") }
        try reader.finish()
        let pause = SeriesPause(from: from, until: until)
        return try await revise(call, try await entry(text, call), isTrial: isTrial) { series in
            var series = series
            series.policies.pause = pause
            return series
        }
    }

    /// Lets a series go on that was paused or ended.
    func resume(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        try MemberReader(try await call.body()).finish()
        let now = call.now
        return try await revise(call, try await entry(text, call), isTrial: isTrial) { series in
            var series = series
            series.policies.endedAt = nil
            if let pause = series.policies.pause, pause.until.map({ $0 > now }) ?? true {
                let isBegun = pause.from < now
                series.policies.pause = isBegun ? SeriesPause(from: pause.from, until: now) : nil
            }
            return series
        }
    }

    /// Ends a series from a time on, which is now if none is said.
    func end(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let at = reader.instant("at").value ?? call.now
        try reader.finish()
        return try await revise(call, try await entry(text, call), isTrial: isTrial) { series in
            var series = series
            series.policies.endedAt = at
            return series
        }
    }

    // MARK: - Parts

    private func revise(
        _ call: APICall,
        _ entry: SeriesEntry,
        overrides: OverridePolicy = .keep,
        isTrial: Bool,
        references: References = References(),
        to change: @escaping @Sendable (RecurringTask) throws -> RecurringTask
    ) async throws -> Response {
        let outcome = try await commands.revise(
            entry.series.id,
            overrides: overrides,
            references: references,
            horizon: horizon,
            seenBy: call.viewer,
            under: call.seriesTerms(isTrial: isTrial, browsing),
            by: call.actor,
            at: call.now,
            to: change
        )
        return try response(to: call, outcome)
    }

    private func identifier(_ text: String) throws(Problem) -> Identifier<RecurringTask> {
        guard let id = Identifier<RecurringTask>(written: text), !id.isOfTrial else {
            throw .noRecord
        }
        return id
    }

    private func entry(_ text: String, _ call: APICall) async throws -> SeriesEntry {
        try await browsing.series(
            try identifier(text),
            seenBy: call.viewer,
            in: call.locationID
        )
    }

    private func readOverrides(_ call: APICall) throws(Problem) -> (OverridePolicy, isTrial: Bool) {
        var parameters = try call.parameters()
        let overrides = parameters.choice("overrides", among: PolicyWords.overrides) ?? .keep
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        return (overrides, isTrial)
    }

    private func response(
        to call: APICall,
        _ outcome: SeriesOutcome,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("series")
        let tag = browsing.record(of: outcome.entry, for: call).write(to: &json)
        json.name("effect")
        json.write(outcome.effect)
        json.name("changeNumber")
        if let number = outcome.changeNumber { json.write(number) } else { json.writeNull() }
        json.endObject()
        return .json(json.bytes, status: status, headers: [.eTag: tag.text])
    }
}

extension BrowsingCommands {
    /// A series as it is shown to a caller; one whose zone cannot be read has no next occurrence.
    func record(of entry: SeriesEntry, for call: APICall) -> SeriesRecord {
        record(of: entry, in: call.language, at: call.now)
    }

    /// A series as it is shown at a time; one whose zone cannot be read has no next occurrence.
    func record(of entry: SeriesEntry, in language: Language, at now: Timestamp) -> SeriesRecord {
        SeriesRecord(
            entry: entry,
            next: (try? next(of: entry, after: now)) ?? nil,
            zone: try? zone(of: entry),
            now: now,
            language: language.language
        )
    }
}

extension APICall {
    /// The terms of a write: the series is as the client has it.
    func seriesTerms<Store, Zones>(
        isTrial: Bool,
        _ browsing: BrowsingCommands<Store, Zones>
    ) -> SeriesTerms {
        let tags = entityTags(.ifMatch)
        return SeriesTerms(isTrial: isTrial, reminderZones: browsing.zones) { entry in
            guard let tags, !tags.contains(SeriesRecord.stableTag(of: entry.series)) else { return }
            var problem = Problem(
                .changedMeanwhile,
                "The series is not as you have it; `series` is how it is now."
            )
            var json = JSONWriter()
            browsing.record(of: entry, for: self).write(to: &json)
            problem.members["series"] = try? JSONValue(parsing: json.bytes)
            throw problem
        }
    }
}

extension TaskFieldReader {
    /// Reads what a merge patch changes of a series (RFC 7396).
    func revision(from reader: inout MemberReader, of series: RecurringTask) -> SeriesRevision {
        var policies = PolicyReader(&reader)
        let template = templateEdit(from: &reader)
        let language = reader.language("locale", else: language)
        let start = series.start(in: zone)
        let recurrences = RecurrenceReader(
            zones: zones,
            zone: zone,
            now: now,
            standardStart: start
        )
        let said = reader.object("recurrence") { reader in
            recurrences.readChange(from: &reader, of: series, language: language)
        }.value
        var revision = policies.revision
        let fixed = revision.edit.assigneeID
        revision.edit = template
        if fixed != .keep { revision.edit.assigneeID = fixed }
        if let said {
            policies.take(said, &reader)
            revision.repeats = policies.revision.repeats
            revision.dates = policies.revision.dates
            revision.exceptionDates = policies.revision.exceptionDates
            if series.rule.map({ !$0.means(said.rule) }) ?? true {
                revision.edit.rule = .set(said.rule)
            }
            if said.start != start { revision.start = .set(said.start) }
        }
        return revision
    }
}
