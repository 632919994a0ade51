import JSON

/// A parameter's name, split at its brackets.
struct QueryPath {
    private enum Segment {
        /// `[]`
        case end
        /// `[7]`
        case index(Int)
        /// `[name]`, or the text before the first bracket.
        case name(String)
    }

    /// How many pairs of brackets are split; the rest of the name is one more name.
    private static let depthLimit = 5
    /// The largest index that makes a list; a larger one makes an object.
    private static let indexLimit = 20

    private var segments: [Segment] = []

    /// Splits a name; returns nil for a name without brackets.
    init?(of name: String) {
        guard name.utf8.contains(UInt8(ascii: "[")) else { return nil }
        let text = Array(name.utf8)
        guard var bracket = Self.firstBracket(in: text[...]) else { return nil }
        if bracket.lowerBound > 0 {
            segments.append(.name(String(decoding: text[..<bracket.lowerBound], as: UTF8.self)))
        }
        for _ in 0..<Self.depthLimit {
            segments.append(Self.segment(named: text[bracket].dropFirst().dropLast()))
            guard let next = Self.firstBracket(in: text[bracket.upperBound...]) else { return }
            bracket = next
        }
        segments.append(.name(String(decoding: text[bracket.lowerBound...], as: UTF8.self)))
    }

    /// Whether this name may make a list with gaps.
    var makesGaps: Bool {
        segments.contains { segment in
            if case .index(1...) = segment { true } else { false }
        }
    }

    /// Wraps a value in the lists and objects that the name asks for.
    func wrap(_ value: JSONValue) -> JSONValue {
        var value = value
        for segment in segments.reversed() {
            switch segment {
            case .end:
                if case .array = value { continue }
                value = .array([value])
            case .index(let index):
                value = .array(Array(repeating: .gap, count: index) + [value])
            case .name("__proto__"):
                value = .object([:])
            case .name(let name):
                value = .object(JSONObject(name, value))
            }
        }
        return value
    }

    private static func segment(named name: ArraySlice<UInt8>) -> Segment {
        if name.isEmpty { return .end }
        let text = String(decoding: name, as: UTF8.self)
        if name.count <= 2, let index = Int(text), (0...indexLimit).contains(index),
            String(index) == text
        {
            return .index(index)
        }
        return .name(text)
    }

    /// The first pair of brackets without a bracket between them.
    private static func firstBracket(in text: ArraySlice<UInt8>) -> Range<Int>? {
        var opening: Int?
        for position in text.indices {
            switch text[position] {
            case UInt8(ascii: "["): opening = position
            case UInt8(ascii: "]"):
                if let opening { return opening..<(position + 1) }
            default: break
            }
        }
        return nil
    }
}
