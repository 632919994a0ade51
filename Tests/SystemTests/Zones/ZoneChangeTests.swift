import Testing

/// A server whose zone file is exchanged while it runs.
struct ZoneChangeTests {
    @Test func `tasks and series go by the new file, and nothing is made twice`() async throws {
        var town = try Town()
        try town.compile("Zone Test/Town -5:00 Town E%sT")
        try await town.open()
        let server = try await town.serve(
            "--test-clock",
            "2027-01-04T12:00:00Z",
            "--zone-check-seconds",
            "1"
        )
        let client = town.userClient(of: server)
        for day in 10...39 {
            let date = day < 32 ? "2027-01-\(day)" : "2027-02-\(day - 22)"
            _ = try await client.create("Call", dueAt: "\(date)T09:00:00")
        }
        let highLevel = town.client(of: server)
        _ = try await highLevel.create(
            """
            {"title":"Every day at nine","ignoreTaskCreation":true,"rruleOptions":{
            "intervalType":"daily","interval":1,"startDate":"2027-01-04T14:00:00Z",
            "dueAfterSeconds":3600,"createTaskIfOverDue":true}}
            """
        )
        let before = try await highLevel.tasks(about: "Call")
        #expect(before.count == 30)
        #expect(before.allSatisfy { $0.dueDate.hasSuffix("T14:00:00.000Z") }, "\(before)")

        try town.compile("Zone Test/Town -6:00 Town C%sT")
        let entry = try await server.entry("Moved what is due by changed time zones")
        #expect(entry["tasks"] == "30")
        #expect(entry["series"] == "1")
        let after = try await highLevel.tasks(about: "Call")
        #expect(after.map(\.id) == before.map(\.id))
        #expect(after.allSatisfy { $0.dueDate.hasSuffix("T15:00:00.000Z") }, "\(after)")
        // LionDesk shows local times, which are as they were.
        #expect(try await client.tasks().allSatisfy { $0.dueAt.hasSuffix("T09:00:00") })
        try await highLevel.moveClock(to: "2027-01-05T16:00:00Z")
        let made = try await highLevel.tasks(about: "Every day at nine")
        #expect(made.map(\.dueDate) == ["2027-01-04T16:00:00.000Z", "2027-01-05T16:00:00.000Z"])
        try await server.stop()
    }

    @Test func `the second pass of a repeated hour stays the second by new rules`() async throws {
        var town = try Town()
        try town.compile("Zone Test/Town -5:00 Town E%sT")
        try await town.open()
        let server = try await town.serve(
            "--test-clock",
            "2027-11-01T12:00:00Z",
            "--zone-check-seconds",
            "1"
        )
        let client = town.userClient(of: server)
        let highLevel = town.client(of: server)
        // 01:30 on the seventh of November, after the clocks went back.
        let task = try await client.create("Call", dueAt: "2027-11-07T06:30:00Z")
        _ = try await highLevel.create(
            """
            {"title":"Every day","ignoreTaskCreation":true,"rruleOptions":{
            "intervalType":"daily","interval":1,"startDate":"2027-11-07T06:30:00.000Z",
            "dueAfterSeconds":1800,"createTaskIfOverDue":true}}
            """
        )
        let before = try await highLevel.tasks(about: "Call")
        #expect(before.map(\.dueDate) == ["2027-11-07T06:30:00.000Z"])

        // An hour further west.
        try town.compile("Zone Test/Town -6:00 Town C%sT")
        let entry = try await server.entry("Moved what is due by changed time zones")
        #expect(entry["tasks"] == "1")
        #expect(entry["series"] == "1")
        let after = try await highLevel.tasks(about: "Call")
        #expect(after.map(\.dueDate) == ["2027-11-07T07:30:00.000Z"])
        let shown = try await client.tasks()
        #expect(shown.map(\.id) == [task.id])
        #expect(shown.map(\.dueAt) == ["2027-11-07T01:30:00"])
        try await highLevel.moveClock(to: "2027-11-08T08:00:00Z")
        let made = try await highLevel.tasks(about: "Every day")
        #expect(made.map(\.dueDate) == ["2027-11-07T08:00:00.000Z", "2027-11-08T08:00:00.000Z"])
        try await server.stop()
    }
}
