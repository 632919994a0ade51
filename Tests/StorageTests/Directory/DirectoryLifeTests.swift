import DirectoryDocument
import Recurrence
import Storage
import Tasks
import Testing

/// How records get their numbers and public IDs, are deleted, and come back.
@Suite
struct DirectoryLifeTests {
    private let directory: TestDirectory

    private static let a = #""location": "AAAAAAAAAAAAAAAAAAAA""#
    private static let b = #""location": "BBBBBBBBBBBBBBBBBBBB""#
    private static let locations = """
        {"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A"},
                       {"id": "BBBBBBBBBBBBBBBBBBBB", "name": "B"}]}
        """

    init() async throws {
        directory = try await TestDirectory()
        try await directory.importDocument(Self.locations)
    }

    @Test(
        arguments: [
            ("locations", #"{"id": "AAAAAAAAAAAAAAAAAAAA"}"#, "location"),
            ("users", #"{"id": 7, \#(a), "name": "Gus"}"#, "member"),
            ("teams", #"{"id": 7, \#(a), "name": "T"}"#, "team"),
            ("contacts", #"{"id": 7, \#(a)}"#, "contact"),
            ("categories", #"{"id": 7, \#(a), "name": "C"}"#, "category"),
        ]
    )
    func `a deleted record stays, counts once, and can come back`(
        kind: String,
        record: String,
        table: String
    ) async throws {
        let deleted = #"{"\#(kind)": [\#(record.dropLast()), "deleted": true}]}"#
        let revived = #"{"\#(kind)": [\#(record.dropLast()), "deleted": false}]}"#
        try await directory.importDocument(#"{"\#(kind)": [\#(record)]}"#)
        let rows = try await directory.rows()
        let line = try await directory.importDocument(deleted)
        #expect(line.contains(#""\#(kind)":{"created":0,"updated":0,"unchanged":0,"deleted":1}"#))
        #expect(try await directory.rows(of: table, with: ",1800000000000000").count >= 1)
        #expect(try await directory.rows().count == rows.count)
        let again = try await directory.importDocument(
            deleted,
            at: TestDirectory.now.advanced(by: .seconds(1))
        )
        #expect(again.contains(#""\#(kind)":{"created":0,"updated":0,"unchanged":1,"deleted":0}"#))
        let back = try await directory.importDocument(revived)
        #expect(back.contains(#""\#(kind)":{"created":0,"updated":1,"unchanged":0,"deleted":0}"#))
    }

    @Test
    func `a deleted user can still be referred to`() async throws {
        let line = try await directory.importDocument(
            """
            {"users": [{"id": 7, \(Self.a), "name": "Gus", "deleted": true}],
             "contacts": [{"id": 7, \(Self.a), "owner": 7}]}
            """
        )
        #expect(line.contains(#""contacts":{"created":1"#))
    }

    @Test
    func `a public ID that is left out is made up, and never one that is taken`() async throws {
        let line = try await directory.importDocument(
            """
            {"users": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a), "name": "Ana"},
                       {"id": 1000, "publicID": "bbbbbbbbbbbbbbbbbbbb", \(Self.b), "name": "Ben"},
                       {"id": 5, \(Self.b), "name": "Cy"}],
             "teams": [{\(Self.a), "name": "T"}, {\(Self.b), "name": "T"}],
             "contacts": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a)}],
             "categories": [{\(Self.a), "name": "Call back"}]}
            """
        )
        let given = line.split(separator: #""given":"#).last
        #expect(
            given == """
                [{"path":"$.users[2]","id":5,"publicID":"HpgL9Ep3sajGOs7l30II"},\
                {"path":"$.users[0]","id":1001,"publicID":"aaaaaaaaaaaaaaaaaaaa"},\
                {"path":"$.teams[0]","id":1000},{"path":"$.teams[1]","id":1001},\
                {"path":"$.contacts[0]","id":1000,"publicID":"aaaaaaaaaaaaaaaaaaaa"},\
                {"path":"$.categories[0]","id":1000}]}
                """
        )
    }

    @Test
    func `a record without a number is recognised by its name`() async throws {
        let document = """
            {"users": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a), "name": "Ana"}],
             "teams": [{\(Self.a), "name": "T"}],
             "contacts": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a)}],
             "categories": [{\(Self.a), "name": "Call back"}]}
            """
        try await directory.importDocument(document)
        let rows = try await directory.rows()
        let line = try await directory.importDocument(document)
        #expect(line.hasSuffix(#""given":[]}"#))
        #expect(try await directory.rows() == rows)
    }

    @Test
    func `a category of the same name is another one for each user`() async throws {
        let line = try await directory.importDocument(
            """
            {"users": [{"id": 1, \(Self.a), "name": "Ana"}, {"id": 2, \(Self.a), "name": "Ben"}],
             "categories": [{\(Self.a), "name": "Tour"}, {\(Self.a), "name": "Tour", "user": 1},
                            {\(Self.a), "name": "Tour", "user": 2}]}
            """
        )
        #expect(line.contains(#""categories":{"created":3"#))
    }

    @Test
    func `a public ID that is replaced is free again`() async throws {
        try await directory.importDocument(
            """
            {"users": [{"id": 1, "publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a), "name": "Ana"}]}
            """
        )
        try await directory.importDocument(
            #"{"users": [{"id": 1, "publicID": "bbbbbbbbbbbbbbbbbbbb"}]}"#
        )
        let line = try await directory.importDocument(
            """
            {"users": [{"publicID": "bbbbbbbbbbbbbbbbbbbb", "phone": "+1"},
                       {"id": 2, "publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.b), "name": "Ben"}]}
            """
        )
        #expect(line.contains(#""users":{"created":1,"updated":1"#))
        #expect(
            try await directory.rows(of: "directoryName", with: "userPublic") == [
                "'userPublic','aaaaaaaaaaaaaaaaaaaa','BBBBBBBBBBBBBBBBBBBB',2",
                "'userPublic','bbbbbbbbbbbbbbbbbbbb','AAAAAAAAAAAAAAAAAAAA',1",
            ]
        )
    }

    @Test(
        arguments: [
            ("users", #"{"id": 1, \#(a), "name": "Ana"}"#, #"{"id": 1, \#(b), "name": "Ana"}"#),
            ("teams", #"{"id": 1, \#(a), "name": "T"}"#, #"{"id": 1, \#(b), "name": "T"}"#),
            ("contacts", #"{"id": 1, \#(a)}"#, #"{"id": 1, \#(b)}"#),
            ("categories", #"{"id": 9, \#(a), "name": "C"}"#, #"{"id": 9, \#(b), "name": "C"}"#),
        ]
    )
    func `a number is one record's in all locations`(
        kind: String,
        first: String,
        second: String
    ) async throws {
        try await directory.importDocument(#"{"\#(kind)": [\#(first)]}"#)
        let error = DirectoryDocumentError(
            path: "$.\(kind)[0].location",
            reason: "is in the location AAAAAAAAAAAAAAAAAAAA"
        )
        await #expect(throws: error) {
            try await directory.importDocument(#"{"\#(kind)": [\#(second)]}"#)
        }
    }

    @Test
    func `a random public ID is made of bytes that favour no character`() {
        // The bytes below 248 hold the 62 characters four times. The other bytes are passed over.
        var batches: [[UInt8]] = [
            Array(248...255), [0, 61, 62, 247], [248, 1], Array(repeating: 2, count: 20),
        ]
        let publicID = PublicID.random { _ in batches.removeFirst() }
        #expect(publicID == "A9A9BCCCCCCCCCCCCCCC")
        #expect(PublicID.isWellFormed(publicID))
    }

    @Test
    func `user 1 of the demo shares its work with everybody and has no token yet`() async throws {
        try await directory.importDocument(DemoDirectory.document)
        #expect(
            try await directory.rows(of: "member", with: "'Ana Lopez'").first?.contains("'UTC'")
                == true
        )
        #expect(
            try await directory.rows(of: "teamMember")
                == [1, 10, 16, 2, 5, 8].map { "1,'\(DemoDirectory.location)',\($0)" }
        )
        #expect(try await directory.rows(of: "team").first?.contains(",1,NULL") == true)
        #expect(try await directory.store.tokens() == [])
        let (_, record) = try await directory.issuer.issue(
            to: .user(Identifier(DemoDirectory.userID)),
            scopes: nil,
            expiresAt: nil,
            at: TestDirectory.now
        )
        #expect(record.locationID == LocationID(DemoDirectory.location))
    }
}
