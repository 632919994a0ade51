import Foundation
import Testing

/// `perennial reminders list`, and what `perennial user` says of reminders.
struct ReminderCommandTests {
    private static let location = "ve9EPM428h8vShlRW1KT"

    /// A line of `--json`.
    private struct Line: Decodable {
        let taskId: String?
        let userId: String
        let channel: String
        let dueAt: String
        let sentAt: String?
        let state: String
        let attempts: Int
        let lateBy: Double?
        let answer: String?
        let cause: String
        let offset: Int?
        let fireAt: String
    }

    private func lines(of output: String) throws -> [Line] {
        try output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        }
    }

    @Test(.enabled(if: Deployment.hasSQLiteShell))
    func `a long list comes whole, with a server and without`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let count = 2345
        try await deployment.runSQL(
            """
            DELETE FROM reminderWork;
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < \(count))
            INSERT INTO reminder (
                shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt, fireAt,
                attemptAt, state, attemptCount, sentAt, answer
            )
            SELECT shard, locationID, 1 + n % 7, 1 + n % 3, 1, 1, -60, 1000000 * n, 1000000 * (n / 10),
                1, 2, 1, 1000000 * (n / 10) + 12345, 'taken'
            FROM n, location WHERE locationID = '\(Self.location)'
            """
        )
        let command = ["reminders", "list", "--json", "--details"]
        let closed = try await deployment.run(command)
        #expect(closed.status == 0, "\(closed.errors)")
        let all = try lines(of: closed.output)
        #expect(all.count == count)
        #expect(all.map(\.fireAt) == all.map(\.fireAt).sorted())
        #expect(Set(all.map(\.dueAt)).count == count)
        let line = try #require(all.last)
        #expect(line.state == "sent")
        #expect(line.channel == "email")
        #expect(line.lateBy == 0.012)
        #expect(line.offset == -60)
        #expect(line.answer == "taken")
        // Otherwise what was sent in 1970 is forgotten.
        let server = try await deployment.serve(["--reminder-retention", "0"])
        let open = try await deployment.run(command)
        #expect(open.output == closed.output)
        let some = try await deployment.run(command + ["--limit", "1001", "--user", "2"])
        let expected = all.filter { $0.userId == "2" }
        #expect(try lines(of: some.output).map(\.dueAt) == expected.prefix(1001).map(\.dueAt))
        let bare = try await deployment.run(["reminders", "list", "--json", "--limit", "1"])
        #expect(
            bare.output == """
                {"taskId":"1","userId":"2","channel":"email","dueAt":"1970-01-01T00:00:07.000Z",\
                "sentAt":"1970-01-01T00:00:00.012Z","state":"sent","attempts":1,"lateBy":0.012,\
                "answer":"taken"}

                """
        )
        let plain = try await deployment.run(["reminders", "list", "--limit", "1"])
        #expect(
            plain.output == """
                1970-01-01T00:00:07Z sent email task 1 user 2, 1 attempt, 0.012 s late: taken

                """
        )
        let none = try await deployment.run(command + ["--state", "missed"])
        #expect(none.output.isEmpty)
        try await server.stop()
    }

    @Test
    func `a user's settings are changed by a command`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let line = try await deployment.output(
            of: "user",
            "change",
            "1",
            "--quiet-hours",
            "21:00-07:00",
            "--digest",
            "07:30",
            "--refuses-mail",
            "true",
            "--reminders",
            #"[{"before": "PT1H", "channel": "sms"}]"#
        )
        #expect(
            line.contains(
                #""reminders":[{"before":"PT1H","channel":"sms"}],"quietHours":{"from":"21:00","#
                    + #""to":"07:00"},"digest":"07:30","refusesMail":true"#
            ),
            "\(line)"
        )
        let ended = try await deployment.output(
            of: "user",
            "change",
            "1",
            "--quiet-hours",
            "none",
            "--reminders",
            "null"
        )
        #expect(ended.contains(#""reminders":null,"quietHours":null,"digest":"07:30""#))
        let wrong = try await deployment.run(["user", "change", "1", "--quiet-hours", "21-7"])
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("The user's quietHours must be two times"))
    }
}
