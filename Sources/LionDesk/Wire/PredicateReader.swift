import HTTPServing
import JSON
import Recurrence
import Tasks

/// Reads the conditions of a query with the field types of one resource.
///
/// It recurses as deep as the parameters nest; ``QueryString`` limits that depth.
struct PredicateReader<Field: LionDeskField> {
    private typealias Condition = Predicate<Field.DomainField>

    private let zone: Zone
    private var conditionCount = 0
    private var valueCount = 0

    /// Creates a reader.
    ///
    /// - Parameter zone: The caller's zone, for due times without an offset.
    init(zone: Zone) {
        self.zone = zone
    }

    /// Reads conditions that must all hold.
    ///
    /// A reader reads one query: it counts the conditions and values, and refuses those beyond
    /// ``QueryLimit``.
    ///
    /// - Parameters:
    ///   - parameters: Conditions and groups by name.
    ///   - whole: What an error shows: the parameters, and all others of the same object.
    /// - Returns: A predicate for each parameter and operator, in order.
    /// - Throws: A `BadRequest` that names the parameter.
    mutating func predicates(
        in parameters: JSONObject,
        of whole: JSONObject
    ) throws(FeathersError) -> [Predicate<Field.DomainField>] {
        var conditions: [Condition] = []
        for parameter in parameters.members {
            switch parameter.name {
            case "$and":
                conditions.append(.all(try group(parameter, of: whole)))
            case "$or":
                conditions.append(.any(try group(parameter, of: whole)))
            case let name:
                guard let field = Field(wireName: name) else {
                    throw .invalidQueryParameter(name, data: whole)
                }
                let term = Term(field: field, name: name)
                try append(parameter.value, on: term, to: &conditions)
            }
        }
        return conditions
    }

    /// Reads the conditions of an `$or` or `$and`: a list of objects.
    private mutating func group(
        _ parameter: JSONObject.Member,
        of whole: JSONObject
    ) throws(FeathersError) -> [Condition] {
        guard let elements = parameter.value.elements else {
            throw .invalidQueryParameter(parameter.name, data: whole)
        }
        var alternatives: [Condition] = []
        for element in elements {
            guard case .object(let members) = element else {
                throw .invalidQueryParameter(parameter.name, data: whole)
            }
            let conditions = try predicates(in: members, of: members)
            alternatives.append(conditions.count == 1 ? conditions[0] : .all(conditions))
        }
        return alternatives
    }

    /// A field, and the name by which the client called it.
    private struct Term {
        let field: Field
        let name: String

        func refusal(of value: JSONValue, because reason: String) -> FeathersError {
            .invalidQueryValue(value, of: name, because: reason)
        }
    }

    private mutating func append(
        _ value: JSONValue,
        on term: Term,
        to conditions: inout [Condition]
    ) throws(FeathersError) {
        guard case .object(let operators) = value, value.elements == nil else {
            try count(value, on: term)
            conditions.append(.isOneOf(term.field.domainField, try list(value, of: term)))
            return
        }
        for member in operators.members {
            try count(member.value, on: term)
            switch member.name {
            case "$in":
                conditions.append(
                    .isOneOf(term.field.domainField, try list(member.value, of: term))
                )
            case "$ne", "$nin":
                conditions.append(
                    .isNoneOf(term.field.domainField, try list(member.value, of: term))
                )
            default:
                guard let comparison = Comparison(wireName: member.name) else {
                    throw .invalidQueryParameter(member.name, data: operators)
                }
                conditions.append(try self.comparison(comparison, with: member.value, on: term))
            }
        }
    }

    private mutating func comparison(
        _ comparison: Comparison,
        with operand: JSONValue,
        on term: Term
    ) throws(FeathersError) -> Condition {
        guard let text = operand.string else {
            throw term.refusal(of: operand, because: "is compared with one value")
        }
        if case .word(let words) = term.field.kind {
            let matching = words.filter { comparison.holds($0.text, text) }
            return .isOneOf(term.field.domainField, matching.flatMap(\.values))
        }
        let values = try list(operand, of: term)
        guard values.count <= 1 else {
            throw term.refusal(of: operand, because: "is compared with one value")
        }
        // Nothing is less or greater than null.
        guard let value = values.first, value != .null else {
            return .isOneOf(term.field.domainField, [])
        }
        return .compares(term.field.domainField, comparison, value)
    }

