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
        let page = try await commands.tasks(
            body.domainQuery(contactIDs: Array(contacts.values), assigneeIDs: Array(users.values)),
            seenBy: .wholeLocation,
            in: call.locationID,
            at: call.now
        )
        let names = try await directory.names(of: page.records, in: call.locationID)
        return call.response(.init(code: status.rawValue)) { json in
            json.name("tasks")
            json.beginArray()
            for entry in page.records {
                let task = ContactTaskRecord(task: entry.task, names: names)
                FoundTaskRecord(task: task, locationID: call.locationID).write(to: &json)
            }
            json.endArray()
        }
    }
}
