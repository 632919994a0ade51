import Foundation
import Glibc

/// A raw TCP connection to a server, so that a test controls what is sent and when.
final class BareConnection {
    private let descriptor: Int32

    /// Connects to a port of this machine; a read fails after ten seconds without data.
    ///
    /// The kernel keeps so many bytes for the test as it is told, or as it likes.
    init(to port: Int, receiveBufferBytes: Int32? = nil) throws {
        // A server that another test starts meanwhile must not get the socket too.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, kind, 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let limitLength = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, limitLength)
        if let receiveBufferBytes { setReceiveBuffer(bytes: receiveBufferBytes) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Self.failure }
    }

    deinit { Glibc.close(descriptor) }

    /// Lets the kernel keep about so many bytes for the test.
    func setReceiveBuffer(bytes: Int32) {
        var bytes = bytes
        let length = socklen_t(MemoryLayout<Int32>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, length)
    }

    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe send(
                    descriptor,
                    buffer.baseAddress,
                    buffer.count,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { throw Self.failure }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes the same bytes again and again, until the server ends the connection or it is enough.
    ///
    /// - Returns: How many bytes the kernel took for the server.
    func write(_ bytes: [UInt8], upTo byteCount: Int) -> Int {
        var count = 0
        while count < byteCount, (try? write(bytes)) != nil { count += bytes.count }
        return count
    }

    /// Reads so many bytes, or fewer if the connection ends before.
    func read(byteCount: Int) throws -> String {
        var bytes: [UInt8] = []
        while bytes.count < byteCount, let part = try receive(upTo: byteCount - bytes.count) {
            bytes += part
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads everything until the server ends the connection.
    func readToEnd() throws -> String {
        var bytes: [UInt8] = []
        while let part = try receive(upTo: 1 << 16) { bytes += part }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Ends the connection by a reset, so that what is under way is lost.
    func reset() {
        var choice = linger(l_onoff: 1, l_linger: 0)
        let length = socklen_t(MemoryLayout<linger>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &choice, length)
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Sends no more, and still reads.
    func endOutput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads what has come; nil at the end of the connection.
    private func receive(upTo byteCount: Int) throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: byteCount)
        let count = unsafe buffer.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        if count < 0 && errno != ECONNRESET { throw Self.failure }
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

extension String {
    /// The statuses of the answers that the text is made of.
    ///
    /// An answer begins where the one before ends, so a body too long or too short hides the next.
    var statuses: [Int] {
        var statuses: [Int] = []
        var rest = self[...]
        while let match = rest.prefixMatch(of: /HTTP\/1\.1 (\d{3})[^\r]*\r\n((?:[^\r]+\r\n)*)\r\n/)
        {
            guard let status = Int(match.1) else { break }
            statuses.append(status)
            let length = match.2.firstMatch(of: /(?i)content-length: (\d+)/)
            rest = rest[match.range.upperBound...].dropFirst(length.flatMap { Int($0.1) } ?? 0)
        }
        return rest.isEmpty ? statuses : statuses + [0]
    }
}
