/// Markup.
///
/// What the program's own literals say stands as it is; every text that is put into one is escaped, in
/// elements and in quoted attributes alike.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
    package private(set) var text: String

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Pieces of markup, one after the other.
    package init(_ parts: some Sequence<HTML>) {
        text = ""
        for part in parts { text += part.text }
    }

    package var isEmpty: Bool { text.isEmpty }

    package static let none: HTML = ""

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }

        package mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { text += markup.text }
        }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { text += part.text }
        }

        package mutating func appendInterpolation(_ number: Int) { text += String(number) }

        package mutating func appendInterpolation(_ escaped: some StringProtocol) {
            text.append(escaping: escaped)
        }

        /// A literal that stands there only where a condition holds.
        package mutating func appendInterpolation(_ literal: StaticString, if condition: Bool) {
            if condition { text += literal.description }
        }
    }

    package static func += (left: inout HTML, right: HTML) { left.text += right.text }
}

extension Sequence<HTML> {
    /// The pieces with another one between them.
    package func joined(by separator: HTML) -> HTML {
        var result: HTML = ""
        for (place, part) in enumerated() {
            if place > 0 { result += separator }
            result += part
        }
        return result
    }
}

extension String {
    fileprivate mutating func append(escaping text: some StringProtocol) {
        if !text.utf8.contains(where: \.isSpecialInMarkup) {
            append(contentsOf: text)
            return
        }
        for character in text.unicodeScalars {
            switch character {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"": append("&quot;")
            case "'": append("&#39;")
            // No document may have it.
            case "\0": append("\u{FFFD}")
            default: unicodeScalars.append(character)
            }
        }
    }
}

extension UInt8 {
    fileprivate var isSpecialInMarkup: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), 0:
            true
        default: false
        }
    }
}
