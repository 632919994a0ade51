import HighLevel
import JSON
import ServerTestSupport
import Testing

/// The look-ups of the location and its people that clients make before they ask for tasks.
@Suite(.server(after: { try await $0.importDocument(Town.document) })) struct DirectoryTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `a location is shown by its own token`() async throws {
        let answer = try await server.get("/locations/\(TestOffice.location)")
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["location", "traceId"])
        #expect(
            answer["location"]
                == .object([
                    "id": .string(TestOffice.location), "name": "Acme Realty",
                    "timezone": "America/Los_Angeles",
                ])
        )
    }

    // MARK: - Contacts

    @Test func `a contact is shown with what the directory has`() async throws {
        let answer = try await server.get("/contacts/\(Town.stacy)")
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["contact", "traceId"])
        #expect(answer["contact"] == .object(Town.shownStacy))
        let bare = try await server.get("/contacts/\(Town.nameless)")
        #expect(
            bare["contact"]
                == .object([
                    "id": .string(Town.nameless), "locationId": .string(TestOffice.location),
                    "name": "", "contactName": "", "tags": .array([]), "customFields": .array([]),
                ])
        )
    }

    @Test(arguments: [TestOffice.stranger, TestOffice.removed, TestOffice.ana, "nosuch", "a%00b"])
    func `a contact that is not the location's is not found`(name: String) async throws {
        for path in ["/contacts/\(name)", "/contacts/?startAfterId=\(name)"] {
            let answer = try await server.get(path)
            #expect(answer.status == 400)
            #expect(answer.isError)
            #expect(answer.messages.first?.hasSuffix("not found") == true)
        }
    }

    @Test(arguments: [
        ("", "Carla,Dan,Stacy,,Tom"),
        ("locationId=\(TestOffice.location)", "Carla,Dan,Stacy,,Tom"),
        ("limit=2", "Carla,Dan"),
        ("query=", "Carla,Dan,Stacy,,Tom"),
        ("query=stacy", "Stacy"),
        ("query=Stacy%20Buyer", "Stacy"),
        ("query=BUY", "Stacy"),
        ("query=example.com", "Stacy,Tom"),
        ("query=555", "Stacy"),
        ("query=%25", ""),
        ("query=Gone", ""),
        ("query=Stranger", ""),
        ("startAfterId=\(TestOffice.dan)", "Stacy,,Tom"),
        ("startAfter=2&limit=1", "Stacy"),
        ("startAfterId=&startAfter=900&query=e", "Tom"),
    ])
    func `contacts are found by what is known of them`(query: String, names: String) async throws {
        let answer = try await server.get("/contacts/?\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        let found = answer.objects("contacts").map { $0.text("firstName") }
        #expect(found.joined(separator: ",") == names)
    }

    @Test func `page by page, every contact comes once`() async throws {
        var found: [String] = []
        var after = ""
        while found.count < 100 {
            let path = "/contacts/?locationId=\(TestOffice.location)&limit=2\(after)"
            let answer = try await server.get(path)
            #expect(answer.json.object?.names == ["contacts", "count", "meta", "traceId"])
            found += answer.objects("contacts").map(\.id)
            let meta = try #require(answer["meta"]?.object)
            #expect(answer["count"] == .integer(5))
            #expect(meta["total"] == .integer(5))
            guard let number = meta["startAfter"], let name = meta["startAfterId"]?.string else {
                break
            }
            guard case .integer(let number) = number else { break }
            after = "&startAfter=\(number)&startAfterId=\(name)"
        }
        #expect(
            found == [
                TestOffice.carla, TestOffice.dan, Town.stacy, Town.nameless, Town.tom,
            ]
        )
    }

    @Test(arguments: [
        ("limit=0", "limit must not be less than 1"),
        ("limit=101", "limit must not be greater than 100"),
        ("limit=all", "limit must be an integer number"),
        ("startAfter=-1", "startAfter must not be less than 0"),
        ("email=a@example.com", "property email should not exist"),
        ("query[a]=b", "query must be a string"),
    ])
    func `a query for contacts that is wrong is refused`(
        query: String,
        message: String
    ) async throws {
        let answer = try await server.get("/contacts/?\(query)")
        #expect(answer.status == 422)
        #expect(answer.isError && answer.messages == [message])
    }

    // MARK: - Users

    @Test func `a user is shown with what the directory has`() async throws {
        let answer = try await server.get("/users/\(Town.lea)")
        #expect(answer.status == 200)
        let members = answer.json.object?.with(["traceId": "?"])
        #expect(members == Town.shownLea.with(["traceId": "?"]))
    }

    @Test(arguments: ["", "?locationId=\(TestOffice.location)", "?limit=1000"])
    func `a location's users are listed`(query: String) async throws {
        let answer = try await server.get("/users/\(query)")
        #expect(answer.status == 200)
        #expect(answer.json.object?.names == ["users", "total", "traceId"])
        let users = answer.objects("users")
        #expect(users.map(\.id) == [TestOffice.ana, TestOffice.ben, Town.lea])
        #expect(users.last == Town.shownLea)
        #expect(answer["total"] == .integer(3))
    }

    @Test func `users are listed page by page`() async throws {
        let page = try await server.get("/users/?limit=1&skip=1")
        #expect(page.objects("users").map(\.id) == [TestOffice.ben])
        #expect(page["total"] == .integer(3))
    }

    @Test(arguments: [TestOffice.olga, TestOffice.retired, TestOffice.carla, "nosuch", "search"])
    func `a user that is not the location's is not found`(name: String) async throws {
        let answer = try await server.get("/users/\(name)")
        #expect(answer.status == 400)
        #expect(answer.isError && answer.messages == ["User with id \(name) not found"])
    }

    @Test(arguments: [
        ("limit=1001", "limit must not be greater than 1000"),
        ("skip=-1", "skip must not be less than 0"),
        ("role=admin", "property role should not exist"),
    ])
    func `a query for users that is wrong is refused`(
        query: String,
        message: String
    ) async throws {
        let answer = try await server.get("/users/?\(query)")
        #expect(answer.status == 422)
        #expect(answer.messages == [message])
    }

    // MARK: - Tasks

    @Test(.server) func `a location's tasks are listed as a search finds them`() async throws {
        let server = try TestServer.current
        for day in 1...3 {
            let body = """
                {"title":"\(day)","dueDate":"2025-08-0\(day)","completed":\(day == 2)}
                """
            #expect(try await server.post(Path.tasks(), body).status == 201)
        }
        let path = "/locations/\(TestOffice.location)/tasks"
        for (query, body) in [
            ("", "{}"), ("?limit=2&skip=1", #"{"limit":2,"skip":1}"#),
            ("?completed=false&sortDirection=desc", #"{"completed":false,"sortDirection":"desc"}"#),
            ("?contactId=\(TestOffice.dan)", #"{"contactId":["\#(TestOffice.dan)"]}"#),
            (
                "?dueDate[gt]=2025-08-01&count=true",
                #"{"dueDate":{"gt":"2025-08-01"},"count":true}"#
            ),
        ] {
            let listed = try await server.get("\(path)\(query)")
            let found = try await server.post(Path.search, body)
            #expect(listed.status == 200)
            #expect(listed.tasks == found.tasks, "\(query)")
            #expect(listed["total"] == found["total"])
        }
        let refused = try await server.get("\(path)?limit=1001&nosuch=1")
        #expect(refused.status == 422)
        #expect(
            refused.messages == [
                "property nosuch should not exist", "limit must not be greater than 1000",
            ]
        )
    }
}

/// People of the office with all that the directory can have of them, and with nothing.
private enum Town {
    static let stacy = "stacyWithEverything1"
    static let nameless = "namelessContact00001"
    static let tom = "tomWithAnAddress0001"
    static let lea = "leaWithEverything001"

    static let document = """
        {
          "users": [
            {"id": 900, "publicID": "\(lea)", "location": "\(TestOffice.location)",
             "name": "Lea Lopez Ruiz", "email": "lea@example.com", "phone": "+15550199",
             "timeZone": "America/New_York"}
          ],
          "contacts": [
            {"id": 900, "publicID": "\(stacy)", "location": "\(TestOffice.location)",
             "firstName": "Stacy", "lastName": "Buyer", "email": "stacy@example.com",
             "phone": "+15550100", "business": "Bakery", "owner": 1, "assigned": 900},
            {"id": 901, "publicID": "\(nameless)", "location": "\(TestOffice.location)"},
            {"id": 902, "publicID": "\(tom)", "location": "\(TestOffice.location)",
             "firstName": "Tom", "email": "tom@example.com"}
          ]
        }
        """

    static let shownStacy: JSONObject = [
        "id": .string(stacy), "locationId": .string(TestOffice.location), "name": "Stacy Buyer",
        "contactName": "Stacy Buyer", "firstName": "Stacy", "lastName": "Buyer",
        "email": "stacy@example.com", "phone": "+15550100", "businessId": "Bakery",
        "assignedTo": .string(lea), "tags": .array([]), "customFields": .array([]),
    ]

    static let shownLea: JSONObject = [
        "id": .string(lea), "name": "Lea Lopez Ruiz", "firstName": "Lea",
        "lastName": "Lopez Ruiz", "email": "lea@example.com", "phone": "+15550199",
        "roles": .object([
            "type": "account", "role": "user",
            "locationIds": .array([.string(TestOffice.location)]),
        ]),
        "deleted": .bool(false),
    ]
}
