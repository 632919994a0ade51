import Foundation
import Testing

/// The commands and options of the testbed that scripts use and the server does not have.
struct TestbedTests {
    @Test
    func `it fills a database, which is then served by several schedulers`() async throws {
        let deployment = try Deployment(of: "perennial-testbed")
        let line = try await deployment.output(of: "load", "--tasks", "20", "--owners-of", "15")
        let loaded = try JSONDecoder().decode(Loaded.self, from: Data(line.utf8))
        let server = try await deployment.serve("--yardstick", "--schedulers", "2")
        #expect(try await Client(of: server, token: loaded.token).tasks().count == 15)
        try await server.stop()
    }

    @Test(arguments: [["load"], ["serve", "--yardstick"], ["serve", "--schedulers", "2"]])
    func `the server refuses it`(arguments: [String]) async throws {
        #expect(try await Deployment().run(arguments).status == 64)
    }

    @Test(arguments: [[], ["serve"]])
    func `the server's help does not mention the testbed's options`(command: [String]) async throws
    {
        let ending = try await Deployment().run(command + ["--help-hidden"])
        #expect(ending.output.contains("USAGE"))
        #expect(!ending.output.contains(/\bload\b|yardstick|schedulers|guard/))
    }
}

/// What `load` prints.
private struct Loaded: Decodable {
    let token: String
}
