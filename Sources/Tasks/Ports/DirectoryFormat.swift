/// Reads and writes documents of the directory.
package protocol DirectoryFormat: Sendable {
    /// Reads a document.
    ///
    /// - Throws: ``DirectoryDocumentError``.
    func update(reading bytes: [UInt8]) throws -> DirectoryUpdate

    /// Writes an update that has no tokens as a document.
    func document(of update: DirectoryUpdate) -> [UInt8]

    /// Explains in terms of a document why its update was refused.
    func error(for refusal: DirectoryRefusal) -> DirectoryDocumentError
}
