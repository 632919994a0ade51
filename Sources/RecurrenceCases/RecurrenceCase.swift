import JSON
import Recurrence
import RecurrenceWords

/// One case: a set, and a query about it.
struct RecurrenceCase {
    private let set: RecurrenceSet
    /// How a calendar's text or words were read; nothing where the case has neither.
    let reading: RecurrenceReading?
    /// What the reading is said in.
    let language: RecurrenceLanguage
    private let query: Query
    private let limit: Int

    private enum Query {
        case all
        case between(Timestamp, Timestamp, isInclusive: Bool, limit: Int)
        case after(Timestamp, isInclusive: Bool, limit: Int)
        case before(Timestamp, isInclusive: Bool, limit: Int)
        case contains(Timestamp)
        case count
        case item(Int)
        case slice(from: Int?, to: Int?, step: Int)
    }

    init(_ fields: CaseFields, zones: some ZoneSource) throws(CaseError) {
        limit = try fields.integer("limit") ?? 1000
        guard (0...1_000_000).contains(limit) else {
            throw CaseError(part: "limit", reason: "\(limit) is not between 0 and 1000000")
        }
        if let reading = try fields.reading(zones) {
            (self.reading, set) = (reading, reading.set)
            language = try fields.locale().language
        } else {
            (reading, set) = (nil, try fields.set(zones))
            language = .english
        }
        let isInclusive = try fields.bool("inc") ?? false
        let operation = try fields.string("op") ?? "all"
        let count = min(try fields.integer("n") ?? limit, limit)
        guard (0...1_000_000).contains(count) else {
            throw CaseError(part: "n", reason: "\(count) is not between 0 and 1000000")
        }
        switch operation {
        case "all": query = .all
        case "between":
            query = .between(
                try fields.timestamp("at", set),
                try fields.timestamp("to", set),
                isInclusive: isInclusive,
                limit: count
            )
        case "after", "after_n":
            let at = try fields.timestamp("at", set)
            query = .after(at, isInclusive: isInclusive, limit: operation == "after" ? 1 : count)
        case "before", "before_n":
            let at = try fields.timestamp("at", set)
            query = .before(at, isInclusive: isInclusive, limit: operation == "before" ? 1 : count)
        case "contains": query = .contains(try fields.timestamp("at", set))
        case "count": query = .count
        case "item": query = .item(try fields.integer("index") ?? 0)
        case "slice":
            let (from, to, step) = try fields.slice()
            query = .slice(from: from, to: to, step: step)
        default: throw CaseError(part: "op", reason: "there is no \(operation)")
        }
    }

    func answer() -> (name: String, value: JSONValue) {
        switch query {
        case .all: return list(Array(set.occurrences().prefix(limit)))
        case .between(let from, let to, let isInclusive, let limit):
            let second: Int64 = isInclusive ? 0 : 1
            let first = Timestamp(seconds: from.seconds + second)
            let end = Timestamp(seconds: to.seconds + 1 - second)
            guard first < end else { return list([]) }
            return list(Array(set.occurrences(in: first..<end).prefix(limit)))
        case .after(let at, let isInclusive, let limit):
            let first = isInclusive ? at : Timestamp(seconds: at.seconds + 1)
            let end = Timestamp(seconds: CivilDate.latest.advanced(byDays: 2).secondsSince1970)
            guard first < end else { return list([]) }
            return list(Array(set.occurrences(in: first..<end).prefix(limit)))
        case .before(let at, let isInclusive, let limit):
            return list(before(at, isInclusive: isInclusive, limit: limit))
        case .contains(let at):
            let occurrence = set.next(after: at, inclusive: true)
            return ("value", .bool(occurrence?.timestamp == at))
        case .count: return ("value", .integer(Int64(set.count(upTo: .max))))
        case .item(let index):
            let place = index < 0 ? set.count(upTo: .max) + index : index
            return list(set.occurrence(at: place).map { [$0] } ?? [])
        case .slice(let from, let to, let step): return slice(from, to, step)
        }
    }

    private func before(_ at: Timestamp, isInclusive: Bool, limit: Int) -> [Occurrence] {
        guard limit > 0, let last = set.previous(before: at, inclusive: isInclusive) else {
            return []
        }
        guard limit > 1 else { return [last] }
        let end = set.count(in: .distantPast..<last.timestamp.advanced(by: .seconds(1)))
        return (max(end - limit, 0)..<end).compactMap(set.occurrence(at:))
    }

    /// The elements of a slice, as Python defines it.
    private func slice(_ from: Int?, _ to: Int?, _ step: Int) -> (name: String, value: JSONValue) {
        let needsCount = step < 0 || (from ?? 0) < 0 || (to ?? 0) < 0
        let count = needsCount ? set.count(upTo: .max) : Int.max
        func place(_ index: Int) -> Int {
            index < 0
                ? max(index + count, step < 0 ? -1 : 0) : min(index, step < 0 ? count - 1 : count)
        }
        var index = from.map(place) ?? (step < 0 ? count - 1 : 0)
        let end = to.map(place) ?? (step < 0 ? -1 : count)
        var occurrences: [Occurrence] = []
        while step < 0 ? index > end : index < end, occurrences.count < limit,
            let occurrence = set.occurrence(at: index)
        {
            occurrences.append(occurrence)
            index += step
        }
        return list(occurrences)
    }

    // MARK: Text

    private func list(_ occurrences: [Occurrence]) -> (name: String, value: JSONValue) {
        ("occurrences", .array(occurrences.map { .string(text(of: $0)) }))
    }

    /// What the clocks show at an occurrence.
    ///
    /// In a zone other than UTC the offset follows.
    private func text(of occurrence: Occurrence) -> String {
        if set.isAllDay { return occurrence.recurrenceID.date.description }
        guard let zone = set.zone else { return occurrence.recurrenceID.description }
        if zone.identifier == Zone.utc.identifier {
            return occurrence.timestamp.text(in: .compact, fraction: .none)
        }
        let local = zone.localDateTime(at: occurrence.timestamp)
        return local.text(in: .compact, offset: zone.offset(at: occurrence.timestamp))
    }
}

extension CivilDate {
    fileprivate var secondsSince1970: Int64 { Int64(daysSince1970) * 86_400 }
}

extension Timestamp {
    fileprivate static var distantPast: Timestamp {
        Timestamp(seconds: CivilDate.earliest.advanced(byDays: -2).secondsSince1970)
    }
}
