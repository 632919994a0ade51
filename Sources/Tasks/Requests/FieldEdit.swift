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
}
