import Foundation
import Testing

/// Webhooks of a server that runs, from the command to the receiver.
struct WebhookCommandTests {
    private static let location = "ve9EPM428h8vShlRW1KT"

    @Test func `a task that is created is told to a receiver`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let receiver = try NotingReceiver(in: deployment)
        defer { receiver.stop() }
        let server = try await deployment.serve(
            "--secret-key-file",
            key,
            "--webhook-allow-private"
        )
        let url = try await receiver.url(while: server)
        for form in ["standard", "highlevel"] {
            let line = try await deployment.output(
                of: "webhook",
                "add",
                "--location",
                Self.location,
                "--url",
                url,
                "--form",
                form
            )
            #expect(line.contains(form == "standard" ? "whsec_" : #""secret":null,"publicKey":""#))
        }
        let token = try await deployment.output(of: "token", "issue", "--location", Self.location)
        let client = Client(of: server, token: token)
        let draft = ["title": "Call Stacy", "dueAt": "2030-01-07T09:00:00Z"]
        #expect(try await client.send("POST", "/v1/tasks", draft).status == 201)
        let text = try await server.lines(of: receiver.messages, count: 2).joined()
        #expect(text.contains(#"\"type\":\"task.created\""#))
        #expect(text.contains(#""webhook-signature": "v1,"#))
        #expect(text.contains(#"\"type\":\"TaskCreate\""#))
        #expect(text.contains(#""x-ghl-signature": ""#))
        let list = try await deployment.output(of: "webhook", "list", "--location", Self.location)
        #expect(list.split(separator: "\n").count == 2)
        #expect(list.contains(#""state":"active""#))
        try await server.stop()
    }

    @Test(arguments: ["user", "webhook", "reminders"])
    func `a list is of a location that is there`(command: String) async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let result = try await deployment.run([command, "list", "--location", "nowhere"])
        #expect(result.status == 65)
        #expect(result.errors.contains("There is no location nowhere."))
    }

    @Test func `without a key no webhook is added`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let result = try await deployment.run([
            "webhook", "add", "--location", Self.location, "--url", "https://1.1.1.1/",
        ])
        #expect(result.status == 69)
        #expect(result.errors.contains("--secret-key-file"))
    }

    @Test func `a private address is refused`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let result = try await deployment.run([
            "webhook", "add", "--location", Self.location, "--url", "https://169.254.169.254/",
        ])
        #expect(result.status == 65)
        #expect(result.errors.contains("public internet"))
    }

    @Test func `a receiver whose certificate nobody vouches for is sent nothing`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let receiver = try NotingReceiver(in: deployment, certificate: LoopbackCertificate.text)
        defer { receiver.stop() }
        let options = ["--secret-key-file", key, "--webhook-allow-private"]
        let server = try await deployment.serve(options)
        let url = try await receiver.url(while: server)
        let line = try await deployment.output(
            of: "webhook",
            "add",
            "--location",
            Self.location,
            "--url",
            url.replacing("http:", with: "https:")
        )
        let id = try #require(line.firstMatch(of: /"id":"(\d+)"/)).output.1
        let result = try await deployment.run([
            "webhook", "test", String(id), "--location", Self.location,
        ])
        #expect(result.status == 69)
        #expect(result.errors.contains("certificate"), "\(result.errors)")
        let messages = try String(contentsOfFile: receiver.messages, encoding: .utf8)
        #expect(messages.isEmpty)
        try await server.stop()
    }

    @Test func `a delivery on its way when the server is told to stop is not made again`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let receiver = try NotingReceiver(in: deployment, after: 0.7)
        defer { receiver.stop() }
        let options = ["--secret-key-file", key, "--webhook-allow-private"]
        let first = try await deployment.serve(options)
        _ = try await deployment.output(
            of: "webhook",
            "add",
            "--location",
            Self.location,
            "--url",
            try await receiver.url(while: first)
        )
        _ = try await Client(of: first, token: token).create("Call")
        _ = try await first.lines(of: receiver.messages, count: 1)
        try await first.stop()
        let second = try await deployment.serve(options)
        _ = try await Client(of: second, token: token).create("Last")
        try await second.wait(until: { try receiver.events().last?.title == "Last" })
        #expect(try receiver.events().map(\.title) == ["Call", "Last"])
        try await second.stop()
    }

    @Test func `a receiver that hangs does not keep the server from stopping`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let receiver = try NotingReceiver(in: deployment, after: 60)
        defer { receiver.stop() }
        let server = try await deployment.serve(
            "--secret-key-file",
            key,
            "--webhook-allow-private"
        )
        _ = try await deployment.output(
            of: "webhook",
            "add",
            "--location",
            Self.location,
            "--url",
            try await receiver.url(while: server)
        )
        _ = try await Client(of: server, token: token).create("Call")
        _ = try await server.lines(of: receiver.messages, count: 1)
        try await server.stop()
    }

    @Test func `a delivery that a kill cut off is made again, alike, and none is lost`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let receiver = try NotingReceiver(in: deployment)
        defer { receiver.stop() }
        let options = ["--secret-key-file", key, "--webhook-allow-private"]
        let first = try await deployment.serve(options)
        let url = try await receiver.url(while: first)
        _ = try await deployment.output(
            of: "webhook",
            "add",
            "--location",
            Self.location,
            "--url",
            url
        )
        first.kill()
        let rounds: [Duration] = [40, 75, 110, 160].map { .milliseconds($0) }
        for duration in rounds {
            let server = try await deployment.serve(options)
            let client = Client(of: server, token: token)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while (try? await client.create("Call")) != nil {}
                }
                try await Task.sleep(for: duration)
                server.kill()
                try await group.waitForAll()
            }
        }
        let server = try await deployment.serve(options)
        _ = try await Client(of: server, token: token).create("Last")
        var events: [NotedEvent] = []
        try await server.wait(until: {
            events = try receiver.events()
            return events.last?.title == "Last"
        })
        var bodies: [Int: String] = [:]
        var numbers: [Int] = []
        for event in events {
            if let body = bodies[event.changeNumber] {
                #expect(body == event.body)
            } else {
                bodies[event.changeNumber] = event.body
                numbers.append(event.changeNumber)
            }
        }
        let start = try #require(numbers.first)
        #expect(numbers == Array(start..<start + numbers.count))
        #expect(events.count - numbers.count <= rounds.count)
        try await server.stop()
    }
}
