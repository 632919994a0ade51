extension JSONValue {
    /// Reads a JSON text (RFC 8259), strictly.
    ///
    /// If a name comes twice in an object, the last value counts, at the place of the first.
    /// A byte order mark before the text is ignored (section 8.1).
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8. Reading takes time linear in its length.
    ///   - depthLimit: How many arrays and objects may nest.
    /// - Throws: ``JSONSyntaxError``
    package init(parsing bytes: [UInt8], depthLimit: Int = 16) throws(JSONSyntaxError) {
        precondition((1...256).contains(depthLimit), "nesting is read by recursion")
        var parser = JSONParser(bytes: bytes, depthLimit: depthLimit)
        self = try parser.text()
    }
}

/// A recursive descent over the grammar of RFC 8259.
///
/// We have our own parser because Foundation's decoder is slow on Linux, its depth limit cannot be
/// set, and it does not distinguish an integer from a Boolean.
private struct JSONParser {
    let bytes: [UInt8]
    let depthLimit: Int
    var position = 0
    var depth = 0

    init(bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    mutating func text() throws(JSONSyntaxError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        guard next() == nil else { throw error(.trailingText) }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard let byte = next() else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members = JSONObject()
        try enter()
        if next() == UInt8(ascii: "}") {
            leave()
            return .object(members)
        }
        while true {
            guard next() == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            guard next() == UInt8(ascii: ":") else { throw unexpected() }
            position += 1
            members[name] = try value()
            guard try another(before: UInt8(ascii: "}")) else { return .object(members) }
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var items: [JSONValue] = []
        try enter()
        if next() == UInt8(ascii: "]") {
            leave()
            return .array(items)
        }
        while true {
            items.append(try value())
            guard try another(before: UInt8(ascii: "]")) else { return .array(items) }
        }
    }

    /// Skips a comma and returns true, or skips the closing bracket and returns false.
    private mutating func another(before closing: UInt8) throws(JSONSyntaxError) -> Bool {
        let byte = next()
        if byte == closing {
            leave()
            return false
        }
        guard byte == UInt8(ascii: ",") else { throw unexpected() }
        position += 1
        return true
    }

    private mutating func enter() throws(JSONSyntaxError) {
        guard depth < depthLimit else { throw error(.tooDeep) }
        depth += 1
        position += 1
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    private mutating func literal(
        _ text: StaticString,
        _ value: JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else {
            throw JSONSyntaxError(reason: .unexpectedEnd, offset: bytes.count)
        }
        let isSame = text.withUTF8Buffer { unsafe bytes[position..<end].elementsEqual($0) }
        guard isSame else { throw error(.unexpectedByte) }
        position = end
        return value
    }

    /// The first byte that is not white space; the position moves to it.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    private func unexpected() -> JSONSyntaxError {
        error(position < bytes.count ? .unexpectedByte : .unexpectedEnd)
    }
}

// MARK: Numbers

extension JSONParser {
    /// Reads a number (RFC 8259, section 6).
    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        skip(UInt8(ascii: "-"))
        let isZero = skip(UInt8(ascii: "0"))
        guard isZero || skipDigits() else { throw error(.invalidNumber) }
        var isIntegral = true
        if skip(UInt8(ascii: ".")) {
            isIntegral = false
            guard skipDigits() else { throw error(.invalidNumber) }
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            isIntegral = false
            if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
            guard skipDigits() else { throw error(.invalidNumber) }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isIntegral, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw JSONSyntaxError(reason: .numberOutOfRange, offset: start)
        }
        return .number(number)
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position > start
    }
}

// MARK: Strings

extension JSONParser {
    /// Reads a string (RFC 8259, section 7), from quotation mark to quotation mark.
    private mutating func string() throws(JSONSyntaxError) -> String {
        let opening = position
        position += 1
        let start = position
        let isASCII = skipPlainBytes()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        let plain = bytes[start..<position]
        let isWhole = bytes[position] == UInt8(ascii: "\"")
        defer { position += 1 }
        if isWhole && isASCII { return String(decoding: plain, as: UTF8.self) }
        let encoded = isWhole ? Array(plain) : try unescaped(after: plain)
        guard let text = String(validating: encoded, as: UTF8.self) else {
            throw JSONSyntaxError(reason: .invalidUTF8, offset: opening)
        }
        return text
    }

    /// Skips bytes up to an escape, a quotation mark or a control character.
    ///
    /// - Returns: Whether all skipped bytes are ASCII.
    @discardableResult
    private mutating func skipPlainBytes() -> Bool {
        var union: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            union |= byte
            position += 1
        }
        return union < 0x80
    }

    /// Reads up to the closing quotation mark, and undoes escapes.
    private mutating func unescaped(
        after plain: ArraySlice<UInt8>
    ) throws(JSONSyntaxError) -> [UInt8] {
        var text = Array(plain)
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): try unescape(into: &text)
            default: throw error(.unescapedControlCharacter)
            }
            let start = position
            skipPlainBytes()
            text += bytes[start..<position]
        }
        throw error(.unexpectedEnd)
    }

    private mutating func unescape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard position + 1 < bytes.count else {
            throw JSONSyntaxError(reason: .unexpectedEnd, offset: bytes.count)
        }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            text.append(contentsOf: String(try unicodeEscape()).utf8)
            return
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        default: throw error(.invalidEscape)
        }
        position += 2
    }

    /// Reads one `\uXXXX`, or two that together encode a scalar above U+FFFF.
    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), position < bytes.count,
            bytes[position] == UInt8(ascii: "\\")
        else { throw JSONSyntaxError(reason: .loneSurrogate, offset: start) }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else {
            throw JSONSyntaxError(reason: .loneSurrogate, offset: start)
        }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        guard position + 6 <= bytes.count else {
            throw JSONSyntaxError(reason: .unexpectedEnd, offset: bytes.count)
        }
        guard bytes[position + 1] == UInt8(ascii: "u") else { throw error(.loneSurrogate) }
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard let digit = bytes[position + offset].hexDigitValue else {
                throw error(.invalidEscape)
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 6
        return unit
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    package var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
