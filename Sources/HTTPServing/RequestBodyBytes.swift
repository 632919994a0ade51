package import Hummingbird
import NIOCore

extension Request {
    /// The bytes of the body, decompressed if it came compressed.
    ///
    /// - Parameter limit: How many bytes it may have, before and after.
    /// - Returns: All of them.
    /// - Throws: ``BodyTooLarge`` where there are more, ``BodyIncomplete`` where not all of them
    ///   come, ``UnsupportedContentCoding``, ``MalformedContentCoding``, and `CancellationError`.
    package func bytes(upTo limit: Int = ServingLimit.bodyBytes) async throws -> [UInt8] {
        let coding = try ContentCoding(of: headers)
        let bytes = try await bytesAsSent(upTo: limit)
        guard let coding, !bytes.isEmpty else { return bytes }
        return try coding.decoded(bytes, upTo: limit)
    }

    private func bytesAsSent(upTo limit: Int) async throws -> [UInt8] {
        let announcedCount = headers[.contentLength].flatMap(Int.init)
        if let announcedCount, announcedCount > limit { throw BodyTooLarge(limit: limit) }
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                guard bytes.count + part.readableBytes <= limit else {
                    throw BodyTooLarge(limit: limit)
                }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch let error as BodyTooLarge {
            throw error
        } catch {
            try Task.checkCancellation()
            throw BodyIncomplete()
        }
        // A body that is cut off by a cancellation ends like any other.
        try Task.checkCancellation()
        if let announcedCount, announcedCount != bytes.count { throw BodyIncomplete() }
        return bytes
    }
}

/// A body has more bytes than are accepted.
package struct BodyTooLarge: Error, Hashable {
    /// How many bytes are accepted at most.
    package var limit: Int

    package init(limit: Int) {
        self.limit = limit
    }
}

/// A body that breaks off: the client left, sent no more, or sent what is not well-formed.
package struct BodyIncomplete: Error, Hashable {}
