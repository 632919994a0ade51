/// A new value for a field, or none.
package enum FieldEdit<Value: Hashable & Sendable>: Hashable, Sendable {
    case keep
    case set(Value)

    /// The new value; or the present one if the edit has no new value.
    package func applied(to present: Value) -> Value {
        switch self {
        case .keep: present
        case .set(let value): value
        }
    }

    /// The same edit of a field of another kind.
    package func map<Other>(_ other: (Value) -> Other) -> FieldEdit<Other> {
        switch self {
        case .keep: .keep
        case .set(let value): .set(other(value))
        }
    }
}
