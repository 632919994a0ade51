import Foundation
import FoundationNetworking
import Testing

/// Recurring tasks that cannot be followed for a while, or at all, in a server as it is deployed.
struct SeriesFaultTests {
    private static let location = "ParisOfficeOfTheTest"
    private static let document = """
        {"locations":[{"id":"\(location)","name":"Paris","timeZone":"Europe/Paris"}]}
        """
    private static let daily = """
        {"title":"Call","ignoreTaskCreation":true,"rruleOptions":{"intervalType":"daily",
        "interval":1,"startDate":"2027-06-01T09:00:00Z","dueAfterSeconds":3600,
        "createTaskIfOverDue":true}}
        """

    /// A folder with zone files, which a test can hide.
    private struct ZoneFolder {
        let folder: URL
        private var aside: URL { folder.appendingPathExtension("aside") }

        init(in deployment: Deployment) throws {
            folder = deployment.folder.appending(path: "zones")
            let place = folder.appending(path: "Europe")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let file = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Paris"))
            try file.write(to: place.appending(path: "Paris"))
        }

        var environment: [String: String] { ["TZDIR": folder.path] }

        func hide() throws { try FileManager.default.moveItem(at: folder, to: aside) }
        func show() throws { try FileManager.default.moveItem(at: aside, to: folder) }
    }

    private func seriesSetAside(of server: ServerProcess) async throws -> Int {
        let url = try #require(URL(string: "http://127.0.0.1:\(server.port)/health"))
        let (data, _) = try await URLSession.shared.data(from: url)
        return try JSONDecoder().decode(Health.self, from: data).seriesSetAside
    }

    private struct Health: Decodable {
        let seriesSetAside: Int
    }

    private func begun(_ deployment: Deployment, _ zones: ZoneFolder?) async throws -> String {
        let environment = zones?.environment ?? [:]
        let imported = try await deployment.run(
            ["directory", "import", "-"],
            input: Self.document,
            environment: environment
        )
        try #require(imported.status == 0, "\(imported.errors)")
        return try await deployment.output(of: "token", "issue", "--location", Self.location)
    }

    @Test func `zones in use are there, whatever becomes of their files`() async throws {
        let deployment = try Deployment()
        let zones = try ZoneFolder(in: deployment)
        let token = try await begun(deployment, zones)
        func serve(at instant: String) async throws -> (ServerProcess, HighLevelClient) {
            let server = try await deployment.serve(
                "--test-clock",
                instant,
                environment: zones.environment
            )
            return (server, HighLevelClient(of: server, location: Self.location, token: token))
        }
        let (first, creator) = try await serve(at: "2027-06-01T00:00:00Z")
        let id = try await creator.create(Self.daily).id
        try await first.stop()

        // The files are lost while the server runs, before anybody has asked for a zone.
        let (second, client) = try await serve(at: "2027-06-01T00:00:00Z")
        try zones.hide()
        #expect(try await client.recurringTask(id).totalOccurrence == 0)
        try await client.moveClock(to: "2027-06-03T10:00:00Z")
        #expect(try await client.recurringTask(id).totalOccurrence == 3)
        try await second.stop()

        // They are lost before it starts.
        let (third, late) = try await serve(at: "2027-06-03T10:00:00Z")
        #expect(try await late.status(ofRecurringTask: id) == 503)
        try await late.moveClock(to: "2027-06-04T09:00:08Z")
        #expect(try await seriesSetAside(of: third) == 0)
        try zones.show()
        try await late.moveClock(to: "2027-06-04T09:00:30Z")
        #expect(try await late.recurringTask(id).totalOccurrence == 4)
        try await late.moveClock(to: "2027-06-05T09:00:00Z")
        #expect(try await late.recurringTask(id).totalOccurrence == 5)
        try await third.stop()
        let messages = try third.logEntries.compactMap { $0["message"] }
        #expect(messages.filter { $0 == "Could not read a time zone" }.count == 1)
        #expect(messages.filter { $0 == "Postponed a series" }.count == 1)
    }

    @Test(.enabled(if: Deployment.hasSQLiteShell))
    func `a series that nobody can read is told of, and resumed once it can be`() async throws {
        let deployment = try Deployment()
        let token = try await begun(deployment, nil)
        func serve(at instant: String) async throws -> (ServerProcess, HighLevelClient) {
            let server = try await deployment.serve("--test-clock", instant)
            return (server, HighLevelClient(of: server, location: Self.location, token: token))
        }
        let (first, creator) = try await serve(at: "2027-06-01T00:00:00Z")
        _ = try await creator.create(Self.daily)
        try await first.stop()
        #expect(try await deployment.output(of: "series", "set-aside") == "")

        try await deployment.runSQL("UPDATE series SET ruleText = 'FREQ=NEVER'")
        let (second, client) = try await serve(at: "2027-06-01T00:00:00Z")
        try await client.moveClock(to: "2027-06-03T10:00:00Z")
        #expect(try await seriesSetAside(of: second) == 1)
        try await second.stop()
        let told = try second.logEntries.filter { $0["message"] == "Set a series aside" }
        #expect(told.map { $0["series"] } == ["1"])
        #expect(told.map { $0["location"] } == [Self.location])
        #expect(told.map { $0["level"] } == ["error"])

        let line = try await deployment.output(of: "series", "set-aside")
        #expect(
            line.contains(#""location":"\#(Self.location)","series":1,"setAsideAt":"2027-06-01"#)
        )
        #expect(line.contains("NEVER"))
        let resume = ["series", "resume", "1", "--location", Self.location]
        #expect(try await deployment.run(resume).status == 65)
        let rule = "UPDATE series SET ruleText = 'FREQ=DAILY'"
        try await deployment.runSQL(rule)
        let ending = try await deployment.run(resume)
        #expect(ending.status == 0)
        #expect(ending.output.contains(#""firesAt":"2027-06-01T09:00:00Z""#))
        #expect(try await deployment.output(of: "series", "set-aside") == "")

        let (third, late) = try await serve(at: "2027-06-03T10:00:00Z")
        try await late.moveClock(to: "2027-06-04T09:00:00Z")
        // The last of the three that were missed, and that of the fourth.
        #expect(try await late.tasks(about: "Call").count == 2)
        #expect(try await seriesSetAside(of: third) == 0)
        try await third.stop()
    }

    @Test func `what there is not is not resumed`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let ending = try await deployment.run(["series", "resume", "77", "--location", "nowhere"])
        #expect(ending.status == 65)
        #expect(ending.errors.contains("There is no recurring task 77 in the location nowhere."))
    }
}
