import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import ServerTestSupport
import Storage
import Tasks
import Testing

/// Answers in gzip.
@Suite(.server) struct CompressionTests {
    private let server: TestServer
    private static let gzip: HTTPFields = [.acceptEncoding: "gzip"]

    init() throws {
        server = try .current
    }

    /// The body as it was before it was compressed.
    private func text(of answer: Answer) async throws -> String {
        let request = Request(.post, "/", [.contentEncoding: "gzip"], answer.bytes)
        return String(decoding: try await request.bytes(upTo: 10_000_000), as: UTF8.self)
    }

    /// A task with a long text.
    private func longTask() async throws -> String {
        let task = try await server.make(Said(title: String(repeating: "Call Carla. ", count: 150)))
        return "/tasks/\(task.id.rawValue)"
    }

    private static let wishes: [(String?, Bool)] = [
        (nil, false), ("", false), ("gzip", true), ("GZip", true), ("x-gzip", true), ("*", true),
        ("deflate, gzip;q=0.5", true), ("br ; q=1.0 , gzip ; q=0.001", true),
        ("gzip;q=0.5, identity;q=0.5", true), ("gzip;q=0.5, *;q=0", true), ("gzip;Q=1", true),
        ("gzip;q=0", false), ("gzip; q=0.000", false), ("*;q=0", false), ("*, gzip;q=0", false),
        ("identity", false), ("br, deflate", false), ("gzip;q=0.5, identity", false),
        ("gzip;q=x", false), ("gzip;q=1.5", false), ("gzip;q=0.1234", false), ("gzip;q", false),
        ("gzip;level=1", false), ("gzipped", false), (",;,", false),
    ]

    @Test(arguments: wishes)
    func `an answer is compressed for those who ask for it`(
        wish: String?,
        isCompressed: Bool
    ) async throws {
        let path = try await longTask()
        let plain = try await server.get(path)
        var fields = HTTPFields()
        fields[.acceptEncoding] = wish
        let answer = try await server.get(path, fields)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentEncoding] == (isCompressed ? "gzip" : nil))
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.headers[.contentLength] == String(answer.bytes.count))
        #expect(answer.headers[.eTag] == plain.headers[.eTag])
        if isCompressed { #expect(answer.bytes.count < plain.bytes.count / 2) }
        #expect(try await isCompressed ? text(of: answer) == plain.text : answer.text == plain.text)
    }

    @Test(.server) func `a list that is written while it is sent is compressed, too`() async throws
    {
        let server = try TestServer.current
        let title = String(repeating: "Call Carla. ", count: 150)
        _ = try await server.make(Said(title: title, rule: "FREQ=DAILY;COUNT=300"))
        let plain = try await server.get("/tasks?limit=500")
        #expect(plain.partSizes.count > 1)
        #expect(plain.headers[.vary] == "Accept-Encoding")
        let answer = try await server.get("/tasks?limit=500", Self.gzip)
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.headers[.contentLength] == nil)
        #expect(answer.bytes.count < plain.bytes.count / 4)
        #expect(try await text(of: answer) == plain.text)
    }

    @Test func `a short answer stays as it is`() async throws {
        for path in ["/me", "/nothing"] {
            let answer = try await server.get(path, Self.gzip)
            #expect(answer.headers[.contentEncoding] == nil)
            #expect(answer.headers[.vary] == nil)
            #expect(!answer.text.isEmpty)
        }
        let options = try await server.send(.options, "/tasks", headers: Self.gzip)
        #expect(options.status == 204)
        #expect(options.headers[.contentEncoding] == nil)
    }

    @Test func `what has no body is not compressed`() async throws {
        let path = try await longTask()
        let plain = try await server.get(path)
        let head = try await server.send(.head, path, as: .ana, Self.gzip)
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
        #expect(head.headers[.contentEncoding] == nil)
        #expect(head.headers[.contentLength] == String(plain.bytes.count))
        #expect(head.headers[.vary] == "Accept-Encoding")
        var fields = Self.gzip
        fields[.ifNoneMatch] = plain.headers[.eTag]
        let known = try await server.get(path, fields)
        #expect(known.status == 304)
        #expect(known.bytes.isEmpty)
        #expect(known.headers[.contentEncoding] == nil)
        #expect(known.headers[.vary] == "Accept-Encoding")
    }

    @Test(.server) func `events are told as they come, uncompressed`() async throws {
        let server = try TestServer.current
        let cursor = try await server.get("/changes").text("cursor")
        for _ in 0..<5 { _ = try await server.make(Said()) }
        server.store.feedBell.close()
        let answer = try await server.get("/events?after=\(cursor)", Self.gzip)
        #expect(answer.headers[.contentType] == "text/event-stream")
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.headers[.vary] == nil)
        #expect(answer.text.hasPrefix("retry: 1000\n"))
    }

    @Test func `problems and writes are compressed, and kept as they are`() async throws {
        let path = try await longTask()
        var fields = Self.gzip
        fields[.ifMatch] = "\"x\""
        let stale = try await server.patch(path, ["title": "Write"], fields)
        #expect(stale.status == 412)
        #expect(stale.headers[.contentType] == "application/problem+json")
        #expect(try await text(of: stale).hasPrefix(#"{"type":"/problems/changed-meanwhile""#))
        let key: HTTPFields = HTTPField.Name("Idempotency-Key").map { [$0: "compressed"] } ?? [:]
        let first = try await server.patch(path, ["priority": .integer(1)], key)
        fields = key
        fields[.acceptEncoding] = "gzip"
        let again = try await server.patch(path, ["priority": .integer(1)], fields)
        #expect(first.headers[.contentEncoding] == nil)
        #expect(again.headers[.contentEncoding] == "gzip")
        #expect(try await text(of: again) == first.text)
    }
}
