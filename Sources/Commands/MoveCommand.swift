import ArgumentParser
import Foundation
import Storage

struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Copy a database into another one, of the same engine or of the other.",
        discussion: """
            From a SQLite file to a PostgreSQL database, or back: every table is copied, counted and \
            compared by a checksum. The target must be empty, or hold what a move that ended on the \
            way has copied; then it goes on there. No server may run on either database. The source \
            stays as it is.
            """
    )

    @Option(help: ArgumentHelp("The database that is copied.", valueName: "database"))
    var from: String

    @Option(help: ArgumentHelp("The database that it is copied into.", valueName: "database"))
    var to: String

    func validate() throws {
        guard try DatabasePlace(from) != DatabasePlace(to) else {
            throw ValidationError("--from and --to name the same database.")
        }
    }

    func run() async throws {
        let source = try DatabasePlace(from)
        try await withFailuresTold {
            if case .file(let path) = source, !FileManager.default.fileExists(atPath: path) {
                throw CommandFailure(.unavailable, "\(path) does not exist.")
            }
            try await source.run(MoveSource(target: try DatabasePlace(to)))
        }
    }
}

/// Opens the target once the source is open.
private struct MoveSource: DatabaseWork {
    let target: DatabasePlace

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        guard try await !store.isBeingFilled() else {
            throw CommandFailure(.badData, "A move into the source has not ended.")
        }
        try await target.run(MoveTarget(source: store))
    }
}

private struct MoveTarget<Source: WatchedDriver>: DatabaseWork {
    let source: SQLStore<Source>

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        let bar = ProgressBar()
        let move = DatabaseMove(from: source.driver, to: store.driver) { bar.show($0, $1, $2) }
        let counts: [(table: String, rowCount: Int)]
        do {
            counts = try await move.run()
        } catch MoveRefusal.notEmpty(let table) {
            throw CommandFailure(
                .badData,
                "The target is not empty: its table \(table) has rows that no move put there."
            )
        } catch MoveRefusal.differs(let table, let source, let target) {
            throw CommandFailure(
                .badData,
                """
                The table \(table) differs: \(source) rows in the source, \(target) in the target. \
                Something has written to one of them; stop that, empty the target and move again.
                """
            )
        }
        bar.end()
        for (table, rowCount) in counts { print("\(table): \(rowCount)") }
        let total = counts.reduce(0) { $0 + $1.rowCount }
        print(
            "Moved and verified by count and checksum: \(total) rows in \(counts.count) tables."
        )
    }
}

/// Shows on a terminal how far a table is.
private final class ProgressBar: Sendable {
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

    func show(_ table: String, _ count: Int, _ total: Int) {
        guard isTerminal, total > 0 else { return }
        let width = 30
        let done = min(width, count * width / total)
        let bar = String(repeating: "#", count: done) + String(repeating: ".", count: width - done)
        writeToStandardError("\r\u{1B}[K[\(bar)] \(table) \(count)/\(total)")
    }

    func end() {
        if isTerminal { writeToStandardError("\r\u{1B}[K") }
    }
}
