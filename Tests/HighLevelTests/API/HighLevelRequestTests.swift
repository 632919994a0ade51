import HTTPTypes
import HighLevel
import JSON
import ServerTestSupport
import Testing

/// What clients' libraries do to requests of their own accord.
@Suite(.server) struct HighLevelRequestTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func search(_ body: [UInt8], coding: String) async throws -> Answer {
        let headers: HTTPFields = [
            .authorization: "Bearer \(TestToken.full)", .contentType: "application/json",
            .contentEncoding: coding, try #require(HTTPField.Name("Version")): "2021-07-28",
        ]
        return try await server.send(.post, Path.search, headers: headers, body)
    }

    @Test func `a body may be compressed`() async throws {
        let body = Array(#"{"query": "none", "limit": 0}"#.utf8)
        let refused = try await search(Gzip.stored(body), coding: "gzip")
        #expect(refused.status == 422, "what was compressed is read")
        #expect(try await search(Gzip.stored([0x7B, 0x7D]), coding: "x-gzip").status == 200)
    }

    @Test(arguments: ["br", "zstd", "gzip, gzip"])
    func `a body in another coding is refused with those that are read`(
        coding: String
    ) async throws {
        let answer = try await search([1, 2, 3], coding: coding)
        #expect(answer.status == 415)
        #expect(answer.isError && answer["error"] == "Unsupported Media Type")
        #expect(answer.messages.contains { $0.contains(coding) })
        #expect(answer.headers[.acceptEncoding] == "gzip, deflate")
    }

    @Test func `a body that is not compressed as it says is the client's mistake`() async throws {
        let answer = try await search([0x7B, 0x7D], coding: "gzip")
        #expect(answer.status == 400 && answer.isError)
        #expect(
            answer.messages == ["The request body is not compressed as Content-Encoding says"]
        )
    }

    @Test func `a body has a megabyte at most after it is decompressed`() async throws {
        let blanks = Array(repeatElement(Gzip.blanks, count: 6).joined())
        let answer = try await search(blanks, coding: "gzip")
        #expect(answer.status == 413)
        #expect(answer.isError && answer.messages == ["request entity too large"])
    }

    @Test func `letters of a path may be escaped`() async throws {
        let location = TestOffice.location.utf8.map { "%" + String($0, radix: 16) }.joined()
        let answer = try await server.get("/%6Cocations/\(location)/recurring-task%73")
        #expect(answer.status == 200)
        let foreign = try await server.get("/locations/%78/recurring-tasks")
        #expect(foreign.status == 403)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/"), (.get, "/nosuch"), (.post, "/oauth/token"),
        (.patch, "/locations"), (.options, "/contacts/a/tasks"), (.get, "/index.html?a=1"),
    ])
    func `a path or a method that is unknown is not found in the API's form`(
        method: HTTPRequest.Method,
        path: String
    ) async throws {
        let answer = try await server.send(method, path)
        #expect(answer.status == 404)
        #expect(answer.isError && answer["error"] == "Not Found")
        #expect(answer.messages == ["Cannot \(method.rawValue) \(path)"])
    }
}
