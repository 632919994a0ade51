import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/tasks`.
struct TaskRecords<Store: BrowsingStore & TaskStore, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let browsing: BrowsingCommands<Store, Zones>

    /// Answers with a page of tasks, whose later ones are read and written while it is sent.
    ///
    /// Occurrences that are asked for beyond the horizon are stored first.
    func list(_ call: APICall) async throws -> Response {
        let list = try TaskListQuery(call)
        try await commands.lookAhead(
            for: list.query.predicate,
            seenBy: call.viewer,
            in: call.locationID,
            at: call.now
        )
        let page = try await browsing.tasks(list.query, seenBy: call.viewer, in: call.locationID)
        let cursor = page.end.map { list.cursor(after: $0) }
        let feedCursor = call.cursor(of: page.feedPlace).text
        guard !page.rest.isEmpty else {
            return call.response("tasks", page.records, next: cursor) { json in
                json.write("cursor", feedCursor)
            }
        }
        var json = JSONWriter()
        json.beginObject()
        json.name("tasks")
        json.beginArray()
        for task in page.records { task.write(to: &json) }
        return .json(beginning: json, rest: page.rest) { [commands] json, ids in
            let next = try await commands.tasks(
                ids,
                where: list.query.predicate,
                seenBy: call.viewer,
                in: call.locationID
            )
            for task in next.records { task.write(to: &json) }
            if !next.rest.isEmpty { return next.rest }
            json.endArray()
            if let cursor { json.write("nextCursor", cursor.text) }
            json.write("cursor", feedCursor)
            json.endObject()
            return nil
        }
    }

    /// Answers with one task.
    func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        guard let id = Identifier<TaskInstance>(written: text) else { throw Problem.noRecord }
        let entry = try await commands.task(
            id,
            where: .all([]),
            seenBy: call.viewer,
            in: call.locationID
        )
        return call.response("task", entry)
    }
}
