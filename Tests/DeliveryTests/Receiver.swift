import Foundation
import Glibc
import Testing

/// A receiver on loopback that answers each request with some bytes.
final class Receiver: Sendable {
    let port: Int
    private let listener: Int32
    /// What is sent for one request, part by part.
    private let parts: [[UInt8]]

    /// Whether it then resets the connection instead of closing it.
    private let resets: Bool
    /// With what a request ends.
    private let ending: String

    /// Begins to listen.
    init(
        answering parts: [String],
        resetting resets: Bool = false,
        endingWith ending: String = "{}"
    ) throws {
        self.ending = ending
        self.parts = parts.map { Array($0.utf8) }
        self.resets = resets
        (listener, port) = try Self.listen()
        // Threads of a queue come one by one where those before them wait.
        Thread.detachNewThread { self.serve() }
    }

    /// Listens on a free port of loopback.
    static func listen() throws -> (listener: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(listener, pointer, length) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        try #require(bound && Glibc.listen(listener, 256) == 0)
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    var url: String { "http://127.0.0.1:\(port)/" }

    deinit { close(listener) }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve() {
        while true {
            let guest = accept(listener, nil, nil)
            if guest < 0 { return }
            var request: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while !String(decoding: request, as: UTF8.self).hasSuffix(ending) {
                let count = unsafe recv(guest, &buffer, buffer.count, 0)
                if count <= 0 { break }
                request += buffer.prefix(count)
            }
            for part in parts
            where unsafe send(guest, part, part.count, Int32(MSG_NOSIGNAL)) < 0 {
                break
            }
            if resets {
                var none = linger(l_onoff: 1, l_linger: 0)
                let size = socklen_t(MemoryLayout<linger>.size)
                unsafe setsockopt(guest, SOL_SOCKET, SO_LINGER, &none, size)
            }
            close(guest)
        }
    }
}
