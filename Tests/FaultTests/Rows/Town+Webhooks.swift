import Recurrence
import ServerTestSupport
import Tasks

extension Town {
    /// Gives a place a webhook whose secret was rotated.
    func addWebhook(of place: Place, at now: Timestamp) async throws {
        let commands = WebhookCommands(store: database.store, office: QuietOffice())
        let locationID = LocationID(place.location)
        let webhook = try await commands.add(
            url: "https://example.com/",
            form: .standard,
            types: [.taskCompleted],
            in: locationID,
            by: .operatorByCommand,
            at: now
        ).webhook
        _ = try await commands.rotate(
            webhook.id,
            in: locationID,
            by: .operatorByCommand,
            at: now
        )
    }
}

/// Takes every address, and sends nothing.
private struct QuietOffice: WebhookOffice {
    func newSecret(for webhook: Webhook) throws -> NewWebhookSecret {
        NewWebhookSecret(sealed: SealedSecret(bytes: [1]), secret: "whsec_", publicKey: nil)
    }

    func check(url: String) async throws {}

    func test(_ webhook: Webhook, at now: Timestamp) async -> WebhookAnswer { .status(200) }
}
