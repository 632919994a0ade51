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

    @Test func `no code uses what the project has replaced`() {
        expectNone(files.flatMap(BannedWord.findings))
    }

    @Test func `no file is longer than 400 lines`() {
        expectNone(files.compactMap(LineLimit.finding))
    }

    @Test func `no function is longer than 60 lines`() {
        expectNone(files.flatMap(FunctionLimit.findings))
    }

    @Test func `no file names a type of a folder above`() {
        expectNone(FolderOrder.all.flatMap { $0.findings(in: files) })
    }

    @Test func `no name of a type is used for two things`() {
        expectNone(TypeNames.findings(in: files))
    }

    @Test func `no folder holds more than fifteen files`() {
        expectNone(FolderLimit.findings(in: files.map(\.path)))
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

/// How many Swift files a folder may hold beside each other.
enum FolderLimit {
    static let fileLimit = 15

    static func findings(in paths: [String]) -> [Finding] {
        let folders = Dictionary(grouping: paths) { path in
            path.split(separator: "/").dropLast().joined(separator: "/")
        }
        return folders.filter { $0.value.count > fileLimit }.map { folder, files in
            let message = "\(files.count) files: sort the folder into rooms at \(fileLimit)"
            return Finding(path: folder, line: 1, message: message)
        }
    }
}
