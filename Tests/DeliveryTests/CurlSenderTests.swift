import Delivery
import Tasks
import Testing

/// Requests to real receivers on loopback.
struct CurlSenderTests {
    private let sender = CurlSender(rules: ReceiverAddress(allowsPrivate: true))

    private func answer(to url: String) async -> WebhookAnswer {
        await sender.send(WebhookMessage(url: url, fields: [("a", "b")], body: Array("{}".utf8)))
    }

    @Test(arguments: [200, 204, 410, 503])
    func `the status of an answer is told`(status: Int) async throws {
        let receiver = try Receiver(
            answering: ["HTTP/1.1 \(status) As told\r\nContent-Length: 0\r\n\r\n"]
        )
        defer { receiver.stop() }
        #expect(await answer(to: receiver.url) == .status(status))
    }

    @Test func `a redirect is an answer, and is not followed`() async throws {
        let target = try Receiver(answering: ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        let receiver = try Receiver(
            answering: [
                "HTTP/1.1 302 Found\r\nLocation: \(target.url)\r\nContent-Length: 0\r\n\r\n"
            ]
        )
        defer {
            receiver.stop()
            target.stop()
        }
        #expect(await answer(to: receiver.url) == .status(302))
    }

    @Test func `of a long answer only the beginning is read`() async throws {
        let part = String(repeating: "x", count: 1 << 20)
        let receiver = try Receiver(
            answering: ["HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"]
                + Array(repeating: part, count: 100)
        )
        defer { receiver.stop() }
        #expect(await answer(to: receiver.url) == .status(200))
    }

    @Test(arguments: ["", "HTTP/1.1 200", "nonsense\r\n\r\n"])
    func `a receiver that breaks off has not answered`(text: String) async throws {
        let receiver = try Receiver(answering: [text])
        defer { receiver.stop() }
        #expect(await !answer(to: receiver.url).isSuccess)
    }

    @Test func `nobody listens`() async throws {
        let receiver = try Receiver(answering: [])
        let url = receiver.url
        receiver.stop()
        #expect(await !answer(to: url).isSuccess)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]"])
    func `no private address is connected to, whatever was checked before`(
        host: String
    ) async throws {
        let receiver = try Receiver(answering: ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { receiver.stop() }
        let sender = CurlSender(rules: ReceiverAddress(allowsPrivate: false))
        let message = WebhookMessage(
            url: "https://\(host):\(receiver.port)/",
            fields: [],
            body: Array("{}".utf8)
        )
        let reason = "leads to an address that is not of the public internet"
        #expect(await sender.send(message) == .failure(reason))
    }
}
