import Foundation
import Testing

/// A deployment in a town whose zone files are the test's own.
struct Town {
    private let deployment: Deployment
    private let zones: URL
    private var userToken = ""
    private var token = ""

    private static let location = "TheOfficeOfTheTown00"
    private static let compiler = "/usr/sbin/zic"
    /// The daylight-saving time of New York.
    private static let rules = """
        Rule Town 2007 max - Mar Sun>=8 2:00 1:00 D
        Rule Town 2007 max - Nov Sun>=1 2:00 0 S
        Zone UTC 0 - UTC

        """

    init() throws {
        deployment = try Deployment()
        zones = deployment.folder.appending(path: "zones")
        try FileManager.default.createDirectory(at: zones, withIntermediateDirectories: true)
    }

    /// Compiles the zone `Test/Town` from a line for the zone compiler.
    func compile(_ zone: String) throws {
        let source = try deployment.file(holding: Self.rules + zone + "\n")
        let compiler = ChildProcess([Self.compiler, "-d", zones.path, source])
        try compiler.start()
        compiler.wait()
        try #require(compiler.status == 0, "zic takes: \(zone)")
    }

    /// Writes another file of the folder.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: zones.appending(path: name), options: .atomic)
    }

    /// Makes the town's location, with a user and a contact, and tokens for it.
    mutating func open() async throws {
        let document = """
            {"locations":[{"id":"\(Self.location)","name":"Town","timeZone":"Test/Town"}],
             "users":[{"id":1,"location":"\(Self.location)","name":"Ana"}],
             "contacts":[{"publicID":"contactOneOfTheTests","location":"\(Self.location)"}]}
            """
        let imported = try await deployment.run(
            ["directory", "import", "-"],
            input: document,
            environment: environment
        )
        try #require(imported.status == 0, "\(imported.errors)")
        userToken = try await deployment.output(of: "token", "issue", "--user", "1")
        token = try await deployment.output(of: "token", "issue", "--location", Self.location)
    }

    func serve(_ options: String...) async throws -> ServerProcess {
        try await deployment.serve(options, environment: environment)
    }

    /// A client of the town's user.
    func userClient(of server: ServerProcess) -> Client {
        Client(of: server, token: userToken)
    }

    /// A client of the town's location.
    func client(of server: ServerProcess) -> HighLevelClient {
        HighLevelClient(of: server, location: Self.location, token: token)
    }

    private var environment: [String: String] { ["TZDIR": zones.path] }
}
