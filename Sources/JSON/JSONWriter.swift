/// Writes JSON (RFC 8259) straight into the bytes of a response.
///
/// The caller begins, names and ends values; the writer adds the commas. Strings are escaped as
/// JavaScript's `JSON.stringify` does it: `"`, `\` and control characters below U+0020, and
/// nothing else.
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    /// Whether the next value or name needs a comma before it.
    private var isAfterValue = false

    /// Creates a writer with room for a number of bytes before its buffer grows.
    package init(capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    /// Returns what was written since the last call, so that a long text is sent part by part.
    package mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    /// Opens an object, as an item or after a ``name(_:)``.
    package mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        isAfterValue = false
    }

    package mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        isAfterValue = true
    }

    /// Opens an array, as an item or after a ``name(_:)``.
    package mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        isAfterValue = false
    }

    package mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        isAfterValue = true
    }

    /// Names the value that is written next.
    ///
    /// - Precondition: The name needs no escapes.
    package mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { name in
            assert(unsafe name.allSatisfy { !$0.isEscapedInJSON }, "a name is plain text")
            unsafe bytes.append(contentsOf: name)
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        isAfterValue = false
    }

    /// Names the value that is written next; the name may be any text.
    package mutating func name(_ name: String) {
        write(name)
        bytes.append(UInt8(ascii: ":"))
        isAfterValue = false
    }

    package mutating func writeNull() {
        write(ascii: "null")
    }

    package mutating func write(_ value: Bool) {
        write(ascii: value ? "true" : "false")
    }

    package mutating func write(_ value: Int64) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Writes a number with enough digits to read it back exactly.
    ///
    /// - Precondition: The number is finite; JSON has no other.
    package mutating func write(_ value: Double) {
        precondition(value.isFinite, "JSON has no infinity and no NaN")
        separate()
        bytes.append(contentsOf: value.description.utf8)
    }

    package mutating func write(_ value: String) {
        writeQuoted { bytes in
            var value = value
            value.withUTF8 { text in unsafe bytes.append(escaping: text) }
        }
    }

    /// Writes a string of plain characters that a closure appends.
    ///
    /// - Precondition: What the closure appends needs no escapes.
    package mutating func writeQuoted(_ append: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let items):
            beginArray()
            for item in items { write(item) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(member.name)
                write(member.value)
            }
            endObject()
        }
    }

    private mutating func write(ascii text: StaticString) {
        separate()
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes a comma, except before the first item or member and after a name.
    private mutating func separate() {
        if isAfterValue { bytes.append(UInt8(ascii: ",")) }
        isAfterValue = true
    }
}

extension [UInt8] {
    fileprivate mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        guard let first = unsafe text.firstIndex(where: \.isEscapedInJSON) else {
            unsafe append(contentsOf: text)
            return
        }
        unsafe append(contentsOf: text[..<first])
        for position in first..<text.count { append(escaping: unsafe text[position]) }
    }

    private mutating func append(escaping byte: UInt8) {
        guard byte.isEscapedInJSON else {
            append(byte)
            return
        }
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
            append(UInt8(ascii: "0") + byte >> 4)
            append(byte & 0xF < 10 ? 0x30 + byte & 0xF : 0x57 + byte & 0xF)
        }
    }
}

extension UInt8 {
    /// Whether JSON writes a byte of UTF-8 as an escape (RFC 8259, section 7).
    fileprivate var isEscapedInJSON: Bool {
        self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
    }
}
