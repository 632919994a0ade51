import ArgumentParser
import JSON
import Recurrence
import Storage
import SystemZones
import Tasks

struct SeriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "List the recurring tasks that were set aside, and let them go on.",
        discussion: """
            A recurring task is set aside when nothing can make sense of what is stored of it: it \
            makes no more tasks until it is resumed, or given another schedule. GET /health counts \
            those that are.

            While a server runs, it does it.
            """,
        subcommands: [SetAside.self, Resume.self]
    )

    struct SetAside: AdministrationCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-aside",
            abstract: "List the recurring tasks that are set aside or held, and why.",
            discussion: """
                Prints one line of JSON for each. One that is held has a time at which it is tried \
                again: it goes on by itself once the fault is over.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            try await store.setAsideSeries().map { $0.line + "\n" }.joined()
        }
    }

    struct Resume: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a recurring task go on that was set aside.",
            discussion: """
                What came meanwhile was missed, as if no server had run. Also one that an earlier \
                version stopped is resumed. Prints one line of JSON with the time at which the \
                recurring task is looked at next.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: ArgumentHelp("The recurring task.", valueName: "number"))
        var series: Int64

        @Option(help: ArgumentHelp("The location that it is in.", valueName: "id"))
        var location: String

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let entry = try await resume(in: store, at: now)
            guard let fireAt = entry.clock?.fireAt else {
                throw CommandFailure(.badData, "\(series) has no more occurrences.")
            }
            var json = JSONWriter()
            json.beginObject()
            json.name("location")
            json.write(location)
            json.name("series")
            json.write(series)
            json.name("firesAt")
            json.write(fireAt.text)
            json.endObject()
            return String(decoding: json.bytes, as: UTF8.self) + "\n"
        }

        private func resume(
            in store: SQLStore<some SQLDriver>,
            at now: Timestamp
        ) async throws -> SeriesEntry {
            do {
                return try await SeriesCommands(store: store, zones: SystemZones()).resume(
                    Identifier(series),
                    in: LocationID(location),
                    at: now
                )
            } catch TaskRefusal.notFound {
                throw CommandFailure(
                    .badData,
                    "There is no recurring task \(series) in the location \(location)."
                )
            } catch let error as StoreUnavailable {
                throw error
            } catch let error as SQLError {
                throw error
            } catch {
                throw CommandFailure(.badData, "\(series) still cannot be followed: \(error).")
            }
        }
    }
}

extension SeriesSetAside {
    /// The series as one line of JSON.
    fileprivate var line: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("location")
        json.write(address.locationID.rawValue)
        json.name("series")
        json.write(address.seriesID.rawValue)
        json.name("setAsideAt")
        json.write(setAsideAt.text)
        if let triedAgainAt {
            json.name("triedAgainAt")
            json.write(triedAgainAt.text)
        }
        json.name("reason")
        json.write(reason)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension Timestamp {
    fileprivate var text: String { text(in: .extended, fraction: .none) }
}
