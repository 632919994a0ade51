import Foundation
import Glibc
import Testing

/// Webhooks of a server that runs, from the command to the receiver.
struct WebhookCommandTests {
    private static let location = "ve9EPM428h8vShlRW1KT"

    /// A receiver that takes down what it is sent, one JSON object a line.
    private static let receiver = """
        import http.server, json, sys
        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fields = {name.lower(): value for name, value in self.headers.items()}
                with open(sys.argv[1], "a") as file:
                    file.write(json.dumps({"body": body, **fields}) + chr(10))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
            def log_message(self, *_): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        with open(sys.argv[2], "w") as file: file.write(str(server.server_port) + chr(10))
        server.serve_forever()
        """

    @Test func `a task that is created is told to a receiver`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        let key = try deployment.file(holding: "0123456789abcdef0123456789abcdef\n")
        let messages = try deployment.file(holding: "")
        let portFile = try deployment.file(holding: "")
        let receiver = ChildProcess(
            ["/usr/bin/python3", "-c", Self.receiver, messages, portFile]
        )
        try receiver.start()
        defer { kill(receiver.id, SIGKILL) }
        let server = try await deployment.serve(
            "--secret-key-file",
            key,
            "--webhook-allow-private"
        )
        let port = try await server.lines(of: portFile, count: 1)[0]
        for form in ["standard", "highlevel"] {
            let line = try await deployment.output(
                of: "webhook",
                "add",
                "--location",
                Self.location,
                "--url",
                "http://127.0.0.1:\(port)/",
                "--form",
                form
            )
            #expect(line.contains(form == "standard" ? "whsec_" : #""secret":null,"publicKey":""#))
        }
        let token = try await deployment.output(of: "token", "issue", "--location", Self.location)
        let client = Client(of: server, token: token)
        let draft = ["title": "Call Stacy", "dueAt": "2030-01-07T09:00:00Z"]
        #expect(try await client.send("POST", "/v1/tasks", draft).status == 201)
        let text = try await server.lines(of: messages, count: 2).joined()
        #expect(text.contains(#"\"type\":\"task.created\""#))
        #expect(text.contains(#""webhook-signature": "v1,"#))
        #expect(text.contains(#"\"type\":\"TaskCreate\""#))
        #expect(text.contains(#""x-ghl-signature": ""#))
        let list = try await deployment.output(of: "webhook", "list", "--location", Self.location)
        #expect(list.split(separator: "\n").count == 2)
        #expect(list.contains(#""state":"active""#))
        try await server.stop()
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
}

extension ServerProcess {
    /// Waits until a file has some lines, and returns them.
    fileprivate func lines(of path: String, count: Int) async throws -> [String] {
        var lines: [String] = []
        try await wait(until: {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            guard text.hasSuffix("\n") else { return false }
            lines = text.split(separator: "\n").map(String.init)
            return lines.count == count
        })
        return lines
    }
}
