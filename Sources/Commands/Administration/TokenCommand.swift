import API
import ArgumentParser
import HighLevel
import JSON
import LionDesk
import Recurrence
package import Storage
package import Tasks

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Issue, list and revoke the tokens for access to the API.",
        discussion: "While a server runs, it does it.",
        subcommands: [Issue.self, List.self, Revoke.self]
    )

    struct Issue: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Issue a token to a user or a location; it is shown only this once."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(
            help: ArgumentHelp("The user that the token acts as.", valueName: "number")
        )
        var user: Int64?

        @Option(
            help: ArgumentHelp(
                "The location that the token acts for. LionDesk's API needs a user's token.",
                valueName: "id"
            )
        )
        var location: String?

        @Option(
            help: ArgumentHelp(
                """
                What the token may do, with commas between. \(Issue.knownScopes) Everything by \
                default.
                """,
                valueName: "list"
            )
        )
        var scopes: String?

        @Option(
            help: ArgumentHelp(
                "When the token expires, such as 2030-01-01T00:00:00Z. Never by default.",
                valueName: "time"
            )
        )
        var expires: String?

        func validate() throws {
            if user == nil, location == nil {
                throw ValidationError("Either --user or --location is needed.")
            }
            if user != nil, location != nil {
                throw ValidationError(
                    "--user and --location exclude each other: a token acts for one of them."
                )
            }
            try validateScopes()
            _ = try expiresAt
        }

        /// What a scope can be, in a sentence for each dialect.
        private static var knownScopes: String {
            let lionDesk = LionDeskScope.allCases.map(\.rawValue).joined(separator: ", ")
            let highLevel = HighLevelScope.allCases.map(\.rawValue).joined(separator: ", ")
            let own = APIScope.allCases.map(\.rawValue).joined(separator: ", ")
            return """
                LionDesk's API knows \(lionDesk); HighLevel's knows \(highLevel); Perennial's own \
                knows \(own), and those of the others for tasks.
                """
        }

        private func validateScopes() throws {
            guard let scopes else { return }
            let names = scopes.split(separator: ",").map(String.init)
            if names.isEmpty { throw ValidationError("--scopes names no scope.") }
            let known =
                LionDeskScope.allCases.map(\.rawValue) + HighLevelScope.allCases.map(\.rawValue)
                + APIScope.allCases.map(\.rawValue)
            if let unknown = names.first(where: { !known.contains($0) }) {
                throw ValidationError(
                    "--scopes has '\(unknown)', which is no scope. \(Self.knownScopes)"
                )
            }
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let holder: TokenHolder =
                user.map { .user(Identifier($0)) } ?? .location(LocationID(location ?? ""))
            return try await tellingRefusals {
                let (token, _) = try await store.tokenIssuer.issue(
                    to: holder,
                    scopes: scopes.map { Set($0.split(separator: ",").map(String.init)) },
                    expiresAt: expiresAt,
                    at: now
                )
                return token + "\n"
            }
        }

        private var expiresAt: Timestamp? {
            get throws { try expires.map { try Timestamp(argument: $0, of: "--expires") } }
        }
    }

    struct List: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tokens by their hints; the tokens themselves are not shown.",
            discussion: "Prints one line of JSON for each token."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await store.directory.tokens().map { $0.line + "\n" }.joined()
        }
    }

    struct Revoke: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a token for ever."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: "The token, or its hint, which `token list` prints.")
        var token: String

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await tellingRefusals {
                try await store.tokenIssuer.revoke(token, at: now).line + "\n"
            }
        }
    }
}

extension SQLStore {
    package var tokenIssuer: TokenIssuer<SQLDirectoryStore<Driver>> {
        TokenIssuer(
            store: directory,
            digest: Secrets.digest,
            randomBytes: Secrets.randomBytes
        )
    }
}

private func tellingRefusals(_ work: () async throws -> String) async throws -> String {
    do {
        return try await work()
    } catch let refusal as TokenRefusal {
        let reason =
            switch refusal {
            case .unknownHolder: "There is no such user or location."
            case .malformedScope(let scope): "'\(scope)' is not a scope."
            case .expiryNotInFuture: "The token would be out of force already."
            case .unknown: "No token in force is, or has the hint, that was given."
            case .ambiguous(let count): "\(count) tokens in force have that hint: give the token."
            }
        throw CommandFailure(.badData, reason)
    }
}

extension TokenRecord {
    /// The record as one line of JSON.
    fileprivate var line: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("id")
        json.write(id)
        json.name("hint")
        json.write(hint)
        json.name("location")
        json.write(locationID.rawValue)
        json.name("user")
        if let userID { json.write(userID.rawValue) } else { json.writeNull() }
        json.name("scopes")
        if let scopes {
            json.beginArray()
            for scope in scopes.sorted() { json.write(scope) }
            json.endArray()
        } else {
            json.writeNull()
        }
        for (name, instant) in [
            ("createdAt", createdAt), ("expiresAt", expiresAt), ("revokedAt", revokedAt),
        ] {
            json.name(name)
            if let instant { json.write(instant.text) } else { json.writeNull() }
        }
        json.name("lastUsedOn")
        if let lastUsedOn { json.write(lastUsedOn.text(in: .extended)) } else { json.writeNull() }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension Timestamp {
    fileprivate var text: String { text(in: .extended, fraction: .none) }
}
