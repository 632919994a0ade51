import ArgumentParser
import Foundation

/// A file that `perennial preview` reads.
struct PreviewFile {
    /// Its path; `-` for standard input.
    let path: String

    /// The most bytes that are read: as many as the text of a calendar may have.
    private static let byteLimit = 16 << 20

    /// Returns the file's text.
    ///
    /// - Throws: `ValidationError` where it is missing, too long or not UTF-8.
    func text() throws -> String {
        let data = try bytes()
        guard data.count <= PreviewFile.byteLimit else {
            throw refusal("has more than \(PreviewFile.byteLimit >> 20) MiB")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw refusal("is not UTF-8 on line \(PreviewFile.malformedLine(of: data))")
        }
        return text
    }

    /// The error that the file is not what was expected.
    func refusal(_ reason: String) -> ValidationError {
        let name = path == "-" ? "standard input" : "'\(path)'"
        return ValidationError("--file is \(name), which \(reason).")
    }

    /// At most one byte more than may be read.
    private func bytes() throws -> Data {
        guard path != "-" else { return try bytes(of: .standardInput) }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            throw refusal("does not exist")
        }
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        guard !isFolder else { throw refusal("is a folder") }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw refusal("cannot be read")
        }
        return try bytes(of: handle)
    }

    private func bytes(of handle: FileHandle) throws -> Data {
        do {
            return try handle.read(upToCount: PreviewFile.byteLimit + 1) ?? Data()
        } catch {
            throw refusal("cannot be read")
        }
    }

    /// The line of the first byte that is not UTF-8, from 1 on.
    private static func malformedLine(of data: Data) -> Int {
        var bytes = data.makeIterator()
        var decoder = UTF8.ForwardParser()
        var line = 1
        while case .valid(let scalar) = decoder.parseScalar(from: &bytes) {
            if UTF8.decode(scalar) == "\n" { line += 1 }
        }
        return line
    }
}
