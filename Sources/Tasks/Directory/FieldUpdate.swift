/// The update of a field that may be empty.
package enum FieldUpdate<Value: Hashable & Sendable>: Hashable, Sendable {
    case keep
    case clear
    case set(Value)

    /// The update that gives a field this value, or none.
    package init(to value: Value?) {
        self = value.map { .set($0) } ?? .clear
    }

    /// Returns the value of the field after the update.
    package func applied(to value: Value?) -> Value? {
        switch self {
        case .keep: value
        case .clear: nil
        case .set(let newValue): newValue
        }
    }
}
