import API
import ArgumentParser
import JSON
import Recurrence
import Storage
import Tasks

struct ReminderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminders",
        abstract: "Show what is to be sent to people, and what became of it.",
        discussion: "While a server runs, it is asked. docs/reminders.md has what the states mean.",
        subcommands: [List.self]
    )

    struct List: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "List reminders, location by location, by the time of sending.",
            discussion: """
                Prints one line for each: when it was due to be sent, its state, its channel, the \
                task, the user, how often it was tried, how late it was and what was answered.
                """
        )

        static var isPaged: Bool { true }

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("The location; all of them by default.", valueName: "id"))
        var location: String?

        @Option(help: ArgumentHelp("Only those of a task.", valueName: "number"))
        var task: Int64?

        @Option(help: ArgumentHelp("Only those of a user.", valueName: "number"))
        var user: Int64?

        @Option(help: "Only those that go by email, sms, webhook, page or call.")
        var channel: String?

        @Option(help: "Only those that are waiting, sent, withdrawn, missed or failed.")
        var state: String?

        @Option(
            help: ArgumentHelp(
                "Only those to be sent from then on, such as 2030-01-01T00:00:00Z.",
                valueName: "time"
            )
        )
        var from: String?

        @Option(help: ArgumentHelp("Only those to be sent before then.", valueName: "time"))
        var until: String?

        @Option(help: ArgumentHelp("How many at most; all by default.", valueName: "number"))
        var limit: Int?

        @Flag(help: "Print one line of JSON for each.")
        var json = false

        @Flag(help: "Have these lines tell the cause, the offset and the time of sending, too.")
        var details = false

        func validate() throws {
            _ = try query
            if details, !json { throw ValidationError("--details goes with --json.") }
            if let limit, limit < 0 { throw ValidationError("--limit is less than none.") }
        }

        private var query: ReminderQuery {
            get throws {
                ReminderQuery(
                    taskID: task.map { Identifier($0) },
                    userID: user.map { Identifier($0) },
                    way: try channel.map { try word($0, of: "--channel") },
                    state: try state.map { try word($0, of: "--state") },
                    from: try from.map { try Timestamp(argument: $0, of: "--from") },
                    until: try until.map { try Timestamp(argument: $0, of: "--until") }
                )
            }
        }

        private func word<Word: RawRepresentable<String> & CaseIterable>(
            _ text: String,
            of option: String
        ) throws -> Word {
            if let word = Word(rawValue: text) { return word }
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option) cannot be '\(text)', only \(words).")
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let start = try ReminderListPlace(input) ?? ReminderListPlace(restCount: limit)
            var page = ReminderListPage(query: try query, from: start)
            let next = try await page.read(locations(of: store), of: store)
            let lines = page.reminders.map { reminder in
                json ? reminder.jsonLine(withDetails: details) : reminder.line
            }.joined()
            return (next?.text ?? "") + "\n" + lines
        }

        private func locations(of store: SQLStore<some SQLDriver>) async throws -> [LocationID] {
            guard let location else { return try await store.locationIDs() }
            let locationID = LocationID(location)
            guard try await store.location(locationID) != nil else {
                throw CommandFailure.noLocation(locationID)
            }
            return [locationID]
        }
    }
}

/// A page of the reminders of one location after the other.
private struct ReminderListPage {
    /// The most reminders of a page.
    private static let countLimit = 1000

    let query: ReminderQuery
    private let start: ReminderListPlace
    private(set) var reminders: [PlannedReminder] = []

    init(query: ReminderQuery, from start: ReminderListPlace) {
        self.query = query
        self.start = start
    }

    /// Reads the page.
    ///
    /// - Returns: Where the next one begins; nothing if there is none.
    mutating func read(
        _ locationIDs: [LocationID],
        of store: SQLStore<some SQLDriver>
    ) async throws -> ReminderListPlace? {
        let size = min(start.restCount ?? .max, Self.countLimit)
        let rest = locationIDs.drop { $0 != start.locationID ?? $0 }
        var last = start.reminder
        for locationID in rest {
            while reminders.count < size {
                let wanted = size - reminders.count
                let found = try await store.reminders(
                    query,
                    in: locationID,
                    after: last,
                    limit: wanted
                )
                reminders += found
                last = found.last
                if found.count < wanted { break }
            }
            if reminders.count == size { break }
            last = nil
        }
        let restCount = start.restCount.map { $0 - reminders.count }
        guard reminders.count == size, restCount != 0, let last = reminders.last else { return nil }
        return ReminderListPlace(after: last, restCount: restCount)
    }
}

/// Where a page of reminders begins.
private struct ReminderListPlace {
    /// None for the first location.
    var locationID: LocationID?
    var reminder: PlannedReminder?
    /// How many are still wanted; none for all.
    var restCount: Int?

    init(after reminder: PlannedReminder? = nil, restCount: Int?) {
        locationID = reminder?.key.locationID
        self.reminder = reminder
        self.restCount = restCount
    }

    /// Reads a place as it was written; none of nothing.
    init?(_ bytes: [UInt8]) throws {
        if bytes.isEmpty { return nil }
        let members = try? JSONValue(parsing: bytes).object
        guard case .array(let items)? = members?["keys"],
            let location = members?["location"]?.string,
            let place = ReminderPlace(items.compactMap(\.integer), in: LocationID(location))
        else { throw CommandFailure(.badData, "The place in the list cannot be read.") }
        self.init(
            after: place.reminder,
            restCount: members?["rest"]?.integer.flatMap { Int(exactly: $0) }
        )
    }

    /// The place as a line of JSON.
    var text: String {
        guard let reminder else { return "" }
        var json = JSONWriter()
        json.beginObject()
        json.name("location")
        json.write(reminder.key.locationID.rawValue)
        json.name("keys")
        json.beginArray()
        for key in ReminderPlace(reminder).keys { json.write(key) }
        json.endArray()
        if let restCount {
            json.name("rest")
            json.write(Int64(restCount))
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension JSONValue {
    fileprivate var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

extension PlannedReminder {
    /// The reminder as one line of JSON.
    fileprivate func jsonLine(withDetails hasDetails: Bool) -> String {
        var json = JSONWriter()
        if hasDetails {
            json.write(self)
        } else {
            json.beginObject()
            json.writeMembers(of: self)
            json.endObject()
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    /// The reminder as a line for people.
    fileprivate var line: String {
        let task = key.taskID.map { "task \($0.rawValue)" } ?? "digest"
        let time = key.plannedAt.text(in: .extended, fraction: .none)
        let lateness = secondsLate.map { ", \($0) s late" } ?? ""
        let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        let end = answer.isEmpty ? "" : ": \(answer)"
        return
            "\(time) \(state.rawValue) \(key.way.rawValue) \(task) user \(key.userID.rawValue), "
            + "\(tries)\(lateness)\(end)\n"
    }
}
