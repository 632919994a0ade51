/// A JSON value (RFC 8259) as cases need it: small, and read in one pass.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// Reads a text that is one value; nothing where it is malformed, nested more than eight deep,
    /// or has a number that is no integer.
    init?(parsing text: String) {
        var reader = JSONReader(Array(text.utf8))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// The value of an object's key.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0 == $1 }
        default: false
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON without spaces.
    var description: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .string(let value): JSONValue.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                JSONValue.write(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

private struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0

    private static let depthLimit = 8

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether nothing but spaces follows.
    var isAtEnd: Bool {
        bytes[index...].allSatisfy(JSONReader.isSpace)
    }

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private mutating func skipSpaces() {
        while JSONReader.isSpace(next) { index += 1 }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let word = text.description.utf8
        guard bytes[index...].starts(with: word) else { return false }
        index += word.count
        return true
    }

    mutating func value(depth: Int) -> JSONValue? {
        guard depth < JSONReader.depthLimit else { return nil }
        skipSpaces()
        switch next {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return skip("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return skip("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return skip("null") ? .null : nil
        default: return integer()
        }
    }

    private mutating func integer() -> JSONValue? {
        let first = index
        if next == UInt8(ascii: "-") { index += 1 }
        while (48...57).contains(next) { index += 1 }
        return Int(String(decoding: bytes[first..<index], as: UTF8.self)).map(JSONValue.integer)
    }

    private mutating func array(depth: Int) -> JSONValue? {
        index += 1
        var values: [JSONValue] = []
        skipSpaces()
        if skip("]") { return .array(values) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
            skipSpaces()
        } while skip(",")
        return skip("]") ? .array(values) : nil
    }

    private mutating func object(depth: Int) -> JSONValue? {
        index += 1
        var members: [(key: String, value: JSONValue)] = []
        skipSpaces()
        if skip("}") { return .object(members) }
        repeat {
            skipSpaces()
            guard next == UInt8(ascii: "\""), let key = string() else { return nil }
            skipSpaces()
            guard skip(":"), let value = value(depth: depth + 1) else { return nil }
            members.append((key, value))
            skipSpaces()
        } while skip(",")
        return skip("}") ? .object(members) : nil
    }

    private mutating func string() -> String? {
        index += 1
        let first = index
        while index < bytes.count, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
            index += 1
        }
        guard index < bytes.count else { return nil }
        if next == UInt8(ascii: "\"") {
            index += 1
            return String(decoding: bytes[first..<index - 1], as: UTF8.self)
        }
        var units = Array(String(decoding: bytes[first..<index], as: UTF8.self).utf16)
        while index < bytes.count {
            let byte = next
            if byte == UInt8(ascii: "\"") {
                index += 1
                return String(decoding: units, as: UTF16.self)
            }
            if byte == UInt8(ascii: "\\") {
                index += 1
                guard let unit = escape() else { return nil }
                units.append(unit)
                continue
            }
            let run = bytes[index...].prefix {
                $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            units += String(decoding: run, as: UTF8.self).utf16
            index += run.count
        }
        return nil
    }

    private mutating func escape() -> UInt16? {
        let byte = next
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "u"):
            guard index + 4 <= bytes.count else { return nil }
            let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
            index += 4
            return UInt16(digits, radix: 16)
        default: return nil
        }
    }
}
