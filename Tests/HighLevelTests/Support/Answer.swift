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
            logger: Logger(label: "HighLevelTests") { _ in SwiftLogNoOpLogHandler() }
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

    /// The series of an answer about one.
    var recurringTask: JSONObject { self["recurringTask"]?.object ?? [:] }

    /// The task of an answer about one.
    var task: JSONObject { self["task"]?.object ?? [:] }

    /// The tasks of an answer that lists them.
    var tasks: [JSONObject] { objects("tasks") }

    /// The series of an answer that lists them.
    var recurringTasks: [JSONObject] { objects("recurringTasks") }

    /// What an error says; the violations where it tells them.
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

    private func objects(_ name: String) -> [JSONObject] {
        if case .array(let values)? = self[name] { values.compactMap(\.object) } else { [] }
    }
}

extension JSONObject {
    /// The text of a member; empty where it is none.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    var id: String { text("id") }

    /// The object as a body has it.
    var text: String {
        var json = JSONWriter()
        json.write(.object(self))
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The names of the members, in order.
    var names: [String] { members.map(\.name) }

    /// The members with others, which take the place of those of the same names.
    func with(_ others: JSONObject) -> JSONObject {
        var result = self
        for member in others.members { result[member.name] = member.value }
        return result
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
