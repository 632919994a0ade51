import ArgumentParser
import Foundation
import Storage

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

/// Runs a command's work and closes what it opened; a failure is told on standard error and ends
/// the process with its status.
func withFailuresTold(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as CommandFailure {
        try? FileHandle.standardError.write(contentsOf: Data("perennial: \(failure)\n".utf8))
        throw ExitCode(failure.status.rawValue)
    }
}

extension DatabaseOptions {
    /// Runs work on the database and closes it afterwards.
    func withStore(
        _ work: (Store<SQLiteDatabase>) async throws -> Void
    ) async throws {
        try await withFailuresTold {
            let store = try await open()
            do {
                try await work(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }
}
