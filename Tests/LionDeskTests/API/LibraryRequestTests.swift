import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// What clients' libraries do to requests of their own accord.
@Suite(.server) struct LibraryRequestTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private func post(_ body: [UInt8], coding: String) async throws -> Answer {
        let headers: HTTPFields = [
            .authorization: "Bearer \(user.token)", .contentType: "application/json",
            .contentEncoding: coding,
        ]
        return try await server.send(.post, "/api/v1/scheduled/tasks", headers: headers, body)
    }

    @Test func `a body may be compressed`() async throws {
        var json = JSONWriter()
        json.write(.object(.task(for: user)))
        let answer = try await post(Gzip.stored(Array(json.bytes)), coding: "gzip")
        #expect(answer.status == 201)
        #expect(try await server.get("/scheduled/tasks/\(answer.id)", as: user).status == 200)
    }

    @Test(arguments: ["br", "zstd", "gzip, gzip"])
    func `a body in another coding is refused with those that are read`(
        coding: String
    ) async throws {
        let answer = try await post([1, 2, 3], coding: coding)
        #expect(answer.status == 415)
        #expect(answer.isFeathersError && answer.text("name") == "UnsupportedMediaType")
        #expect(answer.text("message").contains(coding))
        #expect(answer.headers[.acceptEncoding] == "gzip, deflate")
    }

    @Test func `a body that is not compressed as it says is the client's mistake`() async throws {
        let answer = try await post(Array("{}".utf8), coding: "gzip")
        #expect(answer.status == 400 && answer.isFeathersError)
        #expect(
            answer.text("message")
                == "The request body is not compressed as Content-Encoding says"
        )
    }

    @Test func `a body has a hundred kilobytes at most after it is decompressed`() async throws {
        let answer = try await post(Gzip.blanks, coding: "gzip")
        #expect(answer.status == 400 && answer.isFeathersError)
        #expect(answer.text("message") == "The request body is larger than 102400 bytes")
    }

    @Test(arguments: ["_=1796000000000", "_=", "_=x&_=y", "_[a]=1"])
    func `the parameter that keeps caches from answering is ignored`(
        parameter: String
    ) async throws {
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        for path in ["/scheduled/tasks", "/scheduled/tasks/\(made.id)", "/scheduled/events"] {
            let answer = try await server.get("\(path)?\(parameter)", as: user)
            #expect(try await server.get(path, as: user).text == answer.text)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["/api/v1/scheduled/%74asks", "/%61pi/v1/%73cheduled/tas%6Bs"])
    func `letters of a path may be escaped`(path: String) async throws {
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        let headers: HTTPFields = [.authorization: "Bearer \(user.token)"]
        let page = try await server.send(.get, path, headers: headers)
        #expect(page.ids == [made.id])
        let digits = made.id.utf8.map { "%" + String($0, radix: 16) }.joined()
        let task = try await server.send(.get, "\(path)/\(digits)", headers: headers)
        #expect(task.id == made.id)
    }
}
