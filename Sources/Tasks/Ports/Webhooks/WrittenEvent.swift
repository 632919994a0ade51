package import Recurrence

/// An event as it is sent to one webhook, the same bytes at every attempt.
package struct WrittenEvent: Hashable, Sendable {
    package var changeNumber: Int64
    /// Which record of the change it is about, from 0.
    package var recordNumber: Int
    package var type: WebhookEventType
    package var changedAt: Timestamp
    /// JSON.
    package var body: [UInt8]
    /// The place after it.
    package var end: WebhookPlace

    package init(
        changeNumber: Int64,
        recordNumber: Int,
        type: WebhookEventType,
        changedAt: Timestamp,
        body: [UInt8],
        end: WebhookPlace
    ) {
        self.changeNumber = changeNumber
        self.recordNumber = recordNumber
        self.type = type
        self.changedAt = changedAt
        self.body = body
        self.end = end
    }

    package init(_ event: WebhookEvent, end: WebhookPlace, body: [UInt8]) {
        self.init(
            changeNumber: event.changeNumber,
            recordNumber: event.place,
            type: event.type,
            changedAt: event.at,
            body: body,
            end: end
        )
    }

    /// The event's name, the same however often it is sent.
    package func id(in locationID: LocationID) -> String {
        WebhookEvent.id(of: changeNumber, recordNumber, in: locationID)
    }
}

/// What became of an event for one webhook.
package struct WebhookDelivery: Hashable, Sendable {
    package var locationID: LocationID
    package var changeNumber: Int64
    /// Which record of the change it is about, from 0.
    package var recordNumber: Int
    package var type: WebhookEventType
    package var changedAt: Timestamp
    package var attemptCount: Int
    /// When it was tried last; none if it never was.
    package var attemptedAt: Timestamp?
    /// What the receiver answered last, or why it did not.
    package var answer: String?
    /// When it was answered with success; none if it was not.
    package var sentAt: Timestamp?

    package init(
        locationID: LocationID,
        changeNumber: Int64,
        recordNumber: Int,
        type: WebhookEventType,
        changedAt: Timestamp,
        attemptCount: Int,
        attemptedAt: Timestamp?,
        answer: String?,
        sentAt: Timestamp?
    ) {
        self.locationID = locationID
        self.changeNumber = changeNumber
        self.recordNumber = recordNumber
        self.type = type
        self.changedAt = changedAt
        self.attemptCount = attemptCount
        self.attemptedAt = attemptedAt
        self.answer = answer
        self.sentAt = sentAt
    }

    /// The event's name.
    package var id: String { WebhookEvent.id(of: changeNumber, recordNumber, in: locationID) }
}
