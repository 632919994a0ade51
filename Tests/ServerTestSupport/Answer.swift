package import HTTPTypes
package import Hummingbird
package import JSON
import Logging
import NIOCore
import NIOEmbedded
import Synchronization

/// A server's answer.
package struct Answer: Sendable {
    package let status: Int
    package let headers: HTTPFields
    package let text: String
    /// The body as it was sent.
    package let bytes: [UInt8]
    /// How many bytes each part of the body has, in the order in which they were sent.
    package let partSizes: [Int]
    /// The body; null where there is none, or one that says that it is no JSON.
    package let json: JSONValue

    /// What a context asks of a connection.
    ///
    /// All share one, because a channel that is never closed is never freed.
    private static let channel = EmbeddedChannel()

    /// Sends a request to a responder, without a socket.
    package init(
        to request: Request,
        from responder: some HTTPResponder<BasicRequestContext>
    ) async throws {
        let source = ApplicationRequestContextSource(
            channel: Self.channel,
            logger: Logger(label: "Tests") { _ in SwiftLogNoOpLogHandler() }
        )
        let context = BasicRequestContext(source: source)
        let response = try await responder.respond(to: request, context: context)
        let writer = CollectingWriter()
        try await response.body.write(writer)
        let parts = writer.parts
        bytes = Array(parts.joined())
        partSizes = parts.map(\.count)
        status = response.status.code
        headers = response.headers
        text = String(decoding: bytes, as: UTF8.self)
        let isJSON =
            headers[.contentEncoding] == nil && headers[.contentType]?.contains("json") ?? false
        json = bytes.isEmpty || !isJSON ? .null : try JSONValue(parsing: bytes)
    }

    /// A member of the object that was answered.
    package subscript(name: String) -> JSONValue? { json.object?[name] }

    /// The text of a member; empty where the member is absent or not a text.
    package func text(_ name: String) -> String { self[name]?.string ?? "" }

    /// The objects of a member that is a list of them.
    package func objects(_ name: String) -> [JSONObject] {
        if case .array(let values)? = self[name] { values.compactMap(\.object) } else { [] }
    }
}

/// Collects the body of a response.
private final class CollectingWriter: ResponseBodyWriter {
    private let collected = Mutex<[[UInt8]]>([])

    var parts: [[UInt8]] { collected.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock { $0.append(Array(buffer.readableBytesView)) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension JSONObject {
    /// The members together with others, which replace members of the same names.
    package func with(_ others: JSONObject) -> JSONObject {
        var result = self
        for member in others.members { result[member.name] = member.value }
        return result
    }
}

extension Request {
    /// Creates a request as a server receives it.
    package init(
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
