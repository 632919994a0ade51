import HTTPTypes
import JSON
import ServerTestSupport

extension Answer {
    /// Whether the body is a problem as RFC 9457 has it, with the response's own status.
    var isProblem: Bool {
        headers[.contentType] == "application/problem+json"
            && self["status"] == .integer(Int64(status)) && text("type").hasPrefix("/problems/")
            && !text("title").isEmpty && !text("detail").isEmpty && !text("traceId").isEmpty
    }

    /// The last part of a problem's type.
    var problem: String { String(text("type").dropFirst("/problems/".count)) }

    /// The faults of a problem, each as its place and its reason.
    var faults: [String] {
        objects("errors").map { fault in
            let place = fault["pointer"]?.string ?? fault["parameter"]?.string ?? ""
            return "\(place) \(fault["reason"]?.string ?? "")"
        }
    }

    /// The number of the change that a write made.
    var changeNumber: String {
        if case .integer(let number)? = self["changeNumber"] { "\(number)" } else { "none" }
    }

    /// A record of the answer.
    func record(_ name: String) -> JSONObject { self[name]?.object ?? [:] }

    /// The identifiers of the records of a list.
    func ids(_ name: String) -> [String] { objects(name).map { $0["id"]?.string ?? "" } }

    /// The body without its trace identifier.
    var textWithoutTrace: String { text.replacing(text("traceId"), with: "?") }
}

extension JSONObject {
    /// The text of a member; empty where the member is absent or not a text.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    /// The names of the members, in order.
    var names: [String] { members.map(\.name) }

    /// An object within the object.
    func object(_ name: String) -> JSONObject { self[name]?.object ?? [:] }
}
