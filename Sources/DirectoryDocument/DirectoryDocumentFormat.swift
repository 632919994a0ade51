package import Recurrence
package import Tasks

/// The document of the directory, as JSON.
package struct DirectoryDocumentFormat<Zones: ZoneSource & Sendable>: DirectoryFormat {
    private let zones: Zones
    private let digest: @Sendable ([UInt8]) -> [UInt8]

    /// Creates the format.
    ///
    /// - Parameters:
    ///   - zones: The time zones that may be named.
    ///   - digest: Returns the SHA-256 digest of bytes. Of a token, its digest is kept.
    package init(zones: Zones, digest: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.zones = zones
        self.digest = digest
    }

    package func update(reading bytes: [UInt8]) throws -> DirectoryUpdate {
        var reader = DocumentReader(zones: zones, digest: digest)
        return try reader.update(bytes)
    }

    package func document(of update: DirectoryUpdate) -> [UInt8] {
        DocumentWriter().bytes(of: update)
    }

    package func error(for refusal: DirectoryRefusal) -> DirectoryDocumentError {
        DirectoryDocumentError(refusal)
    }
}
