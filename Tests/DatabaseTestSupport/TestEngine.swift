import Foundation
package import Storage
package import Testing

/// The engine that the tests run on.
///
/// `PERENNIAL_TEST_DATABASE` chooses it: `postgres` for a server that the tests start and end
/// themselves, `strict` for one that makes everything difficult, or the URL of a database for tests;
/// SQLite by default.
package enum TestEngine: Hashable, Sendable {
    case sqlite
    case postgreSQL(PostgreSQLURL)

    package static let current: TestEngine = {
        let text = ProcessInfo.processInfo.environment["PERENNIAL_TEST_DATABASE"] ?? ""
        if text.isEmpty { return .sqlite }
        let url = text == "postgres" || isStrict ? ServerForTests.shared.url : text
        guard let url = PostgreSQLURL(url) else {
            preconditionFailure("PERENNIAL_TEST_DATABASE does not name a database")
        }
        return .postgreSQL(url)
    }()

    package static var isSQLite: Bool { current == .sqlite }

    /// Whether transactions are serializable, one commit of twenty fails, and a pooler stands in
    /// between that mixes connections up and knows no prepared statements.
    package static let isStrict =
        ProcessInfo.processInfo.environment["PERENNIAL_TEST_DATABASE"] == "strict"
}

extension Trait where Self == ConditionTrait {
    /// The tests are about SQLite itself, or about rows that only SQLite lets become so.
    package static var onSQLite: Self {
        .enabled("is about SQLite") { TestEngine.isSQLite }
    }

    /// The tests are about PostgreSQL itself.
    package static var onPostgreSQL: Self {
        .enabled("is about PostgreSQL") { !TestEngine.isSQLite }
    }
}

/// A PostgreSQL server that ends with this process.
private final class ServerForTests: Sendable {
    static let shared = ServerForTests()

    let url: String

    /// The server ends when this does, so it is kept open.
    private let end: FileHandle

    init() {
        let process = Process()
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        process.executableURL = URL(fileURLWithPath: "/\(folder)/scripts/postgres")
        process.arguments = ["--no-sync"] + (TestEngine.isStrict ? ["--pooler"] : [])
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        do { try process.run() } catch { preconditionFailure("scripts/postgres: \(error)") }
        end = input.fileHandleForWriting
        var line: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first,
            byte != UInt8(ascii: "\n")
        {
            line.append(byte)
        }
        url = String(decoding: line, as: UTF8.self)
    }
}
