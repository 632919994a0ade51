package import Tasks

/// A member of a body as it was given.
package enum Given<Value: Hashable & Sendable>: Hashable, Sendable {
    case absent
    /// `null`: none is wanted.
    case none
    case value(Value)

    /// The value, if there is one.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// The same with another value in place of the value.
    package func mapValue<Other>(_ other: (Value) -> Other) -> Given<Other> {
        switch self {
        case .absent: .absent
        case .none: .none
        case .value(let value): .value(other(value))
        }
    }

    /// The edit of a field that may have no value.
    package var edit: FieldEdit<Value?> {
        switch self {
        case .absent: .keep
        case .none: .set(nil)
        case .value(let value): .set(value)
        }
    }

    /// The edit of a field that always has a value; `null` stands for another value.
    package func edit(none: Value) -> FieldEdit<Value> {
        switch self {
        case .absent: .keep
        case .none: .set(none)
        case .value(let value): .set(value)
        }
    }
}

/// An item of a list, or what is wrong with it.
package enum ReadItem<Item> {
    case item(Item)
    case fault(String)
}
