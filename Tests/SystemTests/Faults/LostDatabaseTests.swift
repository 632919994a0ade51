import Foundation
import Testing

/// The database is moved, removed or replaced under a server.
struct LostDatabaseTests {
    @Test(arguments: ["removed", "moved", "replaced", "its log removed"])
    func `a server whose database is lost acknowledges nothing and stops`(
        mishap: String
    ) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let client = Client(of: server, token: token)
        let kept = try await client.create("Kept")
        let path = deployment.database.path
        let files = FileManager.default
        switch mishap {
        case "removed": try files.removeItem(atPath: path)
        case "moved": try files.moveItem(atPath: path, toPath: "\(path).old")
        case "replaced":
            try Data().write(to: URL(fileURLWithPath: "\(path).new"))
            try files.removeItem(atPath: path)
            try files.moveItem(atPath: "\(path).new", toPath: path)
        default: try files.removeItem(atPath: "\(path)-wal")
        }
        for _ in 0..<3 {
            // The server may have stopped already.
            let status = try? await client.statusOfCreating("Lost")
            #expect(status == 503 || status == nil)
        }
        #expect(try await server.end() == 74)
        let text = try String(contentsOf: server.logFile, encoding: .utf8)
        #expect(text.contains("moved, removed or replaced while the server had it open"))
        #expect(text.contains("storage-moved"))

        switch mishap {
        case "moved": try files.moveItem(atPath: "\(path).old", toPath: path)
        case "its log removed": break
        default: return
        }
        let successor = try await deployment.serve()
        let tasks = try await Client(of: successor, token: token).tasks()
        #expect(tasks.filter { $0.description == "Kept" } == [kept])
        try await successor.stop()
    }

    @Test
    func `a server that nobody writes to stops, too`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve("--probe-seconds", "0")
        try FileManager.default.removeItem(at: deployment.database)
        #expect(try await server.end() == 74)
    }
}
