import Foundation
import Glibc
import Testing

/// A library that makes a server's system calls fail when a test says so.
///
/// Its source, `scripts/support/fault_shim.c`, says what it can do.
final class FaultShim: Sendable {
    private let library: String
    private let control: String

    private static let source = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .appending(path: "../../../scripts/support/fault_shim.c")
    private static let textSize = 120

    /// The compilers that may be installed, the first found is used.
    private static let compiler = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Whether there is a C compiler to make the library with.
    static var isAvailable: Bool { compiler != nil }

    /// Compiles the library into a folder.
    init(in folder: URL) throws {
        library = folder.appending(path: "fault_shim.so").path
        control = folder.appending(path: "fault_control").path
        try Data(count: Self.textSize + 8).write(to: URL(fileURLWithPath: control))
        let process = ChildProcess([
            try #require(Self.compiler), "-shared", "-fPIC", "-O1", "-o", library,
            Self.source.path, "-ldl",
        ])
        try process.start()
        process.wait()
        try #require(process.status == 0)
    }

    /// What a server's environment needs so that it has the library.
    var environment: [String: String] { ["LD_PRELOAD": library, "FAULT_CONTROL": control] }

    /// Begins a fault.
    ///
    /// - Parameters:
    ///   - call: The system call, as the library names it.
    ///   - suffix: The end of the file's path.
    ///   - error: The `errno` of the call.
    /// - Throws: An error if the server's memory cannot be written.
    func begin(_ call: String, on suffix: String, with error: Int32) throws {
        try write("\(call) \(suffix) \(error)")
    }

    /// Ends the fault.
    func end() throws {
        try write("")
    }

    /// How many calls have been affected.
    var count: UInt64 {
        get throws {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: control))
            return bytes.suffix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Writes the command, its first byte last, so that no half of it is obeyed.
    private func write(_ text: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: control))
        defer { try? file.close() }
        var bytes = Data(text.utf8)
        bytes.append(Data(count: Self.textSize - bytes.count))
        try file.write(contentsOf: Data(count: 1))
        try file.write(contentsOf: bytes.dropFirst())
        try file.seek(toOffset: 0)
        try file.write(contentsOf: bytes.prefix(1))
    }
}
