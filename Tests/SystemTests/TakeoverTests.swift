import Foundation
import Glibc
import Testing

/// A short form of the script `node-test`.
struct TakeoverTests {
    private static let location = "TakeoverOfficeOfTest"
    private static let seriesCount = 8
    private static let document =
        #"{"locations":[{"id":"\#(location)","name":"Office","timeZone":"UTC"}]}"#

    @Test(.enabled("needs a PostgreSQL server") { PostgreSQLServer.isInstalled })
    func `what a killed node had to do another one does, once`() async throws {
        let postgres = try await PostgreSQLServer()
        defer { postgres.stop() }
        let environment = ["PERENNIAL_DATABASE": postgres.url]
        let deployment = try Deployment()
        let imported = try await deployment.run(
            ["directory", "import", "-"],
            input: Self.document,
            environment: environment
        )
        try #require(imported.status == 0, "\(imported.errors)")
        let issued = try await deployment.run(
            ["token", "issue", "--location", Self.location],
            environment: environment
        )
        let token = issued.output.trimmingCharacters(in: .newlines)
        let first = try await deployment.serve("--rate-limit", "0", environment: environment)
        let second = try await deployment.serve("--rate-limit", "0", environment: environment)
        let one = HighLevelClient(of: first, location: Self.location, token: token)
        let other = HighLevelClient(of: second, location: Self.location, token: token)
        let due = Date.now.addingTimeInterval(3).ISO8601Format(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        )
        var ids: [String] = []
        for number in 1...Self.seriesCount {
            let task = try await one.create(
                """
                {"title":"Taken over \(number)","ignoreTaskCreation":true,"rruleOptions":
                 {"intervalType":"hourly","interval":1,"startDate":"\(due)","dueAfterSeconds":600,
                  "createTaskIfOverDue":true}}
                """
            )
            ids.append(task.id)
        }
        first.kill()
        for id in ids {
            try await second.wait { try await other.recurringTask(id).totalOccurrence == 1 }
        }
        let tasks = try await other.tasks(about: "Taken over")
        #expect(Set(tasks.map(\.title)).count == Self.seriesCount)
        #expect(tasks.count == Self.seriesCount)
        try await second.stop()
    }
}

/// A PostgreSQL server in a temporary folder, with what is written to it not forced to the disk.
private final class PostgreSQLServer {
    let url: String
    private let process: ChildProcess
    private let output: URL

    static var isInstalled: Bool {
        FileManager.default.fileExists(atPath: "/usr/lib/postgresql")
    }

    init() async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../scripts/postgres").standardized
        process = ChildProcess([folder.path, "--no-sync"])
        output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: output)
        try process.start(ChildProcess.Streams(output: output.path))
        var text = ""
        while !text.contains("\n") {
            try #require(process.isRunning, "scripts/postgres ended")
            try await Task.sleep(for: .milliseconds(20))
            text = try String(contentsOf: output, encoding: .utf8)
        }
        url = text.trimmingCharacters(in: .newlines)
    }

    func stop() {
        Glibc.kill(process.id, SIGTERM)
        process.wait()
        try? FileManager.default.removeItem(at: output)
    }
}
