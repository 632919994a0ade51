/// How texts are stored that PostgreSQL does not take as they are.
///
/// It refuses U+0000, which clients may send and SQLite stores. So U+10FFFD and `0` stand for it.
/// U+10FFFD itself, the last character for private use, is stored as U+10FFFD and `1`. Different
/// texts stay different. Only such a text is sorted as if it had U+10FFFD there.
enum PostgreSQLText {
    private static let mark: Unicode.Scalar = "\u{10FFFD}"
    /// The first of the four bytes of the mark in UTF-8; few other characters have it.
    private static let firstByte: UInt8 = 0xF4

    /// Returns a text as it is stored.
    static func stored(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != 0 && $0 != firstByte }
        if isPlain { return text }
        var stored = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": stored.append(contentsOf: [mark, "0"])
            case mark: stored.append(contentsOf: [mark, "1"])
            default: stored.append(scalar)
            }
        }
        return String(stored)
    }

    /// Returns the text that is stored as these bytes of UTF-8.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        guard unsafe bytes.contains(firstByte), text.unicodeScalars.contains(mark) else {
            return text
        }
        var read = String.UnicodeScalarView()
        var isMarked = false
        for scalar in text.unicodeScalars {
            if isMarked {
                read.append(scalar == "0" ? "\0" : mark)
                isMarked = false
            } else if scalar == mark {
                isMarked = true
            } else {
                read.append(scalar)
            }
        }
        return String(read)
    }
}
