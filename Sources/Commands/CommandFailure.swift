import ArgumentParser
import Foundation
package import Storage

/// Why a command failed, in words for the one who called it.
struct CommandFailure: Error, CustomStringConvertible {
    /// The exit statuses of `sysexits.h` that commands use.
    enum Status: Int32 {
        /// What was given is not what it should be.
        case badData = 65
        /// Something that the command needs is not to be had.
        case unavailable = 69
    }

    let status: Status
    let description: String

    init(_ status: Status, _ description: String) {
        self.status = status
        self.description = description
    }
}

/// Runs a command's work; a failure is told on standard error and ends the process with its status.
func withFailuresTold(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as CommandFailure {
        writeToStandardError("perennial: \(failure)\n")
        throw ExitCode(failure.status.rawValue)
    }
}

/// Writes a text to standard error; where nobody reads that, nobody is told.
func writeToStandardError(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

extension DatabaseOptions {
    /// Runs work on the database, which is made if it does not exist, and closes it afterwards.
    package func withStore(_ work: (SQLStore<SQLiteDatabase>) async throws -> Void) async throws {
        try await withFailuresTold { try await open().closed(after: work) }
    }

    /// Runs work on a database that is there, and closes it afterwards.
    func withExistingStore(_ work: (SQLStore<SQLiteDatabase>) async throws -> Void) async throws {
        try await withFailuresTold { try await openExisting().closed(after: work) }
    }
}

extension SQLStore<SQLiteDatabase> {
    fileprivate func closed(after work: (SQLStore) async throws -> Void) async throws {
        do {
            try await work(self)
        } catch {
            await close()
            throw error
        }
        await close()
    }
}
