package import JSON
package import Tasks

/// Reads the properties of an object in a request's body, and collects every violation.
///
/// The sentences of violations are those of the library class-validator, which HighLevel uses.
/// An absent property is read as nil, and so is a wrong one. As in that library, an optional property
/// that is `null` counts as absent.
package struct PropertyReader {
    /// Whether a property may be left out.
    ///
    /// Only one that may be left out may be `null`, which means the same.
    package enum Presence: Hashable, Sendable {
        case required
        case optional
    }

    /// How a value must be written.
    package enum Writing: Hashable, Sendable {
        /// With the type that it has.
        case typed
        /// Also as a text, if that can be read in one way only: digits for an integer, `true` or
        /// `false` for a Boolean, and a text for the list of it alone.
        ///
        /// Clients write some properties so, and in a query every value is a text.
        case typedOrText
    }

    private let members: JSONObject
    private let writing: Writing
    /// The path to the object, with a dot after each part.
    private let prefix: String
    private var knownNames: Set<String> = []
    private var violations: [String] = []

    /// Creates a reader of a body's members, or of the parameters of a query.
    package init(_ members: JSONObject, _ writing: Writing = .typed) {
        self.init(members, writing, prefix: "")
    }

    private init(_ members: JSONObject, _ writing: Writing, prefix: String) {
        self.members = members
        self.writing = writing
        self.prefix = prefix
    }

    /// Ends the reading.
    ///
    /// A property that was never read is unknown, which is a violation, too.
    ///
    /// - Throws: The refusal with every violation.
    package func finish() throws(HighLevelError) {
        let violations = allViolations
        guard violations.isEmpty else { throw HighLevelError(violations: violations) }
    }

    /// Takes properties, whatever they are, and does nothing with them.
    mutating func ignore(_ names: some Sequence<String>) {
        knownNames.formUnion(names)
    }

    /// Notes a violation that the reading of a property does not find itself.
    mutating func note(_ violation: String) {
        violations.append(prefix + violation)
    }

    /// Reads a text whose count of Unicode scalars, and of bytes in UTF-8, must be within bounds.
    package mutating func text(
        _ name: String,
        _ presence: Presence,
        lengths: ClosedRange<Int>,
        byteLimit: Int = .max
    ) -> String? {
        guard let text = read(name, presence, or: "must be a string", using: \.string) else {
            return nil
        }
        let length = text.unicodeScalars.count
        if lengths.contains(length) {
            if text.utf8.count <= byteLimit { return text }
            note("\(name) must be shorter than or equal to \(byteLimit) bytes")
            return nil
        }
        note(
            length < lengths.lowerBound
                ? "\(name) must be longer than or equal to \(lengths.lowerBound) characters"
                : "\(name) must be shorter than or equal to \(lengths.upperBound) characters"
        )
        return nil
    }

    /// Reads the name of a record where there may be none: `null` and a blank text clear the property.
    package mutating func clearableName(_ name: String) -> FieldEdit<String?> {
        guard let value = members[name] else { return .keep }
        let text = read(name, .optional, or: "must be a string", using: \.string)
        if value == .null { return .set(nil) }
        return text.map { .set($0.isBlank ? nil : $0) } ?? .keep
    }

    package mutating func boolean(
        _ name: String,
        _ presence: Presence,
        _ writing: Writing = .typed
    ) -> Bool? {
        let takesText = takesText(writing)
        return read(name, presence, or: "must be a boolean value") { value in
            switch value {
            case .bool(let boolean): boolean
            case .string("true") where takesText: true
            case .string("false") where takesText: false
            default: nil
            }
        }
    }

    /// Reads an integer within bounds; a number with a fraction of zero, such as 2.0, is accepted.
    package mutating func integer(
        _ name: String,
        _ presence: Presence,
        in bounds: ClosedRange<Int64>,
        _ writing: Writing = .typed
    ) -> Int64? {
        let takesText = takesText(writing)
        let integer = read(name, presence, or: "must be an integer number") { value in
            takesText ? value.exactInteger ?? value.writtenInteger : value.exactInteger
        }
        guard let integer else { return nil }
        if bounds.contains(integer) { return integer }
        note(
            integer < bounds.lowerBound
                ? "\(name) must not be less than \(bounds.lowerBound)"
                : "\(name) must not be greater than \(bounds.upperBound)"
        )
        return nil
    }

    /// Reads one of a number of words.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ presence: Presence
    ) -> Choice? {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return read(name, presence, or: "must be one of the following values: \(words)") { value in
            value.string.flatMap { Choice(rawValue: $0) }
        }
    }

    package mutating func date(_ name: String, _ presence: Presence) -> HighLevelDate? {
        let years = HighLevelDate.years
        let reason =
            "must be a valid ISO 8601 date string of the years"
            + " \(years.lowerBound) to \(years.upperBound)"
        return read(name, presence, or: reason) { value in
            value.string.flatMap { HighLevelDate(parsing: $0) }
        }
    }

    /// Reads a list of texts; a repeated text is dropped.
    package mutating func texts(
        _ name: String,
        _ presence: Presence,
        countLimit: Int,
        _ writing: Writing = .typed
    ) -> [String]? {
        let takesText = takesText(writing)
        let items: [JSONValue]? = read(name, presence, or: "must be an array") { value in
            switch value {
            case .array(let items): items
            case .string(let text) where takesText: text.isBlank ? [] : [value]
            default: nil
            }
        }
        guard let items else { return nil }
        let texts = items.compactMap(\.string)
        if texts.count < items.count {
            note("each value in \(name) must be a string")
        }
        if items.count > countLimit {
            note("\(name) must contain no more than \(countLimit) elements")
        }
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    /// Reads a value of any kind.
    package mutating func value<Value>(
        _ name: String,
        or reason: String,
        using convert: (JSONValue) -> Value?
    ) -> Value? {
        read(name, .optional, or: reason, using: convert)
    }

    /// Reads the properties of an object within the object.
    ///
    /// PHP writes an object without members as an empty array.
    package mutating func object<Value>(
        _ name: String,
        _ presence: Presence,
        reading readMembers: (JSONObject, inout PropertyReader) -> Value?
    ) -> Value? {
        let members = read(name, presence, or: "must be an object") { value in
            value == .array([]) ? [:] : value.object
        }
        guard let members else { return nil }
        var reader = PropertyReader(members, writing, prefix: "\(prefix)\(name).")
        let value = readMembers(members, &reader)
        violations += reader.allViolations
        return value
    }

    private func takesText(_ writing: Writing) -> Bool {
        writing == .typedOrText || self.writing == .typedOrText
    }

    private var allViolations: [String] {
        let unknownNames = members.members.map(\.name).filter { !knownNames.contains($0) }
        return unknownNames.map { "\(prefix)property \($0) should not exist" } + violations
    }

    private mutating func read<Value>(
        _ name: String,
        _ presence: Presence,
        or reason: String,
        using convert: (JSONValue) -> Value?
    ) -> Value? {
        knownNames.insert(name)
        let value = members[name] == .null ? nil : members[name]
        if value == nil {
            if presence == .optional { return nil }
            note("\(name) should not be empty")
        }
        if let value, let converted = convert(value) { return converted }
        note("\(name) \(reason)")
        return nil
    }
}

extension String {
    /// Whether the text has no character but blanks.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension JSONValue {
    /// The number, if it is an integer.
    fileprivate var exactInteger: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The integer of a text that is written as we write integers.
    fileprivate var writtenInteger: Int64? {
        guard let string, let integer = Int64(string), String(integer) == string else { return nil }
        return integer
    }
}
