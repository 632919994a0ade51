/// What is wrong with a text that should be JSON, and where.
package struct JSONSyntaxError: Error, Hashable {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        case unexpectedEnd
        case unexpectedByte
        case invalidNumber
        case numberOutOfRange
        case invalidEscape
        case loneSurrogate
        case unescapedControlCharacter
        case invalidUTF8
        case trailingText
        case tooDeep
    }

    package let reason: Reason
    /// How many bytes precede the error.
    ///
    /// For a string that is not UTF-8, it is the offset of its opening quotation mark.
    package let offset: Int
}

extension JSONSyntaxError: CustomStringConvertible {
    /// A sentence for whoever sent the text.
    package var description: String {
        switch reason {
        case .unexpectedEnd: "Unexpected end of JSON input"
        case .unexpectedByte: "Unexpected token in JSON at position \(offset)"
        case .invalidNumber: "Invalid number in JSON at position \(offset)"
        case .numberOutOfRange: "Number out of range in JSON at position \(offset)"
        case .invalidEscape: "Invalid escape in JSON at position \(offset)"
        case .loneSurrogate: "Lone surrogate in JSON at position \(offset)"
        case .unescapedControlCharacter:
            "Unescaped control character in JSON at position \(offset)"
        case .invalidUTF8: "JSON string is not valid UTF-8 at position \(offset)"
        case .trailingText: "Unexpected text after JSON at position \(offset)"
        case .tooDeep: "JSON is nested too deeply at position \(offset)"
        }
    }
}
