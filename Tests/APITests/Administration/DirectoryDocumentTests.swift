import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// `/directory/import` and `/directory/export`.
@Suite(.server) struct DirectoryDocumentTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(.server) func `an export makes the same directory elsewhere`() async throws {
        let first = try TestServer.current
        let document = try await first.get("/directory/export", as: .adam).text
        #expect(!document.contains("token"))
        #expect(document.contains(#""name":"Rita","#) && document.contains(#""deleted":true"#))
        // On the same server nothing is new.
        let again = try await first.post("/directory/import", as: .adam, document)
        #expect(again.status == 200, "\(again.text)")
        #expect(again["auditNumber"] == .null)
        #expect(again.text.contains(#""users":{"created":0,"updated":0,"unchanged":7,"#))
        let second = try await TestServer(document: document + "")
        try await second.importDocument(TestOffice.tokens)
        #expect(try await second.get("/directory/export", as: .adam).text == document)
    }

    @Test(.server) func `a document is taken over as a whole`() async throws {
        let server = try TestServer.current
        let document = """
            {"users": [{"location": "\(TestOffice.location)", "publicID": "aaaaaaaaaaaaaaaaaaaa",
                        "name": "Gina"}],
             "teams": [{"id": 1, "members": []}]}
            """
        let path = "/directory/import"
        let trial = try await server.post(path + "?dryRun=true", as: .adam, document)
        #expect(
            try await server.get("/teams/1", as: .adam).record("team")["memberIds"] != .array([])
        )
        let done = try await server.post(path, as: .adam, document)
        #expect(trial.record("effect") == done.record("effect"))
        #expect(done["auditNumber"] == .integer(2))
        #expect(done.objects("given").first?.text("pointer") == "/users/0")
        let audit = try await server.get("/audit", as: .adam).objects("entries")
        #expect(audit.first?.text("action") == "directory.imported")
        #expect(try await server.get("/users/aaaaaaaaaaaaaaaaaaaa", as: .adam).status == 200)
    }

    @Test(arguments: [
        (#"{"users": [{"id": 1, "name": 5}]}"#, "/users/0/name must be a text of 1 to 200"),
        (#"{"persons": []}"#, "/persons is not a field"),
        (#"{"users": [{"id": 20, "name": "Olga"}]}"#, "/users/0/id is taken"),
        (#"{"teams": [{"id": 1, "members": [20]}]}"#, "/teams/0/members/0 refers to nothing"),
        (#"{"teams": [{"id": 1, "members": [99]}]}"#, "/teams/0/members/0 refers to nothing"),
        (
            #"{"locations": [{"id": "Zq3TnB7cWx5LkD9vRy1M", "name": "X"}]}"#,
            "/locations/0/id is not"
        ),
        (
            #"{"locations": [{"id": "ve9EPM428h8vShlRW1KT", "deleted": true}]}"#,
            "/locations/0/deleted is for the operator"
        ),
        (#"{"users": [{"id": 31, "role": "agent"}]}"#, "/users/0 takes away your own role"),
        ("{", " cannot be read"),
    ])
    func `a document with a fault is refused with its place`(
        document: String,
        fault: String
    ) async throws {
        let answer = try await server.post("/directory/import", as: .adam, document)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(answer.faults.first?.hasPrefix(fault) == true, "\(answer.text)")
    }

    @Test func `a document needs the scopes of all that it says`() async throws {
        let issued = try await server.post(
            "/tokens",
            ["scopes": .array(["directory.write"])],
            as: .adam
        )
        let fields: HTTPFields = [
            .authorization: "Bearer \(issued.text("token"))", .contentType: "application/json",
        ]
        for (document, status) in [
            (#"{"users": []}"#, 200),
            (#"{"locations": [{"id": "ve9EPM428h8vShlRW1KT"}]}"#, 403),
            (#"{"tokens": [{"token": "aaaaaaaaaaaaaaaaaaaaaaaa", "user": 31}]}"#, 403),
        ] {
            let answer = try await server.send(
                .post,
                "/directory/import",
                headers: fields,
                Array(document.utf8)
            )
            #expect(answer.status == status, "\(answer.text)")
        }
    }
}

extension TestServer {
    /// Sends a document.
    fileprivate func post(
        _ path: String,
        as caller: Caller,
        _ document: String
    ) async throws -> Answer {
        try await send(.post, path, as: caller, [:], Array(document.utf8))
    }
}
