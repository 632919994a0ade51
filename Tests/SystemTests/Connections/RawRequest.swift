import Testing

/// Bytes that a client may send, and the statuses of the answers that they deserve.
struct RawRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let statuses: [Int]
    private let text: String

    var testDescription: String { name }

    private init(_ name: String, _ text: String, _ statuses: [Int]) {
        self.name = name
        self.text = text
        self.statuses = statuses
    }

    /// What is sent: one byte for each character.
    func bytes(token: String) -> [UInt8] {
        text.replacing("TOKEN", with: token).unicodeScalars.map { UInt8($0.value) }
    }

    /// `GET /health` with other fields.
    private static func get(
        _ name: String,
        _ fields: String...,
        line: String = "GET /health HTTP/1.1",
        body: String = "",
        gives statuses: Int...
    ) -> RawRequest {
        let head = ([line] + fields).map { "\($0)\r\n" }.joined()
        return RawRequest(name, "\(head)\r\n\(body)", statuses)
    }

    /// A creation with a valid token, whose body `{}` is read and refused with 400.
    private static func post(
        _ name: String,
        _ fields: String...,
        version: String = "HTTP/1.1",
        body: String = "2\r\n{}\r\n0\r\n\r\n",
        gives statuses: Int...
    ) -> RawRequest {
        let fields = ["Host: a", "Authorization: Bearer TOKEN"] + fields
        let head = (["POST \(Client.tasks) \(version)"] + fields).map { "\($0)\r\n" }.joined()
        return RawRequest(name, "\(head)\r\n\(body)", statuses)
    }

    /// A request that each of the others is followed by on its connection: it is answered unless
    /// the connection has to end before.
    static let last = "GET /health HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n"

    private static let chunked = "Transfer-Encoding: chunked"

    static let hosts = [
        get("a sound request", "Host: a", gives: 200, 200),
        get("no Host", gives: 400),
        get("two Hosts", "Host: a", "Host: a", gives: 400),
        get("an empty Host", "Host:", gives: 200, 200),
        get("a Host with a port", "host: [::1]:8080", gives: 200, 200),
        get("a Host with a blank", "Host: a b", gives: 400),
        get("a Host with a slash", "Host: a/b", gives: 400),
        get("two Hosts in one field", "Host: a, b", gives: 400),
    ]

    static let versions = [
        get("HTTP/1.0 without Host", line: "GET /health HTTP/1.0", gives: 200),
        get(
            "HTTP/1.0 kept alive",
            "Connection: keep-alive",
            line: "GET /health HTTP/1.0",
            gives: 200,
            200
        ),
        get("HTTP/1.0, two Hosts", "Host: a", "Host: a", line: "GET / HTTP/1.0", gives: 400),
        get("HTTP/0.9", line: "GET /health", gives: 400),
        get("HTTP/2.0", "Host: a", line: "GET /health HTTP/2.0", gives: 400),
        get("HTTP/3.1", "Host: a", line: "GET /health HTTP/3.1", gives: 400),
        get("http/1.1", "Host: a", line: "GET /health http/1.1", gives: 400),
        get("HTTP/2's preface", line: "PRI * HTTP/2.0", body: "SM\r\n\r\n", gives: 400),
        RawRequest("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}", [400]),
        get("close", "Host: a", "Connection: close", gives: 200),
        get("Close", "Host: a", "Connection: Close", gives: 200),
        get("close in a list", "Host: a", "Connection: x, close", gives: 200),
        get("keep-alive", "Host: a", "Connection: keep-alive", gives: 200, 200),
        get("h2c", "Host: a", "Connection: Upgrade", "Upgrade: h2c", gives: 200),
        get("CONNECT", "Host: a", line: "CONNECT a:80 HTTP/1.1", gives: 404),
    ]

    static let lines = [
        get("an unknown method", "Host: a", line: "FOO /health HTTP/1.1", gives: 400),
        get("a method in lowercase", "Host: a", line: "get /health HTTP/1.1", gives: 400),
        get("a target without a slash", "Host: a", line: "GET health HTTP/1.1", gives: 400),
        get("an absolute target", "Host: a", line: "GET http://b/health HTTP/1.1", gives: 200, 200),
        get("an absolute target, no Host", line: "GET http://b/health HTTP/1.1", gives: 400),
        get("*", "Host: a", line: "OPTIONS * HTTP/1.1", gives: 404, 200),
        get("NUL in the target", "Host: a", line: "GET /hea\0lth HTTP/1.1", gives: 400),
        get("a blank in the target", "Host: a", line: "GET /hea lth HTTP/1.1", gives: 400),
        get("no UTF-8", "Host: a", line: "GET /\u{ff} HTTP/1.1", gives: 400),
        get("an escape that is none", "Host: a", line: "GET /%zz HTTP/1.1", gives: 404, 200),
        get("an escaped NUL", "Host: a", line: "GET /health%00 HTTP/1.1", gives: 404, 200),
        get("dots", "Host: a", line: "GET /../health HTTP/1.1", gives: 404, 200),
        get("blank lines before", "Host: a", line: "\r\n\r\nGET /health HTTP/1.1", gives: 200, 200),
    ]

    static let fields = [
        get("a field without a colon", "Host: a", "Foo", gives: 400),
        get("a field without a name", "Host: a", ": x", gives: 400),
        get("a blank in a name", "Host: a", "Fo o: x", gives: 400),
        get("a blank before the colon", "Host : a", gives: 400),
        get("a folded field", "Host: a", "Foo: a\r\n b", gives: 400),
        RawRequest("line feeds alone", "GET /health HTTP/1.1\nHost: a\n\n", [400]),
        RawRequest("one line feed alone", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", [400]),
        get("a carriage return alone", "Host: a", "X: a\rb", gives: 400),
        get("NUL in a field", "Host: a", "X: a\0b", gives: 400),
        RawRequest(
            "a hundred and one fields",
            "GET /health HTTP/1.1\r\n" + String(repeating: "Host: a\r\n", count: 101) + "\r\n",
            [431]
        ),
        get("a long field", "Host: a", "X: " + String(repeating: "y", count: 70_000), gives: 431),
        get(
            "a long target",
            "Host: a",
            line: "GET /" + String(repeating: "y", count: 70_000) + " HTTP/1.1",
            gives: 431
        ),
        get("an expectation", "Host: a", "Expect: 200-ok", gives: 417),
        get("two expectations", "Host: a", "Expect: 100-continue, x", gives: 417),
        get("100-continue without a body", "Host: a", "Expect: 100-Continue", gives: 200, 200),
        get("an expectation of HTTP/1.0", "Expect: x", line: "GET /health HTTP/1.0", gives: 200),
    ]

    static let lengths = [
        post("a length", "Content-Length: 2", body: "{}", gives: 400, 200),
        post("a length and chunks", "Content-Length: 12", chunked, gives: 400),
        post("chunks and a length", chunked, "Content-Length: 12", gives: 400),
        post("two lengths", "Content-Length: 2", "Content-Length: 2", body: "{}", gives: 400),
        post("lengths that differ", "Content-Length: 2", "Content-Length: 3", gives: 400),
        post("a list of lengths", "Content-Length: 2, 2", body: "{}", gives: 400),
        post("a negative length", "Content-Length: -2", body: "{}", gives: 400),
        post("a length with a sign", "Content-Length: +2", body: "{}", gives: 400),
        post("a length in hexadecimal", "Content-Length: 0x2", body: "{}", gives: 400),
        post("a length beyond 64 bits", "Content-Length: 99999999999999999999", gives: 400),
        post("a length of 63 bits", "Content-Length: 9223372036854775807", gives: 400),
        post("an empty length", "Content-Length:", gives: 400),
        get("a body for GET", "Host: a", "Content-Length: 5", body: "hello", gives: 200, 200),
        get(
            "a body for nobody",
            "Host: a",
            "Content-Length: 5",
            line: "POST /nowhere HTTP/1.1",
            body: "hello",
            gives: 404,
            200
        ),
        get(
            "a long body for nobody",
            "Host: a",
            "Content-Length: 1000000",
            line: "POST /nowhere HTTP/1.1",
            gives: 404
        ),
    ]

    static let codings = [
        post("chunks", chunked, gives: 400, 200),
        post("CHUNKED", "Transfer-Encoding: CHUNKED", gives: 400, 200),
        post("gzip", "Transfer-Encoding: gzip", gives: 501),
        post("gzip in chunks", "Transfer-Encoding: gzip, chunked", gives: 501),
        post("chunked twice", "Transfer-Encoding: chunked, chunked", gives: 400),
        post("two codings", chunked, chunked, gives: 400),
        post("identity", "Transfer-Encoding: identity", gives: 501),
        post("identity and chunks", "Transfer-Encoding: identity", chunked, gives: 400),
        post("a blank before the colon", "Transfer-Encoding : chunked", gives: 400),
        post("a tabulator before chunked", "Transfer-Encoding: \u{b}chunked", gives: 400),
        post("xchunked", "Transfer-Encoding: xchunked", gives: 501),
        post("chunks of HTTP/1.0", chunked, version: "HTTP/1.0", gives: 400),
        post("a size that is none", chunked, body: "zz\r\n", gives: 400),
        post("a size beyond 64 bits", chunked, body: "fffffffffffffffff\r\n", gives: 400),
        post("a negative size", chunked, body: "-2\r\n{}\r\n0\r\n\r\n", gives: 400),
        post("a size ended by a line feed", chunked, body: "2\n{}\r\n0\r\n\r\n", gives: 400),
        post("a chunk that does not end", chunked, body: "2\r\n{}0\r\n\r\n", gives: 400),
        post("an extension", chunked, body: "2;a=b\r\n{}\r\n0\r\n\r\n", gives: 400, 200),
        post("a trailer", chunked, body: "2\r\n{}\r\n0\r\nX: y\r\n\r\n", gives: 400, 200),
        post(
            "two hundred trailers",
            chunked,
            body: "2\r\n{}\r\n0\r\n" + String(repeating: "X: y\r\n", count: 200) + "\r\n",
            gives: 400
        ),
        get(
            "chunks for nobody",
            "Host: a",
            chunked,
            line: "POST /nowhere HTTP/1.1",
            body: "zz\r\n",
            gives: 404
        ),
    ]

    static let sequences = [
        RawRequest(
            "a thousand requests",
            String(repeating: sound, count: 1000),
            [Int](repeating: 200, count: 1001)
        ),
        RawRequest(
            "three and one without Host",
            sound + sound + sound + "GET / HTTP/1.1\r\n\r\n",
            [200, 200, 200, 400]
        ),
        RawRequest(
            "three and garbage",
            sound + sound + sound + "garbage\r\n\r\n",
            [200, 200, 200, 400]
        ),
        RawRequest("three, the second the last", sound + last + sound, [200, 200]),
    ]

    private static let sound = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"

    static let all = hosts + versions + lines + fields + lengths + codings + sequences
}
