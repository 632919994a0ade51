import Foundation
import Glibc

/// A TCP connection to a server, on which a test writes any bytes at any time.
struct BareConnection {
    private let handle: FileHandle

    /// Connects to a port of this machine.
    ///
    /// A read fails after ten seconds without data.
    init(to port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let limitLength = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, limitLength)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    func write(_ text: String) throws {
        try handle.write(contentsOf: Data(text.utf8))
    }

    /// Reads this number of bytes, or fewer if the connection ends before.
    func read(byteCount: Int) throws -> String {
        String(decoding: try handle.read(upToCount: byteCount) ?? Data(), as: UTF8.self)
    }

    /// Reads everything until the server ends the connection.
    func readToEnd() throws -> String {
        String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    }
}
