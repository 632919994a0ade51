import Foundation
import Testing

/// A test's clock drives reminders, too.
struct ReminderClockTests {
    private struct Line: Decodable {
        let fireAt: String
        let channel: String
        let state: String
        let answer: String?
    }

    @Test func `moving the clock answers when what fell due was handed over`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve(
            "--test-clock",
            "2030-01-07T08:00:00Z",
            "--liondesk-rate-limit",
            "0"
        )
        let client = Client(of: server, token: token)
        for (type, dueAt) in [("1", "2030-01-08T09:00:00"), ("3", "2030-01-09T09:00:00")] {
            let members = [
                "assigned_user_id": "1", "due_at": dueAt, "description": "Call back",
                "status": "incomplete", "reminder_type": type,
            ]
            let answer = try await client.send("POST", Client.tasks, members)
            try #require(answer.status == 201)
        }
        let moved = try await client.send("PUT", "/test-clock", ["now": "2030-01-09T08:59:59Z"])
        try #require(moved.status == 200)
        let output = try await deployment.output(of: "reminders", "list", "--json", "--details")
        let lines = try output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        }.filter { $0.fireAt >= "2030-01-08" && $0.fireAt < "2030-01-10" }
        #expect(lines.map(\.channel) == ["email", "sms"])
        #expect(lines.map(\.state) == ["missed", "waiting"])
        #expect(lines.first?.answer == "no mail server is set up")
        try await server.stop()
    }
}
