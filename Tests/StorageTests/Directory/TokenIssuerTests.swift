import Recurrence
import Storage
import Tasks
import Testing

@Suite
struct TokenIssuerTests {
    private let directory: TestDirectory

    private static let location = LocationID("AAAAAAAAAAAAAAAAAAAA")

    init() async throws {
        directory = try await TestDirectory()
        try await directory.importDocument(
            """
            {"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A"},
                           {"id": "BBBBBBBBBBBBBBBBBBBB", "name": "B", "deleted": true}],
             "users": [{"id": 1, "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Ana"},
                       {"id": 2, "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Ben",
                        "deleted": true},
                       {"id": 3, "location": "BBBBBBBBBBBBBBBBBBBB", "name": "Cy"}]}
            """
        )
    }

    private func issue(
        to holder: TokenHolder,
        scopes: Set<String>? = nil,
        expiresAt: Timestamp? = nil
    ) async throws -> (token: String, record: TokenRecord) {
        try await directory.issuer.issue(
            to: holder,
            scopes: scopes,
            expiresAt: expiresAt,
            at: TestDirectory.now
        )
    }

    private func verdict(_ token: String) async throws -> TokenVerdict {
        try await directory.store.verdict(
            onTokenWithHash: testDigest(Array(token.utf8)),
            at: TestDirectory.now
        )
    }

    @Test
    func `a user's token is 40 hexadecimal digits`() async throws {
        let (token, record) = try await issue(to: .user(Identifier(1)), scopes: ["read"])
        #expect(token.wholeMatch(of: /[0-9a-f]{40}/) != nil)
        #expect(record.hint == "\(token.prefix(4))...\(token.suffix(4))")
        #expect(record.userID == Identifier(1))
        #expect(
            try await verdict(token).withoutTokenID
                == .accepted(
                    Principal(
                        locationID: Self.location,
                        userID: Identifier(1),
                        timeZone: "UTC",
                        scopes: ["read"]
                    )
                )
        )
    }

    @Test
    func `a location's token is a random UUID after its prefix`() async throws {
        let (token, record) = try await issue(to: .location(Self.location))
        let pattern = /pit-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(token.wholeMatch(of: pattern) != nil)
        #expect(record.hint == "\(token.prefix(8))...\(token.suffix(4))")
        #expect(
            try await verdict(token).withoutTokenID
                == .accepted(
                    Principal(
                        locationID: Self.location,
                        userID: nil,
                        timeZone: "UTC",
                        scopes: nil
                    )
                )
        )
    }

    @Test(
        arguments: [
            TokenHolder.user(Identifier(2)), .user(Identifier(3)), .user(Identifier(9)),
            .location(LocationID("BBBBBBBBBBBBBBBBBBBB")),
            .location(LocationID("CCCCCCCCCCCCCCCCCCCC")),
        ]
    )
    func `nobody who is not in use gets a token`(holder: TokenHolder) async throws {
        await #expect(throws: TokenRefusal.unknownHolder) { try await issue(to: holder) }
        #expect(try await directory.store.tokens() == [])
    }

    @Test
    func `a token of no use is refused`() async throws {
        await #expect(throws: TokenRefusal.malformedScope("a b")) {
            try await issue(to: .user(Identifier(1)), scopes: ["read", "a b"])
        }
        await #expect(throws: TokenRefusal.expiryNotInFuture) {
            try await issue(to: .user(Identifier(1)), expiresAt: TestDirectory.now)
        }
    }

    @Test(arguments: [true, false])
    func `a token is revoked by itself or by its hint, once`(byHint: Bool) async throws {
        let (token, record) = try await issue(to: .user(Identifier(1)))
        let (other, _) = try await issue(to: .user(Identifier(1)))
        let name = byHint ? record.hint : token
        let revoked = try await directory.issuer.revoke(name, at: TestDirectory.now)
        #expect(revoked.hint == record.hint)
        #expect(revoked.revokedAt == TestDirectory.now)
        #expect(try await verdict(token) == .unknown)
        #expect(try await verdict(other) != .unknown)
        await #expect(throws: TokenRefusal.unknown) {
            try await directory.issuer.revoke(name, at: TestDirectory.now)
        }
    }

    @Test
    func `a hint that several tokens in force share is refused`() async throws {
        let tokens = ["5baa-0000-0000-0000-8fd8", "5baa-1111-1111-1111-8fd8"]
        let records = tokens.map { #"{"token": "\#($0)", "user": 1}"# }
        try await directory.importDocument(#"{"tokens": [\#(records.joined(separator: ","))]}"#)
        await #expect(throws: TokenRefusal.ambiguous(count: 2)) {
            try await directory.issuer.revoke("5baa...8fd8", at: TestDirectory.now)
        }
        _ = try await directory.issuer.revoke(tokens[0], at: TestDirectory.now)
        _ = try await directory.issuer.revoke("5baa...8fd8", at: TestDirectory.now)
        #expect(try await directory.store.tokens().allSatisfy { $0.revokedAt != nil })
    }

    @Test
    func `making a hint of anything but a token stops the process`() async {
        await #expect(processExitsWith: .failure) { _ = TokenText.hint(of: "short") }
    }
}
