import HTTPTypes
package import Hummingbird
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

    /// A response whose body is constant JSON.
    package static func json(_ body: StaticString, status: HTTPResponse.Status) -> Response {
        json(Array("\(body)".utf8), status: status)
    }
}
