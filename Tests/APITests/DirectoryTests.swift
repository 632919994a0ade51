import JSON
import ServerTestSupport
import Testing

/// Users, contacts and categories.
@Suite(.server) struct DirectoryTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: [
        ("users", Caller.ana, ["1", "2"]), ("users", .cleo, ["3"]),
        ("users", .office, ["1", "2", "3", "4", "30", "31"]),
        ("users", .mara, ["1", "2", "3", "4", "30", "31"]), ("users", .olga, ["20"]),
        ("contacts", .ana, ["2", "5"]), ("contacts", .dora, ["2", "7"]),
        ("contacts", .office, ["2", "5", "6", "7"]), ("contacts", .elsewhere, ["8"]),
        ("categories", .ana, ["1", "2", "3", "4", "5", "6", "8"]),
        ("categories", .office, ["1", "2", "3", "4", "5", "6", "7", "8"]),
    ])
    func `a list has whom the caller may refer to`(
        name: String,
        caller: Caller,
        ids: [String]
    ) async throws {
        let answer = try await server.get("/\(name)", as: caller)
        #expect(answer.status == 200)
        #expect(answer.ids(name) == ids)
        #expect(answer["nextCursor"] == nil)
    }

    @Test(arguments: ["users", "contacts", "categories"], 1...5)
    func `pages have each record once`(name: String, limit: Int) async throws {
        let all = try await server.get("/\(name)", as: .office).ids(name)
        var ids: [String] = []
        var path = "/\(name)?limit=\(limit)"
        for _ in 0...all.count {
            let page = try await server.get(path, as: .office)
            #expect(page.ids(name).count <= limit)
            ids += page.ids(name)
            guard let cursor = page["nextCursor"]?.string else { break }
            path = "/\(name)?limit=\(limit)&cursor=\(cursor)"
        }
        #expect(ids == all)
    }

    private static let userMembers = [
        "id", "publicId", "name", "email", "phone", "timeZone", "role", "locale", "reminders",
        "quietHours", "digest", "refusesMail", "etag",
    ]

    @Test(arguments: [
        ("/users/1", "user", userMembers),
        (
            "/contacts/2", "contact",
            [
                "id", "publicId", "firstName", "lastName", "email", "phone", "business", "ownerId",
                "assigneeId", "sharedWithIds", "etag",
            ]
        ),
        (
            "/categories/6", "category",
            ["id", "name", "ownerId", "createdAt", "modifiedAt", "etag"]
        ),
        (
            "/users/hxHGVRb1YJUscrCB8eXK", "user",
            userMembers
        ),
    ])
    func `one record stands under its name`(
        path: String,
        name: String,
        members: [String]
    ) async throws {
        let answer = try await server.get(path)
        #expect(answer.status == 200)
        #expect(answer.record(name).names == members)
    }

    @Test func `a record is found by its public name too`() async throws {
        let answer = try await server.get("/contacts/sx6wyHhbFdRXh302Lunr")
        #expect(answer.record("contact").text("id") == "2")
    }

    @Test(arguments: [
        ("/users/3", "/users/99"), ("/users/5", "/users/99"), ("/users/20", "/users/99"),
        ("/users/01", "/users/99"), ("/users/-1", "/users/99"),
        ("/users/9007199254740992", "/users/99"),
        ("/contacts/7", "/contacts/99"), ("/contacts/8", "/contacts/99"),
        ("/contacts/nobody0nobody0nobody", "/contacts/99"),
        ("/categories/7", "/categories/99"), ("/categories/x", "/categories/99"),
    ])
    func `what one may not see is not found, as what does not exist`(
        hidden: String,
        missing: String
    ) async throws {
        let answer = try await server.get(hidden)
        #expect(answer.status == 404)
        #expect(answer.isProblem)
        #expect(answer.textWithoutTrace == (try await server.get(missing)).textWithoutTrace)
    }

    @Test(arguments: [
        ("limit=0", "limit is no integer from 1 to 500"),
        ("limit=501", "limit is no integer from 1 to 500"),
        ("limit=x", "limit is no integer from 1 to 500"),
        ("limit=", "limit is no integer from 1 to 500"),
        ("limit=1&limit=2", "limit stands more than once, or in brackets"),
        ("limit[]=1", "limit stands more than once, or in brackets"),
        ("page=2", "page is not known here"),
    ])
    func `a query with a fault is refused`(query: String, fault: String) async throws {
        let answer = try await server.get("/users?\(query)")
        #expect(answer.status == 400)
        #expect(answer.isProblem)
        #expect(answer.problem == "invalid-query")
        #expect(answer.faults == [fault])
    }

    @Test func `all faults of a query are told at once`() async throws {
        let answer = try await server.get("/users?limit=0&page=2&order=x")
        #expect(answer.faults.count == 3)
        #expect(try await server.get("/users/1?fields=id").status == 400)
    }

    @Test func `a cursor is good for its query alone`() async throws {
        let page = try await server.get("/users?limit=1", as: .office)
        let cursor = try #require(page["nextCursor"]?.string)
        let refused = [
            ("/contacts?cursor=\(cursor)", Caller.office), ("/users?cursor=\(cursor)", .ana),
            ("/users?cursor=\(cursor)", .elsewhere), ("/users?cursor=", .office),
            ("/users?cursor=\(cursor)0", .office),
            ("/users?cursor=x\(cursor.dropFirst())", .office),
            ("/users?cursor=\(cursor)\(cursor)", .office),
        ]
        for (path, caller) in refused {
            let answer = try await server.get(path, as: caller)
            #expect(answer.status == 400, "\(path)")
            #expect(answer.problem == "invalid-cursor")
        }
        #expect(
            try await server.get("/users?cursor=\(cursor)", as: .office).ids("users").count == 5
        )
    }
}
