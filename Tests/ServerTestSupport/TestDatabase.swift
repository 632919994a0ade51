package import DatabaseTestSupport
import DirectoryDocument
import Foundation
import HTTPServing
package import Recurrence
package import Storage
package import SystemZones
package import Tasks
import TestSupport

/// A database in its own file, into which directory documents can be imported.
package struct TestDatabase: Sendable {
    package let store: TestStore
    package let directory: SQLDirectoryStore<TestDriver>
    package let zones = SystemZones()

    private let folder: TemporaryFolder

    /// Creates a database, or a copy of one that was closed.
    ///
    /// - Parameters:
    ///   - original: The database that is copied, which is a SQLite file.
    ///   - uptime: The time by which queries are ended that take too long.
    ///   - quotas: How much one location may store.
    ///   - tell: Is told of rows that cannot be read.
    /// - Throws: What opening it throws.
    package init(
        copying original: TestDatabase? = nil,
        uptime: @escaping @Sendable () -> Duration = { .zero },
        quotas: LocationQuotas = LocationQuotas(),
        telling tell: @escaping @Sendable (UnreadableRow) -> Void = { _ in }
    ) async throws {
        folder = try TemporaryFolder()
        if let original {
            try FileManager.default.copyItem(
                atPath: original.folder.database,
                toPath: folder.database
            )
        }
        store = try await TestStore.forTest(
            in: folder,
            uptime: uptime,
            telling: UnreadableRows(tell)
        ).holdingLocations(to: quotas)
        directory = SQLDirectoryStore(over: store) { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
    }

    /// How documents of the directory are read and written.
    package var format: any DirectoryFormat {
        DirectoryDocumentFormat(zones: zones) { bytes in
            TokenDigest.bytes(of: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Lets streams of events end after what there is.
    package func endStreams() { store.feedBell.close() }

    package func importDocument(_ document: String, at now: Timestamp) async throws {
        let importer = DirectoryImporter(store: directory, zones: zones) { bytes in
            TokenDigest.bytes(of: String(decoding: bytes, as: UTF8.self))
        }
        _ = try await importer.importDocument(Array(document.utf8), at: now)
    }

    /// Revokes a token.
    package func revokeToken(_ text: String, at now: Timestamp) async throws {
        _ = try await directory.revokeToken(
            withDigest: TokenDigest.bytes(of: text),
            orHint: text,
            at: now
        )
    }
}
