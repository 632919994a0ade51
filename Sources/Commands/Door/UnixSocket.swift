import Glibc

/// A stream socket of this machine's, which is closed when it is let go.
///
/// Its calls wait, each for ten seconds at most where it waits for the peer.
final class UnixSocket: Sendable {
    /// Why a socket cannot be used.
    struct Failure: Error {
        let code: Int32

        /// Whether nobody listens there.
        var isNobodyThere: Bool { code == ENOENT || code == ECONNREFUSED || code == ENOTDIR }

        var reason: String { unsafe String(cString: strerror(code)) }
    }

    /// How long the next byte is waited for.
    enum Patience {
        case forRequest
        /// As long as the peer works.
        case forAnswer
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    private static func made() throws -> UnixSocket {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        return UnixSocket(descriptor: descriptor)
    }

    /// Connects to who listens at a path.
    static func connected(to path: String) throws -> UnixSocket {
        let made = try made()
        try unsafe made.give(path) { descriptor, address, length in
            unsafe connect(descriptor, address, length)
        }
        made.limitWaiting()
        return made
    }

    /// Listens at a path, as its owner alone may connect to.
    ///
    /// The file is there before anybody may connect, and nobody can before it has its rights.
    static func listening(at path: String) throws -> UnixSocket {
        let made = try made()
        try unsafe made.give(path) { descriptor, address, length in
            unsafe bind(descriptor, address, length)
        }
        guard unsafe chmod(path, 0o600) == 0, listen(made.descriptor, 16) == 0 else {
            throw Failure(code: errno)
        }
        return made
    }

    /// Gives a path to a call, by way of its folder where it is longer than an address can be.
    private func give(
        _ path: String,
        to call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        var name = path
        var folder: Int32 = -1
        if path.utf8.count >= capacity, let slash = path.lastIndex(of: "/") {
            folder = unsafe open(String(path[..<slash]), O_DIRECTORY | O_RDONLY | O_CLOEXEC)
            guard folder >= 0 else { throw Failure(code: errno) }
            name = "/proc/self/fd/\(folder)\(path[slash...])"
        }
        defer { if folder >= 0 { close(folder) } }
        guard name.utf8.count < capacity else { throw Failure(code: ENAMETOOLONG) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: name.utf8)
        }
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe call(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Failure(code: errno) }
    }

    private func limitWaiting() {
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(
                descriptor,
                SOL_SOCKET,
                option,
                &limit,
                socklen_t(MemoryLayout<timeval>.size)
            )
        }
    }

    /// Waits for the next who connects; none once ``stop()`` was called.
    func accepted() -> UnixSocket? {
        while true {
            let peer = accept(descriptor, nil, nil)
            if peer >= 0 {
                _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
                let accepted = UnixSocket(descriptor: peer)
                accepted.limitWaiting()
                return accepted
            }
            if errno != EINTR && errno != ECONNABORTED { return nil }
        }
    }

    /// Ends the wait for those who connect.
    func stop() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Tells the peer that nothing more comes.
    func endWriting() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// The user whose process the peer is; none if the system does not tell.
    var peerUserID: UInt32? {
        // The process, the user and the group, as SO_PEERCRED has them.
        var credentials: (Int32, UInt32, UInt32) = (0, 0, 0)
        let size = MemoryLayout<(Int32, UInt32, UInt32)>.size
        var length = socklen_t(size)
        let status = unsafe getsockopt(
            descriptor,
            SOL_SOCKET,
            SO_PEERCRED,
            &credentials,
            &length
        )
        return status == 0 && length == size ? credentials.1 : nil
    }

    /// Reads until the peer has nothing more to say.
    ///
    /// - Throws: ``Failure`` if it says more than the limit, or nothing for too long.
    func bytes(upTo limit: Int, waiting: Patience = .forRequest) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            var count = 0
            let part = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, filled in
                count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                filled = max(0, count)
            }
            if count == 0 { return bytes }
            let isWaiting = errno == EINTR || (errno == EAGAIN && waiting == .forAnswer)
            if count < 0, isWaiting { continue }
            guard count > 0 else { throw Failure(code: errno) }
            bytes += part
            guard bytes.count <= limit else { throw Failure(code: EMSGSIZE) }
        }
    }

    /// Writes all bytes.
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
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(code: errno) }
            rest = rest.dropFirst(count)
        }
    }
}
