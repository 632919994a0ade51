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
        let target = "http://169.254.169.254/latest/meta-data"
        let receiver = try Receiver(
            answering: [
                "HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n"
            ]
        )
        defer { receiver.stop() }
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

    @Test func `of a long header only the beginning is read`() async throws {
        let line = "X: " + String(repeating: "x", count: 1020) + "\r\n"
        let part = String(repeating: line, count: 1024)
        let receiver = try Receiver(
            answering: ["HTTP/1.1 200 OK\r\n"] + Array(repeating: part, count: 100)
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

    @Test func `a receiver that resets the connection has not answered`() async throws {
        let receiver = try Receiver(answering: ["HTTP/1.1 2"], resetting: true)
        defer { receiver.stop() }
        #expect(await !answer(to: receiver.url).isSuccess)
    }

    @Test(arguments: [CrowdReceiver.Manner.hanging, .dripping])
    func `a receiver that takes its time is given up`(manner: CrowdReceiver.Manner) async throws {
        let receiver = try CrowdReceiver(manner)
        defer { receiver.stop() }
        let sender = CurlSender(
            rules: ReceiverAddress(allowsPrivate: true),
            timeout: .milliseconds(1500)
        )
        let message = WebhookMessage(url: receiver.url, fields: [], body: Array("{}".utf8))
        #expect(await sender.send(message) == .failure("Timeout was reached"))
    }

    @Test func `a request is given up with its task`() async throws {
        let receiver = try CrowdReceiver(.hanging)
        defer { receiver.stop() }
        let message = WebhookMessage(url: receiver.url, fields: [], body: Array("{}".utf8))
        let answer = await withTaskGroup(of: WebhookAnswer.self) { group in
            group.addTask { await sender.send(message) }
            await receiver.untilRequests(1)
            group.cancelAll()
            return await group.next()
        }
        #expect(answer == .failure("was given up"))
    }

    @Test func `a name that leads elsewhere the second time is not followed there`() async throws {
        let receiver = try Receiver(answering: ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { receiver.stop() }
        let rules = ReceiverAddress(allowsPrivate: false) { _ in
            [NetworkAddress(bytes: [1, 1, 1, 1])].compactMap { $0 }
        }
        let url = "https://rebinding.test:\(receiver.port)/"
        try await DeliveryOffice(rules: rules, key: nil).check(url: url)
        let sender = CurlSender(
            rules: rules,
            resolutions: ["rebinding.test:\(receiver.port):127.0.0.1"]
        )
        let reason = "leads to an address that is not of the public internet"
        let message = WebhookMessage(url: url, fields: [], body: Array("{}".utf8))
        #expect(await sender.send(message) == .failure(reason))
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
