package import JSON
package import Recurrence
package import Tasks

/// What a body says about a field.
package enum BodyField<Value> {
    case absent
    case null
    case value(Value)
}

extension BodyField {
    /// The value, if the field was sent with one.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension BodyField {
    /// Whether nothing was sent, also no null.
    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}

extension BodyField: Sendable where Value: Sendable {}
extension BodyField: Equatable where Value: Equatable {}

/// Reads the fields of a request's body, and collects all errors in them.
///
/// Integers and Booleans may come as strings, as LionDesk's own samples and every form write them.
/// An empty string means null, except in a text.
package struct BodyReader {
    /// What is wrong, by field.
    package private(set) var errors: JSONObject = [:]

    private let members: JSONObject

    /// Creates a reader of a body's members.
    package init(_ members: JSONObject) {
        self.members = members
    }

    /// Ends the reading.
    ///
    /// - Throws: A `BadRequest` with the reason for each field that is wrong or missing.
    package func finish() throws(FeathersError) {
        guard errors.members.isEmpty else { throw .validationFailed(errors) }
    }

    /// Reads an identifier.
    package mutating func identifier(_ name: String) -> BodyField<Int64> {
        read(name, or: "is not a valid id") { value in
            value.wireInteger.flatMap { (1...Identifier<Any>.largest).contains($0) ? $0 : nil }
        }
    }

    /// Reads a choice that is numbered.
    package mutating func choice<Choice: RawRepresentable<Int>>(
        _ name: String,
        reason: String
    ) -> BodyField<Choice> {
        read(name, or: reason) { value in
            value.wireInteger.flatMap { Int(exactly: $0) }.flatMap { Choice(rawValue: $0) }
        }
    }

    /// Reads a choice that has a name.
    package mutating func choice<Choice: RawRepresentable<String>>(
        _ name: String,
        reason: String
    ) -> BodyField<Choice> {
        read(name, or: reason) { value in
            value.string.flatMap { Choice(rawValue: $0) }
        }
    }

    /// Reads a Boolean: `true`, `1`, `"true"`, `"1"` and their opposites.
    package mutating func boolean(_ name: String) -> BodyField<Bool> {
        read(name, or: "is not a boolean") { value in
            switch value {
            case .bool(let boolean): boolean
            case .integer(let integer): Bool(wireText: String(integer))
            case .string(let text): Bool(wireText: text)
            case .null, .number, .array, .object: nil
            }
        }
    }

    /// Reads when a task is due.
    ///
    /// - Parameters:
    ///   - name: The field.
    ///   - zone: The zone in which a time without an offset is meant.
    /// - Returns: The time on the clocks of the zone.
    package mutating func dueTime(_ name: String, zone: Zone) -> BodyField<WallClockTime> {
        read(name, or: "is not a valid ISO 8601 date") { value in
            value.string.flatMap { LionDeskDate(parsing: $0) }?.wallClockTime(in: zone)
        }
    }

    /// Reads a recurrence rule.
    ///
    /// The error of a wrong rule names the part that is wrong, and why.
    package mutating func rule(_ name: String) -> BodyField<SeriesRule> {
        switch read(name, or: "is not a string", using: \.string) {
        case .absent: return .absent
        case .null: return .null
        case .value(let text):
            do {
                let rule = try SeriesRule(parsing: text)
                // A series cannot be split at a moved date: the rest would begin on another day.
                if rule.rule.skip == .omit { return .value(rule) }
                errors[name] = "SKIP: is not taken"
                return .absent
            } catch {
                errors[name] = .string("\(error.part): \(error.reason)")
                return .absent
            }
        }
    }

    /// Reads a text, which may be empty and has at most a number of Unicode scalars.
    package mutating func text(_ name: String, limit: Int) -> BodyField<String> {
        switch members[name] {
        case nil: return .absent
        case .null: return .null
        case .string(let text):
            // A text never has more scalars than bytes, so most texts need no counting.
            if text.utf8.count <= limit || text.unicodeScalars.count <= limit {
                return .value(text)
            }
            errors[name] = .string("is longer than \(limit) characters")
        case .bool, .integer, .number, .array, .object:
            errors[name] = .string("is not a string")
        }
        return .absent
    }

    /// Notes which of the fields that have no default are missing.
    ///
    /// - Parameters:
    ///   - names: The fields.
    ///   - mayBeAbsent: Whether a field may be left out. It may never be null or empty.
    package mutating func require(_ names: [String], mayBeAbsent: Bool) {
        for name in names where errors[name] == nil {
            switch members[name] {
            case nil where mayBeAbsent: continue
            case nil, .null, .string(""): errors[name] = .string("is required")
            default: continue
            }
        }
    }

    private mutating func read<Value>(
        _ name: String,
        or reason: String,
        using convert: (JSONValue) -> Value?
    ) -> BodyField<Value> {
        switch members[name] {
        case nil: return .absent
        case .null, .string(""): return .null
        case let value?:
            if let converted = convert(value) { return .value(converted) }
            errors[name] = .string(reason)
            return .absent
        }
    }
}

extension JSONValue {
    /// The integer that a number, or a string of digits, stands for.
    fileprivate var wireInteger: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        case .string(let text): Int64(text)
        case .null, .bool, .array, .object: nil
        }
    }
}
