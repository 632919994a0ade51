import Foundation
import Glibc
import Testing

/// A running server, with its log in a file.
final class ServerProcess {
    private(set) var port = 0
    private let process: ChildProcess
    let logFile: URL

    /// Starts a server that logs JSON, and waits until it listens.
    init(_ process: ChildProcess, log: URL) async throws {
        self.process = process
        logFile = log
        try process.start(ChildProcess.Streams(errors: log.path))
        port = try await within(.seconds(20)) {
            let log = try logText
            try #require(process.isRunning, "the server ended: \(log)")
            return try logEntries.first { $0["message"] == "Serving" }?["port"].flatMap { Int($0) }
        }
    }

    deinit { kill() }

    /// The process's identifier.
    var id: Int32 { process.id }

    /// What the server has logged so far, in whole lines.
    var logText: String {
        get throws {
            let text = try String(contentsOf: logFile, encoding: .utf8)
            return String(text[..<(text.lastIndex(of: "\n") ?? text.startIndex)])
        }
    }

    /// The lines of the log; each must be an object of texts.
    var logEntries: [[String: String]] {
        get throws {
            try logText.split(separator: "\n").map { line in
                let entry = try? JSONDecoder().decode([String: String].self, from: Data(line.utf8))
                return try #require(entry, "\(line)")
            }
        }
    }

    /// Waits until the server has logged a message, and returns the entry.
    func entry(_ message: String) async throws -> [String: String] {
        try await within(.seconds(20)) {
            try logEntries.first { $0["message"] == message }
        }
    }

    /// Sends a signal.
    func signal(_ number: Int32) {
        Glibc.kill(id, number)
    }

    /// Waits until the server has ended by itself and returns its exit status.
    func end() async throws -> Int32 {
        try await within(.seconds(20)) { process.isRunning ? nil : process.status }
    }

    /// Waits until a condition holds.
    func wait(until condition: () async throws -> Bool) async throws {
        try await within(.seconds(20)) { try await condition() ? () : nil }
    }

    /// Stops the server with a signal, as an operator does; it must succeed.
    func stop() async throws {
        signal(SIGTERM)
        #expect(try await end() == 0)
    }

    /// Kills the process, whatever it is doing.
    func kill() {
        guard process.isRunning else { return }
        signal(SIGKILL)
        process.wait()
    }
}

/// Asks repeatedly for a value until it is there, or the time limit is over.
private func within<Value>(
    _ limit: Duration,
    isolation: isolated (any Actor)? = #isolation,
    _ value: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < deadline {
        if let value = try await value() { return value }
        try await Task.sleep(for: .milliseconds(5))
    }
    return try #require(try await value(), "not within \(limit)")
}
