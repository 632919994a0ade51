import HTTPTypes
import JSON
import LionDesk
import ServerTestSupport
import Testing

/// `/me`, `/users` and `/contacts`: the user, and whom the user's tasks may name.
@Suite(.server(after: { try await $0.importDocument(People.document) })) struct PeopleTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test func `the user of the token is shown`() async throws {
        let answer = try await server.get("/me", as: People.lea)
        #expect(answer.status == 200)
        #expect(
            answer.text == #"""
                {"id":"900","first_name":"Lea","last_name":"Lopez Ruiz","email":"lea@example.com",\#
                "phone":"+15550199","timezone_offset":"-5","timezone":"America/New_York",\#
                "created_at":null,"modified_at":null}
                """#
        )
        let ben = try await server.get("/me", as: .ben)
        #expect(ben.text("first_name") == "Ben")
        #expect(ben["last_name"] == .null)
        #expect(ben.text("timezone") == "America/Los_Angeles")
        #expect(ben.text("timezone_offset") == "-8")
    }

    @Test(.server(LionDeskOptions(writesNumbers: true)))
    func `a deployment may write numbers`() async throws {
        let server = try TestServer.current
        let me = try await server.get("/me", as: .dora)
        #expect(me["id"] == .integer(4))
        #expect(me["timezone_offset"] == .integer(-5))
    }

    @Test func `a contact is shown with what the directory has`() async throws {
        let answer = try await server.get("/contacts/900", as: People.lea)
        #expect(
            answer.text == #"""
                {"id":"900","owner_user_id":"900","assigned_user_id":"1","first_name":"Stacy",\#
                "last_name":"Buyer","email":"stacy@example.com","mobile_phone":"+15550100",\#
                "company":"Bakery","created_at":null,"modified_at":null}
                """#
        )
    }

    @Test(arguments: [
        (TestUser.ana, "1,2"), (.ben, "1,2"), (.cleo, "3"), (.dora, "4"), (.olga, "20"),
    ])
    func `users are those whom tasks may be assigned to`(
        user: TestUser,
        ids: String
    ) async throws {
        let found = try await server.get("/users?$limit=50", as: user)
        #expect(found.status == 200)
        #expect(found.ids.joined(separator: ",") == ids)
        #expect(found.total == found.ids.count)
    }

    // Contact 901 is nobody's, and contact 902 was deleted.
    @Test(arguments: [
        (TestUser.ana, "2,3,4,5,900"), (.ben, "2,5"), (.cleo, "6"), (.dora, "2,3,4,7"),
        (.olga, "8"),
    ])
    func `contacts are those whom tasks may be about`(
        user: TestUser,
        ids: String
    ) async throws {
        let found = try await server.get("/contacts?$limit=50", as: user)
        #expect(found.status == 200)
        #expect(found.ids.joined(separator: ",") == ids)
        for id in 2...8 {
            let seen = try await server.get("/contacts/\(id)", as: user)
            #expect(seen.status == (found.ids.contains("\(id)") ? 200 : 404))
            let task = JSONObject.task(for: user).with(["contact_id": .string("\(id)")])
            let made = try await server.post("/scheduled/tasks", task, as: user)
            #expect((made.status == 201) == (seen.status == 200), "\(made.text)")
        }
    }

    @Test(arguments: [
        ("/users?oauth_client_id=liondesk", "1,2"),
        ("/users?first_name=Ben", "2"),
        ("/users?last_name=", "1,2"),
        ("/users?timezone=UTC", "1"),
        ("/users?timezone[$ne]=UTC", "2"),
        ("/users?$sort[first_name]=-1", "2,1"),
        ("/users?$sort[created_at]=-1", "1,2"),
        ("/users?created_at[$gte]=2018-01-01", ""),
        ("/users?$limit=1&$skip=1", "2"),
        ("/contacts?email=stacy@example.com", "900"),
        ("/contacts?owner_user_id=1", "2"),
        ("/contacts?assigned_user_id=1", "3,900"),
        ("/contacts?assigned_user_id=", "2,4,5"),
        ("/contacts?$limit=50&$skip=0&$sort[created_at]=-1", "2,3,4,5,900"),
        ("/contacts?$sort[id]=-1&$limit=2", "900,5"),
        ("/contacts?$or[0][company]=Bakery&$or[1][id]=4", "4,900"),
        ("/contacts?updated_at[$lt]=2020-01-01", ""),
    ])
    func `people are queried as tasks are`(path: String, ids: String) async throws {
        let found = try await server.get(path, as: .ana)
        #expect(found.status == 200, "\(found.text)")
        #expect(found.ids.joined(separator: ",") == ids)
    }

    @Test func `a name of several words is queried by its parts`() async throws {
        let query = "first_name=Lea&last_name=Lopez%20Ruiz"
        #expect(try await server.get("/users?\(query)", as: People.lea).ids == ["900"])
        let other = try await server.get("/users?first_name=Lopez", as: People.lea)
        #expect(other.ids.isEmpty)
    }

    @Test func `people are selected, and pages have Feathers' envelope`() async throws {
        let found = try await server.get("/users?$select[]=first_name&$limit=1", as: .ana)
        #expect(
            found.text == #"""
                {"total":2,"limit":1,"skip":0,"data":[{"id":"1","first_name":"Ana"}]}
                """#
        )
        let one = try await server.get("/contacts/2?$select=first_name", as: .ana)
        #expect(one.json == .object(["id": "2", "first_name": "Of Ana"]))
        let me = try await server.get("/me?$select=email", as: .ana)
        #expect(me.json == .object(["id": "1", "email": .null]))
    }

    @Test(arguments: [
        ("/users/3", 404, "No record found for id '3'"),
        ("/users/20", 404, "No record found for id '20'"),
        ("/users/x", 404, "No record found for id 'x'"),
        ("/users/1?first_name=Ben", 404, "No record found for id '1'"),
        ("/contacts/902", 404, "No record found for id '902'"),
        ("/contacts/0", 404, "No record found for id '0'"),
        ("/users?nosuch=1", 400, "Invalid query parameter nosuch"),
        ("/users?timezone_offset=-8", 400, "Invalid query parameter timezone_offset"),
        ("/contacts?home_phone=5", 400, "Invalid query parameter home_phone"),
        ("/me/1", 404, "Page not found"),
        ("/scheduled/users", 404, "Page not found"),
        ("/contacts/1/2", 404, "Page not found"),
    ])
    func `what there is not is refused`(
        path: String,
        status: Int,
        message: String
    ) async throws {
        let answer = try await server.get(path, as: .ana)
        #expect(answer.status == status)
        #expect(answer.isFeathersError)
        #expect(answer.text("message") == message)
    }

    @Test(arguments: ["/me", "/users", "/users/1", "/contacts", "/contacts/2"])
    func `people are only read`(path: String) async throws {
        for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
            let answer = try await server.send(method, path, as: .ana, "{}")
            #expect(answer.status == 405)
            #expect(answer.isFeathersError)
            #expect(answer.headers[.allow] == "GET, HEAD")
        }
        let reader = TestUser.ana.with(TestOffice.readToken)
        #expect(try await server.get(path, as: reader).status == 200)
        let location = TestUser.ana.with(TestOffice.locationToken)
        #expect(try await server.get(path, as: location).status == 403)
    }

    @Test func `a form of Python's has True and False`() async throws {
        let headers: HTTPFields = [
            .authorization: "Bearer \(TestUser.ana.token)",
            .contentType: "application/x-www-form-urlencoded",
        ]
        let form =
            "assigned_user_id=1&due_at=2018-12-16&description=A&status=incomplete&is_all_day="
        for (text, flag) in [("True", true), ("False", false)] {
            let path = "/api/v1/scheduled/tasks"
            let answer = try await server.send(
                .post,
                path,
                headers: headers,
                Array((form + text).utf8)
            )
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer["is_all_day"] == .bool(flag))
            let found = try await server.get(
                "/scheduled/tasks?is_all_day=\(text)&id=\(answer.id)",
                as: .ana
            )
            #expect(found.total == 1)
        }
    }
}

/// People with all that the directory can have of them, and a contact who is nobody's.
private enum People {
    static let lea = TestUser(id: 900)

    static let document = """
        {
          "users": [
            {"id": 900, "location": "\(TestOffice.location)", "name": "Lea Lopez Ruiz",
             "email": "lea@example.com", "phone": "+15550199", "timeZone": "America/New_York"}
          ],
          "contacts": [
            {"id": 900, "location": "\(TestOffice.location)", "firstName": "Stacy",
             "lastName": "Buyer", "email": "stacy@example.com", "phone": "+15550100",
             "business": "Bakery", "owner": 900, "assigned": 1},
            {"id": 901, "location": "\(TestOffice.location)", "firstName": "Nobody's"},
            {"id": 902, "location": "\(TestOffice.location)", "firstName": "Gone", "owner": 1,
             "deleted": true}
          ],
          "tokens": [{"token": "\(lea.token)", "user": 900}]
        }
        """
}