    /// Reads the values of a list, or of a scalar as a list of one.
    private mutating func list(
        _ value: JSONValue,
        of term: Term
    ) throws(FeathersError) -> [FieldValue] {
        guard let elements = value.elements else {
            throw term.refusal(of: value, because: "is not a list of values")
        }
        var values: [FieldValue] = []
        for element in elements {
            guard case .string(let text) = element else {
                throw term.refusal(of: value, because: "is not a list of values")
            }
            if text.isEmpty {
                values += emptyValue(of: term.field)
            } else if term.field.kind == .integerList {
                for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                    values += try fieldValues(String(part), of: term)
                }
            } else {
                values += try fieldValues(text, of: term)
            }
        }
        guard values.count <= QueryLimit.valueCount else {
            let reason = "lists more than \(QueryLimit.valueCount) values"
            throw term.refusal(of: value, because: reason)
        }
        valueCount += values.count
        guard valueCount <= QueryLimit.valueCount else {
            let reason = "exceeds the limit of \(QueryLimit.valueCount) values in one query"
            throw term.refusal(of: value, because: reason)
        }
        return values.withoutRepetitions
    }

    /// Counts one more condition.
    private mutating func count(_ value: JSONValue, on term: Term) throws(FeathersError) {
        conditionCount += 1
        guard conditionCount <= QueryLimit.conditionCount else {
            let reason = "exceeds the limit of \(QueryLimit.conditionCount) conditions in one query"
            throw term.refusal(of: value, because: reason)
        }
    }

    /// The values that an empty text stands for.
    ///
    /// Clients write null as an empty text. Every record has a value in a field that is not
    /// nullable. So there it stands for no value, except in a text field, where it is the empty
    /// text.
    private func emptyValue(of field: Field) -> [FieldValue] {
        if field.isNullable { return [.null] }
        return field.kind == .text ? [.text("")] : []
    }

    /// The values that a text stands for.
    private func fieldValues(_ text: String, of term: Term) throws(FeathersError) -> [FieldValue] {
        switch term.field.kind {
        case .integer, .integerList:
            guard let integer = Int64(text) else {
                throw term.refusal(of: .string(text), because: "is not an integer")
            }
            return [.integer(integer)]
        case .text:
            return [.text(text)]
        case .boolean:
            guard let boolean = Bool(wireText: text) else {
                throw term.refusal(of: .string(text), because: "is not a boolean")
            }
            return [.boolean(boolean)]
        case .word(let words):
            // No record has any other word, so nothing is equal to one.
            return words.first { $0.text == text }?.values ?? []
        case .wallClock:
            return [.timestamp(try date(text, of: term).timestamp(in: zone))]
        case .instant:
            return [.timestamp(try date(text, of: term).timestamp(in: .utc))]
        }
    }

    private func date(_ text: String, of term: Term) throws(FeathersError) -> LionDeskDate {
        guard let date = LionDeskDate(parsing: text) else {
            throw term.refusal(of: .string(text), because: "is not a valid ISO 8601 date")
        }
        return date
    }
}

/// How much one query may ask for, so that it can be answered in time.
package enum QueryLimit {
    /// Conditions, wherever in the query they are.
    package static let conditionCount = 100
    /// Values of all conditions together.
    package static let valueCount = 1000
}

extension [FieldValue] {
    /// The values, each once, in the order in which they first come.
    fileprivate var withoutRepetitions: [FieldValue] {
        guard count > 1 else { return self }
        var seen: Set<FieldValue> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Bool {
    /// Reads a Boolean as clients write it in a query, in a form or as a JSON string.
    ///
    /// Python's libraries write `True` and `False` there.
    init?(wireText: String) {
        switch wireText {
        case "true", "True", "1": self = true
        case "false", "False", "0": self = false
        default: return nil
        }
    }
}

extension Comparison {
    /// Finds a comparison by the name of its operator.
    fileprivate init?(wireName: String) {
        switch wireName {
        case "$lt": self = .less
        case "$lte": self = .lessOrEqual
        case "$gt": self = .greater
        case "$gte": self = .greaterOrEqual
        default: return nil
        }
    }

    /// Whether this comparison holds between two texts, by code points.
    fileprivate func holds(_ left: String, _ right: String) -> Bool {
        let isLess = left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        let isEqual = left.unicodeScalars.elementsEqual(right.unicodeScalars)
        return switch self {
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: !isLess && !isEqual
        case .greaterOrEqual: !isLess
        }
    }
}
