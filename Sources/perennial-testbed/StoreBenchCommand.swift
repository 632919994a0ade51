import ArgumentParser
import Commands
import DirectoryDocument
import JSON
import Recurrence
import Storage
import SystemZones
import Tasks

/// Measures the store itself, without HTTP, on a database without locations.
struct StoreBenchCommand: AsyncParsableCommand, DatabaseWork {
    static let configuration = CommandConfiguration(
        commandName: "bench-store",
        abstract: "Measure the store on an empty database, and print the figures as JSON."
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Option(help: "How long each figure is measured, 1 to 600 seconds.")
    var seconds = 3

    @Option(help: "How many series are due at the same time, 0 to 1,000,000.")
    var due = 20_000

    private static let locationCount = 64
    private static let callerCount = 64

    func validate() throws {
        guard (1...600).contains(seconds), (0...1_000_000).contains(due) else {
            throw ValidationError("--seconds is from 1 to 600, --due from 0 to 1000000.")
        }
    }

    func run() async throws { try await databaseOptions.run(self) }

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        let zones = SystemZones()
        let now = WallClock().now
        _ = try await DirectoryImporter(
            store: store.directory,
            zones: zones,
            digest: Secrets.digest
        ).importDocument(document, at: now)
        var figures = try await readRates(of: store, zones)
        figures += try await writeRates(of: store, zones)
        if due > 0 { figures.append(("due", try await dueRate(over: store, zones))) }
        var json = JSONWriter()
        json.beginObject()
        for (name, perSecond) in figures {
            json.name(name)
            json.write(Int64(perSecond))
        }
        json.endObject()
        print(String(decoding: json.bytes, as: UTF8.self))
    }

    private typealias Figure = (name: String, perSecond: Double)

    private func readRates<Driver: WatchedDriver>(
        of store: SQLStore<Driver>,
        _ zones: SystemZones
    ) async throws -> [Figure] {
        let commands = TaskCommands(store: store, zones: zones)
        let task = try await create(in: 0, with: commands)
        let read: @Sendable (Int) async throws -> Void = { _ in
            _ = try await store.task(
                task.task.id,
                where: .all([]),
                seenBy: .wholeLocation,
                in: Self.location(0)
            )
        }
        let find: @Sendable (Int) async throws -> Void = { caller in
            _ = try await store.tasks(
                Query(limit: 10),
                seenBy: .creator(Identifier(Int64(caller % Self.locationCount + 1))),
                in: Self.location(caller)
            )
        }
        return [
            ("read1", try await rate(of: 1, read)),
            ("read64", try await rate(of: Self.callerCount, read)),
            ("find64", try await rate(of: Self.callerCount, find)),
        ]
    }

    private func writeRates<Driver: WatchedDriver>(
        of store: SQLStore<Driver>,
        _ zones: SystemZones
    ) async throws -> [Figure] {
        let commands = TaskCommands(store: store, zones: zones)
        let inOne: @Sendable (Int) async throws -> Void = { _ in
            _ = try await create(in: 0, with: commands)
        }
        let inMany: @Sendable (Int) async throws -> Void = { caller in
            _ = try await create(in: caller, with: commands)
        }
        return [
            ("post1", try await rate(of: 1, inOne)),
            ("post64OneLocation", try await rate(of: Self.callerCount, inOne)),
            ("post64ManyLocations", try await rate(of: Self.callerCount, inMany)),
        ]
    }

    /// How often some callers do something in a second, all together.
    private func rate(
        of callerCount: Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Double {
        let begin = WallClock().now
        let end = begin.advanced(by: .seconds(seconds))
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<callerCount {
                group.addTask {
                    var count = 0
                    while WallClock().now < end {
                        try await body(caller)
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(count) / (begin.duration(to: WallClock().now) / .seconds(1))
    }

    private func create(
        in place: Int,
        with commands: TaskCommands<some TaskStore, SystemZones>
    ) async throws -> TaskEntry {
        let now = WallClock().now
        let userID = Identifier<User>(Int64(place % Self.locationCount + 1))
        let draft = TaskDraft(
            template: TaskTemplate(title: "New Lead Alert", body: "Call", assigneeID: userID),
            due: WallClockTime(local: Zone.utc.localDateTime(at: now), zone: .utc)
        )
        let actor = Actor(locationID: Self.location(place), userID: userID)
        return try await commands.create(draft, by: actor, at: now).entry
    }

    /// How many tasks are made in a second of series that are due at the same time.
    private func dueRate<Driver: WatchedDriver>(
        over store: SQLStore<Driver>,
        _ zones: SystemZones
    ) async throws -> Double {
        let now = WallClock().now
        let start = Zone.utc.localDateTime(at: now).advanced(bySeconds: 86_400)
        let commands = SeriesCommands(store: store, zones: zones)
        let rule = try SeriesRule(parsing: "FREQ=DAILY")
        let due = due
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<Self.callerCount {
                group.addTask {
                    for _ in stride(from: caller, to: due, by: Self.callerCount) {
                        let draft = SeriesDraft(
                            title: "Water the plants",
                            recurrence: DueRecurrence(
                                start: WallClockTime(local: start, zone: .utc),
                                rule: rule,
                                dueAfter: 600,
                                dueZone: .utc
                            ),
                            makesFirstTasks: false
                        )
                        _ = try await commands.create(
                            draft,
                            by: Actor(locationID: Self.location(caller), userID: nil),
                            at: now
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        let later = now.advanced(by: .seconds(90_000))
        let firing = FiringCommands(store: store, zones: zones)
        try await firing.refreshAgenda(at: later)
        let begin = WallClock().now
        var count = 0
        while let turn = try await firing.takeTurn(at: later) { count += turn.taskCount }
        guard count == due else { throw ValidationError("\(count) tasks were made, not \(due).") }
        return Double(count) / (begin.duration(to: WallClock().now) / .seconds(1))
    }

    private static func location(_ place: Int) -> LocationID {
        LocationID("StoreBenchLocation\(String(100 + place % locationCount).suffix(2))")
    }

    /// A directory document with the locations and a user in each.
    private var document: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("locations")
        json.beginArray()
        for place in 0..<Self.locationCount {
            json.beginObject()
            json.name("id")
            json.write(Self.location(place).rawValue)
            json.name("name")
            json.write("Location \(place)")
            json.endObject()
        }
        json.endArray()
        json.name("users")
        json.beginArray()
        for place in 0..<Self.locationCount {
            json.beginObject()
            json.name("id")
            json.write(Int64(place + 1))
            json.name("location")
            json.write(Self.location(place).rawValue)
            json.name("name")
            json.write("User \(place + 1)")
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
