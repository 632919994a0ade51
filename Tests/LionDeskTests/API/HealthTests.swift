import HTTPServing
import HTTPTypes
import Hummingbird
import ServerTestSupport
import Tasks
import Testing

/// `/health`, beside the API and open to all.
@Suite struct HealthTests {
    private let readiness = Readiness()

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String = "/health",
        trouble: StoreTrouble? = nil,
        onTrial: StoreTrouble? = nil
    ) async throws -> Answer {
        let mount = Serving.Mount(
            prefix: ["health"],
            responder: HealthResponder(
                readiness: readiness,
                setAsideCount: { 7 },
                storeTrouble: { trouble },
                storeTroubleOnTrial: { onTrial }
            )
        )
        return try await Answer(to: .init(method, path), from: Serving([mount]))
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

    @Test func `series that are held are counted by the reason`() async throws {
        readiness.set(true)
        let responder = HealthResponder(
            readiness: readiness,
            heldSeries: { [HeldSeries(reason: "The time zone cannot be read: A/B", count: 3)] }
        )
        let mount = Serving.Mount(prefix: ["health"], responder: responder)
        let answer = try await Answer(to: .init(.get, "/health"), from: Serving([mount]))
        #expect(answer.status == 200)
        #expect(
            answer.text == #"{"status":"ok","live":true,"ready":true,"seriesSetAside":0,"#
                + #""seriesHeld":[{"count":3,"reason":"The time zone cannot be read: A/B"}]}"#
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
        #expect(
            answer.text
                == #"{"status":"ok","live":true,"ready":true,"seriesSetAside":0,"clock":"jumped"}"#
        )
    }

    @Test(arguments: [
        (ZoneHealth(release: "2026f"), #"{"release":"2026f"}"#),
        (
            ZoneHealth(release: "unknown", warnings: ["old", "\"other\""]),
            #"{"release":"unknown","warnings":["old","\"other\""]}"#
        ),
    ])
    func `time zones are named, and what is wrong with them, and the server is ready all the same`(
        zones: ZoneHealth,
        shown: String
    ) async throws {
        readiness.set(true)
        let responder = HealthResponder(readiness: readiness, zones: { zones })
        let mount = Serving.Mount(prefix: ["health"], responder: responder)
        let answer = try await Answer(to: .init(.get, "/health"), from: Serving([mount]))
        #expect(answer.status == 200)
        #expect(
            answer.text
                == #"{"status":"ok","live":true,"ready":true,"seriesSetAside":0,"zones":\#(shown)}"#
        )
    }

    @Test(arguments: StoreTrouble.allCases)
    func `a server whose store is in trouble is not ready, and says the reason in a word`(
        trouble: StoreTrouble
    ) async throws {
        readiness.set(true)
        let answer = try await send(.get, trouble: trouble)
        #expect(answer.status == 503)
        #expect(
            answer.text
                == #"{"status":"\#(trouble.rawValue)","live":true,"ready":false,"seriesSetAside":7}"#
        )
    }

    @Test(arguments: ["/health?deep", "/health?deep=1", "/health?a=b&deep"])
    func `a deep question tries the store out`(path: String) async throws {
        readiness.set(true)
        #expect(try await send(.get, path, onTrial: .damaged).text("status") == "storage-damaged")
        #expect(try await send(.get, path).status == 200)
        #expect(try await send(.get, "/health?deeper", onTrial: .damaged).status == 200)
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
