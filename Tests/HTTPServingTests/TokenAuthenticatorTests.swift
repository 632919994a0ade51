import HTTPServing
import HTTPTypes
import Hummingbird
import Recurrence
import ServerTestSupport
import Tasks
import Testing

struct TokenAuthenticatorTests {
    private static let now = Timestamp(seconds: 1_781_870_400)
    private static let principal = Principal(
        locationID: LocationID("ve9EPM428h8vShlRW1KT"),
        userID: nil,
        timeZone: "UTC",
        scopes: nil
    )

    /// A store that knows one token.
    private struct OneToken: TokenStore {
        let digest: [UInt8]

        func verdict(onTokenWithHash hash: [UInt8], at now: Timestamp) -> TokenVerdict {
            hash == digest ? .accepted(principal) : .unknown
        }
    }

    private static func request(token: String) -> Request {
        Request(.get, "/", [.authorization: "Bearer \(token)"])
    }

    @Test func `a token is told by its digest, looked up or remembered`() async throws {
        let digest = TokenDigest.bytes(of: "pit-1")
        let authenticator = TokenAuthenticator(tokens: OneToken(digest: digest))
        for _ in 0..<2 {
            let principal = try await authenticator.principal(
                of: Self.request(token: "pit-1"),
                at: Self.now
            )
            #expect(principal == Self.principal)
        }
        await #expect(throws: AuthenticationFailure.unknown) {
            try await authenticator.principal(of: Self.request(token: "pit-2"), at: Self.now)
        }
    }
}
