import Foundation

/// A file that `perennial preview` reads.
struct PreviewFile {
    /// Its path; `-` for standard input.
    let path: String

    /// The most bytes that are read: as many as the text of a calendar may have.
    private static let byteLimit = 16 << 20

    /// Returns what the file holds.
    ///
    /// - Throws: `CommandFailure` where it is missing or too long.
    func bytes() throws -> [UInt8] {
        let data = try data()
        guard data.count <= PreviewFile.byteLimit else {
            throw refusal("has more than \(PreviewFile.byteLimit >> 20) MiB")
        }
        return Array(data)
    }

    /// Returns some bytes of the file as text.
    ///
    /// - Throws: `CommandFailure` where they are not UTF-8.
    func text(of bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("is not UTF-8 on line \(PreviewFile.malformedLine(of: bytes))")
        }
        return text
    }

    /// The error that the file is not what was expected.
    func refusal(_ reason: String) -> CommandFailure {
        let name = path == "-" ? "standard input" : "'\(path)'"
        return CommandFailure(.badData, "--file is \(name), which \(reason).")
    }

    /// At most one byte more than may be read.
    private func data() throws -> Data {
        guard path != "-" else { return try data(of: .standardInput) }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            throw refusal("does not exist")
        }
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        guard !isFolder else { throw refusal("is a folder") }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw refusal("cannot be read")
        }
        return try data(of: handle)
    }

    private func data(of handle: FileHandle) throws -> Data {
        do {
            return try handle.read(upToCount: PreviewFile.byteLimit + 1) ?? Data()
        } catch {
            throw refusal("cannot be read")
        }
    }

    /// The line of the first byte that is not UTF-8, from 1 on.
    private static func malformedLine(of text: [UInt8]) -> Int {
        var bytes = text.makeIterator()
        var decoder = UTF8.ForwardParser()
        var line = 1
        while case .valid(let scalar) = decoder.parseScalar(from: &bytes) {
            if UTF8.decode(scalar) == "\n" { line += 1 }
        }
        return line
    }
}
