/// A statement's text with its parameters numbered, and the names that the numbers stand for.
///
/// SQLite looks a parameter up by its name among all others, at each use and when a statement is
/// compiled, which for thousands of them takes seconds. By number it takes no search. PostgreSQL
/// knows parameters by their numbers only.
struct SQLParameters {
    /// The text, with the sign and 1 for the first name that it has, with 2 for the second, and so on.
    private(set) var text: [UInt8] = []

    /// The names without the colon, in the order in which they first come.
    private(set) var names: [String] = []

    /// Numbers the parameters of a statement, in time linear in its length.
    ///
    /// - Parameters:
    ///   - statement: The text, in which a colon outside of quotes begins a name.
    ///   - sign: What the engine writes before a parameter's number.
    init(numbering statement: String, after sign: Unicode.Scalar) {
        let bytes = Array(statement.utf8)
        text.reserveCapacity(bytes.count)
        var numbers: [String: Int] = [:]
        var quote: UInt8?
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == UInt8(ascii: ":"), quote == nil else {
                if byte == quote {
                    quote = nil
                } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                    quote = byte
                }
                text.append(byte)
                position += 1
                continue
            }
            let end = bytes[(position + 1)...].firstIndex { !$0.isPartOfName } ?? bytes.endIndex
            let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
            precondition(!name.isEmpty, "a parameter has no name: \(statement)")
            let number = numbers[name] ?? names.count + 1
            if number > names.count {
                numbers[name] = number
                names.append(name)
            }
            text.append(UInt8(ascii: sign))
            text.append(contentsOf: String(number).utf8)
            position = end
        }
    }
}

extension UInt8 {
    fileprivate var isPartOfName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
