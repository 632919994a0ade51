import Foundation

/// A folder that is deleted when the last reference to this object ends.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/perennial-\(UUID())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a database in the folder.
    package var database: String { "\(path)/tasks.sqlite" }
}
