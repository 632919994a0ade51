package import Hummingbird
import NIOCore

extension Request {
    /// The bytes of the body.
    ///
    /// - Parameter limit: How many bytes it may have.
    /// - Returns: All of them.
    /// - Throws: ``BodyTooLarge`` where there are more, or what reading them throws.
    package func bytes(upTo limit: Int = ServingLimit.bodyBytes) async throws -> [UInt8] {
        if let announced = headers[.contentLength].flatMap(Int.init), announced > limit {
            throw BodyTooLarge(limit: limit)
        }
        var bytes: [UInt8] = []
        for try await part in body {
            guard bytes.count + part.readableBytes <= limit else {
                throw BodyTooLarge(limit: limit)
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }
}

/// A body has more bytes than are accepted.
package struct BodyTooLarge: Error, Hashable {
    /// How many bytes are accepted at most.
    package var limit: Int
}
