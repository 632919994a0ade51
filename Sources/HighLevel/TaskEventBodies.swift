import HTTPServing
import JSON
import Recurrence
package import Tasks

/// Writes the events of webhooks in HighLevel's form.
package struct TaskEventBodies<Store: DirectoryNames>: Sendable {
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// The body of an event: flat and compact, with the members in a fixed order.
    ///
    /// Receivers may write it anew before they verify the signature, so it has no spaces. The time of
    /// an attempt comes to it when it is sent.
    ///
    /// - Throws: What the store throws.
    package func body(of event: WebhookEvent) async throws -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.write("type", WebhookForm.highLevel.name(of: event.type) ?? event.type.rawValue)
        json.write("locationId", event.locationID.rawValue)
        switch event.record {
        case .task(let entry): try await write(entry.task, in: event.locationID, to: &json)
        case .removedTask(let id): json.write("id", id.highLevel)
        case .series(let entry): json.write("id", entry.series.id.highLevel)
        case .removedSeries(let id): json.write("id", id.highLevel)
        }
        json.write("webhookId", event.id)
        json.write("appId", "perennial")
        json.endObject()
        return json.bytes
    }

    private func write(
        _ task: TaskInstance,
        in locationID: LocationID,
        to json: inout JSONWriter
    ) async throws {
        let users = try await store.users(
            Set([task.template.assigneeID].compactMap { $0 }),
            in: locationID
        )
        let contacts = try await store.contacts(
            Set([task.template.contactID].compactMap { $0 }),
            in: locationID
        )
        let assignee = task.template.assigneeID.flatMap { users[$0]?.publicID }
        let contact = task.template.contactID.flatMap { contacts[$0]?.publicID }
        json.write("id", task.id.highLevel)
        if let assignee { json.write("assignedTo", assignee) }
        json.write("body", task.template.body)
        if let contact { json.write("contactId", contact) }
        json.write("title", task.template.title)
        json.write("dateAdded", task.createdAt)
        json.write("dueDate", task.due.timestamp)
    }
}
