import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Sends every operation of both dialects with every credential that it must refuse.
@Suite(.server) struct AuthorizationTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: Attempt.all)
    func `a request needs a credential that fits the operation`(attempt: Attempt) async throws {
        let answer = try await server.send(attempt.operation, attempt.credential, server.own)
        #expect(answer.status == attempt.refusal.status)
        #expect(answer.text("message") == server.own.fill(attempt.refusal.message))
        #expect(answer.isError(of: attempt.operation.dialect), "\(answer.text)")
        #expect((answer.headers[.wwwAuthenticate] != nil) == (answer.status == 401))
    }

    @Test(.server) func `what is refused changes nothing`() async throws {
        let server = try TestServer.current
        let before = try await view(of: server)
        for attempt in Attempt.all {
            _ = try await server.send(attempt.operation, attempt.credential, server.own)
        }
        #expect(try await view(of: server) == before)
    }

    @Test(.server) func `one's own token is good for all`() async throws {
        let server = try TestServer.current
        for operation in Operation.all {
            let answer = try await server.send(operation, .own, server.own)
            #expect([200, 201].contains(answer.status), "\(operation): \(answer.text)")
        }
    }

    @Test(arguments: Operation.all.filter { $0.isReading })
    func `a token for reading reads`(operation: Operation) async throws {
        let answer = try await server.send(operation, .forReading, server.own)
        #expect(answer.status == 200)
    }

    @Test(
        arguments: [
            ("/api/v1/scheduled/tasks", "id", Name.task),
            ("/api/v1/scheduled/events", "scheduled_event_id", .event),
            ("/api/v1/task-categories", "id", .category),
            ("/api/v1/users", "id", .user),
            ("/api/v1/contacts", "id", .contactNumber),
        ],
        [Credential.ofAnotherUser, .ofAnotherLocation]
    )
    func `no list shows another user's records`(
        list: (path: String, member: String, name: Name),
        credential: Credential
    ) async throws {
        let operation = try #require(
            Operation.all.first { $0.path == list.path && $0.method == .get }
        )
        let answer = try await server.send(operation, credential, server.own)
        let rows = answer.objects("data")
        #expect(!rows.isEmpty)
        let own = server.own[list.name].map { JSONValue.string($0) }
        for row in rows { #expect(row[list.member] != own) }
    }

    @Test(arguments: [
        ("/locations/{location}/tasks", "tasks", "contactId", Name.contact),
        ("/contacts/?locationId={location}", "contacts", "id", .contact),
        ("/users/?locationId={location}", "users", "id", .userName),
    ])
    func `no list shows another location's records`(
        path: String,
        list: String,
        member: String,
        name: Name
    ) async throws {
        let operation = try #require(Operation.all.first { $0.path == path && $0.method == .get })
        let foreign = try await server.send(operation, .ofAnotherLocation, server.stranger)
        let rows = foreign.objects(list)
        #expect(!rows.isEmpty)
        for row in rows { #expect(row[member]?.string == server.stranger[name]) }
    }

    /// The answers to all reading operations of the owner.
    private func view(of server: TestServer) async throws -> [String] {
        var view: [String] = []
        for operation in Operation.all where operation.isReading {
            let answer = try await server.send(operation, .own, server.own)
            view.append(answer.text(withoutName: "nothing"))
        }
        return view
    }
}
