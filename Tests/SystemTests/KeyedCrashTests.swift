import Testing

/// A short form of the script `keyed-crash-test`.
struct KeyedCrashTests {
    private static let laneCount = 3

    /// How long the clients of each round write to the server before it is killed.
    private static let rounds: [Duration] = [20, 45, 70, 110].map { .milliseconds($0) }

    @Test
    func `a request that is sent again after a crash has one effect and one answer`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        var answers: [String: TaskAnswer] = [:]
        for (round, duration) in Self.rounds.enumerated() {
            let server = try await deployment.serve()
            let client = Client(of: server, token: token)
            let cutOff = try await withThrowingTaskGroup(of: Lane.self) { group in
                for lane in 0..<Self.laneCount {
                    group.addTask { await stream("round \(round), lane \(lane)", to: client) }
                }
                try await Task.sleep(for: duration)
                server.kill()
                return try await group.reduce(into: [String]()) { cutOff, lane in
                    answers.merge(lane.answers) { first, _ in first }
                    cutOff.append(lane.cutOff)
                }
            }
            let restarted = try await deployment.serve()
            let again = Client(of: restarted, token: token)
            for key in cutOff {
                let answer = try await again.create(key, key: key)
                #expect(try await again.create(key, key: key) == answer)
                answers[key] = answer
            }
            if let (key, answer) = answers.first {
                #expect(try await again.create(key, key: key) == answer)
            }
            restarted.kill()
        }
        let server = try await deployment.serve()
        let tasks = try await Client(of: server, token: token).tasks(
            where: "due_at[$lt]=1972-01-01"
        )
        #expect(Set(tasks) == Set(answers.values))
        #expect(tasks.count == answers.count)
        try await server.stop()
    }

    /// What one client was answered, and the request that was cut off.
    private struct Lane {
        var answers: [String: TaskAnswer] = [:]
        var cutOff = ""
    }

    /// Creates tasks until the server does not answer any more.
    private func stream(_ name: String, to client: Client) async -> Lane {
        var lane = Lane()
        while lane.cutOff.isEmpty {
            let key = "\(name), request \(lane.answers.count)"
            if let answer = try? await client.create(key, key: key) {
                lane.answers[key] = answer
            } else {
                lane.cutOff = key
            }
        }
        return lane
    }
}
