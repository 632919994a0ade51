package import HTTPServing
import JSON
package import Recurrence
package import Tasks

/// Which records and which of their fields a request wants, how many, and in which order.
///
/// This is the query grammar of Feathers, read with the field types of one resource.
package struct LionDeskQuery<Field: LionDeskField>: Equatable, Sendable {
    /// What a record must fulfil.
    package var predicate: Predicate<Field.DomainField>
    /// The first key counts most; among equals, the identifier decides.
    package var order: [Ordering<Field.DomainField>]
    /// The most records that a page holds; may be 0.
    package var limit: Int
    /// How many records precede the page.
    package var skip: Int
    /// The fields to answer with, the identifier among them; nil for all.
    package var select: Set<Field>?

    /// Reads a query string.
    ///
    /// Parameters outside the grammar must be removed before.
    ///
    /// - Parameters:
    ///   - query: The parameters of the URL.
    ///   - zone: The caller's zone, for due times without an offset.
    ///   - page: How many records a page has.
    /// - Throws: A `BadRequest` that names the parameter.
    package init(
        _ query: QueryString,
        zone: Zone,
        page: PageLimits = PageLimits()
    ) throws(FeathersError) {
        var parameters = query.parameters
        limit = page.limit(asked: parameters.removeValue(for: "$limit")?.leadingInteger)
        skip = max(0, parameters.removeValue(for: "$skip")?.leadingInteger ?? 0)
        order = try Self.order(of: parameters.removeValue(for: "$sort"))
        select = parameters.removeValue(for: "$select").flatMap(Self.selection)
        let reader = PredicateReader<Field>(zone: zone)
        predicate = .all(try reader.predicates(in: parameters, of: query.parameters))
    }

    /// The query as the domain's type.
    var domainQuery: Query<Field.DomainField> {
        Query(predicate: predicate, order: order, limit: limit, skip: skip)
    }

    /// The fields that a query string selects, whatever else it asks for.
    package static func selection(in query: QueryString) -> Set<Field>? {
        query.parameters["$select"].flatMap(selection)
    }

    /// The order that a `$sort` asks for; a `$sort` that is not an object is ignored.
    private static func order(
        of value: JSONValue?
    ) throws(FeathersError) -> [Ordering<Field.DomainField>] {
        guard let members = value?.object else { return [] }
        var order: [Ordering<Field.DomainField>] = []
        for member in members.members {
            guard let field = Field(wireName: member.name) else {
                throw .invalidQueryParameter(member.name, data: members)
            }
            let isAscending = member.value.leadingInteger == 1
            if let ordering = field.ordering(isAscending: isAscending) { order.append(ordering) }
        }
        return order
    }

    /// The fields that a `$select` names; unknown names are ignored.
    private static func selection(of value: JSONValue) -> Set<Field>? {
        let names: [String]
        switch value {
        case .string(let text): names = text.split(separator: ",").map { String($0) }
        default:
            guard let elements = value.elements else { return nil }
            names = elements.compactMap(\.string)
        }
        return Set(names.compactMap { Field(wireName: $0) }).union([Field.identifier])
    }
}

/// How many records a page has by default, and how many at most.
package struct PageLimits: Hashable, Sendable {
    package let standard: Int
    package let maximum: Int

    /// Creates the limits of a page.
    ///
    /// - Precondition: The standard is at least 1 and no more than the maximum.
    package init(standard: Int = 10, maximum: Int = 50) {
        precondition((1...maximum).contains(standard), "a page holds a record, up to the maximum")
        self.standard = standard
        self.maximum = maximum
    }

    fileprivate func limit(asked: Int?) -> Int {
        guard let asked, asked >= 0 else { return standard }
        return min(asked, maximum)
    }
}

extension JSONValue {
    /// The integer at the beginning of a text, or of the first text of a list.
    ///
    /// It is what JavaScript's `parseInt` finds in base 10: `2.7` is 2 and `0x10` is 0. A magnitude
    /// above the largest `Int` becomes the largest `Int`.
    fileprivate var leadingInteger: Int? {
        switch self {
        case .array(let items): return items.first?.leadingInteger
        case .string(let text):
            var rest = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            let isNegative = rest.first == UInt8(ascii: "-")
            if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            let magnitude = Int(Substring(digits)) ?? .max
            return isNegative ? -magnitude : magnitude
        default: return nil
        }
    }

    /// The elements of a list, or a scalar as a list of one.
    ///
    /// An object whose names are all digits is a list too, because a long or sparse array is read
    /// as such an object.
    var elements: [JSONValue]? {
        switch self {
        case .array(let items): items
        case .object(let object):
            object.members.allSatisfy { $0.name.utf8.allSatisfy { (0x30...0x39).contains($0) } }
                ? object.members.map(\.value) : nil
        default: [self]
        }
    }
}
