import Foundation

/// A folder that is deleted when the last reference to this object ends.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// Makes a folder in the system's folder for temporary files, or in another one.
    package init(in parent: String? = nil) throws {
        let parent = parent ?? FileManager.default.temporaryDirectory.path
        path = parent + "/perennial-\(UUID())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a database in the folder.
    package var database: String { "\(path)/tasks.sqlite" }

    /// Removes the database, as somebody might who does not know that it is open.
    package func removeDatabase() throws {
        try FileManager.default.removeItem(atPath: database)
    }
}
