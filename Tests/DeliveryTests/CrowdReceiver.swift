import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

/// A receiver on loopback that takes many requests at a time.
final class CrowdReceiver: Sendable {
    /// How it answers.
    enum Manner: Sendable {
        /// With 200, at once.
        case prompt
        /// Never.
        case hanging
        /// With a byte a second.
        case dripping
    }

    private struct State {
        var requestCount = 0
        /// How many were given up by whoever sent them.
        var endedCount = 0
    }

    let port: Int
    private let manner: Manner
    private let listener: Int32
    private let state = Mutex(State())
    private let arrivals = AsyncStream<Void>.makeStream()

    init(_ manner: Manner) throws {
        self.manner = manner
        (listener, port) = try Receiver.listen()
        DispatchQueue.global().async { self.serve() }
    }

    deinit { close(listener) }

    var url: String { "http://127.0.0.1:\(port)/" }

    var requestCount: Int { state.withLock(\.requestCount) }

    /// How many of its connections were ended by the other side.
    var endedCount: Int { state.withLock(\.endedCount) }

    /// Returns once it has got some requests.
    func untilRequests(_ count: Int) async {
        if requestCount >= count { return }
        for await _ in arrivals.stream where requestCount >= count { return }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve() {
        var guests: [Int32: [UInt8]] = [:]
        defer { for guest in guests.keys { close(guest) } }
        while true {
            var sockets = ([listener] + guests.keys).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let count = unsafe poll(&sockets, nfds_t(sockets.count), 1000)
            if count == 0, manner == .dripping {
                for guest in guests.keys { send(guest, "x") }
            }
            for socket in sockets where socket.revents != 0 {
                if socket.fd == listener {
                    let guest = accept(listener, nil, nil)
                    if guest < 0 { return }
                    guests[guest] = []
                    if manner == .dripping { send(guest, "HTTP/1.1 200 OK\r\nX: ") }
                } else {
                    guests[socket.fd] = take(from: socket.fd, after: guests[socket.fd] ?? [])
                }
            }
        }
    }

    /// Reads what has come.
    ///
    /// - Returns: What of a request is there; none if the connection has ended.
    private func take(from guest: Int32, after beginning: [UInt8]) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(guest, &buffer, buffer.count, 0)
        guard count > 0 else {
            state.withLock { $0.endedCount += 1 }
            close(guest)
            return nil
        }
        let request = beginning + buffer.prefix(count)
        guard request.last == UInt8(ascii: "}") else { return request }
        state.withLock { $0.requestCount += 1 }
        arrivals.continuation.yield()
        if manner == .prompt { send(guest, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        return []
    }

    private func send(_ guest: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe Glibc.send(guest, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
