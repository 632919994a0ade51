import Testing

struct DemoCommandTests {
    @Test
    func `a demo that is there already gets another token and nothing else`() async throws {
        let deployment = try Deployment()
        let first = try await deployment.demo()
        let second = try await deployment.demo()
        #expect(first != second)
        let server = try await deployment.serve()
        let tasks = try await Client(of: server, token: first).tasks()
        #expect(tasks.contains { $0.description == "Team meeting" })
        #expect(Set(tasks.map { [$0.description, $0.dueAt] }).count == tasks.count)
        #expect(try await Client(of: server, token: second).tasks() == tasks)
        try await server.stop()
    }

    @Test
    func `a directory that has the demo's numbers for others is left as it is`() async throws {
        let deployment = try Deployment()
        let document = """
            {"locations": [{"id": "AnotherLocation12345", "name": "Another"}],
             "users": [{"id": 1, "location": "AnotherLocation12345", "name": "Another"}]}
            """
        _ = try await deployment.output(of: "directory", "import", "-", input: document)
        let ending = try await deployment.run(["demo"])
        #expect(ending.status == 65)
        #expect(ending.errors.contains("The demo needs a database of its own"))
        #expect(try await deployment.output(of: "token", "list").isEmpty)
    }
}
