import DatabaseTestSupport
import DirectoryDocument
import JSON
import Recurrence
import Storage
import Tasks
import Testing

@Suite
struct DirectoryImportTests {
    private let directory: TestDirectory

    private static let a = #""location": "AAAAAAAAAAAAAAAAAAAA""#
    private static let locations = """
        "locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A",
                       "timeZone": "America/New_York"},
                      {"id": "BBBBBBBBBBBBBBBBBBBB", "name": "B"}]
        """

    /// Every kind of record, with every field.
    private static let full = """
        {\(locations),
         "users": [
            {"id": 1, "publicID": "aaaaaaaaaaaaaaaaaaaa", \(a), "name": "Ana",
             "email": "ana@example.com", "phone": "+15550100", "timeZone": "Europe/Berlin"},
            {"id": 2, "publicID": "bbbbbbbbbbbbbbbbbbbb", \(a), "name": "Ben"},
            {"id": 3, "publicID": "cccccccccccccccccccc", "location": "BBBBBBBBBBBBBBBBBBBB",
             "name": "Cy"}],
         "teams": [{"id": 1, \(a), "name": "T", "sharing": true, "members": [1, 2]}],
         "contacts": [
            {"id": 2, "publicID": "dddddddddddddddddddd", \(a), "firstName": "Stacy",
             "lastName": "Buyer", "email": "stacy@example.com", "phone": "+15550120",
             "business": "Bakery", "owner": 1, "assigned": 2, "sharedWith": [1, 2]}],
         "categories": [{"id": 6, \(a), "name": "Open house", "user": 1}],
         "tokens": [
            {"token": "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "user": 1,
             "scopes": ["write", "read"], "expiresAt": "2030-01-01T00:00:00Z"},
            {"token": "pit-0b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e", \(a)}]}
        """

    init() async throws {
        directory = try await TestDirectory()
    }

    private func identifier(_ token: String) -> String {
        TokenText.identifier(ofDigest: testDigest(Array(token.utf8)))
    }

    private func counts(_ line: String, _ kind: String) throws -> [String: JSONValue] {
        let counts = try JSONValue(parsing: Array(line.utf8))[kind]?.object
        return Dictionary(
            uniqueKeysWithValues: (counts?.members ?? []).map { ($0.name, $0.value) }
        )
    }

