import Foundation
import Testing

/// What the server says of the age of its zone files.
struct ZoneReleaseTests {
    private static let message = "Reads time zones"

    private func zones(of server: ServerProcess) async throws -> Health.Zones {
        let (status, body) = try await Client(of: server).send("GET", "/health")
        #expect(status == 200)
        return try JSONDecoder().decode(Health.self, from: body).zones
    }

    private struct Health: Decodable {
        let ready: Bool
        let zones: Zones

        struct Zones: Decodable {
            let release: String
            let warnings: [String]?
        }
    }

    @Test func `the release is told at the start and in the state of health`() async throws {
        var town = try Town()
        try town.compile("Zone Test/Town -5:00 Town E%sT")
        try town.write("# version 2020a\n# This is in the public domain.\n", to: "tzdata.zi")
        try await town.open()
        let server = try await town.serve("--zone-check-seconds", "1")
        let told = try await server.entry(Self.message)
        #expect(told["release"] == "2020a")
        let health = try await zones(of: server)
        #expect(health.release == "2020a")
        let old = """
            The time zones are older than a year: release 2020a, whose newest date is 2020-01-01
            """
        #expect(health.warnings?.contains(old) == true)
        let warned = try await server.entry(old)
        #expect(warned["level"] == "warning")
        // It is not told again at each look.
        try town.write("# version 2999z\n", to: "tzdata.zi")
        try await server.wait { try await zones(of: server).release == "2999z" }
        #expect(try await zones(of: server).warnings == nil)
        let entries = try server.logEntries
        #expect(entries.filter { $0["message"] == old }.count == 1)
        #expect(
            entries.filter { $0["message"] == Self.message }.map { $0["release"] }
                == ["2020a", "2999z"]
        )
        try await server.stop()
    }

    @Test func `a folder that does not tell its release is of an unknown one`() async throws {
        var town = try Town()
        try town.compile("Zone Test/Town -5:00 Town E%sT")
        try await town.open()
        let server = try await town.serve()
        #expect(try await server.entry(Self.message)["release"] == "unknown")
        let health = try await zones(of: server)
        #expect(health.release == "unknown")
        #expect(health.warnings == nil)
        try await server.stop()
    }
}
