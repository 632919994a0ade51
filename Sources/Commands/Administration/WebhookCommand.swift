import ArgumentParser
import JSON
import Recurrence
import Storage
import Tasks

struct WebhookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Have other systems told of what changes in a location.",
        discussion: """
            A server sends the events, and while one runs, it carries these commands out, with its \
            own settings. docs/webhooks.md has a receiver.
            """,
        subcommands: [Add.self, List.self, Test.self, Replay.self, Rotate.self, Remove.self]
    )

    struct Add: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a webhook; its secret is shown only this once.",
            discussion: "Prints one line of JSON with its id, and the secret or the public key."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("The location.", valueName: "id"))
        var location: String

        @Option(help: ArgumentHelp("Where events are sent, https://…", valueName: "url"))
        var url: String

        @Option(
            help: ArgumentHelp(
                """
                The events that are sent, with commas between, such as TaskCreate or \
                task.completed, as the form names them; all by default.
                """,
                valueName: "list"
            )
        )
        var events = "all"

        @Option(
            help: ArgumentHelp(
                """
                standard: events of every kind, signed by Standard Webhooks; highlevel: \
                HighLevel's three, in its form.
                """,
                valueName: "form"
            )
        )
        var form = "standard"

        @OptionGroup var webhooks: WebhookArguments

        func validate() throws {
            _ = try names
        }

        private var namedForm: WebhookForm {
            get throws {
                guard let form = WebhookForm(word: form) else {
                    throw ValidationError("--form cannot be '\(form)', only standard or highlevel.")
                }
                return form
            }
        }

        /// The events' names; none for all.
        private var names: [String]? {
            get throws {
                let form = try namedForm
                if events == "all" { return nil }
                let names = events.split(separator: ",").map(String.init)
                guard form.types(named: names) != nil else {
                    let names = form.eventNames.joined(separator: ", ")
                    throw ValidationError("--events can be all, or of \(names).")
                }
                return names
            }
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await tellingWebhookRefusals {
                let (outcome, secret) = try await webhooks.commands(on: store).add(
                    url: url,
                    form: namedForm,
                    events: names,
                    in: LocationID(location),
                    under: .ofOperator,
                    at: now
                )
                return outcome.webhook.line(showing: secret)
            }
        }
    }

    struct List: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a location's webhooks, and how far each has been told.",
            discussion: "Prints one line of JSON for each."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("The location.", valueName: "id"))
        var location: String

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let locationID = LocationID(location)
            guard try await store.location(locationID) != nil else {
                throw CommandFailure.noLocation(locationID)
            }
            return try await store.webhooks(in: locationID).map(\.line).joined()
        }
    }

    struct Test: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send an event of no meaning now, and print what was answered."
        )

        @OptionGroup var databaseOptions: DatabaseOptions
        @OptionGroup var webhook: NamedWebhook
        @OptionGroup var webhooks: WebhookArguments

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let answer = try await webhooks.commands(on: store).test(
                webhook.id,
                in: webhook.locationID,
                at: now
            )
            guard let answer else { throw webhook.isUnknown }
            guard answer.isSuccess else {
                throw CommandFailure(.unavailable, "The receiver: \(answer.text).")
            }
            return answer.text + "\n"
        }
    }

    struct Replay: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a webhook go on, also one that was paused.",
            discussion: """
                With --since, what changed since then is sent once more; otherwise it goes on where \
                it stopped. Prints the webhook as one line of JSON.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions
        @OptionGroup var webhook: NamedWebhook

        @Option(
            help: ArgumentHelp("Since when, such as 2030-01-01T00:00:00Z.", valueName: "time")
        )
        var since: String?

        @OptionGroup var webhooks: WebhookArguments

        func validate() throws {
            _ = try time
        }

        private var time: Timestamp? {
            get throws { try since.map { try Timestamp(argument: $0, of: "--since") } }
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let replayed = try await webhooks.commands(on: store).replay(
                webhook.id,
                since: time,
                in: webhook.locationID,
                under: .ofOperator,
                at: now
            )
            guard let replayed else { throw webhook.isUnknown }
            return replayed.webhook.line
        }
    }

    struct Rotate: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a webhook a new secret; it is shown only this once.",
            discussion: """
                By Standard Webhooks the secret before it signs as well for a day. A new key of \
                HighLevel's form holds at once.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions
        @OptionGroup var webhook: NamedWebhook
        @OptionGroup var webhooks: WebhookArguments

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await tellingWebhookRefusals {
                let rotated = try await webhooks.commands(on: store).rotate(
                    webhook.id,
                    in: webhook.locationID,
                    under: .ofOperator,
                    at: now
                )
                guard let rotated else { throw webhook.isUnknown }
                return rotated.outcome.webhook.line(showing: rotated.secret)
            }
        }
    }

    struct Remove: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a webhook for good."
        )

        @OptionGroup var databaseOptions: DatabaseOptions
        @OptionGroup var webhook: NamedWebhook
        @OptionGroup var webhooks: WebhookArguments

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let removed = try await webhooks.commands(on: store).remove(
                webhook.id,
                in: webhook.locationID,
                under: .ofOperator,
                at: now
            )
            guard let removed else { throw webhook.isUnknown }
            return removed.webhook.line
        }
    }
}

/// The arguments that name a webhook.
struct NamedWebhook: ParsableArguments {
    @Argument(help: ArgumentHelp("The webhook.", valueName: "number"))
    var webhook: Int64

    @Option(help: ArgumentHelp("The location that it is of.", valueName: "id"))
    var location: String

    var id: Identifier<Webhook> { Identifier(webhook) }

    var locationID: LocationID { LocationID(location) }

    var isUnknown: CommandFailure {
        CommandFailure(.badData, "There is no webhook \(webhook) in the location \(location).")
    }
}
