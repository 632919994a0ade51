import Foundation
import Testing

/// A folder with its own database, and the real program that works on it.
final class Deployment: Sendable {
    let folder: URL
    let database: URL

    /// The program; the build puts it into the same folder as the tests.
    private let program: URL

    private static let sqliteShell = URL(fileURLWithPath: "/usr/bin/sqlite3")

    init(of program: String = "perennial") throws {
        self.program = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent()
            .appending(path: program)
        folder = FileManager.default.temporaryDirectory
            .appending(path: "perennial-\(UUID().uuidString)")
        database = folder.appending(path: "test.db")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// How a command ended, and what it wrote.
    struct Ending {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs a command of the program to its end, on the deployment's database.
    func run(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Ending {
        try await end(of: process(program, arguments, environment), input: input)
    }

    /// Runs a command that must succeed, and returns its output without the last newline.
    func output(of arguments: String..., input: String = "") async throws -> String {
        let ending = try await run(arguments, input: input)
        try #require(ending.status == 0, "\(arguments): \(ending.errors)")
        return ending.output.trimmingCharacters(in: .newlines)
    }

    /// Makes the demo and returns a token for it.
    func demo() async throws -> String {
        let line = try await output(of: "demo")
        return try JSONDecoder().decode(Demo.self, from: Data(line.utf8)).token
    }

    /// Starts a server and waits until it listens.
    func serve(
        _ options: String...,
        environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        try await serve(options, environment: environment)
    }

    /// Starts a server, with other limits of the shell's `ulimit` than the test's if any are given,
    /// and waits until it listens.
    func serve(
        _ options: [String],
        ulimit: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        let arguments = ["serve", "--port", "0", "--log-format", "json"] + options
        guard let ulimit else {
            return try await ServerProcess(process(program, arguments, environment), log: newFile())
        }
        let shell = URL(fileURLWithPath: "/bin/sh")
        let script = "ulimit \(ulimit) && exec \"$0\" \"$@\""
        let command = ["-c", script, program.path] + arguments
        return try await ServerProcess(process(shell, command, environment), log: newFile())
    }

    /// Whether there is a program with which a test can change a database without the server.
    static var hasSQLiteShell: Bool {
        FileManager.default.isExecutableFile(atPath: sqliteShell.path)
    }

    /// Changes the database.
    ///
    /// No other process may have it open.
    func runSQL(_ statement: String) async throws {
        let ending = try await end(of: process(Self.sqliteShell, [database.path, statement]))
        try #require(ending.status == 0, "\(ending.errors)")
    }

    /// Writes a file into the folder and returns its path.
    func file(holding text: String) throws -> String {
        try file(holding: Array(text.utf8))
    }

    /// Writes a file of some bytes into the folder and returns its path.
    func file(holding bytes: [UInt8]) throws -> String {
        let file = try newFile()
        try Data(bytes).write(to: file)
        return file.path
    }

    /// A process that is not started yet.
    private func process(
        _ program: URL,
        _ arguments: [String],
        _ environment: [String: String] = [:]
    ) -> ChildProcess {
        ChildProcess(
            [program.path] + arguments,
            // The tests ignore server settings in the caller's environment.
            environment: ProcessInfo.processInfo.environment
                .filter { !$0.key.hasPrefix("PERENNIAL_") }
                .merging(["PERENNIAL_DATABASE": database.path]) { $1 }
                .merging(environment) { $1 },
            in: folder.path
        )
    }

    private func end(of process: ChildProcess, input: String = "") async throws -> Ending {
        let (output, errors) = try (newFile(), newFile())
        let inputFile = try file(holding: input)
        try process.start(
            ChildProcess.Streams(input: inputFile, output: output.path, errors: errors.path)
        )
        while process.isRunning { try await Task.sleep(for: .milliseconds(2)) }
        return Ending(
            status: process.status,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8)
        )
    }

    private func newFile() throws -> URL {
        let file = folder.appending(path: UUID().uuidString)
        try Data().write(to: file)
        return file
    }
}

/// What `perennial demo` prints.
private struct Demo: Decodable {
    let token: String
}
