import Recurrence
import Storage
import Tasks
import Testing

@Suite
struct TokenVerdictTests {
    private let directory: TestDirectory

    private static let a = LocationID("AAAAAAAAAAAAAAAAAAAA")

    init() async throws {
        directory = try await TestDirectory()
        try await directory.importDocument(
            """
            {"locations": [
                {"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A", "timeZone": "America/New_York"},
                {"id": "BBBBBBBBBBBBBBBBBBBB", "name": "B", "deleted": true}],
             "users": [
                {"id": 1, "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Ana",
                 "timeZone": "Europe/Berlin"},
                {"id": 2, "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Ben"},
                {"id": 3, "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Cy", "deleted": true},
                {"id": 4, "location": "BBBBBBBBBBBBBBBBBBBB", "name": "Di"}],
             "tokens": [
                {"token": "token-of-user-with-zone", "user": 1, "scopes": ["read", "write"]},
                {"token": "token-of-user-without-zone", "user": 2, "scopes": []},
                {"token": "token-of-the-location", "location": "AAAAAAAAAAAAAAAAAAAA"},
                {"token": "token-of-deleted-user", "user": 3},
                {"token": "token-of-user-in-deleted-location", "user": 4},
                {"token": "token-of-deleted-location", "location": "BBBBBBBBBBBBBBBBBBBB"},
                {"token": "token-that-has-expired", "user": 1, "expiresAt": "2027-01-15T08:00:00Z"},
                {"token": "token-that-will-expire", "user": 1,
                 "expiresAt": "2027-01-15T08:00:00.000001Z"},
                {"token": "token-that-was-revoked", "user": 1, "deleted": true},
                {"token": "token-revoked-and-expired", "user": 1, "deleted": true,
                 "expiresAt": "2000-01-01T00:00:00Z"}]}
            """
        )
    }

    /// 1,800,000,000 seconds are 2027-01-15T08:00:00Z.
    @Test(
        arguments: [
            ("token-of-user-with-zone", accepted(1, "Europe/Berlin", ["read", "write"])),
            ("token-of-user-without-zone", accepted(2, "America/New_York", [])),
            ("token-of-the-location", accepted(nil, "America/New_York", nil)),
            ("token-of-deleted-user", .unknown),
            ("token-of-user-in-deleted-location", .unknown),
            ("token-of-deleted-location", .unknown),
            ("token-that-has-expired", .expired),
            ("token-that-will-expire", accepted(1, "Europe/Berlin", nil)),
            ("token-that-was-revoked", .unknown),
            ("token-revoked-and-expired", .unknown),
            ("token-that-nobody-issued", .unknown),
        ]
    )
    func `a token opens the door while it and its holder are in force`(
        token: String,
        verdict: TokenVerdict
    ) async throws {
        let found = try await directory.store.verdict(
            onTokenWithHash: testDigest(Array(token.utf8)),
            at: TestDirectory.now
        )
        #expect(found.withoutTokenID == verdict)
    }

    private static func accepted(
        _ userID: Int64?,
        _ timeZone: String,
        _ scopes: Set<String>?
    ) -> TokenVerdict {
        .accepted(
            Principal(
                locationID: a,
                userID: userID.map { Identifier($0) },
                timeZone: timeZone,
                scopes: scopes
            )
        )
    }
}
