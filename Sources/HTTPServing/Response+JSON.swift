import HTTPTypes
package import Hummingbird
package import JSON
import NIOCore

extension Response {
    /// A response whose body is JSON.
    package static func json(
        _ body: some Sequence<UInt8>,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body))
        )
    }

    /// A response whose JSON is written in parts while it is sent.
    ///
    /// A part is written when the client has taken the part before. So a response of any length
    /// needs little memory. If a part fails, the connection is closed before the body's end.
    ///
    /// - Parameters:
    ///   - json: The first part.
    ///   - rest: What is written after it.
    ///   - status: The status.
    ///   - writeNext: Writes the next part of what is left and returns what is left then; none
    ///     after the last part.
    /// - Returns: The response.
    package static func json<Rest: Sendable>(
        beginning json: JSONWriter,
        rest: Rest,
        status: HTTPResponse.Status = .ok,
        writingNext writeNext: @escaping @Sendable (inout JSONWriter, Rest) async throws -> Rest?
    ) -> Response {
        let body = ResponseBody { writer in
            var json = json
            var left: Rest? = rest
            try await writer.write(ByteBuffer(bytes: json.takeBytes()))
            while let current = left {
                left = try await writeNext(&json, current)
                try await writer.write(ByteBuffer(bytes: json.takeBytes()))
            }
            try await writer.finish(nil)
        }
        let headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        return Response(status: status, headers: headers, body: body)
    }

    /// A response whose body is constant JSON.
    package static func json(_ body: StaticString, status: HTTPResponse.Status) -> Response {
        json(Array("\(body)".utf8), status: status)
    }
}
