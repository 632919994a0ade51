import Foundation

/// A Swift file of the package.
struct SourceFile {
    /// The path from the package's folder, such as `Sources/Tasks/RecurringTask.swift`.
    let path: String
    let lineCount: Int
    let text: SwiftText

    /// The target that the file is compiled into.
    var target: String { String(path.split(separator: "/")[1]) }

    init(path: String, source: String) {
        self.path = path
        text = SwiftText(source)
        lineCount = source.lines.count - (source.hasSuffix("\n") ? 1 : 0)
    }

    /// Reads every Swift file under `Sources` and `Tests`.
    static func all() throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try ["Sources", "Tests"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
                .filter { $0.hasSuffix(".swift") }
                .map { file in
                    let path = "\(folder)/\(file)"
                    let source = try String(contentsOf: root.appending(path: path), encoding: .utf8)
                    return SourceFile(path: path, source: source)
                }
        }
    }
}

extension String {
    /// The lines; their count is one more than that of the newlines.
    var lines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false) }
}

/// A violation in a file.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
