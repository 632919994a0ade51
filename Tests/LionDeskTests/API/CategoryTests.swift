import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// `/task-categories`.
@Suite(.server) struct CategoryTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private func make(_ name: String = "Open house") async throws -> Answer {
        try await server.post("/task-categories", ["name": .string(name)], as: user)
    }

    @Test(arguments: ["/task-categories", "/scheduled/task-categories"])
    func `a user finds everybody's categories and the own ones`(path: String) async throws {
        let found = try await server.get(path, as: .ana)
        #expect(found.total == 7)
        #expect(found.ids == ["1", "2", "3", "4", "5", "6", "8"])
        #expect(
            found.texts("name") == [
                "Call", "Email", "Text", "Meeting", "Other", "Open house", "Of the office",
            ]
        )
        #expect(found.column("user_id") == [.null, .null, .null, .null, .null, "1", .null])
        let one = try await server.get("\(path)/6", as: .ana)
        #expect(
            one.text == #"""
                {"id":"6","name":"Open house","user_id":"1",\#
                "created_at":"2018-12-10T08:00:00.000Z","modified_at":"2018-12-10T08:00:00.000Z"}
                """#
        )
    }

    @Test(arguments: ["7", "9", "999", "0", "abc"])
    func `another's category does not exist`(id: String) async throws {
        for answer in [
            try await server.get("/task-categories/\(id)", as: .ana),
            try await server.patch("/task-categories/\(id)", ["name": "Mine"], as: .ana),
            try await server.delete("/task-categories/\(id)", as: .ana),
        ] {
            #expect(answer.status == 404)
            #expect(answer.text("message") == "No record found for id '\(id)'")
        }
    }

    @Test(arguments: ["1", "8"])
    func `a user cannot change a category of the whole location`(id: String) async throws {
        for answer in [
            try await server.patch("/task-categories/\(id)", ["name": "Mine"], as: .ana),
            try await server.put("/task-categories/\(id)", ["name": "Mine"], as: .ana),
            try await server.delete("/task-categories/\(id)", as: .ana),
        ] {
            #expect(answer.status == 403)
            #expect(answer.isFeathersError)
        }
    }

    @Test func `an own category is made, renamed and removed`() async throws {
        let made = try await make()
        #expect(made.status == 201)
        #expect(made.text("user_id") == user.number)
        let path = "/task-categories/\(made.id)"
        #expect(try await server.get(path, as: user).text == made.text)
        #expect(try await server.get(path, as: .ana).status == 404)

        let patched = try await server.patch(path, ["name": "Viewing"], as: user)
        #expect(patched.status == 200)
        #expect(patched.text("name") == "Viewing")
        let put = try await server.put(path, ["name": "Closing"], as: user)
        #expect(put.text("name") == "Closing")

        let removed = try await server.delete(path, as: user)
        #expect(removed.status == 200)
        #expect(removed.text("name") == "Closing")
        #expect(try await server.get(path, as: user).status == 404)
        #expect(try await server.delete(path, as: user).status == 404)
        #expect(try await server.get("/task-categories", as: user).total == 6)
    }

    @Test func `a removed category is taken off its tasks`() async throws {
        let made = try await make()
        let body = JSONObject.task(for: user).with([
            "category_id": .string(made.id), "recurrence_rule": "FREQ=DAILY",
        ])
        _ = try await server.post("/scheduled/tasks", body, as: user)
        let query = "/scheduled/tasks?category_id=\(made.id)"
        #expect(try await server.get(query, as: user).total == 367)
        _ = try await server.delete("/task-categories/\(made.id)", as: user)
        #expect(try await server.get(query, as: user).total == 0)
        let later = "/scheduled/tasks?due_at=2020-05-31T12:00:00"
        #expect(try await server.get(later, as: user).column("category_id") == [.null])
        let refused = try await server.post("/scheduled/tasks", body, as: user)
        #expect(refused["errors"] == .object(["category_id": "is not a category of yours"]))
    }

    @Test(
        arguments: [
            ("{}", "is required"), (#"{"name":null}"#, "is required"),
            (#"{"name":""}"#, "is required"), (#"{"name":1}"#, "is not a string"),
            (
                #"{"name":"\#(String(repeating: "x", count: 201))"}"#,
                "is longer than 200 characters"
            ),
        ]
    )
    func `a category has a name of two hundred characters at most`(
        body: String,
        reason: String
    ) async throws {
        let made = try await make(String(repeating: "é", count: 200))
        #expect(made.status == 201)
        for answer in [
            try await server.send(.post, "/task-categories", as: user, body),
            try await server.send(.patch, "/task-categories/\(made.id)", as: user, body),
        ] {
            #expect(answer.status == 400)
            #expect(answer["errors"] == .object(["name": .string(reason)]))
        }
    }

    @Test(arguments: [
        ("name=Call", ["Call"]),
        ("name[$gt]=Email", ["Text", "Meeting", "Other", "Of the office", "Open house"]),
        ("user_id=", ["Call", "Email", "Text", "Meeting", "Other", "Of the office"]),
        ("user_id=1", ["Open house"]),
        ("user_id[$ne]=1&$limit=2", ["Call", "Email"]),
        ("$sort[name]=-1&$limit=3", ["Text", "Other", "Open house"]),
        ("$sort[user_id]=-1&$limit=1", ["Open house"]),
        ("id[$in]=1&id[$in]=6&id[$in]=7", ["Call", "Open house"]),
        ("created_at[$gt]=2999-01-01", []),
        ("$or[0][name]=Call&$or[1][id]=6", ["Call", "Open house"]),
    ])
    func `categories are queried as tasks are`(query: String, names: [String]) async throws {
        let found = try await server.get("/task-categories?\(query)", as: .ana)
        #expect(found.status == 200)
        #expect(Set(found.texts("name")) == Set(names))
        #expect(found.rows.count == names.count)
    }

    @Test func `categories are selected and refused as tasks are`() async throws {
        let found = try await server.get("/task-categories?$select=name&$limit=1", as: .ana)
        #expect(found.rows == [["id": "1", "name": "Call"]])
        let refused = try await server.get("/task-categories?color=red", as: .ana)
        #expect(refused.text("message") == "Invalid query parameter color")
        let path = "/task-categories?$select=id"
        let made = try await server.post(path, ["name": "Slim"], as: user)
        #expect(made.json.object?.members.map(\.name) == ["id"])
    }
}
