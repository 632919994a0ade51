import JSON
package import Recurrence
package import Tasks

/// Imports directory documents into a store.
package struct DirectoryImporter<Store: DirectoryStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones
    private let digest: @Sendable ([UInt8]) -> [UInt8]

    /// Creates an importer.
    ///
    /// - Parameters:
    ///   - store: Where the directory is kept.
    ///   - zones: The time zones that may be named.
    ///   - digest: Returns the SHA-256 digest of bytes. Of a token, its digest is kept.
    package init(
        store: Store,
        zones: Zones,
        digest: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.store = store
        self.zones = zones
        self.digest = digest
    }

    /// Imports a whole document, or nothing of it.
    ///
    /// - Parameters:
    ///   - bytes: The document: JSON in UTF-8, 64 MiB at most.
    ///   - terms: By whom it is imported, and whether it is only tried.
    ///   - now: The time of the changes that the document makes.
    /// - Returns: One line of JSON. It says for each kind how many records were created, updated,
    ///   unchanged and deleted. For new records whose number or public ID the document leaves out,
    ///   `given` lists these, each with the record's path.
    /// - Throws: ``DirectoryDocumentError``, or what the store throws.
    package func importDocument(
        _ bytes: [UInt8],
        under terms: DirectoryTerms = .ofOperator,
        at now: Timestamp
    ) async throws -> String {
        var reader = DocumentReader(zones: zones, digest: digest)
        let update = try reader.update(bytes)
        do {
            return try await store.apply(update, under: terms, at: now).line
        } catch let refusal as DirectoryRefusal {
            throw DirectoryDocumentError(refusal)
        }
    }
}

extension DirectoryOutcome {
    /// The outcome as one line of JSON.
    fileprivate var line: String {
        var writer = JSONWriter()
        writer.beginObject()
        for kind in DirectoryKind.allCases {
            writer.name(kind.documentName)
            writer.write(self[kind])
        }
        writer.name("given")
        writer.beginArray()
        for name in given { writer.write(name) }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ counts: DirectoryOutcome.Counts) {
        beginObject()
        name("created")
        write(Int64(counts.created))
        name("updated")
        write(Int64(counts.updated))
        name("unchanged")
        write(Int64(counts.unchanged))
        name("deleted")
        write(Int64(counts.deleted))
        endObject()
    }

    fileprivate mutating func write(_ given: GivenName) {
        beginObject()
        name("path")
        write("$.\(given.kind.documentName)[\(given.position)]")
        name("id")
        write(given.number)
        if let publicID = given.publicID {
            name("publicID")
            write(publicID)
        }
        endObject()
    }
}
