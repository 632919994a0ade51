/// Swift source in which blanks replace what must not be searched; line numbers stay the same.
struct SwiftText {
    /// The source without its string literals and raw identifiers.
    let withoutLiterals: String
    /// The source without literals, raw identifiers and comments.
    let code: String

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var withoutLiterals = bytes
        var code = bytes
        var position = 0
        while position < bytes.count {
            guard let region = Region(in: bytes[position...]) else {
                position += 1
                continue
            }
            Self.blank(region.range, in: &code)
            if region.isLiteral { Self.blank(region.range, in: &withoutLiterals) }
            position = region.range.upperBound
        }
        self.withoutLiterals = String(decoding: withoutLiterals, as: UTF8.self)
        self.code = String(decoding: code, as: UTF8.self)
    }

    private static func blank(_ range: Range<Int>, in bytes: inout [UInt8]) {
        for index in range where bytes[index] != .newline { bytes[index] = UInt8(ascii: " ") }
    }
}

/// A comment, a string literal or a raw identifier.
///
/// An interpolation counts as text. A literal within it ends the literal around it. The rest of
/// the outer literal is then read as another literal, so the code after it is still read rightly.
private struct Region {
    let range: Range<Int>
    let isLiteral: Bool

    private static let openings = Array("/`#\"".utf8)

    /// Finds the region that begins at the start of the source; nil where none does.
    init?(in source: ArraySlice<UInt8>) {
        guard source.first.map(Self.openings.contains) == true else { return nil }
        let start = source.startIndex
        let hashes = source.prefix { $0 == UInt8(ascii: "#") }
        let afterHashes = source[hashes.endIndex...]
        if source.starts(with: "//".utf8) {
            self.init(from: start, to: source.end(before: "\n"), isLiteral: false)
        } else if source.starts(with: "/*".utf8) {
            self.init(from: start, to: source.end(after: "*/"), isLiteral: false)
        } else if source.starts(with: "`".utf8) {
            self.init(from: start, to: source.dropFirst().end(after: "`"), isLiteral: true)
        } else if afterHashes.starts(with: "\"\"\"".utf8) {
            let closing = "\"\"\"" + String(decoding: hashes, as: UTF8.self)
            let end = afterHashes.dropFirst(3).end(after: closing, skipsEscapes: hashes.isEmpty)
            self.init(from: start, to: end, isLiteral: true)
        } else if afterHashes.starts(with: "\"".utf8) {
            let closing = "\"" + String(decoding: hashes, as: UTF8.self)
            let rest = afterHashes.dropFirst()
            let end = rest.end(after: closing, skipsEscapes: hashes.isEmpty)
            self.init(from: start, to: min(end, rest.end(before: "\n")), isLiteral: true)
        } else {
            return nil
        }
    }

    private init(from start: Int, to end: Int, isLiteral: Bool) {
        range = start..<end
        self.isLiteral = isLiteral
    }
}

extension ArraySlice<UInt8> {
    /// Returns the index of the first occurrence of the text, or else the end index.
    fileprivate func end(before text: String) -> Int {
        indices.first { self[$0...].starts(with: text.utf8) } ?? endIndex
    }

    /// Returns the index after the first occurrence of the text, or else the end index.
    ///
    /// With `skipsEscapes`, a backslash and the byte after it are skipped.
    fileprivate func end(after text: String, skipsEscapes: Bool = false) -> Int {
        var position = startIndex
        while position < endIndex {
            if self[position...].starts(with: text.utf8) { return position + text.utf8.count }
            let isEscape = skipsEscapes && self[position] == UInt8(ascii: "\\")
            position += isEscape ? 2 : 1
        }
        return endIndex
    }
}

extension UInt8 {
    fileprivate static let newline = UInt8(ascii: "\n")
}
