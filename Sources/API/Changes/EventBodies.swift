import HTTPServing
import JSON
package import Recurrence
package import Tasks

/// Writes the events of webhooks in the server's own form.
package struct EventBodies<Store: BrowsingStore, Zones: ZoneSource>: Sendable {
    private let browsing: BrowsingCommands<Store, Zones>

    package init(store: Store, zones: Zones) {
        browsing = BrowsingCommands(store: store, zones: zones)
    }

    /// The body of an event, as JSON: what happened, and the record as the API shows it.
    package func body(of event: WebhookEvent, at now: Timestamp) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.beginObject()
        json.write("id", event.id)
        json.write("type", event.type.rawValue)
        json.write("timestamp", event.at)
        json.write("locationId", event.locationID.rawValue)
        json.name("changeNumber")
        json.write(event.changeNumber)
        json.name("data")
        switch event.record {
        case .task(let entry): json.writeRecord("task", entry)
        case .series(let entry):
            json.writeRecord("series", browsing.record(of: entry, in: .standard, at: now))
        case .removedTask(let id): json.writeRemoved("taskId", id)
        case .removedSeries(let id): json.writeRemoved("seriesId", id)
        }
        json.endObject()
        return json.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func writeRecord(_ name: StaticString, _ record: some APIRecord) {
        beginObject()
        self.name(name)
        record.write(to: &self)
        endObject()
    }
}
