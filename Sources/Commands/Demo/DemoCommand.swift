import ArgumentParser
import DirectoryDocument
import JSON
import Recurrence
import Storage
import SystemZones
import Tasks

struct DemoCommand: AsyncParsableCommand, DatabaseWork {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a demo directory with a few tasks, and print tokens for it.",
        discussion: """
            Prints one line of JSON: a user's token for LionDesk's API, a location's token for \
            HighLevel's API, and the identifiers of that user and location. If the database has \
            the demo already, only new tokens are made.
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Flag(help: "Make two months of a team's work, too: forty contacts and thirty series.")
    var team = false

    func run() async throws { try await databaseOptions.run(self) }

    package func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        let now = WallClock().now
        let zones = SystemZones()
        let userID = Identifier<User>(DemoDirectory.userID)
        let locationID = LocationID(DemoDirectory.location)
        try await importDirectory(
            DemoDirectory.document,
            into: store,
            zones: zones,
            at: now
        )
        let commands = TaskCommands(store: store, zones: zones)
        let present = try await commands.tasks(
            Query(limit: 0),
            seenBy: .creator(userID),
            in: locationID,
            at: now
        )
        if present.total == 0 {
            let actor = Actor(locationID: locationID, userID: userID)
            for draft in try DemoTasks(at: now).drafts {
                _ = try await commands.create(draft, by: actor, at: now)
            }
            if team {
                try await importDirectory(DemoTeam.document, into: store, zones: zones, at: now)
                try await DemoMonths(store: store, zones: zones, now: now).make()
            }
        }
        let (token, _) = try await store.tokenIssuer.issue(
            to: .user(userID),
            scopes: nil,
            expiresAt: nil,
            at: now
        )
        let (locationToken, _) = try await store.tokenIssuer.issue(
            to: .location(locationID),
            scopes: nil,
            expiresAt: nil,
            at: now
        )
        var json = JSONWriter()
        json.beginObject()
        json.name("token")
        json.write(token)
        json.name("user")
        json.write(userID.rawValue)
        json.name("location")
        json.write(locationID.rawValue)
        json.name("locationToken")
        json.write(locationToken)
        json.endObject()
        print(String(decoding: json.bytes, as: UTF8.self))
    }

    private func importDirectory(
        _ document: String,
        into store: SQLStore<some SQLDriver>,
        zones: SystemZones,
        at now: Timestamp
    ) async throws {
        let importer = DirectoryImporter(
            store: store.directory,
            zones: zones,
            digest: Secrets.digest
        )
        do {
            _ = try await importer.importDocument(Array(document.utf8), at: now)
        } catch let error as DirectoryDocumentError {
            throw CommandFailure(
                .badData,
                "The demo needs a database of its own: in this one, \(error) already."
            )
        }
    }
}
