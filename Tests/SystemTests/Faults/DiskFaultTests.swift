import Foundation
import Glibc
import Testing

/// A short form of the script `fault-test`: the disk fails under a server.
@Suite(.enabled(if: FaultShim.isAvailable, "no C compiler is installed"))
struct DiskFaultTests {
    /// A fault of the disk, and what a server says of it.
    struct Fault: CustomTestStringConvertible {
        let call: String
        let error: Int32
        let word: String

        var testDescription: String { "\(call), errno \(error)" }
    }

    private static let faults = [
        Fault(call: "pwrite", error: ENOSPC, word: "storage-full"),
        Fault(call: "pwrite", error: EIO, word: "storage-failing"),
        Fault(call: "fdatasync", error: EIO, word: "storage-failing"),
    ]

    @Test(arguments: faults)
    func `a failing disk is told by health and log, and passes by itself`(
        fault: Fault
    ) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let shim = try FaultShim(in: deployment.folder)
        let server = try await deployment.serve(environment: shim.environment)
        let client = Client(of: server, token: token)
        let before = try await client.create("Before")

        try shim.begin(fault.call, on: "-wal", with: fault.error)
        for number in 0..<5 {
            #expect(try await client.statusOfCreating("Lost \(number)") == 503)
            #expect(try await client.send("GET", Client.tasks).status == 200)
        }
        for path in ["/health", "/health?deep"] {
            let (status, body) = try await client.send("GET", path)
            #expect(status == 503)
            #expect(String(decoding: body, as: UTF8.self).contains(#""status":"\#(fault.word)""#))
        }
        #expect(try shim.count > 0)
        try shim.end()
        // Nobody writes but the server's own probe.
        try await server.wait { try await client.send("GET", "/health").status == 200 }

        let after = try await client.create("After")
        let kept = try await client.tasks(where: "due_at[$lt]=1972-01-01")
        // What was refused may have been kept, though never twice.
        #expect(kept.filter { $0.description == "Before" } == [before])
        #expect(kept.filter { $0.description == "After" } == [after])
        #expect(Set(kept.map(\.description)).count == kept.count)
        try await server.stop()
        let entries = try server.logEntries
        let told = entries.filter {
            $0["message"] == "The store failed" && $0["trouble"] == fault.word
        }
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0["level"] == "error" && $0["activity"] == "writing" })
        // Each kind once, as this all lasts for less than a minute.
        #expect(Set(told.map { $0["reason"] }).count == told.count)
    }

    @Test
    func `a disk that fails to read is no damage, and passes by itself`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let shim = try FaultShim(in: deployment.folder)
        let server = try await deployment.serve(environment: shim.environment)
        let client = Client(of: server, token: token)
        try shim.begin("pread", on: ".db", with: EIO)
        try await server.wait { try await client.send("GET", "/health?deep").status == 503 }
        #expect(try shim.count > 0)
        try shim.end()
        try await server.wait { try await client.send("GET", "/health?deep").status == 200 }
        _ = try await client.create("After")
        try await server.stop()
        let told = try server.logEntries.filter { $0["message"] == "The store failed" }
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0["trouble"] == "storage-failing" })
    }

    @Test
    func `what cannot be synchronized is never acknowledged`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let shim = try FaultShim(in: deployment.folder)
        let server = try await deployment.serve(environment: shim.environment)
        let client = Client(of: server, token: token)
        let series = try await client.create("Kept", rule: "FREQ=DAILY;COUNT=5")
        try shim.begin("fdatasync", on: "*", with: EIO)
        for _ in 0..<10 {
            #expect(try await client.statusOfCreating("Refused") == 503)
        }
        server.kill()
        let successor = try await deployment.serve()
        let kept = try await Client(of: successor, token: token)
            .tasks(where: "due_at[$lt]=1972-01-01&description=Kept")
        #expect(kept.count == 5)
        #expect(kept.first?.id == series.id)
        try await successor.stop()
    }

    @Test
    func `transfers of half the bytes are noticed by nobody`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let shim = try FaultShim(in: deployment.folder)
        let server = try await deployment.serve(environment: shim.environment)
        let client = Client(of: server, token: token)
        try shim.begin("pwrite", on: "-wal", with: 0)
        for number in 0..<5 {
            _ = try await client.create("Task \(number)", rule: "FREQ=DAILY;COUNT=5")
        }
        #expect(try shim.count > 0)
        server.kill()
        let successor = try await deployment.serve()
        let kept = try await Client(of: successor, token: token)
            .tasks(where: "due_at[$lt]=1972-01-01")
        #expect(kept.count == 25)
        try await successor.stop()
    }

    @Test(arguments: [
        (call: "pwrite", suffix: "-wal", error: ENOSPC, words: "database or disk is full"),
        (call: "open", suffix: ".lock", error: EROFS, words: "may not be read and written"),
        (call: "open", suffix: "-wal", error: EMFILE, words: "unable to open database file"),
        (call: "open", suffix: ".db", error: EMFILE, words: "Too many open files"),
    ])
    func `a server that cannot begin says why`(
        call: String,
        suffix: String,
        error: Int32,
        words: String
    ) async throws {
        let deployment = try Deployment()
        let shim = try FaultShim(in: deployment.folder)
        try shim.begin(call, on: suffix, with: error)
        let ending = try await deployment.run(
            ["serve", "--port", "0"],
            environment: shim.environment
        )
        #expect(ending.status == 69)
        #expect(ending.errors.contains(words), "\(ending.errors)")
    }
}
