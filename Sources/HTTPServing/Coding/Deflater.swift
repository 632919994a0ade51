import CZlib

/// There is no memory for compressing.
struct CompressionUnavailable: Error, Hashable {}

/// A stream of zlib's that compresses in gzip's format, which has to stay where it is; nothing else has
/// its pointer.
@safe final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>

    /// How many bytes are taken from zlib at once.
    private static let chunkLength = 16 * 1024

    /// - Throws: ``CompressionUnavailable``.
    init() throws {
        unsafe stream = UnsafeMutablePointer.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe deflateInit2_(
            stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            // The largest window, and zlib's mark for gzip's format.
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard code == Z_OK else { throw CompressionUnavailable() }
    }

    deinit {
        _ = unsafe deflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Compresses the next part.
    ///
    /// - Parameters:
    ///   - input: The part.
    ///   - isLast: Whether no other part follows it.
    /// - Returns: What of all parts was not returned before, and can be told already.
    func deflate(_ input: [UInt8], isLast: Bool) -> [UInt8] {
        var input = input
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: Self.chunkLength)
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.pointee.next_in = input.baseAddress
            unsafe stream.pointee.avail_in = UInt32(input.count)
            var room: Int
            repeat {
                room = unsafe chunk.withUnsafeMutableBufferPointer { chunk in
                    unsafe stream.pointee.next_out = chunk.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(chunk.count)
                    _ = unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    return unsafe Int(stream.pointee.avail_out)
                }
                output.append(contentsOf: chunk.prefix(Self.chunkLength - room))
            } while room == 0
        }
        return output
    }
}
