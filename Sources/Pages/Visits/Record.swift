import JSON
import Recurrence

/// A record as the server's own API tells it.
///
/// What is absent reads as nothing or as empty.
struct Record: Sendable {
    let members: JSONObject

    init(_ members: JSONObject) { self.members = members }

    func text(_ name: String) -> String { members[name]?.string ?? "" }

    func optional(_ name: String) -> String? { members[name]?.string }

    func number(_ name: String) -> Int {
        if case .integer(let number)? = members[name] { Int(number) } else { 0 }
    }

    func optionalNumber(_ name: String) -> Int64? {
        if case .integer(let number)? = members[name] { number } else { nil }
    }

    func flag(_ name: String) -> Bool { members[name] == .bool(true) }

    func record(_ name: String) -> Record? { members[name]?.object.map { Record($0) } }

    func records(_ name: String) -> [Record] {
        guard case .array(let values)? = members[name] else { return [] }
        return values.compactMap { $0.object.map { Record($0) } }
    }

    func texts(_ name: String) -> [String] {
        guard case .array(let values)? = members[name] else { return [] }
        return values.compactMap(\.string)
    }

    func local(_ name: String) -> LocalDateTime? {
        optional(name).flatMap { LocalDateTime(shown: $0) }
    }

    func instant(_ name: String) -> Timestamp? {
        optional(name).flatMap { Timestamp(parsing: $0) }
    }
}

extension LocalDateTime {
    /// Reads `2026-12-01T09:00:00`, also without the seconds.
    init?(shown text: String) {
        let parsed = CalendarText(
            parsing: text,
            in: .extended,
            allowing: [.localTimes, .minutes]
        )
        guard case .local(let local, _)? = parsed else { return nil }
        self = local
    }

    /// The text of an `<input type="datetime-local">`.
    var inputText: String { String(text(in: .extended).prefix(16)) }
}

extension CivilDate {
    /// Reads `2026-12-01`.
    init?(shown text: String) {
        guard
            case .date(let date)? = CalendarText(parsing: text, in: .extended, allowing: .days)
        else { return nil }
        self = date
    }

    var shown: String { text(in: .extended) }
}
