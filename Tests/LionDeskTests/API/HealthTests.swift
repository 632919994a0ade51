import HTTPServing
import HTTPTypes
import Hummingbird
import ServerTestSupport
import Testing

/// `/health`, beside the API and open to all.
@Suite struct HealthTests {
    private let readiness = Readiness()

    private func send(_ method: HTTPRequest.Method) async throws -> Answer {
        let mount = Serving.Mount(
            prefix: ["health"],
            responder: HealthResponder(readiness: readiness) { 7 }
        )
        return try await Answer(to: .init(method, "/health"), from: Serving([mount]))
    }

    @Test func `the server says that it is ready once it is, and no longer when it stops`()
        async throws
    {
        #expect(try await send(.get).status == 503)
        readiness.set(true)
        let ready = try await send(.get)
        #expect(ready.status == 200)
        #expect(ready.text == #"{"status":"ok","live":true,"ready":true,"seriesSetAside":7}"#)
        readiness.set(false)
        #expect(
            try await send(.get).text
                == #"{"status":"stopping","live":true,"ready":false,"seriesSetAside":7}"#
        )
    }

    @Test func `a clock that is not believed is named, and the server is ready all the same`()
        async throws
    {
        readiness.set(true)
        let responder = HealthResponder(readiness: readiness, clockTrouble: { "jumped" })
        let mount = Serving.Mount(prefix: ["health"], responder: responder)
        let answer = try await Answer(to: .init(.get, "/health"), from: Serving([mount]))
        #expect(answer.status == 200)
        #expect(answer.text == #"{"status":"ok","live":true,"ready":true,"clock":"jumped"}"#)
    }

    @Test func `HEAD is answered without a body, and no other method at all`() async throws {
        readiness.set(true)
        let head = try await send(.head)
        #expect(head.status == 200)
        #expect(head.text.isEmpty)
        let post = try await send(.post)
        #expect(post.status == 405)
        #expect(post.headers[.allow] == "GET, HEAD")
    }
}
