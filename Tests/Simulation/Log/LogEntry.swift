import JSON
import Tasks

/// An entry of a location's log.
struct LogEntry {
    let number: Int64
    /// Microseconds since 1970.
    let changedAt: Int64
    let kind: ChangeKind
    private let detail: JSONObject

    /// A record's columns before and after a change, as far as they are shown.
    struct Image {
        let id: Int64
        let before: JSONObject?
        let after: JSONObject?
    }

    /// Reads an entry from its columns as a list, and its detail.
    init(head: String, detail: String) throws {
        guard case .array(let values) = try JSONValue(parsing: Array(head.utf8)),
            values.count == 3, case .integer(let number) = values[0],
            case .integer(let changedAt) = values[1], case .integer(let kind) = values[2],
            let kind = ChangeKind(rawValue: Int(kind)),
            let object = try JSONValue(parsing: Array(detail.utf8)).object
        else { throw Difference("the log has an entry that cannot be read: \(head) \(detail)") }
        self.number = number
        self.changedAt = changedAt
        self.kind = kind
        self.detail = object
    }

    func images(_ name: String) -> [Image] {
        objects(name).compactMap { object in
            guard case .integer(let id)? = object["id"] else { return nil }
            return Image(id: id, before: object["before"]?.object, after: object["after"]?.object)
        }
    }

    func numbers(_ name: String) -> [Int64] {
        guard case .array(let values)? = detail[name] else { return [] }
        return values.compactMap { value in
            if case .integer(let number) = value { number } else { nil }
        }
    }

    private func objects(_ name: String) -> [JSONObject] {
        guard case .array(let values)? = detail[name] else { return [] }
        return values.compactMap(\.object)
    }
}
