import HTTPTypes
import JSON
import ServerTestSupport

extension Answer {
    /// The series of an answer about one series.
    var recurringTask: JSONObject { self["recurringTask"]?.object ?? [:] }

    /// The task of an answer about one task.
    var task: JSONObject { self["task"]?.object ?? [:] }

    /// The tasks of an answer that lists them.
    var tasks: [JSONObject] { objects("tasks") }

    /// The series of an answer that lists them.
    var recurringTasks: [JSONObject] { objects("recurringTasks") }

    /// The messages of an error: its violations, or else its one message.
    var messages: [String] {
        switch self["message"] {
        case .string(let message): [message]
        case .array(let messages): messages.compactMap(\.string)
        default: []
        }
    }

    /// The number in a header field.
    func number(_ name: String) -> Int? {
        HTTPField.Name(name).flatMap { headers[$0] }.flatMap { Int($0) }
    }

    /// Whether the body is an error as NestJS writes it, with the response's own status.
    var isError: Bool {
        let names = json.object?.members.map(\.name)
        let isWhole =
            names == ["statusCode", "message", "error", "traceId"]
            || names == ["statusCode", "message", "traceId"]
        return isWhole && self["statusCode"] == .integer(Int64(status)) && !messages.isEmpty
            && !messages.contains("")
    }
}

extension JSONObject {
    /// The text of a member; empty where the member is absent or not a text.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    var id: String { text("id") }

    /// The object as JSON text.
    var text: String {
        var json = JSONWriter()
        json.write(.object(self))
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The names of the members, in order.
    var names: [String] { members.map(\.name) }
}
