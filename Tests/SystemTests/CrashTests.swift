import Testing

/// A short form of the script `crash-test`.
struct CrashTests {
    private static let connectionCount = 4

    /// How long the clients of each round write to the server before it is killed.
    private static let rounds: [Duration] = [40, 90, 150, 220, 300].map { .milliseconds($0) }

    @Test
    func `a killed server keeps every acknowledged task once and every series whole`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        var requests: [WriteRequest] = []
        for (round, duration) in Self.rounds.enumerated() {
            let server = try await deployment.serve()
            let client = Client(of: server, token: token)
            try await check(requests, against: client)
            requests += try await withThrowingTaskGroup(of: [WriteRequest].self) { group in
                for lane in 0..<Self.connectionCount {
                    group.addTask { await stream("round \(round), lane \(lane)", to: client) }
                }
                try await Task.sleep(for: duration)
                server.kill()
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        let server = try await deployment.serve()
        try await check(requests, against: Client(of: server, token: token))
        try await server.stop()
        #expect(requests.contains { $0.acknowledgedID != nil })
    }

    /// Creates series and single tasks in turn until the server does not answer any more.
    private func stream(_ name: String, to client: Client) async -> [WriteRequest] {
        var requests: [WriteRequest] = []
        repeat {
            let isSeries = requests.count.isMultiple(of: 2)
            var request = WriteRequest(
                description: "\(name), request \(requests.count)",
                taskCount: isSeries ? 5 : 1
            )
            request.acknowledgedID = try? await client.create(
                request.description,
                rule: isSeries ? "FREQ=DAILY;COUNT=5" : nil
            ).id
            requests.append(request)
        } while requests.last?.acknowledgedID != nil
        return requests
    }

    /// Compares the tasks on the server with those that it acknowledged.
    private func check(_ requests: [WriteRequest], against client: Client) async throws {
        let tasks = try await client.tasks(where: "due_at[$lt]=1972-01-01")
        #expect(Set(tasks.map(\.id)).count == tasks.count)
        var found = Dictionary(grouping: tasks, by: \.description)
        for request in requests {
            guard let kept = found.removeValue(forKey: request.description) else {
                #expect(request.acknowledgedID == nil, "lost: \(request)")
                continue
            }
            #expect(Set(kept.map(\.eventID)).count == 1, "\(request)")
            #expect(
                kept.map(\.dueAt) == (3..<3 + request.taskCount).map { "1971-01-0\($0)T12:00:00" },
                "\(request)"
            )
            if let id = request.acknowledgedID { #expect(kept.first?.id == id, "\(request)") }
        }
        #expect(found.isEmpty)
    }
}

/// A task or a series that the server was asked to make.
private struct WriteRequest {
    let description: String
    let taskCount: Int
    /// The identifier that the server answered with; none if it did not answer.
    var acknowledgedID: String?
}
