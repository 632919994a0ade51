/// A field that a query can use, as the tables hold it.
protocol StoredField: Hashable, Sendable {
    /// The field that identifies a record.
    static var id: Self { get }

    /// The field in SQL.
    var expression: String { get }

    var kind: FieldKind { get }

    var isNullable: Bool { get }

    /// The text by which another is found in the values as they are; nothing where capitals of A to
    /// Z do not count.
    func sought(_ text: String) -> String?

    /// The condition that the field has one of the values in a list. Both are SQL.
    func isOneOf(_ list: String) -> String
}

extension StoredField {
    func isOneOf(_ list: String) -> String { "\(expression) IN \(list)" }

    func sought(_ text: String) -> String? { nil }
}

/// What kind of value a field has.
enum FieldKind: Hashable {
    case integer
    case text
    /// Stored as 0 and 1.
    case boolean
    /// Stored as microseconds since 1970 in UTC.
    case timestamp
}
