import ArgumentParser
import Commands
import DirectoryDocument
import JSON
import Recurrence
import Storage
import SystemZones
import Tasks

struct LoadCommand: AsyncParsableCommand, DatabaseWork {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Fill a new database with many single tasks, for measurements."
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Option(help: "How many tasks to make, 1 to 10,000,000.")
    var tasks: Int

    @Option(help: "How many tasks each user owns.")
    var ownersOf = 10_000

    /// How many tasks are created at the same time, at most.
    private static let concurrency = 512

    private static let location = LocationID("LoadLoadLoadLoadLoad")

    func validate() throws {
        guard (1...10_000_000).contains(tasks), (1...tasks).contains(ownersOf) else {
            throw ValidationError("--tasks is from 1 to 10000000, --owners-of at most as many.")
        }
    }

    func run() async throws { try await databaseOptions.run(self) }

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        let now = WallClock().now
        let zones = SystemZones()
        _ = try await DirectoryImporter(
            store: store.directory,
            zones: zones,
            digest: Secrets.digest
        ).importDocument(document, at: now)
        let commands = TaskCommands(store: store, zones: zones)
        let first = try await create(0, with: commands, at: now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1..<tasks {
                if number > Self.concurrency { try await group.next() }
                group.addTask { _ = try await create(number, with: commands, at: now) }
            }
            try await group.waitForAll()
        }
        let (token, _) = try await store.tokenIssuer.issue(
            to: .user(Identifier(1)),
            scopes: nil,
            expiresAt: nil,
            at: now
        )
        var json = JSONWriter()
        json.beginObject()
        json.name("token")
        json.write(token)
        json.name("taskID")
        json.write(first.task.id.rawValue)
        json.endObject()
        print(String(decoding: json.bytes, as: UTF8.self))
    }

    private func create(
        _ number: Int,
        with commands: TaskCommands<some TaskStore, SystemZones>,
        at now: Timestamp
    ) async throws -> TaskEntry {
        let userID = Identifier<User>(Int64(number / ownersOf + 1))
        let start = Zone.utc.localDateTime(at: now)
        let draft = TaskDraft(
            template: TaskTemplate(
                title: "New Lead Alert \(number)",
                body: "Received alert",
                assigneeID: userID,
                categoryID: Identifier(1),
                reminder: .email
            ),
            // Due times go through the next 365 days again and again, so they do not rise with the
            // identifiers.
            due: WallClockTime(
                local: start.advanced(bySeconds: Int64(number &* 7_919 % 31_536_000)),
                zone: .utc
            )
        )
        let actor = Actor(locationID: Self.location, userID: userID)
        return try await commands.create(draft, by: actor, at: now).entry
    }

    /// A directory document with one location, and a user for every `ownersOf` tasks.
    private var document: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("locations")
        json.beginArray()
        json.beginObject()
        json.name("id")
        json.write(Self.location.rawValue)
        json.name("name")
        json.write("Load")
        json.endObject()
        json.endArray()
        json.name("users")
        json.beginArray()
        for number in 1...((tasks - 1) / ownersOf + 1) {
            json.beginObject()
            json.name("id")
            json.write(Int64(number))
            json.name("location")
            json.write(Self.location.rawValue)
            json.name("name")
            json.write("User \(number)")
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
