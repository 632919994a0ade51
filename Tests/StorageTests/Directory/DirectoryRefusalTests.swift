import DirectoryDocument
import Tasks
import Testing

@Suite
struct DirectoryRefusalTests {
    /// Two locations with a user each; every document below comes after it.
    private static let base = """
        {"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A"},
                       {"id": "BBBBBBBBBBBBBBBBBBBB", "name": "B"}],
         "users": [{"id": 1, "publicID": "aaaaaaaaaaaaaaaaaaaa",
                    "location": "AAAAAAAAAAAAAAAAAAAA", "name": "Ana"},
                   {"id": 2, "publicID": "bbbbbbbbbbbbbbbbbbbb",
                    "location": "BBBBBBBBBBBBBBBBBBBB", "name": "Ben"}],
         "tokens": [{"token": "00000000000000000001", "user": 1},
                    {"token": "00000000000000000002", "user": 1, "deleted": true}]}
        """

    struct Refusal: Sendable {
        var document: String
        var path: String
        var reason: String

        init(_ document: String, _ path: String, _ reason: String) {
            self.document = document
            self.path = path
            self.reason = reason
        }
    }

    private static let number = "must be a whole number from 1 to 9007199254740991"
    private static let publicID = "must be a text of 20 characters A-Z, a-z, 0-9"
    private static let token =
        "must be a text of 20 to 512 characters A-Z, a-z, 0-9 and -._~+/="
    private static let text = "must be a text of 1 to 200 characters, none of control"
    private static let a = #""location": "AAAAAAAAAAAAAAAAAAAA""#

