import Foundation
import Testing

@testable import Storage

/// The schema and the statements keep to what Citus, YugabyteDB and CockroachDB have.
struct PortableSQLTests {
    /// What one of them has not, or what binds a statement to one session or one machine.
    private static let banned = [
        #"\bLISTEN\b"#, #"\bNOTIFY\b"#, #"\bpg_advisory"#, #"\bpg_try_advisory"#,
        #"\bCREATE\s+SEQUENCE\b"#, #"\bnextval\b"#, #"\bSERIAL\b"#, #"\bGENERATED\b"#,
        #"\bCREATE\s+(CONSTRAINT\s+)?TRIGGER\b"#, #"\bDEFERRABLE\b"#, #"\bCREATE\s+TYPE\b"#,
        #"\bTEMP(ORARY)?\s+TABLE\b"#, #"\bARRAY\["#, #"\bunnest\b"#, #"\bFOREIGN\s+KEY\b"#,
        #"\bREFERENCES\s+\w+\s*\("#, #"\bON\s+CONSTRAINT\b"#, #"\bINSERT\s+OR\b"#,
        #"\bLOCK\s+TABLE\b"#, #"\bSERIALIZABLE\b"#, #"\bpg_xact"#, #"\bDISTINCT\s+ON\b"#,
    ]

    /// The tables whose key has no shard, because they are asked before it is known, or are of the
    /// whole database.
    private static let wholeTables: Set<String> = Set(PostgreSQLDatabase.referenceTables)

    private static let definitions = SQLStore<PostgreSQLDatabase>.migrations.compactMap {
        migration -> String? in
        switch migration.action {
        case .statement(let text): text
        case .adding: nil
        }
    }

    /// The texts of the files with statements for every engine.
    private static let sources: [(path: String, text: String)] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Storage").standardized
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { url in
            url.pathExtension == "swift" && !url.path.contains("/SQLite")
                && !url.path.contains("Distributing")
        }.map { ($0.path, (try? String(contentsOf: $0, encoding: .utf8)) ?? "") }
    }()

    @Test func `no statement has what a distributed engine has not`() throws {
        #expect(Self.sources.count > 50)
        for (path, text) in Self.sources {
            let code = text.split(separator: "\n").filter {
                !$0.drop { $0 == " " }.hasPrefix("//")
            }.joined(separator: "\n")
            for word in Self.banned {
                let found = try Regex(word).ignoresCase().firstMatch(in: code)
                #expect(found == nil, "\(path) has \(word)")
            }
        }
    }

    @Test func `every key of a table that grows begins with the shard`() throws {
        for definition in Self.definitions {
            guard let table = try name(of: "TABLE", in: definition) else { continue }
            if Self.wholeTables.contains(table) { continue }
            #expect(
                definition.contains("PRIMARY KEY (shard")
                    || definition.contains(
                        "shard @I2 NOT NULL PRIMARY KEY"
                    ),
                "\(table) has another key"
            )
        }
    }

    @Test func `every unique index begins with the shard`() throws {
        for definition in Self.definitions where definition.contains("CREATE UNIQUE INDEX") {
            let columns = try #require(definition.split(separator: "(").dropFirst().first)
            #expect(columns.drop { $0.isWhitespace }.hasPrefix("shard,"), "\(definition)")
        }
    }

    @Test func `a statement that goes from row to row names one shard`() throws {
        for (path, text) in Self.sources {
            for part in text.components(separatedBy: "WITH RECURSIVE").dropFirst() {
                let first = try #require(part.components(separatedBy: "UNION ALL").first)
                #expect(first.contains("shard = :shard"), "\(path) goes through all shards")
            }
        }
    }

    private func name(of kind: String, in definition: String) throws -> String? {
        let pattern = try Regex("CREATE \(kind) (\\w+)", as: (Substring, Substring).self)
        return definition.firstMatch(of: pattern).map { String($0.output.1) }
    }
}
