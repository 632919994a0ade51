import HTTPServing
import JSON
import Recurrence
import Tasks

extension Webhook: APIRecord {
    /// The tag of what a write changes: not of how far the webhook was told.
    var ownTag: EntityTag? {
        var json = JSONWriter()
        json.beginObject()
        writeSettings(to: &json)
        json.endObject()
        // A rotation changes what is not shown.
        return EntityTag(of: (json.bytes + secret.bytes)[...], salt: createdAt.microseconds)
    }

    func writeMembers(to json: inout JSONWriter) {
        writeSettings(to: &json)
        json.name("changeNumber")
        json.write(progress.place.changeNumber)
        json.write("attempts", count: progress.attemptCount)
        json.write("nextAttemptAt", progress.nextAttemptAt)
        json.write("failingSince", progress.failingSince)
        json.write("answer", progress.lastAnswer)
        json.write("createdAt", createdAt)
    }

    private func writeSettings(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("url", url)
        json.write("form", form.word)
        json.name("events")
        if types == nil {
            json.writeNull()
        } else {
            json.beginArray()
            for name in eventNames { json.write(name) }
            json.endArray()
        }
        json.write("state", progress.pauseReason == nil ? "active" : "paused")
        json.write("reason", progress.pauseReason)
    }
}

extension JSONWriter {
    /// Writes what a write of a webhook did.
    mutating func write(_ outcome: WebhookOutcome) {
        let isChanged = outcome.before != outcome.after
        let (before, after) = (outcome.before, outcome.after)
        beginObject()
        write("created", count: before == nil ? 1 : 0)
        write("changed", count: isChanged && before != nil && after != nil ? 1 : 0)
        write("removed", count: after == nil ? 1 : 0)
        name("samples")
        beginArray()
        if isChanged {
            beginObject()
            name("before")
            if let before { before.write(to: &self) } else { writeNull() }
            name("after")
            if let after { after.write(to: &self) } else { writeNull() }
            endObject()
        }
        endArray()
        endObject()
    }

    /// Writes what became of an event of a webhook.
    mutating func write(_ delivery: WebhookDelivery, of webhook: Webhook) {
        beginObject()
        write("id", delivery.id)
        write("type", webhook.form.name(of: delivery.type) ?? delivery.type.rawValue)
        name("changeNumber")
        write(delivery.changeNumber)
        write("at", delivery.changedAt)
        write("state", webhook.state(of: delivery))
        write("attempts", count: delivery.attemptCount)
        write("attemptedAt", delivery.attemptedAt)
        write("sentAt", delivery.sentAt)
        write("answer", delivery.answer)
        endObject()
    }
}

extension Webhook {
    /// Whether an event was sent, is still to be, or was passed over because it was not wanted any
    /// more.
    fileprivate func state(of delivery: WebhookDelivery) -> String {
        if delivery.sentAt != nil { return "sent" }
        let place = progress.place
        let next = (place.changeNumber + 1, place.recordCount)
        return (delivery.changeNumber, delivery.recordNumber) >= next ? "waiting" : "passedOver"
    }
}
