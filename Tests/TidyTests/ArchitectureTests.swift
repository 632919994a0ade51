import Testing

struct ArchitectureTests {
    private static let allFiles = Result { try SourceFile.all() }

    private let files: [SourceFile]

    init() throws {
        files = try Self.allFiles.get()
    }

    @Test func `every target with source has its place in the layers`() {
        #expect(Set(files.map(\.target)) == Layers.targets)
    }

    @Test func `every import leads down`() {
        expectNone(files.flatMap(Layers.findings))
    }

    @Test func `no code has a better way`() {
        expectNone(files.flatMap(BannedWord.findings))
    }

    @Test func `no file is longer than 400 lines`() {
        expectNone(files.compactMap(LineLimit.finding))
    }

    private func expectNone(_ findings: [Finding]) {
        for finding in findings { Issue.record("\(finding)") }
    }
}

/// How long a file may be.
enum LineLimit {
    static let lineLimit = 400

    static func finding(in file: SourceFile) -> Finding? {
        guard file.lineCount > lineLimit else { return nil }
        let message = "\(file.lineCount) lines: split the file at \(lineLimit)"
        return Finding(path: file.path, line: file.lineCount, message: message)
    }
}
