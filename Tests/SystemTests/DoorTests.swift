import Foundation
import Testing

/// Commands while a server runs.
struct DoorTests {
    private static let location = "ve9EPM428h8vShlRW1KT"

    private static func socket(_ deployment: Deployment) -> String {
        deployment.database.path + ".socket"
    }

    @Test
    func `a colleague is added to a running server, works, and is removed`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let server = try await deployment.serve()
        let user = try await deployment.output(
            of: "user",
            "add",
            "--location",
            Self.location,
            "--name",
            "Gina Park",
            "--role",
            "manager"
        )
        let number = try #require(user.firstMatch(of: /"id":(\d+)/)?.output.1)
        #expect(user.contains(#""role":"manager""#))
        let token = try await deployment.output(of: "token", "issue", "--user", String(number))
        let client = Client(of: server, token: token)
        let (status, body) = try await client.send("GET", "/v1/me")
        #expect(status == 200)
        #expect(String(decoding: body, as: UTF8.self).contains("Gina Park"))
        let list = try await deployment.output(of: "user", "list", "--location", Self.location)
        #expect(list.split(separator: "\n").count == 7)
        let changed = try await deployment.output(
            of: "user",
            "change",
            String(number),
            "--name",
            "G"
        )
        #expect(changed.contains(#""name":"G""#))
        _ = try await deployment.output(of: "user", "remove", String(number))
        // The server remembers a token for a second.
        try await server.wait(until: { try await client.send("GET", "/v1/me").status == 401 })
        try await server.stop()
        #expect(!FileManager.default.fileExists(atPath: Self.socket(deployment)))
    }

    @Test
    func `a document is taken over by a running server, and exported by it`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let server = try await deployment.serve()
        let document = #"{"users": [{"id": 1, "name": "Ana L."}]}"#
        let line = try await deployment.output(of: "directory", "import", "-", input: document)
        #expect(line.contains(#""users":{"created":0,"updated":1"#))
        let wrong = try await deployment.run(
            ["directory", "import", "-"],
            input: #"{"users": [{"id": 1, "timeZone": "Mars"}]}"#
        )
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("$.users[0].timeZone must be"))
        let export = try await deployment.output(
            of: "directory",
            "export",
            "--location",
            Self.location
        )
        #expect(export.contains(#""name":"Ana L.""#))
        try await server.stop()
        let alone = try await deployment.output(
            of: "directory",
            "export",
            "--location",
            Self.location
        )
        #expect(alone == export)
    }

    @Test
    func `the door is its owner's alone, and one that was left behind is replaced`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let server = try await deployment.serve()
        let path = Self.socket(deployment)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        server.kill()
        #expect(FileManager.default.fileExists(atPath: path))
        // Nobody listens there now, so the command opens the database.
        _ = try await deployment.output(of: "token", "list")
        let successor = try await deployment.serve()
        _ = try await deployment.output(of: "token", "list")
        try await successor.stop()
    }

    @Test(arguments: [
        (["token", "issue", "--user", "99"], "no such user"),
        (["user", "remove", "99"], "id refers to nothing that exists"),
        (["user", "add", "--location", "nowhere", "--name", "X"], "location must be a text of 20"),
        (["user", "change", "1", "--role", "boss"], "role must be one of agent, manager, admin"),
    ])
    func `a server refuses as the command does`(
        arguments: [String],
        reason: String
    ) async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let alone = try await deployment.run(arguments)
        #expect(alone.status == 65)
        #expect(alone.errors.contains(reason), "\(alone.errors)")
        let server = try await deployment.serve()
        let asked = try await deployment.run(arguments)
        #expect(asked.status == alone.status)
        #expect(asked.errors == alone.errors)
        try await server.stop()
    }

    @Test
    func `a path too long for a socket's address is reached through its folder`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let folder = deployment.folder.appending(path: String(repeating: "long", count: 40))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "door").path
        let server = try await deployment.serve(environment: ["PERENNIAL_DOOR": path])
        let ending = try await deployment.run(
            ["token", "list"],
            environment: ["PERENNIAL_DOOR": path]
        )
        #expect(ending.status == 0, "\(ending.errors)")
        try await server.stop()
    }
}
