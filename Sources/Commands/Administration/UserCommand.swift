import API
import ArgumentParser
import DirectoryDocument
import JSON
import Recurrence
import Storage
import SystemZones
import Tasks

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, list, change and remove users.",
        discussion: "While a server runs, it does it.",
        subcommands: [Add.self, List.self, Change.self, Remove.self]
    )

    /// What is said of a user.
    struct Fields: ParsableArguments {
        @Option(help: "The name.")
        var name: String?

        @Option(help: "The email address.")
        var email: String?

        @Option(help: "The telephone number.")
        var phone: String?

        @Option(help: ArgumentHelp("The IANA time zone; the location's by default."))
        var zone: String?

        @Option(help: ArgumentHelp("The language, such as en or pt-BR.", valueName: "tag"))
        var locale: String?

        @Option(help: "agent (the user's own work), manager (the location's) or admin.")
        var role: String?

        @OptionGroup var reminders: ReminderFields

        func validate() throws {
            _ = try members
        }

        /// The fields as a directory document has them.
        var members: JSONObject {
            get throws {
                var members = try reminders.members
                for (name, value) in [
                    ("name", name), ("email", email), ("phone", phone), ("timeZone", zone),
                    ("locale", locale), ("role", role),
                ] {
                    members[name] = value.map { .string($0) }
                }
                return members
            }
        }
    }

    struct Add: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user to a location.",
            discussion: "Prints one line of JSON, with the number by which a token is issued."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("The location.", valueName: "id"))
        var location: String

        @OptionGroup var fields: Fields

        func validate() throws {
            if fields.name == nil { throw ValidationError("--name is needed.") }
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            var members = try fields.members
            members["location"] = .string(location)
            members["publicID"] = .string(PublicID.random(from: Secrets.randomBytes))
            return try await store.change(members, .creating, at: now)
        }
    }

    struct List: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the users of a location.",
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
            var lines = ""
            var last: Int64 = 0
            while true {
                let query = Query<UserField>(
                    predicate: .compares(.id, .greater, .integer(last)),
                    order: [Ordering(.id, isAscending: true)],
                    limit: 500,
                    needsTotal: false
                )
                let actor = Actor(locationID: locationID, userID: nil)
                let users = try await store.users(query, seenBy: actor).records
                guard let end = users.last else { return lines }
                lines += users.map { $0.line }.joined()
                last = end.id.rawValue
            }
        }
    }

    struct Change: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what is said of a user.",
            discussion: "What is not said stays. Prints one line of JSON with the user."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: ArgumentHelp("The user.", valueName: "number"))
        var user: Int64

        @OptionGroup var fields: Fields

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            var members = try fields.members
            members["id"] = .integer(user)
            return try await store.change(members, .changing, at: now)
        }
    }

    struct Remove: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a user from use, whose tokens are refused from then on.",
            discussion: "What refers to the user stays. Prints one line of JSON with the user."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: ArgumentHelp("The user.", valueName: "number"))
        var user: Int64

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await store.change(
                ["id": .integer(user), "deleted": .bool(true)],
                .changing,
                at: now
            )
        }
    }
}

extension SQLStore {
    /// Changes a user as a directory document says it, and returns the user as a line of JSON.
    fileprivate func change(
        _ members: JSONObject,
        _ intent: DirectoryTerms.Intent,
        at now: Timestamp
    ) async throws -> String {
        let format = DirectoryDocumentFormat<SystemZones>.ofCommands
        var json = JSONWriter()
        json.write(.object(["users": .array([.object(members)])]))
        let terms = DirectoryTerms(author: .operatorByCommand, intent: intent)
        do {
            let update = try format.update(reading: json.bytes)
            let outcome = try await directory.apply(update, under: terms, at: now)
            let sample = outcome.samples.first
            guard case .user(let user)? = sample?.after ?? sample?.before else { return "" }
            return user.line
        } catch let error as DirectoryDocumentError {
            throw CommandFailure(error)
        } catch let refusal as DirectoryRefusal {
            throw CommandFailure(format.error(for: refusal))
        }
    }
}

extension CommandFailure {
    /// What is wrong with the one user of a document.
    fileprivate init(_ error: DirectoryDocumentError) {
        let field = error.path.replacing("$.users[0].", with: "").replacing("$.users[0]", with: "")
        self.init(.badData, "The user's \(field.isEmpty ? "record" : field) \(error.reason).")
    }
}

extension DirectoryUser {
    /// The user as one line of JSON.
    fileprivate var line: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.write(id.rawValue)
        let texts = [
            ("publicID", publicID), ("name", name), ("email", email), ("phone", phone),
            ("timeZone", timeZone), ("role", role.name), ("locale", locale),
        ]
        for (name, text) in texts {
            json.name(name)
            if let text { json.write(text) } else { json.writeNull() }
        }
        json.writeMembers(of: reminderSettings)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}