    /// Documents that are refused without looking at what is stored.
    private static let malformed = [
        Refusal("{", "$", "cannot be read: Unexpected end of JSON input"),
        Refusal("[]", "$", "must be an object"),
        Refusal(#"{"people": []}"#, "$.people", "is not a field that is known here"),
        Refusal(#"{"a b": []}"#, #"$["a b"]"#, "is not a field that is known here"),
        Refusal(#"{"users": {}}"#, "$.users", "must be a list"),
        Refusal(#"{"users": null}"#, "$.users", "must be a list"),
        Refusal(#"{"users": [7]}"#, "$.users[0]", "must be an object"),
        Refusal(#"{"locations": [{}]}"#, "$.locations[0].id", "is missing"),
        Refusal(#"{"locations": [{"id": "short"}]}"#, "$.locations[0].id", publicID),
        Refusal(#"{"locations": [{"id": "AAAAAAAAAA-AAAAAAAAA"}]}"#, "$.locations[0].id", publicID),
        Refusal(
            #"{"users": [{"id": 3}, {"id": 4, "timezone": "UTC"}]}"#,
            "$.users[1].timezone",
            "is not a field that is known here"
        ),
        Refusal(
            #"{"users": [{"id": 3, "timeZone": "Mars/Base"}]}"#,
            "$.users[0].timeZone",
            "must be the name of a time zone"
        ),
        Refusal(#"{"users": [{"id": "3"}]}"#, "$.users[0].id", number),
        Refusal(#"{"users": [{"id": 0}]}"#, "$.users[0].id", number),
        Refusal(#"{"users": [{"id": 9007199254740992}]}"#, "$.users[0].id", number),
        Refusal(#"{"users": [{"id": 1.5}]}"#, "$.users[0].id", number),
        Refusal(#"{"users": [{"id": null}]}"#, "$.users[0].id", number),
        Refusal(
            #"{"users": [{"name": "Cy"}]}"#,
            "$.users[0].id",
            "is missing, and so is publicID; one of them must be given"
        ),
        Refusal(#"{"users": [{"id": 1, "publicID": "x"}]}"#, "$.users[0].publicID", publicID),
        Refusal(#"{"users": [{"id": 1, "publicID": null}]}"#, "$.users[0].publicID", publicID),
        Refusal(#"{"users": [{"id": 1, "name": null}]}"#, "$.users[0].name", text),
        Refusal(#"{"users": [{"id": 1, "name": ""}]}"#, "$.users[0].name", text),
        Refusal(#"{"users": [{"id": 1, "email": "a\r\nb"}]}"#, "$.users[0].email", text),
        Refusal(#"{"users": [{"id": 1, "phone": 5550100}]}"#, "$.users[0].phone", text),
        Refusal(
            #"{"users": [{"id": 1, "name": "\#(String(repeating: "x", count: 201))"}]}"#,
            "$.users[0].name",
            text
        ),
        Refusal(
            #"{"users": [{"id": 1, "deleted": 1}]}"#,
            "$.users[0].deleted",
            "must be true or false"
        ),
        Refusal(
            #"{"teams": [{"id": 1, "members": 1}]}"#,
            "$.teams[0].members",
            "must be a list of numbers"
        ),
        Refusal(#"{"teams": [{"id": 1, "members": [1, -1]}]}"#, "$.teams[0].members[1]", number),
        Refusal(
            #"{"teams": [{"id": 1, "members": [1, 2, 1]}]}"#,
            "$.teams[0].members[2]",
            "repeats members[0]"
        ),
        Refusal(#"{"tokens": [{"user": 1}]}"#, "$.tokens[0].token", token),
        Refusal(#"{"tokens": [{"token": "0000000000000000001"}]}"#, "$.tokens[0].token", token),
        Refusal(#"{"tokens": [{"token": "0000000000000000000\""}]}"#, "$.tokens[0].token", token),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "user": 1, \#(a)}]}"#,
            "$.tokens[0].location",
            "cannot be given beside user"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "scopes": "read"}]}"#,
            "$.tokens[0].scopes",
            "must be a list of up to 100 scopes"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "scopes": ["read write"]}]}"#,
            "$.tokens[0].scopes[0]",
            "must be a scope: up to 100 visible ASCII characters"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "scopes": ["read", "read"]}]}"#,
            "$.tokens[0].scopes[1]",
            "repeats a scope"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "expiresAt": "2030-01-01"}]}"#,
            "$.tokens[0].expiresAt",
            "must be a time such as 2030-01-01T00:00:00Z"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "expiresAt": 1893456000}]}"#,
            "$.tokens[0].expiresAt",
            "must be a time such as 2030-01-01T00:00:00Z"
        ),
    ]

    /// Documents that are refused because of what is stored.
    private static let unfitting = [
        Refusal(
            #"{"locations": [{"id": "CCCCCCCCCCCCCCCCCCCC"}]}"#,
            "$.locations[0].name",
            "is missing, and a new record needs it"
        ),
        Refusal(
            #"{"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA"}, {"id": "AAAAAAAAAAAAAAAAAAAA"}]}"#,
            "$.locations[1]",
            "repeats $.locations[0]"
        ),
        Refusal(
            #"{"users": [{"id": 3, "name": "Cy"}]}"#,
            "$.users[0].location",
            "is missing, and a new record needs it"
        ),
        Refusal(
            #"{"users": [{"id": 3, "location": "CCCCCCCCCCCCCCCCCCCC", "name": "Cy"}]}"#,
            "$.users[0].location",
            "refers to nothing that exists"
        ),
        Refusal(
            #"{"users": [{"id": 3, \#(a)}]}"#,
            "$.users[0].name",
            "is missing, and a new record needs it"
        ),
        Refusal(
            #"{"users": [{"id": 2, \#(a)}]}"#,
            "$.users[0].location",
            "is in the location BBBBBBBBBBBBBBBBBBBB"
        ),
        Refusal(
            #"{"users": [{"id": 1}, {"publicID": "aaaaaaaaaaaaaaaaaaaa"}]}"#,
            "$.users[1]",
            "repeats $.users[0]"
        ),
        Refusal(
            #"{"users": [{"publicID": "aaaaaaaaaaaaaaaaaaaa"}, {"id": 1}]}"#,
            "$.users[0]",
            "repeats $.users[1]"
        ),
        Refusal(
            #"{"users": [{"id": 1, "publicID": "bbbbbbbbbbbbbbbbbbbb"}]}"#,
            "$.users[0].publicID",
            "is the publicID of number 2"
        ),
        Refusal(
            #"{"users": [{"id": 3, \#(a), "name": "Cy", "publicID": "bbbbbbbbbbbbbbbbbbbb"}]}"#,
            "$.users[0].publicID",
            "is the publicID of number 2"
        ),
        Refusal(
            #"{"teams": [{"id": 1, \#(a)}]}"#,
            "$.teams[0].name",
            "is missing, and a new record needs it"
        ),
        Refusal(
            #"{"teams": [{"id": 1, \#(a), "name": "T", "members": [1, 9]}]}"#,
            "$.teams[0].members[1]",
            "refers to nothing that exists"
        ),
        Refusal(
            #"{"teams": [{"id": 1, \#(a), "name": "T", "members": [2]}]}"#,
            "$.teams[0].members[0]",
            "is in the location BBBBBBBBBBBBBBBBBBBB"
        ),
        Refusal(
            #"{"teams": [{\#(a), "name": "T"}, {\#(a), "name": "T"}]}"#,
            "$.teams[1]",
            "repeats $.teams[0]"
        ),
        Refusal(
            #"{"contacts": [{"id": 1, \#(a), "owner": 9}]}"#,
            "$.contacts[0].owner",
            "refers to nothing that exists"
        ),
        Refusal(
            #"{"contacts": [{"id": 1, \#(a), "assigned": 2}]}"#,
            "$.contacts[0].assigned",
            "is in the location BBBBBBBBBBBBBBBBBBBB"
        ),
        Refusal(
            #"{"contacts": [{"id": 1, \#(a), "sharedWith": [2]}]}"#,
            "$.contacts[0].sharedWith[0]",
            "is in the location BBBBBBBBBBBBBBBBBBBB"
        ),
        Refusal(
            #"{"categories": [{"id": 6, \#(a), "name": "C", "user": 2}]}"#,
            "$.categories[0].user",
            "is in the location BBBBBBBBBBBBBBBBBBBB"
        ),
        Refusal(
            #"{"categories": [{"id": 5, \#(a), "name": "C"}]}"#,
            "$.categories[0].id",
            "is of a category that every location has, which stays as it is"
        ),
        Refusal(
            #"{"categories": [{\#(a), "name": "Call"}]}"#,
            "$.categories[0].name",
            "is of a category that every location has, which stays as it is"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000003"}]}"#,
            "$.tokens[0].user",
            "is missing, and a new record needs it"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000003", "user": 9}]}"#,
            "$.tokens[0].user",
            "refers to nothing that exists"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", "user": 2}]}"#,
            "$.tokens[0].user",
            "is not whose token it is"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001", \#(a)}]}"#,
            "$.tokens[0].location",
            "is not whose token it is"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000002", "deleted": false}]}"#,
            "$.tokens[0].deleted",
            "cannot be undone: a token is revoked for good"
        ),
        Refusal(
            #"{"tokens": [{"token": "00000000000000000001"}, {"token": "00000000000000000001"}]}"#,
            "$.tokens[1]",
            "repeats $.tokens[0]"
        ),
    ]

    @Test(arguments: malformed + unfitting)
    func `a document that is wrong is refused, and nothing is imported`(
        refusal: Refusal
    ) async throws {
        let directory = try await TestDirectory()
        try await directory.importDocument(Self.base)
        let rows = try await directory.rows()
        let error = DirectoryDocumentError(path: refusal.path, reason: refusal.reason)
        await #expect(throws: error) { try await directory.importDocument(refusal.document) }
        #expect(try await directory.rows() == rows)
    }

    @Test
    func `what was right before the mistake is not imported either`() async throws {
        let directory = try await TestDirectory()
        let document = """
            {"locations": [{"id": "AAAAAAAAAAAAAAAAAAAA", "name": "A"}],
             "users": [{"publicID": "aaaaaaaaaaaaaaaaaaaa", \(Self.a), "name": "Ana"},
                       {"id": 2, \(Self.a)}]}
            """
        let error = DirectoryDocumentError(
            path: "$.users[1].name",
            reason: "is missing, and a new record needs it"
        )
        await #expect(throws: error) { try await directory.importDocument(document) }
        #expect(try await directory.rows() == [])
    }

    @Test
    func `a document of more than 64 MiB is refused unread`() async throws {
        let directory = try await TestDirectory()
        let document = String(repeating: " ", count: 64 << 20) + "{}"
        let error = DirectoryDocumentError(path: "$", reason: "is larger than 64 MiB")
        await #expect(throws: error) { try await directory.importDocument(document) }
    }
}
