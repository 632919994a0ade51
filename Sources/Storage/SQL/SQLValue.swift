/// The value of one parameter of a statement.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    /// Returns an integer of a narrower type as a value.
    package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    /// Returns an integer as a value, and `nil` as null.
    package static func integer(orNull value: Int64?) -> SQLValue { value.map(integer) ?? .null }

    /// Returns a text as a value, and `nil` as null.
    package static func text(orNull value: String?) -> SQLValue { value.map(text) ?? .null }

    /// Returns bytes as a value, and `nil` as null.
    package static func blob(orNull value: [UInt8]?) -> SQLValue { value.map(blob) ?? .null }
}

/// The values of a statement's parameters, by name and without the colon.
///
/// Each parameter of the statement is named exactly once. If the names are in the order in which
/// they first appear in the text, a search is saved.
package struct SQLArguments: Sendable {
    /// The names with their values, in the order in which they were given.
    private(set) var elements: [(name: String, value: SQLValue)]

    /// Creates an empty list with room for some values.
    package init(capacity: Int) {
        elements = []
        elements.reserveCapacity(capacity)
    }

    /// Adds the value of one more parameter, for a statement that is put together at run time.
    package mutating func append(_ value: SQLValue, for name: String) {
        elements.append((name, value))
    }

    /// Whether elements at some places have these names.
    func isNamed(_ names: [String], at places: [Int]) -> Bool {
        for (name, place) in zip(names, places) where elements[place].name != name { return false }
        return true
    }

    /// Where among the elements each name is.
    var placesByName: [String: Int] {
        Dictionary(elements.indices.map { (elements[$0].name, $0) }) { first, _ in first }
    }
}

extension SQLArguments: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, SQLValue)...) {
        self.elements = elements
    }
}
