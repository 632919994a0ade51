import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/tasks`.
struct TaskRecords<Store: BrowsingStore & TaskStore, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let browsing: BrowsingCommands<Store, Zones>
    let zones: Zones

    /// Answers with a page of tasks, whose later ones are read and written while it is sent.
    ///
    /// In the order of due times, occurrences that are asked for beyond what is stored are computed;
    /// in any other order they are stored first.
    func list(_ call: APICall) async throws -> Response {
        let list = try TaskListQuery(call)
        if !list.computes {
            try await commands.lookAhead(
                for: list.query.predicate,
                seenBy: call.viewer,
                in: call.locationID,
                at: call.now
            )
        }
        let page = try await browsing.tasks(list.query, seenBy: call.viewer, in: call.locationID)
        if list.computes, let merged = try await merged(page, list, call) { return merged }
        let cursor = page.end.map { list.cursor(after: $0) }
        let feedCursor = call.cursor(of: page.feedPlace).text
        let end: @Sendable (inout JSONWriter) -> Void = { json in
            json.endArray()
            if let cursor { json.write("nextCursor", cursor.text) }
            json.write("cursor", feedCursor)
            json.endObject()
        }
        var words = RuleWords(zones: zones, for: call)
        var json = JSONWriter()
        json.beginObject()
        json.name("tasks")
        json.beginArray()
        for task in page.records { words.record(of: task).write(to: &json) }
        if page.rest.isEmpty {
            end(&json)
            return .json(json.bytes)
        }
        return .json(beginning: json, rest: (page.rest, words)) { [commands] json, rest in
            var (ids, words) = rest
            let next = try await commands.tasks(
                ids,
                where: list.query.predicate,
                seenBy: call.viewer,
                in: call.locationID
            )
            for task in next.records { words.record(of: task).write(to: &json) }
            ids = next.rest
            if !ids.isEmpty { return (ids, words) }
            end(&json)
            return nil
        }
    }

    /// Answers with one task.
    func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        var words = RuleWords(zones: zones, for: call)
        let entry = try await task(at: TaskAddress(text), call)
        return call.response("task", words.record(of: entry))
    }

    /// The task that a path names, stored or computed.
    func task(at address: TaskAddress, _ call: APICall) async throws -> TaskEntry {
        let id: Identifier<TaskInstance>
        switch address {
        case .task(let number): id = number
        case .occurrence(let name):
            let stored = try await browsing.storedTask(
                name.slot,
                of: name.seriesID,
                seenBy: call.viewer,
                in: call.locationID
            )
            guard let stored else {
                return try await browsing.computedTask(
                    name.slot,
                    of: name.seriesID,
                    seenBy: call.viewer,
                    in: call.locationID
                )
            }
            id = stored
        }
        return try await commands.task(
            id,
            where: .all([]),
            seenBy: call.viewer,
            in: call.locationID
        )
    }

    /// A page of stored and computed tasks; nothing if none is computed on it.
    private func merged(
        _ page: TaskPage,
        _ list: TaskListQuery,
        _ call: APICall
    ) async throws -> Response? {
        let isCut = page.end != nil || !page.rest.isEmpty
        let last = isCut ? page.records.last?.task.due.timestamp : nil
        guard let range = list.computedRange(upToStored: last, at: call.now) else { return nil }
        let computed = try await browsing.computedTasks(
            list.query,
            dueIn: range,
            after: list.computedPlace,
            seenBy: call.viewer,
            in: call.locationID
        )
        if computed.isEmpty { return nil }
        let tasks = list.merging(page.records, computed)
        let shown = tasks.prefix(list.query.limit)
        let hasMore = isCut || tasks.count > shown.count
        let feedCursor = call.cursor(of: page.feedPlace).text
        var words = RuleWords(zones: zones, for: call)
        return call.response(
            "tasks",
            shown.map { words.record(of: $0) },
            next: hasMore ? shown.last.map { list.cursor(after: $0) } : nil
        ) { json in
            json.write("cursor", feedCursor)
        }
    }
}
