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
        var texts: [String] = []
        self.detail = try Self.withTexts(.object(object), &texts).object ?? [:]
    }

    /// The value with each text in place that a reference stands for.
    ///
    /// A reference `{"text":N}` means the Nth long text that comes before it in the entry.
    private static func withTexts(
        _ value: JSONValue,
        _ texts: inout [String]
    ) throws -> JSONValue {
        switch value {
        case .string(let text):
            if text.utf8.count >= 32, !texts.contains(text) { texts.append(text) }
            return value
        case .array(let values):
            return .array(try values.map { try withTexts($0, &texts) })
        case .object(var object):
            if case .integer(let number)? = object["text"], object.members.count == 1 {
                guard texts.indices.contains(Int(number)) else {
                    throw Difference("the log refers to text \(number), which is not there")
                }
                return .string(texts[Int(number)])
            }
            for member in object.members {
                object[member.name] = try withTexts(member.value, &texts)
            }
            return .object(object)
        case .null, .bool, .integer, .number: return value
        }
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
