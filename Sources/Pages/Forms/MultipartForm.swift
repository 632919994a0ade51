import HTTPServing
import Wording

/// The parts of a form that was sent with a file (RFC 7578).
struct MultipartForm: Sendable {
    private(set) var values: [(name: String, value: String)] = []

    /// The most bytes of a body: a file of a MiB, and the fields beside it.
    static let byteLimit = 1_200_000
    /// The most parts that are read.
    private static let partLimit = 100

    /// Reads a body.
    ///
    /// Bytes that are no UTF-8 are read as Windows-1252, as spreadsheets write them. What comes after a
    /// part that cannot be read is left out. The boundary stands between parts, as the field
    /// `Content-Type` names it.
    init(parsing bytes: [UInt8], boundary: String) {
        let mark = Array("--\(boundary)".utf8)
        var rest = bytes[...]
        guard let first = rest.firstPlace(of: mark) else { return }
        rest = rest[(first + mark.count)...]
        // A line break, and not two dashes, comes before each part.
        while values.count < Self.partLimit, rest.starts(with: Self.lineBreak) {
            rest = rest.dropFirst(2)
            guard let headEnd = rest.firstPlace(of: Self.lineBreak + Self.lineBreak),
                let end = rest[headEnd...].firstPlace(of: Self.lineBreak + mark)
            else { return }
            let head = String(decoding: rest[..<headEnd], as: UTF8.self)
            if let name = Self.name(inHead: head) {
                values.append((name, Self.text(rest[min(headEnd + 4, end)..<end])))
            }
            rest = rest[(end + 2 + mark.count)...]
        }
    }

    /// The boundary that a field `Content-Type` names; nothing where it is of no such form.
    static func boundary(ofContentType field: String?) -> String? {
        guard let field, field.lowercased().hasPrefix("multipart/form-data"),
            let mark = field.firstRange(of: "boundary=")
        else { return nil }
        let value = field[mark.upperBound...].prefix { $0 != ";" }.trimmingWhitespace
        let boundary = value.filter { $0 != "\"" }
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    private static let lineBreak = Array("\r\n".utf8)

    /// The field's name in the head of a part.
    private static func name(inHead head: String) -> String? {
        for line in head.split(separator: "\r\n")
        where line.lowercased().hasPrefix("content-disposition:") {
            guard let mark = line.firstRange(of: #" name=""#) else { return nil }
            return String(line[mark.upperBound...].prefix { $0 != "\"" })
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(decodingWindows1252: bytes)
    }
}

extension ArraySlice<UInt8> {
    /// Where a sequence of bytes begins for the first time.
    fileprivate func firstPlace(of bytes: [UInt8]) -> Int? {
        guard let first = bytes.first, count >= bytes.count else { return nil }
        var place = startIndex
        let last = endIndex - bytes.count
        while place <= last {
            if self[place] == first, self[place...].starts(with: bytes) { return place }
            place += 1
        }
        return nil
    }
}

extension String {
    /// Reads bytes of which those from 0x80 to 0x9F are as Windows has them, and the rest as in Latin-1.
    fileprivate init(decodingWindows1252 bytes: some Sequence<UInt8>) {
        let own = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
        var text = ""
        for byte in bytes {
            let isOwn = (0x80...0x9F).contains(byte)
            text.unicodeScalars.append(isOwn ? own[Int(byte) - 0x80] : Unicode.Scalar(byte))
        }
        self = text
    }
}
