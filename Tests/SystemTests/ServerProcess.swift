import Foundation
import FoundationNetworking
import Testing

/// A server of its own: the real program, on loopback, with a database in a temporary folder.
final class ServerProcess {
    let database: URL
    private(set) var port = 0
    private var process = Process()

    /// The folder of the products that the tests were built with.
    private static let products = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent()

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "perennial-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = folder.appending(path: "test.db")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: database.deletingLastPathComponent())
    }

    /// Runs a command to its end.
    func run(
        _ arguments: String...,
        input: String = ""
    ) throws -> (status: Int32, output: String, errors: String) {
        let process = Self.program(arguments)
        let (output, errors, input_) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = input_
        try process.run()
        try input_.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try input_.fileHandleForWriting.close()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        let complaint = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        return (process.terminationStatus, text, complaint)
    }

    private static func program(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = products.appending(path: "perennial")
        process.arguments = arguments
        return process
    }
}
