import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// The fewest bytes that are compressed; fewer fit into one packet of the network anyway.
    private static var compressedLength: Int { 1024 }

    /// The response as a request asks for it: in gzip, or as it is.
    ///
    /// Text of 1 KiB or more is compressed, and JSON that is written while it is sent, part by part.
    /// The entity tag stays: it names what is told and not how it is coded.
    ///
    /// - Throws: ``CompressionUnavailable``, or what writes the body throws.
    package func compressed(for request: Request) async throws -> Response {
        var response = self
        if status == .notModified {
            response.headers.append(.varyingByCoding)
            return response
        }
        let length = body.contentLength
        guard length ?? .max >= Self.compressedLength, isText else { return self }
        response.headers.append(.varyingByCoding)
        guard request.method != .head, request.headers.preferGzip else { return response }
        response.headers[.contentEncoding] = "gzip"
        if length == nil {
            response.body = ResponseBody { [body] writer in
                try await body.write(CompressingWriter(writer: writer))
            }
        } else {
            let bytes = try await collectedBody()
            let compressed = try Deflater().deflate(bytes, isLast: true)
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: compressed))
        }
        return response
    }
}

extension Response {
    /// Whether the body is JSON, or what a page is made of.
    fileprivate var isText: Bool {
        // Comparing bytes is much faster than comparing characters.
        guard let field = headers[.contentType]?.utf8 else { return false }
        let type = field.prefix { $0 != UInt8(ascii: ";") }
        if type.suffix(4).elementsEqual("json".utf8) { return true }
        return ["text/html", "text/css", "text/javascript", "image/svg+xml"]
            .contains { type.elementsEqual($0.utf8) }
    }
}

extension HTTPField {
    /// Tells whoever keeps answers for others that they depend on what the client can decompress.
    fileprivate static let varyingByCoding = HTTPField(name: .vary, value: "Accept-Encoding")
}

/// Compresses the parts of a body as they are written.
private struct CompressingWriter: ResponseBodyWriter {
    /// None until there is a part: it takes a quarter of a megabyte, and a body may be waited for.
    private var deflater: Deflater?
    private var writer: any ResponseBodyWriter

    init(writer: any ResponseBodyWriter) {
        self.writer = writer
    }

    mutating func write(_ buffer: ByteBuffer) async throws {
        if buffer.readableBytes == 0 { return }
        let deflater = try deflater ?? Deflater()
        self.deflater = deflater
        let bytes = deflater.deflate(Array(buffer.readableBytesView), isLast: false)
        // What is not enough to be coded well waits for the next part.
        if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {
        let deflater = try deflater ?? Deflater()
        var writer = writer
        try await writer.write(ByteBuffer(bytes: deflater.deflate([], isLast: true)))
        try await writer.finish(trailingHeaders)
    }
}
