import DatabaseTestSupport
import HTTPServing
import HTTPTypes
import HighLevel
import Hummingbird
import Recurrence
import ServerTestSupport
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// The errors that a client gets when the server fails.
struct FailureTests {
    @Test func `a store that is unavailable for a moment can be tried again`() async throws {
        let answer = try await answer(failingWith: StoreUnavailable(reason: "the disk is full"))
        #expect(answer.status == 503)
        #expect(answer.isError && answer.messages == ["Service Unavailable"])
        #expect(answer.headers[.retryAfter] == "1")
        #expect(!answer.text.contains("disk"))
    }

    @Test func `a request that is cut off is worth another try`() async throws {
        let answer = try await answer(failingWith: CancellationError())
        #expect(answer.status == 503)
    }

    @Test func `a zone that cannot be read for a moment is worth another try`() async throws {
        let answer = try await answer(failingWith: UnknownZone(identifier: "Mars/Olympus"))
        #expect(answer.status == 503)
        #expect(!answer.text.contains("Mars"))
    }

    @Test func `a failure is told without what is nobody's business`() async throws {
        let answer = try await answer(failingWith: SQLError.corrupt(message: "Mars/Olympus"))
        #expect(answer.status == 500)
        #expect(answer.isError && answer.messages == ["Internal Server Error"])
        #expect(!answer.text.contains("Mars"))
    }

    @Test func `a row that cannot be read is told without what is in it`() async throws {
        let row = UnreadableRow(table: "token", key: "Mars", column: "userID", reason: "-1")
        let answer = try await answer(failingWith: row)
        #expect(answer.status == 503)
        #expect(!answer.text.contains("Mars"))
    }

    private func answer(failingWith error: any Error) async throws -> Answer {
        let folder = try TemporaryFolder()
        let store = try await TestStore.forTest(in: folder)
        let api = HighLevelAPI(
            store: store,
            tokens: FailingTokens(error: error),
            zones: SystemZones(),
            clock: TestClock(TestServer.start),
            limiter: RateLimiter(limits: RateLimits()),
            wallClock: { TestServer.start }
        )
        let headers: HTTPFields = [.authorization: "Bearer \(TestToken.full)"]
        return try await Answer(
            to: Request(.get, Path.recurringTasks, headers),
            from: Serving([Serving.Mount(prefix: ["locations"], responder: api)])
        )
    }
}

private struct FailingTokens: TokenStore {
    let error: any Error

    func verdict(
        onTokenWithHash hash: [UInt8],
        at now: Timestamp
    ) async throws -> TokenVerdict {
        throw error
    }
}
