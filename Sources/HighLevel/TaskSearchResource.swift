import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/locations/{locationId}/tasks/search`, and `/locations/{locationId}/tasks`: all of a location's
/// tasks.
struct TaskSearchResource<Store: TaskStore & DirectoryNames, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let directory: DirectoryLookup<Store>
    let status: HighLevelOptions.SearchStatus

    /// Answers with the tasks that the body asks for.
    func answer(_ call: HighLevelCall) async throws -> Response {
        let search = try TaskSearchBody(try await call.body())
        return try await found(by: search, for: call, .init(code: status.rawValue))
    }

    /// Answers with the tasks that the query asks for, in which everything is called as in a body.
    func list(_ call: HighLevelCall) async throws -> Response {
        let search = try TaskSearchBody(try call.parameters(), .typedOrText)
        return try await found(by: search, for: call, .ok)
    }

    /// The tasks that a search asks for.
    ///
    /// An unknown contact or user matches no task.
    private func found(
        by search: TaskSearchBody,
        for call: HighLevelCall,
        _ status: HTTPResponse.Status
    ) async throws -> Response {
        let contacts = try await directory.knownContacts(
            named: search.contactIDs,
            in: call.locationID
        )
        let users = try await directory.knownUsers(named: search.assignedTo, in: call.locationID)
        let query = search.domainQuery(
            contactIDs: Array(contacts.values),
            assigneeIDs: Array(users.values),
            at: call.now
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
                    where: query.predicate,
                    seenBy: .wholeLocation,
                    in: call.locationID
                )
            },
            write: { [directory] entries, json in
                let names = try await directory.names(of: entries, in: call.locationID)
                for entry in entries {
                    FoundTaskRecord(
                        task: ContactTaskRecord(task: entry.task, names: names),
                        locationID: call.locationID,
                        order: search.order
                    ).write(to: &json)
                }
            },
            writeMembers: { json in
                if search.asksForTotal {
                    json.name("total")
                    json.write(Int64(page.total))
                }
            }
        )
        return try await call.response("tasks", of: page, status, as: list)
    }
}
