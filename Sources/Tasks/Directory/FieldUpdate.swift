/// What is to become of a field that a record may lack.
package enum FieldUpdate<Value: Hashable & Sendable>: Hashable, Sendable {
    case keep
    case clear
    case set(Value)

    /// Returns what the field holds afterwards.
    package func applied(to value: Value?) -> Value? {
        switch self {
        case .keep: value
        case .clear: nil
        case .set(let newValue): newValue
        }
    }
}
