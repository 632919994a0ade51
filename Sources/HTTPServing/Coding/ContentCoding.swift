import CZlib
import HTTPTypes
import Hummingbird

/// How a body is compressed (RFC 9110, section 8.4.1).
package enum ContentCoding: Hashable, Sendable {
    case gzip
    /// The format of zlib (RFC 1950), which HTTP calls so.
    case deflate

    /// The codings that are read, as an `Accept-Encoding` header field lists them.
    package static let accepted = "gzip, deflate"

    /// Reads the header field `Content-Encoding`; nil for a body as it is.
    ///
    /// - Throws: ``UnsupportedContentCoding``, also for several codings.
    init?(of headers: HTTPFields) throws(UnsupportedContentCoding) {
        guard let field = headers[.contentEncoding] else { return nil }
        switch field.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "identity", "": return nil
        default: throw UnsupportedContentCoding(name: field)
        }
    }

    /// Decompresses a whole body.
    ///
    /// Memory and time are bounded by the limit and by the length of what is given, whatever it would
    /// become.
    ///
    /// - Parameters:
    ///   - bytes: The compressed body.
    ///   - limit: How many bytes it may become.
    /// - Returns: The bytes that were compressed.
    /// - Throws: ``BodyTooLarge`` where they are more, ``MalformedContentCoding`` where nothing was
    ///   compressed so, or its end is missing.
    func decoded(_ bytes: [UInt8], upTo limit: Int) throws -> [UInt8] {
        let inflater = try Inflater(windowBits: windowBits)
        // One byte more than the limit tells that there are too many.
        var output = [UInt8](repeating: 0, count: limit + 1)
        let count = try inflater.inflate(bytes, into: &output, readsMembers: self == .gzip)
        guard let count, count <= limit else { throw BodyTooLarge(limit: limit) }
        output.removeLast(output.count - count)
        return output
    }

    /// The largest window, and zlib's mark for gzip's format.
    private var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .deflate: 15
        }
    }
}

/// A body comes in a coding that is not read, or in several.
package struct UnsupportedContentCoding: Error, Hashable {
    /// What the header field says.
    package var name: String

    package init(name: String) {
        self.name = name
    }
}

/// A body is not what its header field `Content-Encoding` says.
package struct MalformedContentCoding: Error, Hashable {}

/// A stream of zlib's, which has to stay where it is; nothing else has its pointer.
@safe private final class Inflater {
    private let stream: UnsafeMutablePointer<z_stream>

    init(windowBits: Int32) throws {
        unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, size) == Z_OK else {
            throw MalformedContentCoding()
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Decompresses all of the input.
    ///
    /// - Parameters:
    ///   - input: What was compressed.
    ///   - output: Where the result is written.
    ///   - readsMembers: Whether the input may be several compressed texts one after the other, as
    ///     those of gzip (RFC 1952, section 2.2).
    /// - Returns: How many bytes were written; nil where there is no room for all.
    /// - Throws: ``MalformedContentCoding``.
    func inflate(
        _ input: [UInt8],
        into output: inout [UInt8],
        readsMembers: Bool
    ) throws(MalformedContentCoding) -> Int? {
        var input = input
        let inputCount = UInt32(input.count)
        let outputCount = UInt32(output.count)
        return try unsafe input.withUnsafeMutableBufferPointer {
            input throws(MalformedContentCoding) in
            try unsafe output.withUnsafeMutableBufferPointer {
                output throws(MalformedContentCoding) in
                unsafe stream.pointee.next_in = input.baseAddress
                unsafe stream.pointee.avail_in = inputCount
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = outputCount
                while true {
                    let code = unsafe CZlib.inflate(stream, Z_FINISH)
                    let isAtEnd = unsafe stream.pointee.avail_in == 0
                    let room = unsafe stream.pointee.avail_out
                    if code == Z_STREAM_END, isAtEnd { return Int(outputCount - room) }
                    if code == Z_STREAM_END || code == Z_BUF_ERROR, room == 0 { return nil }
                    guard code == Z_STREAM_END, readsMembers,
                        unsafe inflateReset(stream) == Z_OK
                    else { throw MalformedContentCoding() }
                }
            }
        }
    }
}
