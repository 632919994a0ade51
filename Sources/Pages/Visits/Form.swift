import HTTPServing
import HTTPTypes
import Hummingbird
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

    /// Reads the form that a request carries, with a file or without.
    ///
    /// - Throws: `BodyTooLarge`, and what reading a body throws.
    init(of request: Request) async throws {
        let field = request.headers[.contentType]
        guard let boundary = MultipartForm.boundary(ofContentType: field) else {
            self.init(parsing: try await request.bytes())
            return
        }
        let bytes = try await request.bytes(upTo: MultipartForm.byteLimit)
        var values: [String: [JSONValue]] = [:]
        for (name, value) in MultipartForm(parsing: bytes, boundary: boundary).values {
            values[name, default: []].append(.string(value))
        }
        var object: JSONObject = [:]
        for (name, texts) in values { object[name] = .array(texts) }
        self.init(object)
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
