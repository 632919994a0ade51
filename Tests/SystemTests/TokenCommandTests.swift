import Foundation
import Testing

struct TokenCommandTests {
    @Test
    func `a token opens the API from its issue until it is revoked`() async throws {
        let deployment = try Deployment()
        let demoToken = try await deployment.demo()
        let token = try await deployment.output(of: "token", "issue", "--user", "2")
        let list = try await deployment.output(of: "token", "list")
        let hint = "\(token.prefix(4))...\(token.suffix(4))"
        #expect(list.contains(#""hint":"\#(hint)""#))
        // The demo has two, a user's and the location's.
        #expect(list.split(separator: "\n").count == 3)
        #expect(!list.contains(token) && !list.contains(demoToken))

        let server = try await deployment.serve()
        #expect(try await Client(of: server, token: token).send("GET", Client.tasks).status == 200)
        try await server.stop()

        let revoked = try await deployment.output(of: "token", "revoke", hint)
        #expect(!revoked.contains(token))
        #expect(!revoked.contains(#""revokedAt":null"#))
        let successor = try await deployment.serve()
        let (status, _) = try await Client(of: successor, token: token).send("GET", Client.tasks)
        #expect(status == 401)
        let demoClient = Client(of: successor, token: demoToken)
        #expect(try await demoClient.send("GET", Client.tasks).status == 200)
        try await successor.stop()
    }

    @Test
    func `a token's scopes and its end are kept to`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let token = try await deployment.output(
            of: "token",
            "issue",
            "--user",
            "1",
            "--scopes",
            "read",
            "--expires",
            "2999-01-01T00:00:00Z"
        )
        let list = try await deployment.output(of: "token", "list")
        #expect(list.contains(#""scopes":["read"]"#))
        #expect(list.contains(#""expiresAt":"2999-01-01T00:00:00Z""#))
        let server = try await deployment.serve()
        let client = Client(of: server, token: token)
        #expect(try await client.send("GET", Client.tasks).status == 200)
        #expect(try await client.send("POST", Client.tasks, [:]).status == 403)
        try await server.stop()
    }

    @Test(arguments: [
        (["issue", "--user", "99"], "no such user"),
        (["issue", "--location", "nowhere"], "no such user or location"),
        (["issue", "--user", "1", "--expires", "2020-01-01T00:00:00Z"], "out of force already"),
        (["revoke", "0000...0000"], "No token in force"),
    ])
    func `what cannot be issued or revoked is refused with the reason`(
        arguments: [String],
        reason: String
    ) async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let ending = try await deployment.run(["token"] + arguments)
        #expect(ending.status == 65)
        #expect(ending.errors.contains(reason))
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: [["list"], ["issue", "--user", "1"], ["revoke", "0000...0000"]])
    func `a database that does not exist is not made for tokens`(
        arguments: [String]
    ) async throws {
        let deployment = try Deployment()
        let ending = try await deployment.run(["token"] + arguments)
        #expect(ending.status == 69)
        #expect(ending.errors.contains("test.db does not exist"))
        #expect(!FileManager.default.fileExists(atPath: deployment.database.path))
    }
}