    @Test
    func `a document becomes rows, and categories 1 to 5 come with each location`() async throws {
        let line = try await directory.importDocument(Self.full)
        #expect(
            line == """
                {"locations":{"created":2,"updated":0,"unchanged":0,"deleted":0},\
                "users":{"created":3,"updated":0,"unchanged":0,"deleted":0},\
                "teams":{"created":1,"updated":0,"unchanged":0,"deleted":0},\
                "contacts":{"created":1,"updated":0,"unchanged":0,"deleted":0},\
                "categories":{"created":1,"updated":0,"unchanged":0,"deleted":0},\
                "tokens":{"created":2,"updated":0,"unchanged":0,"deleted":0},"given":[]}
                """
        )
        #expect(
            try await directory.rows(of: "location") == [
                "'AAAAAAAAAAAAAAAAAAAA','A','America/New_York',0,NULL,NULL",
                "'BBBBBBBBBBBBBBBBBBBB','B','UTC',0,NULL,NULL",
            ]
        )
        #expect(
            try await directory.rows(of: "member", with: "Ana") == [
                """
                1,'AAAAAAAAAAAAAAAAAAAA','aaaaaaaaaaaaaaaaaaaa','Ana','ana@example.com',\
                '+15550100','Europe/Berlin',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL
                """
            ]
        )
        #expect(try await directory.rows(of: "team") == ["1,'AAAAAAAAAAAAAAAAAAAA','T',1,NULL"])
        #expect(try await directory.rows(of: "teamMember").count == 2)
        #expect(
            try await directory.rows(of: "contact") == [
                """
                2,'AAAAAAAAAAAAAAAAAAAA','dddddddddddddddddddd','Stacy','Buyer',\
                'stacy@example.com','+15550120','Bakery',1,2,NULL
                """
            ]
        )
        #expect(try await directory.rows(of: "contactShare").count == 2)
        #expect(try await directory.rows(of: "category", with: "AAAA").count == 6)
        #expect(try await directory.rows(of: "category", with: "BBBB").count == 5)
        #expect(
            try await directory.rows(of: "category", with: "Open house") == [
                """
                6,'AAAAAAAAAAAAAAAAAAAA','Open house',1,1800000000000000,1800000000000000,NULL
                """
            ]
        )
    }

    @Test
    func `a token is kept as its digest and a hint`() async throws {
        try await directory.importDocument(Self.full)
        #expect(
            try await directory.store.tokens() == [
                TokenRecord(
                    id: identifier("pit-0b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e"),
                    hint: "pit-0b6c...8d9e",
                    locationID: LocationID("AAAAAAAAAAAAAAAAAAAA"),
                    userID: nil,
                    scopes: nil,
                    createdAt: TestDirectory.now,
                    expiresAt: nil,
                    revokedAt: nil
                ),
                TokenRecord(
                    id: identifier("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"),
                    hint: "5baa...8fd8",
                    locationID: LocationID("AAAAAAAAAAAAAAAAAAAA"),
                    userID: Identifier(1),
                    scopes: ["read", "write"],
                    createdAt: TestDirectory.now,
                    expiresAt: Timestamp(seconds: 1_893_456_000),
                    revokedAt: nil
                ),
            ]
        )
        #expect(try await directory.rows().allSatisfy { !$0.contains("61e4c9b93f") })
    }

    @Test(arguments: [full, DemoDirectory.document])
    func `the same document again changes nothing`(document: String) async throws {
        try await directory.importDocument(document)
        let rows = try await directory.rows()
        let later = TestDirectory.now.advanced(by: .seconds(60))
        let line = try await directory.importDocument(document, at: later)
        #expect(try await directory.rows() == rows)
        for kind in ["locations", "users", "teams", "contacts", "categories", "tokens"] {
            let counts = try counts(line, kind).filter { $0.value != .integer(0) }
            #expect(counts.keys.allSatisfy { $0 == "unchanged" })
        }
    }

    @Test(
        arguments: [
            (#"{"users": [{"id": 1}]}"#, "'Ana','ana@example.com','+15550100','Europe/Berlin',"),
            (#"{"users": [{"id": 1, "email": null}]}"#, "'Ana',NULL,'+15550100','Europe/Berlin',"),
            (
                #"{"users": [{"id": 1, "name": "Eva", "phone": "+1"}]}"#,
                "'Eva','ana@example.com','+1','Europe/Berlin',"
            ),
            (
                #"{"users": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", "timeZone": null}]}"#,
                "'Ana','ana@example.com','+15550100',NULL,"
            ),
        ]
    )
    func `an absent field of a user stays, null clears it, and a value replaces it`(
        document: String,
        columns: String
    ) async throws {
        try await directory.importDocument(Self.full)
        try await directory.importDocument(document)
        #expect(try await directory.rows(of: "member", with: columns).count == 1)
    }

    @Test(
        arguments: [
            (
                #"{"contacts": [{"id": 2}]}"#,
                "'Buyer','stacy@example.com','+15550120','Bakery',1,2,",
                ["2,'AAAAAAAAAAAAAAAAAAAA',1", "2,'AAAAAAAAAAAAAAAAAAAA',2"]
            ),
            (
                #"{"contacts": [{"id": 2, "lastName": null, "email": null, "owner": null}]}"#,
                "'Stacy',NULL,NULL,'+15550120','Bakery',NULL,2,",
                ["2,'AAAAAAAAAAAAAAAAAAAA',1", "2,'AAAAAAAAAAAAAAAAAAAA',2"]
            ),
            (
                #"{"contacts": [{"id": 2, "business": "Shop", "owner": 2, "sharedWith": [2]}]}"#,
                "'Shop',2,2,", ["2,'AAAAAAAAAAAAAAAAAAAA',2"]
            ),
            (
                #"{"contacts": [{"id": 2, "assigned": null, "sharedWith": null}]}"#,
                "'Bakery',1,NULL,", []
            ),
        ]
    )
    func `an absent field of a contact stays, null clears it, and a value replaces it`(
        document: String,
        columns: String,
        shares: [String]
    ) async throws {
        try await directory.importDocument(Self.full)
        try await directory.importDocument(document)
        #expect(try await directory.rows(of: "contact", with: columns).count == 1)
        #expect(try await directory.rows(of: "contactShare") == shares)
    }

    @Test(
        arguments: [
            (#"{"teams": [{"id": 1, "name": "U"}]}"#, "'U',1,", [1, 2]),
            (#"{"teams": [{"id": 1, "sharing": null, "members": [2]}]}"#, "'T',0,", [2]),
            (#"{"teams": [{"id": 1, "members": null}]}"#, "'T',1,", []),
        ]
    )
    func `a team's members are all that the document names`(
        document: String,
        columns: String,
        members: [Int]
    ) async throws {
        try await directory.importDocument(Self.full)
        try await directory.importDocument(document)
        #expect(try await directory.rows(of: "team", with: columns).count == 1)
        #expect(
            try await directory.rows(of: "teamMember")
                == members.map { "1,'AAAAAAAAAAAAAAAAAAAA',\($0)" }
        )
    }

    @Test
    func `a location's cleared zone is UTC, and its log goes on`() async throws {
        try await directory.importDocument(Self.full)
        let bump = SQLStatement("UPDATE location SET changeNumber = 7")
        try await directory.database.write { connection in try connection.execute(bump, [:]) }
        try await directory.importDocument(
            #"{"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "timeZone": null}]}"#
        )
        #expect(
            try await directory.rows(of: "location", with: "'A'")
                == ["'AAAAAAAAAAAAAAAAAAAA','A','UTC',7,NULL,NULL"]
        )
    }

    @Test
    func `a category's change is dated, and clearing its user gives it to all`() async throws {
        try await directory.importDocument(Self.full)
        try await directory.importDocument(
            #"{"categories": [{"id": 6, "user": null}]}"#,
            at: TestDirectory.now.advanced(by: .microseconds(5))
        )
        #expect(
            try await directory.rows(of: "category", with: "Open house") == [
                """
                6,'AAAAAAAAAAAAAAAAAAAA','Open house',NULL,1800000000000000,1800000000000005,NULL
                """
            ]
        )
    }
}
