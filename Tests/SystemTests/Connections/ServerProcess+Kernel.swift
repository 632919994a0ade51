import Foundation
import Glibc
import Testing

// What the kernel tells of a server.
extension ServerProcess {
    /// How much memory the server has, in bytes.
    var memory: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
            let size = try #require(status.firstMatch(of: /VmRSS:\s+(\d+) kB/)?.1)
            return (Int(size) ?? 0) << 10
        }
    }

    /// How long processors have worked for the server.
    var processorTime: Duration {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
            // The name in parentheses may have blanks; user and system time come 11 fields later.
            let fields = try #require(text.split(separator: ")").last).split(separator: " ")
            let ticks = (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
            return .seconds(1) * ticks / sysconf(Int32(_SC_CLK_TCK))
        }
    }

    /// How many files the server may have open: the soft limit.
    var descriptorLimit: Int {
        get throws {
            let limits = try String(contentsOfFile: "/proc/\(id)/limits", encoding: .utf8)
            let limit = try #require(limits.firstMatch(of: /Max open files\s+(\d+)/)?.1)
            return try #require(Int(limit))
        }
    }

    /// Lets the server have no more files open; those above the limit stay open.
    func setDescriptorLimit(_ count: Int) throws {
        let process = ChildProcess(["/usr/bin/prlimit", "--pid", "\(id)", "--nofile=\(count):"])
        try process.start()
        process.wait()
        try #require(process.status == 0)
    }

    /// Waits until the server has so many connections.
    ///
    /// - Returns: Whether that came about in time.
    func connectionCount(reaches count: Int, within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while ContinuousClock.now < deadline {
            if try connectionCount == count { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// How many connections the server has accepted and not closed.
    private var connectionCount: Int {
        get throws {
            let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
            return table.split(separator: "\n").dropFirst().count { line in
                // Number, local address, remote address, state, and later the socket's number,
                // which is 0 for one that belongs to no process yet or any more.
                let fields = line.split(separator: " ")
                guard fields.count > 9, let end = fields[1].split(separator: ":").last else {
                    return false
                }
                let isListening = fields[3] == "0A"
                return Int(end, radix: 16) == port && !isListening && fields[9] != "0"
            }
        }
    }
}
