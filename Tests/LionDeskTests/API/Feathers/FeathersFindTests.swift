import JSON
import LionDesk
import ServerTestSupport
import Testing

/// The `find` cases of Feathers' own adapter tests, for tasks.
///
/// Those tests use people with a name and an age. Ours use tasks: the description stands for the
/// name, and the reminder type for the age. Age 19 is type 1, 25 is 3 and 32 is 6.
@Suite(.server) struct FeathersFindTests {
    private let server: TestServer
    private let user: TestUser
    private let bob: Answer
    private let doug: Answer
    private let alice: Answer

    init() async throws {
        server = try .current
        user = try await server.newUser()
        var made: [Answer] = []
        for (name, type) in [("Bob", "3"), ("Doug", "6"), ("Alice", "1")] {
            let body = JSONObject.task(name, for: user).with(["reminder_type": .string(type)])
            made.append(try await server.post("/scheduled/tasks", body, as: user))
        }
        (bob, doug, alice) = (made[0], made[1], made[2])
    }

    private func find(_ query: String) async throws -> Answer {
        let found = try await server.get("/scheduled/tasks?\(query)", as: user)
        #expect(found.status == 200)
        return found
    }

    private func names(_ query: String) async throws -> [String] {
        try await find(query).texts("description")
    }

    @Test func `find finds all`() async throws {
        #expect(try await find("").rows == [bob, doug, alice].compactMap(\.json.object))
    }

    @Test func `find by equality finds the one that is equal`() async throws {
        #expect(try await names("description=Alice") == ["Alice"])
    }

    @Test func `find by several equalities finds what has all of them`() async throws {
        #expect(try await names("description=Alice&reminder_type=1") == ["Alice"])
        #expect(try await names("description=Alice&reminder_type=3") == [])
    }

    @Test func `find sorts`() async throws {
        #expect(try await names("$sort[description]=1") == ["Alice", "Bob", "Doug"])
        #expect(try await names("$sort[description]=-1") == ["Doug", "Bob", "Alice"])
    }

    @Test func `find sorts by a text that says the direction`() async throws {
        #expect(try await names("%24sort%5Bdescription%5D=1") == ["Alice", "Bob", "Doug"])
    }

    @Test func `find limits`() async throws {
        #expect(try await find("$limit=2").rows.count == 2)
    }

    @Test func `find with a limit of 0 finds nothing and still counts`() async throws {
        let found = try await find("$limit=0")
        #expect(found.rows.isEmpty)
        #expect(found.total == 3)
    }

    @Test func `find skips`() async throws {
        #expect(try await names("$sort[description]=1&$skip=1") == ["Bob", "Doug"])
    }

    @Test func `find selects`() async throws {
        let found = try await find("description=Alice&$select[0]=description")
        #expect(found.rows == [["id": .string(alice.id), "description": "Alice"]])
    }

    @Test func `find takes alternatives`() async throws {
        let query = "$or[0][description]=Alice&$or[1][description]=Bob&$sort[description]=1"
        #expect(try await names(query) == ["Alice", "Bob"])
    }

    @Test func `find takes a list`() async throws {
        let query =
            "description[$in][0]=Alice&description[$in][1]=Bob&$sort[description]=1"
        #expect(try await names(query) == ["Alice", "Bob"])
    }

    @Test func `find takes a list of what is not wanted`() async throws {
        let query = "description[$nin][0]=Alice&description[$nin][1]=Bob"
        #expect(try await names(query) == ["Doug"])
    }

    @Test(arguments: [
        ("reminder_type[$lt]=6", ["Bob", "Alice"]),
        ("reminder_type[$lte]=3", ["Bob", "Alice"]),
        ("reminder_type[$gt]=3", ["Doug"]),
        ("reminder_type[$gte]=3", ["Bob", "Doug"]),
        ("reminder_type[$ne]=3", ["Doug", "Alice"]),
    ])
    func `find compares`(query: String, expected: [String]) async throws {
        #expect(try await names(query) == expected)
    }

    @Test func `find compares between two values and sorts`() async throws {
        let query = "reminder_type[$gt]=1&reminder_type[$lt]=7&$sort[description]=1"
        #expect(try await names(query) == ["Bob", "Doug"])
    }

    @Test func `find takes alternatives with operators inside, and sorts`() async throws {
        let query = """
            $or[0][description]=Doug&$or[1][reminder_type][$gte]=1\
            &$or[1][reminder_type][$lt]=6&$sort[description]=1
            """
        #expect(try await names(query) == ["Alice", "Bob", "Doug"])
    }

    @Test func `find takes what must all hold`() async throws {
        let query = "$and[0][reminder_type]=1&$sort[description]=1"
        #expect(try await names(query) == ["Alice"])
    }

    @Test func `find takes alternatives within what must all hold`() async throws {
        let query = """
            $and[0][$or][0][description]=Alice&$and[0][$or][1][description]=Bob\
            &$and[1][reminder_type]=1
            """
        #expect(try await names(query) == ["Alice"])
    }
}

/// The cases about pages.
///
/// A page has one record by default, and two at most.
@Suite(.server(LionDeskOptions(page: PageLimits(standard: 1, maximum: 2))))
struct FeathersPageTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
        for name in ["Bob", "Doug", "Alice"] {
            _ = try await server.post("/scheduled/tasks", .task(name, for: user), as: user)
        }
    }

    @Test(
        arguments: [
            ("$sort[description]=-1", 3, 1, 0, ["Doug"]),
            ("$sort[description]=-1&description=Doug", 1, 1, 0, ["Doug"]),
            ("$sort[description]=-1&$skip=1&$limit=2", 3, 2, 1, ["Bob", "Alice"]),
            ("$limit=4&$sort[description]=1", 3, 2, 0, ["Alice", "Bob"]),
            ("$limit=0", 3, 0, 0, []),
        ] as [(String, Int, Int, Int, [String])]
    )
    func `find pages`(
        query: String,
        total: Int,
        limit: Int,
        skip: Int,
        names: [String]
    ) async throws {
        let found = try await server.get("/scheduled/tasks?\(query)", as: user)
        #expect(found.total == total)
        #expect(found["limit"] == .integer(Int64(limit)))
        #expect(found["skip"] == .integer(Int64(skip)))
        #expect(found.texts("description") == names)
    }
}
