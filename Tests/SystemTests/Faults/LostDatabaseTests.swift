import Foundation
import Testing

/// The database is moved, removed, replaced or overwritten under a server.
struct LostDatabaseTests {
    @Test(arguments: [
        "removed", "moved", "replaced", "its log removed", "overwritten", "its log cut short",
    ])
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
        case "overwritten":
            let other = try Deployment()
            _ = try await other.demo()
            try overwrite(path, with: try Data(contentsOf: other.database))
        case "its log cut short": try overwrite("\(path)-wal", with: Data())
        default: try files.removeItem(atPath: "\(path)-wal")
        }
        for _ in 0..<3 {
            // The server may have stopped already. Who reads before it notices that the file was
            // overwritten finds what is there now, such as other tokens.
            let status = try? await client.statusOfCreating("Lost")
            let isRefused = mishap == "overwritten" ? status ?? 503 >= 400 : status ?? 503 == 503
            #expect(isRefused, "\(status ?? 0)")
        }
        #expect(try await server.end() == 74)
        let text = try String(contentsOf: server.logFile, encoding: .utf8)
        #expect(text.contains("moved, removed, replaced or overwritten while the server"))
        #expect(text.contains("storage-moved"))

        switch mishap {
        case "moved": try files.moveItem(atPath: "\(path).old", toPath: path)
        case "its log removed": break
        case "overwritten":
            // Nothing of the log gets into what was put in the file's place.
            let successor = try await deployment.serve()
            #expect(try await Client(of: successor, token: token).statusOfCreating("Late") == 401)
            try await successor.stop()
            return
        default: return
        }
        let successor = try await deployment.serve()
        let tasks = try await Client(of: successor, token: token).tasks()
        #expect(tasks.filter { $0.description == "Kept" } == [kept])
        try await successor.stop()
    }

    private func overwrite(_ path: String, with bytes: Data) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: bytes)
        try file.close()
    }

    @Test
    func `a server that nobody writes to stops, too`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve("--probe-seconds", "0")
        try FileManager.default.removeItem(at: deployment.database)
        #expect(try await server.end() == 74)
    }
}
