package import Tasks

/// The fields of a resource as LionDesk names them, with what they are in the domain.
///
/// It is the vocabulary with which a query is read; the raw value is the name on the wire.
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

    /// The domain's order that goes with this field's; none where all records are alike in it.
    func ordering(isAscending: Bool) -> Ordering<DomainField>?
}

extension LionDeskField {
    /// Finds a field by its name on the wire, or by another that it goes by.
    package init?(wireName: String) {
        guard let field = Self(rawValue: wireName) ?? Self.aliases[wireName] else { return nil }
        self = field
    }

    package static var aliases: [String: Self] { [:] }

    package func ordering(isAscending: Bool) -> Ordering<DomainField>? {
        Ordering(domainField, isAscending: isAscending)
    }
}

/// What a field's values are, and so how a query's text is read.
package enum LionDeskFieldKind: Hashable, Sendable {
    case integer
    /// Integers, of which one value may list several, with commas between them.
    case integerList
    case text
    case boolean
    /// One of a few words.
    case word([LionDeskWord])
    /// A point in time that is written without an offset, as the clock of the caller's zone.
    case wallClock
    /// A point in time that is written in UTC.
    case instant
}

/// A word that stands for a value, or for any of several, of the domain.
package struct LionDeskWord: Hashable, Sendable {
    package var text: String
    package var values: [FieldValue]
}
