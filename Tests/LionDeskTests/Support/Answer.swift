import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import NIOEmbedded
import Synchronization

/// What the server answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
    /// The body; null where there is none.
    let json: JSONValue

    /// Asks a responder, without a socket.
    init(to request: Request, from serving: Serving) async throws {
        let source = ApplicationRequestContextSource(
            channel: EmbeddedChannel(),
            logger: Logger(label: "LionDeskTests") { _ in SwiftLogNoOpLogHandler() }
        )
        let context = BasicRequestContext(source: source)
        let response = try await serving.respond(to: request, context: context)
        let writer = CollectingWriter()
        try await response.body.write(writer)
        let bytes = writer.bytes
        status = response.status.code
        headers = response.headers
        text = String(decoding: bytes, as: UTF8.self)
        json = bytes.isEmpty ? .null : try JSONValue(parsing: bytes)
    }

    /// A member of the object that was answered.
    subscript(name: String) -> JSONValue? { json.object?[name] }

    /// The text of a member; empty where it is none.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    var id: String { text("id") }

    /// How many records match.
    var total: Int? {
        if case .integer(let total)? = self["total"] { Int(total) } else { nil }
    }

    /// The records of a page.
    var rows: [JSONObject] {
        if case .array(let rows)? = self["data"] { rows.compactMap(\.object) } else { [] }
    }

    /// One member of each record of a page.
    func column(_ name: String) -> [JSONValue?] { rows.map { $0[name] } }

    /// One member of each record of a page, as text; empty where it is none.
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

/// Collects the body of a response.
private final class CollectingWriter: ResponseBodyWriter {
    private let collected = Mutex<[UInt8]>([])

    var bytes: [UInt8] { collected.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Request {
    /// Creates a request as a server receives it.
    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields = [:],
        _ body: [UInt8] = []
    ) {
        self.init(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "localhost",
                path: path,
                headerFields: headers
            ),
            body: RequestBody(buffer: ByteBuffer(bytes: body))
        )
    }
}
