import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/scheduled/events`, read-only: the single tasks and series that a user's tasks come from.
struct EventResource<Store: TaskStore, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let options: LionDeskOptions

    /// Answers a request to the collection.
    func answer(_ call: LionDeskCall) async throws -> Response {
        let query = try query(call)
        let page = try await commands.origins(
            query.domainQuery,
            seenBy: call.viewer,
            in: call.locationID
        )
        return .page(page, of: query, options)
    }

    /// Answers a request to one event.
    func answer(_ call: LionDeskCall, at text: String) async throws -> Response {
        let query = try query(call)
        let id: Identifier<RecurringTask> = try identifier(text)
        let isAddressed = Predicate<OriginField>.isOneOf(.id, [.integer(id.rawValue)])
        let page = try await commands.origins(
            Query(predicate: .all([isAddressed, query.predicate]), limit: 1),
            seenBy: call.viewer,
            in: call.locationID
        )
        guard let origin = page.records.first else { throw FeathersError.notFound(id: text) }
        return .record(origin, selecting: query.select, options)
    }

    private func query(_ call: LionDeskCall) throws -> LionDeskQuery<LionDeskEventField> {
        guard call.method == .get || call.method == .head else {
            throw FeathersError.methodNotAllowed(call.method.rawValue)
        }
        return try LionDeskQuery(call.query, zone: call.zone, page: options.page)
    }
}

extension TaskOrigin: LionDeskRecord {
    func write(_ field: LionDeskEventField, to json: inout JSONWriter, asNumbers: Bool) {
        switch field {
        case .scheduledEventID:
            json.write("scheduled_event_id", number: id, asNumbers)
        case .crmUserID:
            json.write("crm_user_id", number: creatorID?.rawValue, asNumbers)
        case .singleDueAt:
            json.name("single_due_at")
            json.write(start)
        case .action: json.write("action", text: "tasks")
        case .type: json.write("type", text: ruleText == nil ? "single" : "recurrent")
        case .recurrenceRule: json.write("recurrence_rule", text: ruleText)
        case .createdAt:
            json.name("created_at")
            json.write(createdAt)
        case .updatedAt:
            json.name("updated_at")
            json.write(modifiedAt)
        }
    }
}
