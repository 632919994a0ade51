import ArgumentParser
import Foundation
import Recurrence
import Storage
import Tasks

/// A command that works on a database whether a server runs on it or not.
///
/// Where a server runs, the command asks it through its door, and the server carries it out on its
/// own store; where none runs, the command opens the database. The same code does it either way.
protocol AdministrationCommand: AsyncParsableCommand {
    var databaseOptions: DatabaseOptions { get }

    /// Whether it makes a database that is not there.
    static var makesDatabase: Bool { get }

    /// Whether what it prints comes in pages, so that nobody ever holds all of it.
    ///
    /// The first line of what it returns is then not printed: it is the input with which it is carried
    /// out again for the next page, and empty on the last.
    static var isPaged: Bool { get }

    /// Reads what it needs besides its arguments, where it was started.
    func input() throws -> [UInt8]

    /// Does the work.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - input: What ``input()`` read.
    ///   - now: The server's time, or else the machine's.
    /// - Returns: What it prints.
    /// - Throws: `CommandFailure` where the user has to do something else.
    func perform<Driver: WatchedDriver>(
        on store: SQLStore<Driver>,
        _ input: [UInt8],
        at now: Timestamp
    ) async throws -> String
}

extension AdministrationCommand {
    static var makesDatabase: Bool { false }

    static var isPaged: Bool { false }

    func input() throws -> [UInt8] { [] }

    /// Has the work done, and prints what comes of it.
    func run() async throws {
        try await withFailuresTold {
            var input = try input()
            while let output = try await askServer(input) {
                guard let next = show(output) else { return }
                input = next
            }
            let isNew = try !databaseOptions.databaseExists
            if isNew, !Self.makesDatabase {
                throw CommandFailure(
                    .unavailable,
                    "\(try databaseOptions.place()) does not exist."
                )
            }
            try await databaseOptions.run(
                AdministrationWork(command: self, input: input, isNew: isNew)
            )
        }
    }

    /// Prints what was done.
    ///
    /// - Returns: The input of the next page, if there is one.
    fileprivate func show(_ output: String) -> [UInt8]? {
        guard Self.isPaged else {
            print(output, terminator: "")
            return nil
        }
        let parts = output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        print(parts.count > 1 ? parts[1] : "", terminator: "")
        return parts.first.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    }

    /// Asks the server, if one runs.
    private func askServer(_ input: [UInt8]) async throws -> String? {
        guard let path = try databaseOptions.doorPath() else { return nil }
        let request = DoorRequest(
            arguments: Array(CommandLine.arguments.dropFirst()),
            input: input
        )
        guard let answer = try DoorClient.answer(to: request, at: path) else { return nil }
        guard answer.status == 0 else {
            throw CommandFailure(ofStatus: answer.status, answer.message)
        }
        return answer.output
    }
}

/// A command's work on a database that no server has.
private struct AdministrationWork<Command: AdministrationCommand>: DatabaseWork {
    let command: Command
    let input: [UInt8]
    /// Whether the database was made for it.
    let isNew: Bool

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        do {
            var input: [UInt8]? = input
            while let part = input {
                let output = try await command.perform(on: store, part, at: WallClock().now)
                input = command.show(output)
            }
        } catch {
            if isNew { try await command.databaseOptions.removeEmpty(store) }
            throw error
        }
    }
}

/// Asks a server through its door.
enum DoorClient {
    /// The answer of who listens at a path; none if nobody does.
    static func answer(to request: DoorRequest, at path: String) throws -> DoorAnswer? {
        let socket: UnixSocket
        do {
            socket = try UnixSocket.connected(to: path)
        } catch let failure as UnixSocket.Failure {
            if failure.isNobodyThere { return nil }
            throw CommandFailure(.unavailable, "\(path) cannot be asked: \(failure.reason).")
        }
        do {
            try socket.write(request.bytes)
            socket.endWriting()
            let bytes = try socket.bytes(upTo: 1 << 30, waiting: .forAnswer)
            if let answer = DoorAnswer(bytes) { return answer }
        } catch let failure as UnixSocket.Failure {
            throw CommandFailure(
                .unavailable,
                "The server at \(path) did not answer: \(failure.reason). Look whether it was done."
            )
        }
        throw CommandFailure(
            .unavailable,
            "The server at \(path) broke off. Look whether it was done."
        )
    }
}
