import Recurrence
import ServerTestSupport
import Storage
import Tasks

extension Town {
    /// Gives a place a webhook whose secret was rotated, with an event that did not arrive.
    func addWebhook(of place: Place, at now: Timestamp) async throws {
        let store = database.store
        let commands = WebhookCommands(store: store, office: QuietWebhookOffice())
        let locationID = LocationID(place.location)
        let added = try await commands.add(
            url: "https://example.com/",
            form: .standard,
            events: ["task.completed"],
            in: locationID,
            under: .ofOperator,
            at: now
        ).outcome.webhook
        let rotated = try await commands.rotate(
            added.id,
            in: locationID,
            under: .ofOperator,
            at: now
        )
        guard let webhook = rotated?.outcome.after else { return }
        let place = webhook.progress.place
        let event = WrittenEvent(
            changeNumber: place.changeNumber + 1,
            recordNumber: 0,
            type: .taskCompleted,
            changedAt: now,
            body: [1],
            end: WebhookPlace(changeNumber: place.changeNumber + 1)
        )
        _ = try await store.keep([event], for: webhook)
        let answer = WebhookAnswer.status(503)
        _ = try await store.keep(
            webhook.progress.after(answer, upTo: event.end, at: now, jitter: 0),
            of: webhook,
            trying: event,
            answer,
            at: now
        )
    }

    /// Has a place look at its webhooks, and at what became of their events.
    func lookAtWebhooks(of place: Place) async throws {
        let locationID = LocationID(place.location)
        for webhook in try await database.store.webhooks(in: locationID) {
            _ = try await database.store.writtenEvents(for: webhook)
            _ = try await database.store.deliveries(
                of: webhook.id,
                in: locationID,
                before: nil,
                limit: 100
            )
        }
    }
}
