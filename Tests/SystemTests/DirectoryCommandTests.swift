import Foundation
import Testing

struct DirectoryCommandTests {
    private static let document = """
        {"locations": [{"id": "ve9EPM428h8vShlRW1KT", "name": "Acme Realty"}],
         "users": [{"id": 7, "location": "ve9EPM428h8vShlRW1KT", "name": "Ana Lopez"}]}
        """

    @Test
    func `a document is imported from a file and from standard input`() async throws {
        let deployment = try Deployment()
        let file = try deployment.file(holding: Self.document)
        let first = try await deployment.output(of: "directory", "import", file)
        #expect(
            first.contains(#""users":{"created":1,"updated":0,"unchanged":0,"deleted":0}"#)
        )
        let again = try await deployment.output(
            of: "directory",
            "import",
            "-",
            input: Self.document
        )
        #expect(
            again.contains(#""users":{"created":0,"updated":0,"unchanged":1,"deleted":0}"#)
        )
    }

    @Test(arguments: [
        (#""Ana Lopez""#, #""Ana Lopez", "timeZone": "Mars/Olympus""#, "$.users[0].timeZone must"),
        (#""id": 7"#, #""id": "7""#, "$.users[0].id "),
        (#""name": "Ana"#, #""nickname": "Ana"#, "$.users[0].nickname "),
        ("}]}", "}], \"teams\": 1}", "$.teams must be a list"),
        ("}]}", "}", "$ cannot be read"),
    ])
    func `a document that is wrong is refused with the place and the reason, and nothing imported`(
        right: String,
        wrong: String,
        reason: String
    ) async throws {
        let deployment = try Deployment()
        let document = Self.document.replacing(right, with: wrong)
        let ending = try await deployment.run(["directory", "import", "-"], input: document)
        #expect(ending.status == 65)
        #expect(ending.errors.contains(reason))
        #expect(ending.output.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: deployment.folder.path)
        #expect(!left.contains { $0.hasPrefix("test.db") }, "no empty database is left behind")
    }

    @Test
    func `a database that was there before stays when a document is refused`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.output(of: "directory", "import", "-", input: Self.document)
        let wrong = Self.document.replacing("Ana Lopez\"", with: "Eve\", \"nickname\": \"E\"")
        let ending = try await deployment.run(["directory", "import", "-"], input: wrong)
        #expect(ending.status == 65)
        _ = try await deployment.output(of: "token", "issue", "--user", "7")
    }

    @Test
    func `a document that cannot be read is named, and no database made for it`() async throws {
        let deployment = try Deployment()
        let ending = try await deployment.run(["directory", "import", "missing.json"])
        #expect(ending.status == 65)
        #expect(ending.errors.contains("missing.json does not exist"))
        #expect(!FileManager.default.fileExists(atPath: deployment.database.path))
    }
}
