import HTTPServing
import JSON
import Wording

/// The fields of a form, or of a query: texts by name, the same name more than once.
struct Form: Sendable {
    private let values: JSONObject

    static let none = Form([:])

    private init(_ values: JSONObject) { self.values = values }

    /// Reads a query string, or a body of `application/x-www-form-urlencoded`.
    ///
    /// More fields than are read make it empty.
    init(parsing bytes: [UInt8]) {
        values = (try? QueryString(parsing: bytes).parameters) ?? [:]
    }

    /// The last text of a name; nothing where it is not there.
    subscript(name: String) -> String? { all(name).last }

    /// The text of a name without white space around it; nothing where it is empty.
    func said(_ name: String) -> String? {
        guard let text = self[name] else { return nil }
        let trimmed = text.trimmingWhitespace
        return trimmed.isEmpty ? nil : trimmed
    }

    /// All texts of a name, in order.
    func all(_ name: String) -> [String] {
        switch values[name] {
        case .string(let text)?: [text]
        case .array(let items)?: items.compactMap(\.string)
        default: []
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func number(_ name: String) -> Int? { said(name).flatMap { Int($0) } }
}
