import Foundation
import Glibc
import Synchronization

/// A mail server on loopback without TLS, which counts connections and keeps what it takes.
///
/// It has no use for recipients whose name begins with `nobody`, none now for those with `later`, and
/// none ever for senders with `stranger`.
final class MailReceiver: Sendable {
    private struct State {
        var connectionCount = 0
        var mails: [String] = []
    }

    let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    init() throws {
        (listener, port) = try Receiver.listen()
        Thread.detachNewThread { self.serve() }
    }

    deinit { close(listener) }

    var url: String { "smtp://127.0.0.1:\(port)?tls=none" }
    var connectionCount: Int { state.withLock { $0.connectionCount } }
    var mails: [String] { state.withLock { $0.mails } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve() {
        while true {
            let guest = accept(listener, nil, nil)
            if guest < 0 { return }
            state.withLock { $0.connectionCount += 1 }
            Thread.detachNewThread { self.talk(to: guest) }
        }
    }

    private func talk(to guest: Int32) {
        var pending: [UInt8] = []
        func say(_ text: String) {
            let bytes = Array("\(text)\r\n".utf8)
            _ = unsafe send(guest, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
        func read(through mark: String) -> String? {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let text = String(decoding: pending, as: UTF8.self)
                if let end = text.firstRange(of: mark)?.upperBound {
                    pending = Array(text[end...].utf8)
                    return String(text[..<end])
                }
                let count = unsafe recv(guest, &buffer, buffer.count, 0)
                if count <= 0 { return nil }
                pending += buffer.prefix(count)
            }
        }
        defer { close(guest) }
        say("220 ready")
        while let line = read(through: "\r\n") {
            switch line.prefix(4) {
            case "EHLO": say("250 here")
            case "MAIL": say(line.contains("<stranger") ? "550 not you" : "250 so be it")
            case "RCPT" where line.contains("<nobody"): say("550 5.1.1 no such person")
            case "RCPT" where line.contains("<later"): say("451 4.2.1 come again")
            case "RCPT": say("250 so be it")
            case "DATA":
                say("354 go")
                guard let mail = read(through: "\r\n.\r\n") else { return }
                state.withLock { $0.mails.append(mail) }
                say("250 2.0.0 queued as 17")
            case "QUIT":
                say("221 farewell")
                return
            default: say("502 what")
            }
        }
    }
}
