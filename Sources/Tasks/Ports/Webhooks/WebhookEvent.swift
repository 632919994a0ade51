package import Recurrence

/// What a change did to one record, as receivers are told.
package struct WebhookEvent: Hashable, Sendable {
    package var locationID: LocationID
    package var changeNumber: Int64
    /// Which record of the change it is about, from 0.
    package var place: Int
    package var at: Timestamp
    package var type: WebhookEventType
    package var record: WebhookRecord

    package init(
        locationID: LocationID,
        changeNumber: Int64,
        place: Int,
        at: Timestamp,
        type: WebhookEventType,
        record: WebhookRecord
    ) {
        self.locationID = locationID
        self.changeNumber = changeNumber
        self.place = place
        self.at = at
        self.type = type
        self.record = record
    }

    /// The event's name, the same however often it is sent.
    package var id: String { Self.id(of: changeNumber, place, in: locationID) }

    static func id(of changeNumber: Int64, _ place: Int, in locationID: LocationID) -> String {
        "evt_\(locationID.rawValue)_\(changeNumber)_\(place)"
    }

    /// The event with no more of its record than its identifier.
    package var namingRecord: WebhookEvent {
        var event = self
        switch record {
        case .task(let entry): event.record = .removedTask(entry.id)
        case .series(let entry): event.record = .removedSeries(entry.series.id)
        case .removedTask, .removedSeries: break
        }
        return event
    }
}

/// The record that an event is about, as it is now.
package enum WebhookRecord: Hashable, Sendable {
    case task(TaskEntry)
    case series(SeriesEntry)
    /// A task that is as if it had never been, or of which no more is told.
    case removedTask(Identifier<TaskInstance>)
    /// A series that is as if it had never been, or of which no more is told.
    case removedSeries(Identifier<RecurringTask>)
}

/// Events that follow each other in a location's log.
package struct WebhookEventPage: Sendable {
    /// The events, each with the place after it.
    package var events: [(event: WebhookEvent, end: WebhookPlace)] = []
    /// The place after everything that was looked at, wanted or not.
    package var end: WebhookPlace
    /// Whether there is more after it by now.
    package var hasMore = false

    package init(end: WebhookPlace) {
        self.end = end
    }
}
