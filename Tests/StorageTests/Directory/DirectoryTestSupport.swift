import DatabaseTestSupport
import DirectoryDocument
import JSON
import Recurrence
import Synchronization
import Tasks
import TestSupport

@testable import Storage

/// A directory in a file of its own, deleted after the test.
struct TestDirectory {
    let database: TestDriver
    let store: SQLDirectoryStore<TestDriver>
    let issuer: TokenIssuer<SQLDirectoryStore<TestDriver>>
    private let importer: DirectoryImporter<SQLDirectoryStore<TestDriver>, TestZones>
    private let folder: TemporaryFolder

    /// The time at which everything happens unless a test says otherwise.
    static let now = Timestamp(seconds: 1_800_000_000)

    init() async throws {
        folder = try TemporaryFolder()
        let opened = try await TestStore.forTest(in: folder)
        database = opened.driver
        let random = TestRandom()
        store = SQLDirectoryStore(over: opened, randomBytes: random.bytes)
        importer = DirectoryImporter(store: store, zones: TestZones(), digest: testDigest)
        issuer = TokenIssuer(store: store, digest: testDigest, randomBytes: random.bytes)
    }

    /// Imports a document and returns the line with the result.
    @discardableResult
    func importDocument(
        _ document: String,
        at now: Timestamp = TestDirectory.now
    ) async throws -> String {
        try await importer.importDocument(Array(document.utf8), at: now)
    }

    /// Every row of the directory's tables, as text.
    func rows() async throws -> [String] {
        try await database.readSnapshot { connection in
            try Self.tables.flatMap { table, columns in
                let list = columns.map { Self.quoted($0) }.joined(separator: " || ',' || ")
                return try connection.rows(
                    SQLStatement(dynamic: "SELECT \(list) FROM \(table) ORDER BY 1"),
                    [:]
                ) { row in "\(table) \(try row.text(0))" }
            }
        }
    }

    /// The rows of one table that contain a text.
    func rows(of table: String, with text: String = "") async throws -> [String] {
        try await rows().filter { $0.hasPrefix("\(table) ") && $0.contains(text) }
            .map { String($0.dropFirst(table.count + 1)) }
    }

    /// A column as SQL writes its value.
    private static func quoted(_ column: String) -> String {
        if TestEngine.isSQLite { return "quote(\(column))" }
        return """
            CASE WHEN \(column) IS NULL THEN 'NULL'
            WHEN pg_typeof(\(column)) = CAST('text' AS regtype) THEN quote_literal(\(column))
            ELSE CAST(\(column) AS text) END
            """
    }

    private static let tables: [(String, [String])] = [
        ("numberBlock", ["name", "nextNumber"]),
        ("location", ["locationID", "name", "timeZone", "changeNumber", "deletedAt", "reminders"]),
        ("directoryName", ["kind", "name", "locationID", "number"]),
        (
            "member",
            [
                "userID", "locationID", "publicID", "name", "email", "phone", "timeZone",
                "deletedAt", "role", "locale", "reminders", "quietFromMinute", "quietUntilMinute",
                "digestMinute", "refusesMail",
            ]
        ),
        ("team", ["teamID", "locationID", "name", "isSharing", "deletedAt"]),
        ("teamMember", ["teamID", "locationID", "userID"]),
        (
            "contact",
            [
                "contactID", "locationID", "publicID", "firstName", "lastName", "email",
                "phone", "business", "ownerID", "assigneeID", "deletedAt",
            ]
        ),
        ("contactShare", ["contactID", "locationID", "userID"]),
        (
            "category",
            [
                "categoryID", "locationID", "name", "ownerID", "createdAt", "modifiedAt",
                "deletedAt",
            ]
        ),
        (
            "token",
            [
                "digest", "hint", "locationID", "userID", "scopes", "createdAt", "expiresAt",
                "revokedAt",
            ]
        ),
    ]
}

extension TokenVerdict {
    /// The verdict, but for what tells the token from others.
    var withoutTokenID: TokenVerdict {
        guard case .accepted(var principal) = self else { return self }
        principal.tokenID = nil
        return .accepted(principal)
    }
}

/// Stands in for SHA-256: 32 bytes, different for the few tokens of the tests.
func testDigest(_ bytes: [UInt8]) -> [UInt8] {
    var random = SplitMix64(
        seed: bytes.reduce(14_695_981_039_346_656_037) { hash, byte in
            (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
    )
    return (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}

/// A few zones by their names.
///
/// All of them have the clock of UTC.
struct TestZones: ZoneSource {
    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        let known = ["UTC", "America/Los_Angeles", "America/New_York", "Europe/Berlin"]
        guard known.contains(identifier) else { throw UnknownZone(identifier: identifier) }
        return .utc
    }
}

/// The same bytes in every run.
final class TestRandom: Sendable {
    private let generator = Mutex(SplitMix64(seed: 1))

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        }
    }
}

extension JSONValue {
    /// The value at the end of a chain of names.
    subscript(path: String...) -> JSONValue? {
        path.reduce(self) { value, name in value?.object?[name] }
    }
}
