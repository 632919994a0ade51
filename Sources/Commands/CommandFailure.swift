import ArgumentParser
import Foundation
package import Storage
import Tasks

/// Why a command failed, in a text for its user.
struct CommandFailure: Error, CustomStringConvertible {
    /// The exit statuses of `sysexits.h` that commands use.
    enum Status: Int32 {
        /// The arguments are wrong.
        case usage = 64
        /// The data that the user gave is wrong.
        case badData = 65
        /// Something that the command needs is not available, such as a database or an address.
        case unavailable = 69
        /// The database was lost while the command worked on it.
        case ioError = 74
    }

    let status: Status
    let description: String

    init(_ status: Status, _ description: String) {
        self.status = status
        self.description = description
    }

    /// The failure of a command about a location that is not there.
    static func noLocation(_ locationID: LocationID) -> CommandFailure {
        CommandFailure(.badData, "There is no location \(locationID.rawValue).")
    }

    /// The failure of which a server told.
    init(ofStatus status: Int32, _ description: String) {
        self.init(Status(rawValue: status) ?? .unavailable, description)
    }
}

/// Runs a command's work.
///
/// A failure is written to standard error, and its status becomes the exit status.
func withFailuresTold(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as CommandFailure {
        writeToStandardError("perennial: \(failure)\n")
        throw ExitCode(failure.status.rawValue)
    } catch let row as UnreadableRow {
        writeToStandardError("perennial: Cannot read a row of the database: \(row)\n")
        throw ExitCode(CommandFailure.Status.badData.rawValue)
    }
}

/// Writes a text to standard error; an error in writing is ignored.
func writeToStandardError(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

/// What a command does with a database, whatever its engine.
package protocol DatabaseWork {
    /// Does the work.
    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws
}

extension DatabaseOptions {
    /// Runs work on the database, and closes it afterwards.
    ///
    /// A missing SQLite file is created, and one of an earlier version brought up to date.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - limits: How much of the machine and the server it may use.
    ///   - isMigrated: Whether a server's database of an earlier version is brought up to date.
    ///     Otherwise it is refused.
    /// - Throws: `ExitCode`, after the reason was written to standard error.
    package func run(
        _ work: some DatabaseWork,
        _ limits: DatabaseLimits = DatabaseLimits(),
        migrating isMigrated: Bool = false
    ) async throws {
        try await withFailuresTold {
            try await place().run(work, limits, migrating: isMigrated)
        }
    }
}

extension DatabasePlace {
    /// Runs work on the database, and closes it afterwards.
    ///
    /// - Throws: `CommandFailure`, or what the work throws.
    func run(
        _ work: some DatabaseWork,
        _ limits: DatabaseLimits = DatabaseLimits(),
        migrating isMigrated: Bool = false
    ) async throws {
        switch self {
        case .file(let path):
            try await DatabaseOptions.openFile(path, limits.sqlite).closed(after: work)
        case .server(let url):
            try await DatabaseOptions.connect(to: url, limits.postgreSQL, migrating: isMigrated)
                .closed(after: work)
        }
    }
}

extension SQLStore where Driver: WatchedDriver {
    fileprivate func closed(after work: some DatabaseWork) async throws {
        do {
            try await work.work(on: self)
        } catch {
            await close()
            throw error
        }
        await close()
    }
}
