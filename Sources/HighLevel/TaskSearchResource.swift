import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/locations/{locationId}/tasks/search`: all of a location's tasks.
struct TaskSearchResource<Store: TaskStore & DirectoryNames, Zones: ZoneSource>: Sendable {
    let commands: TaskCommands<Store, Zones>
    let directory: DirectoryLookup<Store>
    let status: HighLevelOptions.SearchStatus

    /// Answers with the tasks that the body asks for.
    ///
    /// An unknown contact or user in the body matches no task.
    func answer(_ call: HighLevelCall) async throws -> Response {
        let body = try TaskSearchBody(try await call.body())
        let contacts = try await directory.knownContacts(
            named: body.contactIDs,
            in: call.locationID
        )
        let users = try await directory.knownUsers(named: body.assignedTo, in: call.locationID)
        let query = body.domainQuery(
            contactIDs: Array(contacts.values),
            assigneeIDs: Array(users.values)
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
                    let task = ContactTaskRecord(task: entry.task, names: names)
                    FoundTaskRecord(task: task, locationID: call.locationID).write(to: &json)
                }
            }
        )
        return try await call.response(
            "tasks",
            of: page,
            .init(code: status.rawValue),
            as: list
        )
    }
}
