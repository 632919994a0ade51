import Recurrence
import Tasks

/// Translates queries to SQL.
///
/// Conditions and orders go into the text, values into arguments.
///
/// The text depends only on a query's shape, so queries of the same shape share one prepared
/// statement.
struct QueryCompiler<Field: StoredField> {
    /// The arguments that the compiler was given, and after them the values that were compiled so
    /// far.
    private(set) var arguments: SQLArguments
    private var valueCount = 0

    init(_ arguments: SQLArguments) {
        self.arguments = arguments
    }

    /// Returns a predicate in SQL.
    ///
    /// In SQL a comparison with null is unknown. That has the same effect as false, because no
    /// condition is ever negated as a whole.
    ///
    /// - Precondition: Each value is of its field's kind, or null.
    mutating func condition(_ predicate: Predicate<Field>) -> String {
        switch predicate {
        case .all(let parts):
            joined(parts.map { condition($0) }[...], by: " AND ") ?? "1 = 1"
        case .any(let parts):
            joined(parts.map { condition($0) }[...], by: " OR ") ?? "1 = 0"
        case .isOneOf(let field, let values):
            isOneOf(field, values)
        case .isNoneOf(let field, let values):
            isNoneOf(field, values)
        case .compares(_, _, .null):
            "1 = 0"
        case .compares(let field, let comparison, let value):
            "\(field.expression) \(comparison.sign) \(place(of: value, in: field))"
        case .contains(let field, let text):
            contains(field, text)
        }
    }

    /// A text with U+0000 is not found: SQLite's functions read a text only up to that character.
    private mutating func contains(_ field: Field, _ text: String) -> String {
        if text.unicodeScalars.contains("\0") { return "1 = 0" }
        if let sought = field.sought(text) {
            return "INSTR(\(field.expression), \(place(of: .text(sought), in: field))) > 0"
        }
        // Unlike LIKE, it compares the text at each place in one go, which matters in long texts.
        // The text is in small letters already, because engines differ in whether LOWER changes other
        // letters than A to Z where it has no column to tell the collation.
        let place = place(of: .text(text.loweredASCII), in: field)
        return "INSTR(LOWER(\(field.expression)), \(place)) > 0"
    }

    /// Returns an order in SQL.
    ///
    /// No two records are equal in it.
    static func order(_ order: [Ordering<Field>]) -> String {
        let isTotal = order.contains { $0.field == .id }
        let total = isTotal ? order : order + [Ordering(.id, isAscending: true)]
        return total.map { ordering in
            let expression = ordering.field.expression
            let direction = ordering.isAscending ? "ASC" : "DESC"
            guard ordering.field.isNullable else { return "\(expression) \(direction)" }
            return "\(expression) \(direction) NULLS \(ordering.isAscending ? "FIRST" : "LAST")"
        }.joined(separator: ", ")
    }

    private mutating func isOneOf(_ field: Field, _ values: [FieldValue]) -> String {
        var alternatives: [String] = []
        if field.isNullable, values.contains(.null) {
            alternatives.append("\(field.expression) IS NULL")
        }
        if let list = list(of: values, in: field) { alternatives.append(field.isOneOf(list)) }
        return joined(alternatives[...], by: " OR ") ?? "1 = 0"
    }

    private mutating func isNoneOf(_ field: Field, _ values: [FieldValue]) -> String {
        let list = list(of: values, in: field)
        let isOther = list.map { "\(field.expression) NOT IN \($0)" }
        guard field.isNullable else { return isOther ?? "1 = 1" }
        // In SQL, `NOT IN` is unknown for a field without a value. That excludes the record.
        if values.contains(.null) { return isOther ?? "\(field.expression) IS NOT NULL" }
        return isOther.map { "(\(field.expression) IS NULL OR \($0))" } ?? "1 = 1"
    }

    /// The values other than null, as a list; none if there are no others.
    private mutating func list(of values: [FieldValue], in field: Field) -> String? {
        let places = values.filter { $0 != .null }.map { place(of: $0, in: field) }
        return places.isEmpty ? nil : "(\(places.joined(separator: ", ")))"
    }

    /// Joins conditions in two halves again and again, because engines limit how deeply an
    /// expression may be nested.
    private func joined(_ conditions: ArraySlice<String>, by junction: String) -> String? {
        guard conditions.count > 1 else { return conditions.first }
        let middle = conditions.startIndex + conditions.count / 2
        guard let left = joined(conditions[..<middle], by: junction),
            let right = joined(conditions[middle...], by: junction)
        else { return nil }
        return "(\(left)\(junction)\(right))"
    }

    private mutating func place(of value: FieldValue, in field: Field) -> String {
        precondition(value.kind == field.kind, "\(field) is compared with \(value)")
        let name = "value\(valueCount)"
        valueCount += 1
        arguments.append(SQLValue(value), for: name)
        return ":" + name
    }
}

extension String {
    /// The text with small letters for A to Z.
    fileprivate var loweredASCII: String {
        String(
            decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 },
            as: UTF8.self
        )
    }
}

extension FieldValue {
    fileprivate var kind: FieldKind? {
        switch self {
        case .null: nil
        case .integer: .integer
        case .text: .text
        case .boolean: .boolean
        case .timestamp: .timestamp
        }
    }
}

extension SQLValue {
    fileprivate init(_ value: FieldValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let integer): .integer(integer)
            case .text(let text): .text(text)
            case .boolean(let boolean): .integer(boolean ? 1 : 0)
            case .timestamp(let timestamp): .integer(timestamp.microseconds)
            }
    }
}

extension Comparison {
    fileprivate var sign: String {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
