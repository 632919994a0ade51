import JSON
import Recurrence
import Storage
import Tasks

extension WebhookArguments {
    /// The commands as the server would carry them out, or as this process's settings say.
    func commands<Driver: SQLDriver>(
        on store: SQLStore<Driver>
    ) throws -> WebhookCommands<SQLStore<Driver>> {
        let settings = try WebhookSettings.ofServer ?? settings()
        return WebhookCommands(store: store, office: settings.office)
    }
}

/// Tells why something was not done with a webhook.
func tellingWebhookRefusals(_ work: () async throws -> String) async throws -> String {
    do {
        return try await work()
    } catch let refusal as WebhookRefusal {
        switch refusal {
        case .noSecretKey:
            throw CommandFailure(
                .unavailable,
                """
                Secrets of webhooks are kept encrypted, and there is no key for that: start the \
                server with --secret-key-file.
                """
            )
        case .address(let reason): throw CommandFailure(.badData, "The URL \(reason).")
        case .unknownEvent(let form):
            let names = form.eventNames.joined(separator: ", ")
            throw CommandFailure(.badData, "The form \(form.word) has only \(names).")
        case .tooMany(let limit):
            throw CommandFailure(.badData, "The location has \(limit) webhooks, as many as it may.")
        }
    } catch let error as UnknownLocation {
        throw CommandFailure.noLocation(error.locationID)
    }
}

extension Webhook {
    /// What is shown once of a webhook that got a secret, as one line of JSON.
    func line(showing secret: NewWebhookSecret) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.write(String(id.rawValue))
        json.name("secret")
        if let text = secret.secret { json.write(text) } else { json.writeNull() }
        json.name("publicKey")
        if let text = secret.publicKey { json.write(text) } else { json.writeNull() }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    /// The webhook as one line of JSON.
    var line: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.write(String(id.rawValue))
        json.name("location")
        json.write(locationID.rawValue)
        json.name("url")
        json.write(url)
        json.name("form")
        json.write(form.word)
        json.name("events")
        json.beginArray()
        for name in eventNames { json.write(name) }
        json.endArray()
        json.name("state")
        json.write(progress.pauseReason == nil ? "active" : "paused")
        json.name("changeNumber")
        json.write(progress.place.changeNumber)
        json.name("attempts")
        json.write(Int64(progress.attemptCount))
        let texts: [(String, String?)] = [
            ("reason", progress.pauseReason), ("answer", progress.lastAnswer),
            ("nextAttemptAt", progress.nextAttemptAt?.text),
            ("failingSince", progress.failingSince?.text), ("createdAt", createdAt.text),
        ]
        for (name, text) in texts {
            json.name(name)
            if let text { json.write(text) } else { json.writeNull() }
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}

extension Timestamp {
    fileprivate var text: String { text(in: .extended, fraction: .none) }
}
