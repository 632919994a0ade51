/// A field of the domain's that can be asked for, as the tables hold it.
protocol StoredField: Hashable, Sendable {
    /// The field that tells the records apart.
    static var id: Self { get }

    /// The field in SQL.
    var expression: String { get }

    var kind: FieldKind { get }

    var isNullable: Bool { get }

    /// The condition that the field has one of the values in a list, itself in SQL.
    func isOneOf(_ list: String) -> String
}

extension StoredField {
    func isOneOf(_ list: String) -> String { "\(expression) IN \(list)" }
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
