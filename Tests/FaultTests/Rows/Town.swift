import API
import DatabaseTestSupport
import HTTPServing
import HTTPTypes
import HighLevel
import Hummingbird
import JSON
import LionDesk
import Recurrence
import ServerTestSupport
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// A server of both dialects and of the own API, with its scheduler, without sockets, on which three
/// places work.
struct Town: Sendable {
    let database: TestDatabase
    private let clock: TestClock
    private let serving: Serving
    private let scheduler: FiringCommands<TestStore, SystemZones>
    private let reports: Reports

    /// 2030-01-07T08:00:00Z, a Monday.
    private static let start = Timestamp(seconds: 1_894_003_200)

    /// Opens a copy of a town that was closed, or founds a new town and closes it.
    init(copying original: Town? = nil) async throws {
        let reports = Reports()
        let clock = TestClock(original == nil ? Self.start : original?.clock.now ?? Self.start)
        let database = try await TestDatabase(
            copying: original?.database,
            telling: { reports.note($0) }
        )
        self.reports = reports
        self.clock = clock
        self.database = database
        let lionDesk = LionDeskAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now }
        )
        let highLevel = HighLevelAPI(
            store: database.store,
            tokens: database.directory,
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now }
        )
        let own = PerennialAPI(
            store: database.store,
            tokens: database.directory,
            format: database.format,
            webhooks: QuietWebhookOffice(),
            zones: database.zones,
            clock: clock,
            limiter: RateLimiter(limits: RateLimits(perInterval: 0, perDay: 0)),
            wallClock: { clock.now },
            time: FollowingTime(uptime: { .zero }) { _ in await Wait.untilCancelled() }
        )
        serving = Serving([
            Serving.Mount(prefix: type(of: own).prefix, responder: own),
            Serving.Mount(prefix: type(of: lionDesk).prefix, responder: lionDesk),
            Serving.Mount(prefix: type(of: highLevel).prefix, responder: highLevel),
        ])
        scheduler = FiringCommands(store: database.store, zones: database.zones)
        if original == nil { try await settle() }
    }

    /// What was told of rows that cannot be read.
    var unreadableRows: [UnreadableRow] { reports.rows }

    /// Gives each place tasks and series, and closes the town.
    private func settle() async throws {
        try await database.importDocument(Place.document, at: clock.now)
        for place in [Place.spoiled] + Place.others {
            for request in OfficeDay.founding(place) {
                let answer = try await send(request)
                try #require(answer.status < 300, "\(request.path): \(answer.text)")
            }
            try await found(place, at: clock.now)
            try await addWebhook(of: place, at: clock.now)
            try await signIn(place, at: clock.now)
            try await addReminders(of: place, at: clock.now)
        }
        try await takeTurns(after: .seconds(86_400))
        for place in [Place.spoiled] + Place.others { try await beginKeyed(place) }
        try await database.store.note(zoneDigests: ["America/New_York": 0, "UTC": 0])
        await database.store.close()
    }

    /// Has a place make a task under a key, put off its reminders and leave it out.
    private func beginKeyed(_ place: Place) async throws {
        let made = try await send(OfficeDay.keyed(place))
        let id = try #require(made["task"]?.object?["id"]?.string, "\(made.text)")
        for action in OfficeDay.actions(place, task: id) {
            let answer = try await send(action)
            try #require(answer.status < 300, "\(action.path): \(answer.text)")
        }
    }

    /// A day in the town: requests of the evening before are sent again, the scheduler works, zones
    /// are looked at, then each place works, then the directory comes.
    ///
    /// - Returns: What the other places were answered, and what the spoiled one was.
    func day() async throws -> (others: [String], spoiled: [Answer]) {
        _ = try await database.store.setAsideSeries()
        var spoiled: [Answer] = []
        do {
            spoiled.append(try await send(OfficeDay.keyed(Place.spoiled)))
        } catch is JSONSyntaxError {
            // A body is given again as it was kept, whatever that is.
        }
        var others: [String] = []
        for place in Place.others {
            others.append(Self.memorable(try await send(OfficeDay.keyed(place))))
        }
        try await takeTurns(after: .seconds(86_400))
        _ = await comeBy(Place.spoiled, at: clock.now)
        for place in Place.others { others += await comeBy(place, at: clock.now) }
        try await retime()
        spoiled += try await work(Place.spoiled)
        for place in Place.others {
            others += try await work(place).map(Self.memorable)
        }
        _ = try await database.directory.tokens()
        _ = try await database.store.activeWebhooks()
        for place in [Place.spoiled] + Place.others {
            try await lookAtWebhooks(of: place)
            try await lookAtReminders(of: place, at: clock.now)
            _ = try await database.directory.audit(
                before: nil,
                limit: 100,
                in: LocationID(place.location)
            )
        }
        do {
            try await database.importDocument(Place.document, at: clock.now)
        } catch {
            // A document is refused as a whole if a row that it is about cannot be read, or is not
            // found.
        }
        return (others, spoiled)
    }

    func takeTurns(after duration: Duration) async throws {
        clock.advance(by: duration)
        try await scheduler.refreshAgenda(at: clock.now)
        var turnCount = 0
        while try await scheduler.takeTurn(at: clock.now) != nil {
            turnCount += 1
            try #require(turnCount < 100, "the scheduler comes to no end")
        }
    }

    /// Looks at all that may be moved since a zone's table changed; none has.
    private func retime() async throws {
        _ = try await database.store.zoneDigests()
        let commands = RetimingCommands(store: database.store, zones: database.zones)
        for locationID in try await database.store.locationIDs() {
            _ = try await commands.retime(locationID, concerning: nil, at: clock.now)
        }
    }

    private func work(_ place: Place) async throws -> [Answer] {
        var answers: [Answer] = []
        for request in OfficeDay.reading(place) { answers.append(try await send(request)) }
        for list in OfficeDay.lists(place) {
            let listed = try await send(list)
            answers.append(listed)
            for request in OfficeDay.changes(of: listed, in: place) {
                answers.append(try await send(request))
            }
        }
        for request in OfficeDay.founding(place) { answers.append(try await send(request)) }
        return answers
    }

    func send(_ request: OfficeRequest) async throws -> Answer {
        var headers: HTTPFields = [
            .contentType: "application/json", .authorization: "Bearer \(request.token)",
        ]
        headers[try #require(HTTPField.Name("Version"))] = "v3"
        if let key = request.key {
            headers[try #require(HTTPField.Name("Idempotency-Key"))] = key
        }
        return try await Answer(
            to: Request(request.method, request.path, headers, Array(request.body.utf8)),
            from: serving
        )
    }

    /// What an answer says but for the numbers of records, which all places take from one source.
    private static func memorable(_ answer: Answer) -> String {
        "\(answer.status) \(answer.json.withoutNumbers)"
    }
}

/// What was told, in order.
private final class Reports: Sendable {
    private let told = Mutex<[UnreadableRow]>([])

    var rows: [UnreadableRow] { told.withLock { $0 } }

    func note(_ row: UnreadableRow) { told.withLock { $0.append(row) } }
}

extension JSONValue {
    /// The value without the members that hold the numbers of records.
    fileprivate var withoutNumbers: String {
        switch self {
        case .array(let values): "[\(values.map(\.withoutNumbers).joined(separator: ","))]"
        case .object(let object):
            object.members.filter { !Self.numbers.contains($0.name) }
                .map { "\($0.name):\($0.value.withoutNumbers)" }.joined(separator: ",")
        case .null, .bool, .integer, .number, .string: "\(self)"
        }
    }

    private static let numbers: Set = [
        "id", "_id", "scheduled_event_id", "recurringTaskId", "searchAfter", "traceId",
        "seriesId", "etag", "cursor", "nextCursor",
    ]
}
