package import Tasks

/// The fields of a resource as LionDesk names them, each with its field in the domain.
///
/// Queries are read by these names; the raw value is the name on the wire.
package protocol LionDeskField: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    associatedtype DomainField: Hashable & Sendable

    /// Other names on the wire of the same fields.
    static var aliases: [String: Self] { get }

    /// The field that is part of every answer, whatever is selected.
    static var identifier: Self { get }

    var kind: LionDeskFieldKind { get }

    /// Whether a record may be without a value; an empty value in a query then stands for null.
    var isNullable: Bool { get }

    /// What the field is called in the domain.
    var domainField: DomainField { get }

    /// The domain's order that sorts by this field; nil where all records have the same value.
    func ordering(isAscending: Bool) -> Ordering<DomainField>?
}

extension LionDeskField {
    /// Finds a field by its name on the wire, or by an alias.
    package init?(wireName: String) {
        guard let field = Self(rawValue: wireName) ?? Self.aliases[wireName] else { return nil }
        self = field
    }

    package static var aliases: [String: Self] { [:] }

    package func ordering(isAscending: Bool) -> Ordering<DomainField>? {
        Ordering(domainField, isAscending: isAscending)
    }
}

/// The type of a field's values, which decides how a query's text is read.
package enum LionDeskFieldKind: Hashable, Sendable {
    case integer
    /// Integers; one text may list several, with commas between them.
    case integerList
    case text
    case boolean
    /// One of a few words.
    case word([LionDeskWord])
    /// A point in time. A text without an offset is in the caller's zone.
    case wallClock
    /// A point in time. A text without an offset is in UTC.
    case instant
}

/// A word on the wire that stands for one or several values of the domain.
package struct LionDeskWord: Hashable, Sendable {
    package var text: String
    package var values: [FieldValue]
}
