import JSON
import ServerTestSupport

extension Answer {
    var id: String { text("id") }

    /// How many records match.
    var total: Int? {
        if case .integer(let total)? = self["total"] { Int(total) } else { nil }
    }

    /// The records of a page.
    var rows: [JSONObject] { objects("data") }

    /// One member of each record of a page.
    func column(_ name: String) -> [JSONValue?] { rows.map { $0[name] } }

    /// One member of each record of a page, as text; empty where it is absent or not a text.
    func texts(_ name: String) -> [String] { rows.map { $0[name]?.string ?? "" } }

    var ids: [String] { texts("id") }

    var isError: Bool { status >= 400 }

    /// Whether the body is an error as Feathers writes it, with the response's own status.
    var isFeathersError: Bool {
        guard let names = json.object?.members.map(\.name) else { return false }
        let withoutData = ["name", "message", "code", "className", "errors"]
        let withData = ["name", "message", "code", "className", "data", "errors"]
        return (names == withoutData || names == withData)
            && self["code"] == .integer(Int64(status))
            && self["errors"]?.object != nil && !text("message").isEmpty
    }
}
