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
}
