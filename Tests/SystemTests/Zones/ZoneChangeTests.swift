import Foundation
import Testing

/// A server whose zone file is exchanged while it runs.
struct ZoneChangeTests {
    private static let location = "TheOfficeOfTheTown00"

    @Test func `tasks and series go by the new file, and nothing is made twice`() async throws {
        let deployment = try Deployment()
        let zones = deployment.folder.appending(path: "zones")
        let (userToken, token) = try await open(deployment, zones: zones)
        let server = try await deployment.serve(
            "--test-clock",
            "2027-01-04T12:00:00Z",
            "--zone-check-seconds",
            "1",
            environment: ["TZDIR": zones.path]
        )
        let client = Client(of: server, token: userToken)
        for day in 10...39 {
            let date = day < 32 ? "2027-01-\(day)" : "2027-02-\(day - 22)"
            _ = try await client.create("Call", dueAt: "\(date)T09:00:00")
        }
        let highLevel = HighLevelClient(of: server, location: Self.location, token: token)
        _ = try await highLevel.create(
            """
            {"title":"Every day at nine","ignoreTaskCreation":true,"rruleOptions":{
            "intervalType":"daily","interval":1,"startDate":"2027-01-04T14:00:00Z",
            "dueAfterSeconds":3600,"createTaskIfOverDue":true}}
            """
        )
        let before = try await highLevel.tasks(about: "Call")
        #expect(before.count == 30)
        #expect(before.allSatisfy { $0.dueDate.hasSuffix("T14:00:00.000Z") }, "\(before)")

        try copy("America/Chicago", to: zones.appending(path: "Test/Town"))
        let entry = try await server.entry("Moved what is due by changed time zones")
        #expect(entry["tasks"] == "30")
        #expect(entry["series"] == "1")
        let after = try await highLevel.tasks(about: "Call")
        #expect(after.map(\.id) == before.map(\.id))
        #expect(after.allSatisfy { $0.dueDate.hasSuffix("T15:00:00.000Z") }, "\(after)")
        // LionDesk shows local times, which are as they were.
        #expect(try await client.tasks().allSatisfy { $0.dueAt.hasSuffix("T09:00:00") })
        try await highLevel.moveClock(to: "2027-01-05T16:00:00Z")
        let made = try await highLevel.tasks(about: "Every day at nine")
        #expect(made.map(\.dueDate) == ["2027-01-04T16:00:00.000Z", "2027-01-05T16:00:00.000Z"])
        try await server.stop()
    }

    /// Makes a location in a town with the clocks of New York.
    ///
    /// Returns tokens for its user and for itself.
    private func open(
        _ deployment: Deployment,
        zones: URL
    ) async throws -> (user: String, location: String) {
        try FileManager.default.createDirectory(
            at: zones.appending(path: "Test"),
            withIntermediateDirectories: true
        )
        try copy("UTC", to: zones.appending(path: "UTC"))
        try copy("America/New_York", to: zones.appending(path: "Test/Town"))
        let document = """
            {"locations":[{"id":"\(Self.location)","name":"Town","timeZone":"Test/Town"}],
             "users":[{"id":1,"location":"\(Self.location)","name":"Ana"}],
             "contacts":[{"publicID":"contactOneOfTheTests","location":"\(Self.location)"}]}
            """
        let imported = try await deployment.run(
            ["directory", "import", "-"],
            input: document,
            environment: ["TZDIR": zones.path]
        )
        try #require(imported.status == 0, "\(imported.errors)")
        return (
            try await deployment.output(of: "token", "issue", "--user", "1"),
            try await deployment.output(of: "token", "issue", "--location", Self.location)
        )
    }

    /// Puts a zone of the system's into a file, at once.
    private func copy(_ zone: String, to file: URL) throws {
        let bytes = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(zone)"))
        try bytes.write(to: file, options: .atomic)
    }
}
